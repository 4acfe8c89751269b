// What charts and pictures say to whoever cannot see them, in English; see page.js.

/** @type {Record<import("../../spoken/trend.js").Trend, string>} */
const TRENDS = {
  unknown: "",
  steady: "steady",
  up: "rising",
  "up-little": "rising a little",
  down: "falling",
  "down-little": "falling a little",
};

/** @param {number} value */
const whole = (value) => value.toLocaleString("en", { maximumFractionDigits: 0 });
/** Three digits, as a person reads them out. @param {number} value */
const number = (value) => (Number.isFinite(value) ? Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 }).replace("-", "−") : "not a number");
/** A place, to two places. @param {number} value */
const place = (value) => (Math.abs(value) < 0.005 ? "0" : value.toLocaleString("en", { maximumFractionDigits: 2 }).replace("-", "−"));
/** @param {number} part  0 to 1 */
const percent = (part) => (Number.isFinite(part) ? `${Math.round(100 * part)}\u00a0%` : "not known");

export const SPOKEN = {
  describe: "Describe the charts in words",
  describeHint: "Says how each chart and picture stands now; a screen reader reads it out",
  label: "The charts in words",
  close: "Close",
  /** @param {string} title */
  nothing: (title) => `${title}: nothing yet; press Play.`,
  /** A chart: what each line stands at and where it goes. @param {string} title @param {string[]} lines @param {number} from
   * @param {number} to  steps @param {string} [more] */
  chart: (title, lines, from, to, more = "") =>
    `${title}: ${lines.join("; ")}; steps ${whole(from)} to ${whole(to)}.${more && ` ${more}`}`,
  /** @param {string} name @param {string} value @param {import("../../spoken/trend.js").Trend} trend */
  line: (name, value, trend) => [`${name} ${value}`, TRENDS[trend]].filter(Boolean).join(", "),
  /** Numbers of no unit, of one at the step named. @param {string} title @param {string[]} bars @param {number} step */
  bars: (title, bars, step) => `${title}: ${bars.join(", ")}; at step ${whole(step)}.`,
  number,
  percent,
  coinToss: "50\u00a0% is a coin toss.",
  /** @param {number} floor */
  floor: (floor) => `Reals among themselves have ${number(floor)}.`,
  /** @param {number} ahead  D's accuracy on both together @returns {string} */
  balance: (ahead) => (ahead > 0.55 ? "D is ahead." : ahead < 0.45 ? "G fools D." : "Neither is ahead."),

  /** The plane. @param {{count: number, x: number, y: number, away: number}} real @param {{count: number, x: number, y: number,
   * away: number}} fake  how many, around where, and how far from there on average */
  points: (real, fake) =>
    `${whole(real.count)} real points lie around ${place(real.x)}, ${place(real.y)}, on average ${place(real.away)} from there; `
    + `${whole(fake.count)} fakes around ${place(fake.x)}, ${place(fake.y)}, ${place(fake.away)} from there.`,
  /** @param {number} captured @param {number} total @param {number} quality */
  modes: (captured, total, quality) => `The fakes are on ${captured} of ${total} ${total === 1 ? "part" : "parts"}, and ${percent(quality)} of them lie on one.`,
  /** @param {number} real @param {number} fake */
  spotted: (real, fake) => `D takes ${percent(real)} of the reals for real and ${percent(fake)} of the fakes for fake.`,
  /** A grid of pictures. @param {string} title @param {{count: number, least: number, most: number, mean: number}} scores */
  pictures: (title, { count, least, most, mean }) =>
    `${title}: ${whole(count)} pictures, which D finds real by ${number(mean)} on average, from ${number(least)} to ${number(most)}.`,
  /** @param {string[]} classes */
  rows: (classes) => `A row each: ${classes.join(", ")}.`,
  /** @param {string} name @param {{mean: number, deviation: number}} real @param {{mean: number, deviation: number}} fake */
  column: (name, real, fake) =>
    `${name}: real ${number(real.mean)} ± ${number(real.deviation)}, fake ${number(fake.mean)} ± ${number(fake.deviation)}.`,
};
