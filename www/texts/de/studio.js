// Every sentence of the studio in German, in the voice and with the terms of page.js, and these:
//   latent studio, code, sample         Latentstudio, Code, Probe
//   walk, corner, spherical             Wanderung, Ecke, auf der Kugel
//   direction, to steer, to hold        Richtung, lenken, festhalten
//   entanglement, truncation            Verflechtung, Trunkierung
// Words alone; nothing is imported from outside this folder (see `../../texts.js`).
import { attributeOf } from "./names.js";
import { number } from "./numbers.js";

/** @typedef {import("../../studio/studio.js").Problem} Problem */
/** @typedef {import("../../studio/studio.js").Steering} Steering */

export const STUDIO = {
  title: "Latentstudio",
  note: "Verändere das Rauschen, und sieh, was G daraus macht.",
  waiting: "Warten auf G …",
  nothing: "Es gibt keinen Lauf zum Hineinsehen: Oben steht, was passiert ist.",
  tabs: { noise: "Rauschen", walk: "Wandern", directions: "Richtung", steer: "Lenken", keep: "Sichern" },
  tabsLabel: "Was du mit dem Rauschen machen kannst",
  again: "Neu starten",
  restarted: "der Teil, der rechnet, musste neu gestartet werden",
  forgotten: "dieser Browser hat sie nicht mehr",
  sample: "Probe",
  /** @param {number} n */
  sampleNumber: (n) => `Probe ${n}`,
  samples: "Die sechzehn Proben",
  /** @param {number} n @param {string} where */
  large: (n, where) => `Was G aus ${where === "" ? `Probe ${n}` : where} macht`,
  moving: "einem Code auf dem Weg",
  /** @param {number} n @param {boolean} moving */
  caption: (n, moving) => (moving ? "Auf dem Weg" : `Probe ${n}`),
  grid: "Rauschgitter auf der Bühne",
  gridHint: "Wo ein gleichmäßiges Gitter aus Rauschen landet: G biegt, faltet und streckt es, bis es die Daten bedeckt",
  gridAxes: "Achsen",
  gridAcross: "Achse quer",
  gridUp: "Achse nach oben",
  onStage: "Auf der Bühne: Der große Punkt ist die gewählte Probe, die kleinen sind die anderen fünfzehn.",
  column: "Spalte",
  value: "Wert",
  table: "Die gewählte Probe, Spalte für Spalte",
};

/** @param {number} k  dimension, counted from 0 */
export const axisName = (k) => `z${k + 1}`;

/** A number that keeps its width. @param {number} value @param {number} [digits] */
export const signed = (value, digits = 2) => {
  const text = number(value.toFixed(digits));
  return Number(value.toFixed(digits)) === 0 ? text.replace("-", "") : text.replace("-", "−");
};

export const NOISE = {
  random: "Zufällig",
  randomHint: "Sechzehn neue Codes ziehen; gesperrte Dimensionen bleiben",
  reset: "Auf null setzen",
  resetHint: "Der mittlere Code: alles Rauschen 0, ohne dazugegebene Richtung. Gesperrte Dimensionen bleiben",
  all: "Alle sechzehn bewegen",
  allHint: "Regler stellen alle sechzehn Proben zugleich, nicht nur die gewählte",
  psi: "Trunkierung ψ",
  psiHelp: "Alles Rauschen mal ψ. Unter 1: näher am mittleren Code, sicherer und einander ähnlicher. Über 1: kühner und seltsamer.",
  /** @param {number} k */
  slider: (k) => `Rauschen ${axisName(k)}, in Sigma`,
  sliderHint: "Doppelklick für 0",
  /** @param {number} k */
  lock: (k) => `${axisName(k)} sperren`,
  lockHint: "Eine gesperrte Dimension bleibt, wie sie ist, wenn neues Rauschen gezogen wird",
  search: "Dimension suchen",
  searchPlaceholder: "Nr.",
  /** @param {number} n */
  none: (n) => `Es gibt die Dimensionen 1 bis ${n}.`,
  /** @param {number} from @param {number} to */
  group: (from, to) => `${axisName(from)} bis ${axisName(to)}`,
};

export const CLASSES = {
  title: "Klasse",
  pick: "Klasse der gewählten Probe",
  pickAll: "Klasse aller sechzehn",
  mix: "Klassen mischen",
  mixHelp: "G wurde immer nur eine Klasse auf einmal gesagt. Bekommt es etwas von zweien gesagt, macht es etwas dazwischen.",
  /** @param {string} name */
  share: (name) => `Gewicht von ${name}`,
  strip: "Jede Klasse aus diesem Rauschen",
  stripHelp: "Das Rauschen ist der Stil, die Klasse ist, was gezeichnet wird.",
};

export const WALK = {
  cornersLabel: "Ecken der Wanderung",
  cornersHelp: "Wähle eine Probe, dann drücke einen Buchstaben, um sie dort abzulegen. Zwei Ecken geben eine Linie, vier ein Quadrat.",
  names: ["A", "B", "C", "D"],
  /** @param {string} name @param {number} n */
  keep: (name, n) => `Probe ${n} als ${name} ablegen`,
  /** @param {string} name */
  drop: (name) => `${name} leeren`,
  way: "Weg zwischen Codes",
  spherical: "Auf der Kugel",
  sphericalHint: "Entlang der Kugel: Gaußverteilte Codes liegen alle nahe bei einer, darum ist jeder Schritt so wahrscheinlich wie die Enden (White 2016)",
  straight: "Gerade",
  straightHint: "Durch die Mitte, wo eine Gaußverteilung mit vielen Dimensionen keine Proben hat",
  play: "Abspielen",
  stop: "Anhalten",
  /** @param {string[]} names */
  playHint: (names) => `Von ${[...names, names[0]].join(" nach ")} wandern`,
  endless: "Endlos wandern",
  endlessHint: "Von einem zufälligen Code zum nächsten, bis du anhältst",
  use: "Übernehmen",
  useHint: "Das hier zur gewählten Probe machen",
  /** @param {string[]} names */
  strip: (names) => `Von ${names.join(" nach ")}`,
  square: "Zwischen vier Ecken",
  few: "Lege A und B ab, um zwischen ihnen zu wandern.",
  onStage: "Die Bühne zeigt den Weg als Linie.",
  /** @param {number} i @param {number} n */
  place: (i, n) => `Stelle ${i} von ${n} übernehmen`,
  pad: "Feld",
  padHelp: "Ziehe, oder nimm die Pfeiltasten: Beide Richtungen bewegen sich zugleich.",
  padLabel: "Feld über zwei Richtungen; Pfeiltasten bewegen, Pos1 führt in die Mitte",
  padAcross: "Quer",
  padUp: "Nach oben",
  /** @param {string} x @param {string} y */
  padAt: (x, y) => `${x} quer, ${y} nach oben`,
  padDims: "Rauschen",
  padNamed: "Benannt",
  sum: "Rechnen",
  sumHelp: "Was A hat und B nicht, zu C dazu: lächelnd minus neutral plus jemand anderes. Es braucht A, B und C.",
};

/** @type {Record<import("../../studio/state.js").Method, {name: string, help: string, paper: string}>} */
const METHODS = {
  sefa: {
    name: "SeFa",
    help: "Aus den Gewichten der ersten Schicht von G: die Richtungen, die sie am meisten streckt. Proben werden nicht angesehen.",
    paper: "Shen und Zhou: Closed-Form Factorization of Latent Semantics in GANs, 2021",
  },
  pca: {
    name: "PCA",
    help: "Aus dem, was die erste Schicht von G auf viele Proben antwortet: die Richtungen, in denen sich die Antworten am meisten unterscheiden.",
    paper: "Härkönen und andere: GANSpace, Discovering Interpretable GAN Controls, 2020",
  },
};

export const DIRECTIONS = {
  methods: METHODS,
  method: "Wie Richtungen gefunden werden",
  finding: "Richtungen werden gesucht …",
  /** @param {import("../../studio/state.js").Method} method @param {number} j */
  name: (method, j) => `${METHODS[method].name} ${j + 1}`,
  /** @param {string} name */
  slider: (name) => `Entlang ${name}, in Sigma`,
  share: "Eigenwert, als Anteil an der Summe aller",
  /** @param {string} name */
  strip: (name) => `${name}, von −3 bis 3`,
  stripHelp: "Was die Richtung mit der gewählten Probe macht.",
  stripStage: "Die Bühne zeigt als Linie, wohin die Richtung die gewählte Probe führt.",
  /** @param {number} alpha */
  place: (alpha) => `Zu ${signed(alpha, 0)}`,
  label: "Name für diese Richtung",
  placeholder: "etwa „fett“",
  keep: "Benennen",
  keepHint: "Diese Richtung, wie sie jetzt ist, mit einem Namen behalten; sie wird mit dem Modell gesichert",
  named: "Benannte Richtungen",
  namedNone: "Noch keine. Macht eine Richtung etwas, das du in Worte fassen kannst, ist sie einen Namen wert.",
  rename: "Name dieser Richtung",
  /** @param {string} name */
  remove: (name) => `${name} löschen`,
};

export const STEER = {
  /** Of which pictures the shipped classifiers are. @type {Record<string, string>} */
  eyes: { digits: "handgeschriebene Ziffern", fashion: "Kleidungsstücke", animals: "Tiere", faces: "Pixelgesichter" },
  /** @param {string} what @param {string} accuracies */
  eye: (what, accuracies) => `Ein kleiner Klassifikator für ${what} sieht sich jedes Bild an. Richtig bei Bildern, die er nicht kennt: ${accuracies}.`,
  /** @param {string} accuracies */
  ownEye: (accuracies) => `Ein Klassifikator, der hier mit deinen Labels trainiert wurde, sieht sich jedes Bild an. Richtig bei Bildern, die er nicht kennt: ${accuracies}.`,
  help: "Lenken ändert das Rauschen, Schritt für Schritt entlang des Gradienten des Klassifikators, bis er Ja sagt.",
  loading: "Der Klassifikator wird geladen …",
  attribute: "Merkmal",
  wanted: "Ziel",
  holdAll: "Alles andere",
  hold: "Festhalten",
  holdHelp: "Ihre Antworten bleiben, wo sie sind, soweit G es zulässt.",
  go: "Lenken",
  stop: "Anhalten",
  bars: "Was der Klassifikator sagt",
  changes: "Bisher verändert",
  /** @param {string} name */
  changed: (name) => `Wie weit sich ${name} verändert hat`,
  idle: "Wähle, was aus der gewählten Probe werden soll.",
  points: "Ein Punkt hat kein Bild, das ein Klassifikator ansehen könnte. Wähle Ziffern, Kleidung, Tiere oder Gesichter als Daten, um danach zu lenken, was zu sehen ist.",
  table: "Eine Zeile Zahlen hat kein Bild, das ein Klassifikator ansehen könnte. Wähle Ziffern, Kleidung, Tiere oder Gesichter als Daten, um danach zu lenken, was zu sehen ist.",
  unlabelled: "Niemand hat gesagt, was auf deinen Bildern ist, darum lässt sich kein Klassifikator trainieren. Lege sie in Ordner, einen je Klasse, und bring sie noch einmal.",
  own: "Deine Bilder sind in Klassen. Ein kleiner Klassifikator kann lernen, sie zu unterscheiden, hier in deinem Browser, in etwa einer Minute.",
  learn: "Klassifikator mit meinen Labels trainieren",
  stopLearning: "Dieses Training anhalten",
  /** @param {number} done @param {number} steps */
  learning: (done, steps) => (steps === 0 ? "Deine Bilder werden gelesen …" : `Schritt ${number(done)} von ${number(steps)}`),
  progress: "Wie weit das Training des Klassifikators ist",
};

export const ENTANGLE = {
  title: "Verflechtung",
  help: "Wie sehr sich jedes Merkmal für ein Sigma entlang einer Richtung ändert, im Mittel. Eine saubere Richtung ändert eines und lässt die anderen.",
  measure: "Messen",
  measuring: "Wird gemessen …",
  /** @param {string[]} names */
  held: (names) => `Unter jeder Zahl, kleiner: dasselbe, wenn festgehalten wird: ${names.join(", ")}.`,
  noDirections: "Richtungen werden noch gesucht.",
  direction: "Richtung",
  table: "Verflechtung von Richtungen und Merkmalen",
};

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${number((100 * share).toFixed(share >= 0.9995 ? 0 : 1))}\u00a0%` : "–");

/** @param {import("../../studio/protocol.js").Attribute[]} attributes */
export const accuracies = (attributes) => attributes
  .map(({ name, accuracy }) => `${attributeName(name)} ${accuracy === null ? "unbekannt" : percent(accuracy)}`).join(", ");

/** "hair-colour" as words. @param {string} name */
export const plainName = (name) => name.replaceAll(/[-_]/g, " ");

/** What classes tell apart, as words. @param {string} given */
export const attributeName = (given) => attributeOf(plainName(given));

/** @param {Steering} steering @param {string} wanted  the class's name @param {number} probability */
export function steeringText({ state, step }, wanted, probability) {
  const steps = step === 1 ? "1 Schritt" : `${step} Schritten`;
  const now = `zu ${percent(probability)} sicher: „${wanted}“`;
  switch (state) {
    case "moving": return `Nach ${steps} ist der Klassifikator ${now}.`;
    case "reached": return step === 0 ? `Das ist schon so: Der Klassifikator ist ${now}.` : `Erreicht nach ${steps}: Der Klassifikator ist ${now}.`;
    case "stuck": return `Aufgegeben nach ${steps}: Der Klassifikator ist nur ${now}. Versuche eine andere Probe, halte weniger fest, oder lass G länger trainieren.`;
    case "stopped": return `Angehalten nach ${steps}: Der Klassifikator ist ${now}.`;
  }
}

/** @type {Record<Problem["during"], (detail: string) => string>} */
const PROBLEMS = {
  start: (detail) => `Das Studio ließ sich nicht starten (${detail}).`,
  dead: (detail) => `Das Studio ist stehen geblieben (${detail}). Das Training ist davon nicht berührt.`,
  model: (detail) => `Dieses G ließ sich nicht öffnen (${detail}). Das vorige bleibt.`,
  eye: (detail) => `Der Klassifikator ist nicht vollständig angekommen (${detail}). Öffne diesen Reiter noch einmal, um es noch einmal zu versuchen.`,
  "own-eye": (detail) => `Dein Klassifikator ließ sich nicht wieder benutzen (${detail}). Trainiere ihn noch einmal.`,
  "no-eye": (detail) => `Der Klassifikator ließ sich nicht weglegen (${detail}).`,
  draw: (detail) => `Das ließ sich nicht zeichnen (${detail}).`,
  directions: (detail) => `Es ließen sich keine Richtungen finden (${detail}).`,
  steer: (detail) => `Das Lenken brach ab (${detail}).`,
  "stop-steering": (detail) => `Das Lenken brach ab (${detail}).`,
  entangle: (detail) => `Die Verflechtung ließ sich nicht messen (${detail}).`,
  inspect: (detail) => `Die Datei ließ sich nicht lesen (${detail}).`,
  learn: (detail) => `Dein Klassifikator ließ sich nicht trainieren (${detail}).`,
  "stop-learning": (detail) => `Dein Klassifikator ließ sich nicht trainieren (${detail}).`,
};

/** @param {Problem} problem */
export const problemText = ({ during, detail }) => PROBLEMS[during](detail.replace(/\.$/, ""));

export const KEEP = {
  pictures: "Bilder",
  sample: "Gewählte Probe als PNG",
  sixteen: "Alle sechzehn als PNG",
  models: "Die Netze",
  model: "G und D sichern",
  modelHelp: "Beide Netze, das Mittel von G, alle Einstellungen und deine benannten Richtungen, in einer Datei, die diese Seite, gan-train und PyTorch lesen.",
  open: "Modell öffnen",
  openHelp: "Eine Datei, die hier gesichert wurde; du kannst sie auch irgendwo auf die Seite fallen lassen. Das Training macht dort weiter.",
  film: "Film der Wanderung",
  /** @param {"gif" | "webm"} kind @returns {string} */
  filmHint: (kind) => (kind === "gif" ? "Die Wanderung, einmal herum, als animiertes GIF sichern" : "Die Wanderung, einmal herum, als WebM-Film sichern"),
  /** @param {string} name */
  saved: (name) => `${name} wurde deinem Browser übergeben.`,
  filmed: "Gesichert.",
  broken: "Nicht gesichert: Etwas anderes wurde getan, bevor die Wanderung herum war.",
  gone: "der Lauf hat sich inzwischen geändert; versuche es noch einmal",
  /** @param {string} why */
  failed: (why) => `Es ließ sich nicht sichern: ${why}.`,
};
