// What the page says around a lesson, in German, in the voice and with the terms of page.js, and these:
//   lesson, step of one, prediction     Lektion, Schritt, Vorhersage
// Words that a lesson's file is written with (experiment, until and the like) are the same in any language.
import { linkProblem } from "./page.js";
import { number } from "./numbers.js";

/** @typedef {import("../../lessons/parse.js").Mistake} Mistake */

/** @param {number} n */
const minutes = (n) => `${n} Minuten`;

export const LIST = {
  title: "Lektionen",
  intro: "Lies ein wenig, sag, was du erwartest, drücke „Laufen lassen“, und sieh, ob es so kommt. Fang an, wo du willst.",
  loading: "Die Lektionen werden geladen …",
  none: "Hier gibt es keine Lektionen.",
  /** @param {string} name */
  unknown: (name) => `Eine Lektion namens „${name}“ gibt es nicht. Das hier sind die, die es gibt.`,
  minutes,
  /** @param {number} done @param {number} of */
  done: (done, of) => (done === 0 ? "" : done >= of ? "fertig" : `${done} von ${of} Schritten fertig`),
  /** @param {number} count */
  mistakes: (count) => `Diese Lektion lässt sich nicht zeigen: In ihrer Datei ${count === 1 ? "muss eine Sache" : `müssen ${count} Dinge`} verbessert werden. Öffne sie, um zu sehen, was.`,
  kept: "Deine Antworten und fertigen Schritte werden nur in diesem Browser aufbewahrt.",
  forget: "Meine Antworten vergessen",
  forgotten: "Vergessen.",
};

export const LESSON = {
  all: "Alle Lektionen",
  close: "Lektion schließen",
  closeList: "Lektionen schließen",
  loading: "Die Lektion wird geladen …",
  /** @param {string} detail */
  failed: (detail) => `Die Lektion ist nicht angekommen (${detail}). Der Lauf geht weiter; prüfe die Verbindung und versuche es noch einmal.`,
  retry: "Noch einmal",
  minutes: (/** @type {number} */ n) => `etwa ${minutes(n)}`,
  /** @param {number} at @param {number} of */
  place: (at, of) => `Schritt ${at} von ${of}`,
  steps: "Schritte dieser Lektion",
  stepDone: "fertig",
  previous: "Voriger Schritt",
  next: "Nächster Schritt",
  /** @param {string} title */
  nextStep: (title) => `Weiter: ${title}`,
  finish: "Lektion beenden",
  /** @param {number} of */
  beyond: (of) => `Diese Lektion hat ${of} Schritte; das ist der letzte.`,
  settings: "Alle Einstellungen zeigen",
  fewer: "Einstellungen ausblenden",
  teacher: "Für die Lehrkraft",
  picture: "Bild zeigen",
  back: "Zurück zur Lektion",
  outcome: "Sehen, wie es ausging",
  untranslated: "Diese Lektion ist noch nicht übersetzt, darum steht sie hier auf Englisch.",
  mistakes: "Diese Lektion lässt sich noch nicht zeigen: Ihre Datei hat Fehler.",
};

export const STEP = {
  predict: "Was erwartest du?",
  first: "Wähle, was du erwartest, und lass es dann laufen.",
  run: "Laufen lassen",
  pause: "Pause",
  goOn: "Weiter",
  again: "Noch einmal laufen lassen",
  answer: "Meine Antwort prüfen",
  otherSeed: "Anderen Startwert versuchen",
  otherSeedHint: "Dieselben Einstellungen, mit anderen Zufallszahlen begonnen",
  own: "Zurück zum Experiment dieses Schritts",
  changed: "Die Einstellungen sind nicht mehr die dieses Schritts; was geschieht, ist also dein eigenes Experiment.",
  otherNumbers: "Dieser Lauf hat einen anderen Startwert als der Schritt, er kann also anders ausgehen.",
  progress: "Fertige Schritte dieses Laufs",
  /** @param {number} step @param {number | null} until */
  steps: (step, until) => (until === null ? `Schritt ${number(step)}` : `Schritt ${number(Math.min(step, until))} von ${number(until)}`),
  right: "Deine Vorhersage war richtig.",
  wrong: "Deine Vorhersage war falsch: Sieh dir die markierte Antwort an.",
  none: "Diesmal hast du nichts vorhergesagt. Die Antwort ist markiert.",
  open: "Der Lauf ging anders aus als der in der Lektion, darum wird deine Vorhersage nicht beurteilt.",
  isRight: "die Antwort",
  isChosen: "deine",
};

export const POINT = {
  /** @param {string} words  that were pressed */
  shown: (words) => `Auf der Seite ein paar Sekunden lang eingerahmt: ${words}.`,
  absent: "Dieser Teil der Seite ist gerade nicht zu sehen: Er gehört zu anderen Daten oder wurde ausgeblendet.",
  notHere: "Das lässt sich hier nicht öffnen.",
};

/** A figure's value, as a sentence has it. @param {number} value @param {boolean} share  whether it is one of a whole */
export function figureText(value, share) {
  if (share) {
    // Nearly all is not all.
    const fine = value !== 0 && value !== 1 && (value < 0.01 || value > 0.99);
    return `${number(100 * value, { maximumFractionDigits: fine ? 1 : 0 })}\u00a0%`;
  }
  return Number.isInteger(value) ? number(value) : number(value, { maximumSignificantDigits: 3 });
}

/** @param {Mistake} mistake */
export const mistakeText = (mistake) => `Zeile ${mistake.line}: ${whatIsWrong(mistake)}`;

/** @param {Mistake} mistake @returns {string} */
function whatIsWrong({ kind, value, problem }) {
  switch (kind) {
    case "head": return "Eine Lektion beginnt mit einer Zeile aus drei Bindestrichen, dann title, summary, minutes und order, dann wieder drei Bindestrichen.";
    case "head-line": return `„${value}“ hat nicht die Form „Name: Wert“.`;
    case "head-key": return `„${value}“ ist hier nicht bekannt; es gibt title, summary, minutes, order und hide.`;
    case "head-missing": return `Der Lektion fehlt ${value}; schreibe „${value}: …“ zwischen die Zeilen mit Bindestrichen.`;
    case "head-number": return `${value} muss eine ganze Zahl sein.`;
    case "part": return `Die Seite hat keinen Teil namens „${value}“.`;
    case "title": return `„${value}“: Ein Schritt beginnt mit zwei # und seinem Titel; der Titel der Lektion selbst steht ganz oben.`;
    case "no-step": return "Die Lektion hat keine Schritte; jeder beginnt mit einer Zeile wie „## Sein Titel“.";
    case "before-step": return `„${value}“ steht vor dem ersten Schritt, wo es niemand sehen würde; beginne darüber einen Schritt mit „## Sein Titel“.`;
    case "block": return `„${value}“ ist keine Art von Block; es gibt experiment, predict, check und teacher.`;
    case "twice": return `Dieser Schritt hat schon einen Block ${value}; mehr als einen hat kein Schritt.`;
    case "until": return `„${value}“: Nach until muss eine ganze Zahl von Schritten stehen, 1 oder mehr.`;
    case "experiment": return problem ? linkProblem(problem) : `„${value}“ ist kein Experiment.`;
    case "line": return `„${value}“: Ein Experiment ist eine Zeile, und eine weitere darf mit „until:“ beginnen.`;
    case "options": return "Eine Vorhersage hat eine Frage und darunter mindestens zwei Zeilen, die mit „- [ ]“ beginnen.";
    case "right": return "Genau eine Antwort einer Vorhersage muss als richtig markiert sein, mit „- [x]“.";
    case "condition": return `„${value}“ ist keine Bedingung; schreibe eine wie „modes <= 4“ oder „gradient_g < 0.5 * gradient_d“, mehrere durch „and“ verbunden.`;
    case "sentences": return `Der Block check hat keinen Satz, der mit „${value}:“ beginnt.`;
    case "figure": return `Einen Messwert namens „${value}“ gibt es nicht.`;
    case "formula": return `Die Formel lässt sich nicht lesen: ${value}`;
    case "arrow": return `${value}: Ein Pfeil oder Kreis dieser Art lässt sich hier nicht zeigen; schreibe \\mathbf{x} für einen Vektor.`;
    case "link": return `„${value}“: Ein Link führt zu part:, open: oder lesson: und einem Namen, oder zu einer Adresse, die mit https: beginnt.`;
    case "open": return `„${value}“ lässt sich nicht öffnen; es gibt slow, game und compare.`;
    case "lesson": return `Eine Lektion namens „${value}“ gibt es nicht.`;
    case "picture": return `${value}: Eine Lektion kann keine Bilder haben; zeige mit einem Link zu part: und einem Namen auf einen Teil der Seite.`;
  }
}
