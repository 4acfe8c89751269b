// What the game says, in German, in the voice and with the terms of page.js: the visitor plays the discriminator.
import { number } from "./numbers.js";

/** @param {boolean} real */
const name = (real) => (real ? "echt" : "ein Fake");

/** @param {boolean} right */
const judged = (right) => (right ? "richtig" : "falsch");

/** Keys that answer, beside the arrows. */
export const KEYS = { real: "e", fake: "f" };

export const GAME = {
  title: "Du bist der Diskriminator",
  close: "Spiel schließen",
  intro: "Zwölf Beispiele, eins nach dem anderen: Manche sind aus den echten Daten, manche hat G gerade erst gemacht. Sag von jedem, ob es echt oder ein Fake ist, gegen die Uhr. D beurteilt genau dieselben.",
  study: "Vor einer Runde mit Punkten oder Zahlen werden dir echte gezeigt, denn du kennst sie nicht so gut wie D.",
  clock: "Zeit für jedes",
  /** @param {number} seconds  0 is without end */
  clockOf: (seconds) => (seconds === 0 ? "Ohne Uhr" : `${seconds} Sekunden`),
  start: "Zwölf austeilen",
  dealing: "Wird ausgeteilt …",
  waiting: "Der Lauf wird vorbereitet …",
  failed: "Dieser Lauf ist zu Ende, G macht also keine Fakes. Neustart beginnt ihn noch einmal.",
  lost: "Der Lauf endete, bevor die Beispiele ausgeteilt waren. Neustart beginnt ihn noch einmal, dann kannst du spielen.",
  /** @param {number} step */
  step: (step) => `Fakes aus Schritt ${number(step)}`,
  /** @param {number} best @param {number} of */
  best: (best, of) => `Dein Bestes mit diesen Daten: ${best} von ${of}`,
  /** @param {number} at @param {number} of */
  at: (at, of) => `${at} von ${of}`,
  /** @param {number} at @param {number} of @param {string} about */
  question: (at, of, about) => `Beispiel ${at} von ${of}: echt oder Fake? ${about}`.trim(),
  ask: "Echt oder Fake?",
  /** @param {string} asked  a class */
  asked: (asked) => `Es soll zeigen: ${asked}.`,
  beyond: "Es liegt jenseits des Rands.",
  /** @param {string} x @param {string} y */
  point: (x, y) => `Ein Punkt bei x = ${x} und y = ${y}.`,
  look: "Sieh gut hin: Diese sind echt.",
  lookOn: "Runde beginnen",
  real: "Echt",
  fake: "Fake",
  realHint: "Echt (E oder Pfeil nach links)",
  fakeHint: "Fake (F oder Pfeil nach rechts)",
  keys: "Tasten: E oder ← für echt, F oder → für Fake.",
  left: "Verbleibende Zeit",
  /** @param {number} seconds */
  seconds: (seconds) => `${seconds} s`,
  next: "Weiter",
  finish: "Sehen, wie es ausging",
  /** @param {"right" | "wrong" | "late"} how @param {boolean} real */
  verdict: (how, real) => ({ right: `Richtig: Es ist ${name(real)}.`, wrong: `Falsch: Es ist ${name(real)}.`, late: `Zu spät: Es ist ${name(real)}.` })[how],
  /** @param {boolean} says  whether D says "real" @param {boolean} right @param {number} percent  how sure it is of "real" */
  discriminator: (says, right, percent) => `D sagt ${says ? "„echt“" : "„Fake“"} (zu ${percent}\u00a0% echt): ${judged(right)}.`,
  you: "Du",
  d: "D",
  /** @param {number} score @param {number} of */
  score: (score, of) => `${score} von ${of}`,
  /** @param {number} you @param {number} d @returns {string} */
  outcome: (you, d) => (you > d ? "Du hast D geschlagen." : you < d ? "D hat dich geschlagen." : "Unentschieden gegen D."),
  /** @param {number} score @param {number} of */
  meaning: (score, of) => {
    const guess = of / 2;
    if (score >= guess + 4) return "Du kannst sie unterscheiden: Diese Fakes gehen noch nicht durch. Trainiere weiter, und spiele noch einmal.";
    if (score > guess + 1) return "Besser als geraten, obwohl manche Fakes durchgehen.";
    if (score >= guess - 1) return `Etwa ${guess} von ${of}, 50\u00a0%, bringt auch ein Münzwurf: Für dich sind diese Fakes so gut wie echt.`;
    return "Schlechter als eine Münze: Was du für ein Zeichen eines Fakes hältst, ist eines der echten Daten.";
  },
  /** What fooled whom. @param {number} both @param {number} you @param {number} d */
  fooled: (both, you, d) => `Euch beide getäuscht: ${both}. Nur dich: ${you}. Nur D: ${d}.`,
  newBest: "Dein Bestes bisher mit diesen Daten.",
  strip: "Alle zwölf, mit beiden Antworten",
  /** @param {number} at @param {boolean} real @param {"right" | "wrong" | "late"} you @param {boolean} d  right */
  card: (at, real, you, d) => `Beispiel ${at} ist ${name(real)}. Du: ${you === "late" ? "keine Antwort" : judged(you === "right")}. D: ${judged(d)}.`,
  again: "Noch einmal",
  /** @param {number} steps */
  train: (steps) => `${number(steps)} Schritte weitertrainieren und noch einmal spielen`,
  trainHint: "Die Fakes werden besser, während G trainiert: Spüre, wie viel schwerer es wird",
  /** @param {number} now @param {number} goal */
  training: (now, goal) => `Es wird trainiert: Schritt ${number(now)} von ${number(goal)}. Dann werden zwölf neue ausgeteilt.`,
  /** @param {number} now @param {number} goal */
  paused: (now, goal) => `Angehalten bei Schritt ${number(now)} von ${number(goal)}. Drücke Start, damit es weitergeht, oder teile jetzt aus.`,
  dealNow: "Jetzt austeilen",
  plane: "Die Ebene, mit echten Punkten",
  cross: "Die Ebene, mit einem Kreuz, wo das Beispiel liegt",
  picture: "Das Bild, um das es geht",
  rows: "Echte Zeilen",
  row: "Die Zeile, um die es geht",
  column: "Spalte",
  value: "Wert",
};
