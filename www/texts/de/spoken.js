// What charts and pictures say to whoever cannot see them, in German, in the voice and with the terms of page.js. Words alone;
// nothing is imported from outside this folder (see `../../texts.js`).
import { number as written } from "./numbers.js";

/** @type {Record<import("../../spoken/trend.js").Trend, string>} */
const TRENDS = {
  unknown: "",
  steady: "gleichbleibend",
  up: "steigend",
  "up-little": "leicht steigend",
  down: "fallend",
  "down-little": "leicht fallend",
};

/** @param {number} value */
const whole = (value) => written(value, { maximumFractionDigits: 0 });
/** Three digits, as a person reads them out. @param {number} value */
const number = (value) => (Number.isFinite(value) ? written(Number(value.toPrecision(3)), { maximumSignificantDigits: 3 }).replace("-", "−") : "keine Zahl");
/** @param {number} part  0 to 1 */
const percent = (part) => (Number.isFinite(part) ? `${Math.round(100 * part)}\u00a0%` : "nicht bekannt");

export const SPOKEN = {
  describe: "Diagramme in Worten beschreiben",
  describeHint: "Sagt, wie jedes Diagramm und Bild gerade steht; ein Screenreader liest es vor",
  label: "Die Diagramme in Worten",
  close: "Schließen",
  /** @param {string} title */
  nothing: (title) => `${title}: noch nichts; drücke Start.`,
  /** A chart: what each line stands at and where it goes. @param {string} title @param {string[]} lines @param {number} from
   * @param {number} to  steps @param {string} [more] */
  chart: (title, lines, from, to, more = "") =>
    `${title}: ${lines.join("; ")}; Schritte ${whole(from)} bis ${whole(to)}.${more && ` ${more}`}`,
  /** @param {string} name @param {string} value @param {import("../../spoken/trend.js").Trend} trend */
  line: (name, value, trend) => [`${name} ${value}`, TRENDS[trend]].filter(Boolean).join(", "),
  /** Numbers of no unit, of one at the step named. @param {string} title @param {string[]} bars @param {number} step */
  bars: (title, bars, step) => `${title}: ${bars.join("; ")}; bei Schritt ${whole(step)}.`,
  number,
  percent,
  coinToss: "50\u00a0% sind ein Münzwurf.",
  /** @param {number} floor */
  floor: (floor) => `Echte Bilder haben untereinander ${number(floor)}.`,
  /** @param {number} ahead  D's accuracy on both together @returns {string} */
  balance: (ahead) => (ahead > 0.55 ? "D liegt vorn." : ahead < 0.45 ? "G täuscht D." : "Keines liegt vorn."),

  /** The plane. @param {{count: number, x: number, y: number, away: number}} real @param {{count: number, x: number, y: number,
   * away: number}} fake  how many, around where, and how far from there on average */
  points: (real, fake) =>
    `${whole(real.count)} echte Punkte liegen um x = ${number(real.x)} und y = ${number(real.y)}, im Mittel ${number(real.away)} davon entfernt; `
    + `${whole(fake.count)} Fakes um x = ${number(fake.x)} und y = ${number(fake.y)}, ${number(fake.away)} davon entfernt.`,
  /** @param {number} captured @param {number} total @param {number} quality */
  modes: (captured, total, quality) => `Die Fakes liegen auf ${captured} von ${total} ${total === 1 ? "Teil" : "Teilen"}, und ${percent(quality)} von ihnen liegen auf einem.`,
  /** @param {number} real @param {number} fake */
  spotted: (real, fake) => `D hält ${percent(real)} der echten für echt und ${percent(fake)} der Fakes für Fakes.`,
  /** A grid of pictures. @param {string} title @param {{count: number, least: number, most: number, mean: number}} scores */
  pictures: (title, { count, least, most, mean }) =>
    `${title}: ${whole(count)} Bilder, die D im Mittel zu ${number(mean)} für echt hält, von ${number(least)} bis ${number(most)}.`,
  /** @param {string[]} classes */
  rows: (classes) => `Je eine Zeile: ${classes.join(", ")}.`,
  /** @param {string} name @param {{mean: number, deviation: number}} real @param {{mean: number, deviation: number}} fake */
  column: (name, real, fake) =>
    `${name}: echt ${number(real.mean)} ± ${number(real.deviation)}, Fake ${number(fake.mean)} ± ${number(fake.deviation)}.`,
};
