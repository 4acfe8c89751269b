// What slow motion says, in German, in the voice and with the terms of page.js, and these:
//   stage (of a step), phase            Station, Phase
//   frozen, pull, score                 eingefroren, Zug, Bewertung
// Formulas are of the shape in `page.js`: one string a term. Words alone; nothing is imported from outside this folder.
import { number } from "./numbers.js";

/**
 * @typedef {import("../../protocol.js").Objective["kind"]} Kind
 * @typedef {import("../en/slow.js").Told} Told
 * @typedef {import("../en/slow.js").Numbers} Numbers
 */

export const SLOW = {
  title: "Zeitlupe",
  intro: "Ein Trainingsschritt dauert ein paar Tausendstelsekunden. Hier siehst du ihm Station für Station zu: Erst lernt D, während G eingefroren ist, dann lernt G, während D eingefroren ist. Alle Zahlen sind die des echten Schritts.",
  dissect: "Nächsten Schritt zerlegen",
  dissectHint: "Macht einen Trainingsschritt, wie der Knopf Schritt, und hält alles fest, was darin geschah",
  working: "Wird zerlegt …",
  failed: "Dieser Lauf ist zu Ende, es gibt also keinen nächsten Schritt. Neustart beginnt ihn noch einmal.",
  close: "Zeitlupe schließen",
  /** @param {number} step */
  step: (step) => `Schritt ${number(step)}`,
  /** @param {number} now */
  behind: (now) => `Der Lauf ist inzwischen bei Schritt ${number(now)}.`,
  diagram: "Wie die Daten in diesem Schritt fließen",
  strip: "Stationen des Schritts",
  phases: { d: "D lernt", g: "G lernt" },
  waits: "G lernt in diesem Schritt nicht: D hat einen Vorsprung.",
  controls: "Steuerung der Zeitlupe",
  previous: "Vorige Station",
  next: "Nächste Station",
  play: "Stationen abspielen",
  pause: "Pause",
  pace: "Tempo",
  /** @param {number} seconds */
  paceOf: (seconds) => `${number(seconds)} s je Station`,
  scrubber: "Station",
  /** @param {number} at @param {number} count @param {string} name */
  place: (at, count, name) => `Station ${at} von ${count}: ${name}`,
  keys: "Pfeiltasten führen von Station zu Station.",
  example: "Beispiel",
  /** @param {number} at @param {number} count */
  exampleOf: (at, count) => `Beispiel ${at} von ${count}`,
  previousExample: "Voriges Beispiel",
  nextExample: "Nächstes Beispiel",
  choose: "Klicke eines an, um ihm zu folgen.",
  follow: "Einem Beispiel folgen",
  fake: "Fake",
  real: "Echt",
  /** @param {string} what @param {string} example */
  picture: (what, example) => `${what} ${example} ist markiert.`,
  legend: {
    fake: "Fakes, nach ihrem Rauschen",
    noise: "Rauschen, danach, wo es liegt",
    real: "echt",
    realBefore: "echt, als D dran war",
    pull: "Zug",
    before: "vorher",
  },
  halves: { fakes: "Fakes", reals: "Echte", pull: "Zug an jedem Pixel", after: "Dasselbe Rauschen nach dem Update" },
  scores: "Bewertungen",
  /** @param {number} count @param {string} low @param {string} high @param {string} mean */
  scoresOf: (count, low, high, mean) => `${count} von ${low} bis ${high}, im Mittel ${mean}`,
  fence: "gleich wahrscheinlich echt wie Fake",
  bars: {
    /** @type {Record<"d" | "g", string>} */
    gradients: { d: "Gradient des Verlusts von D, Schicht für Schicht", g: "Gradient des Verlusts von G, Schicht für Schicht" },
    /** @type {Record<"d" | "g", string>} */
    update: { d: "Wie weit sich die Gewichte von D bewegt haben, Schicht für Schicht", g: "Wie weit sich die Gewichte von G bewegt haben, Schicht für Schicht" },
    logarithmic: "Die Balken sind logarithmisch; die Zahlen sind Längen (Normen).",
  },
  formula: {
    /** @type {Record<"d" | "g", string>} */
    loss: { d: "Verlust von D", g: "Verlust von G" },
    term: "Term",
    numbers: "Mit diesem Batch",
    mean: "Mittel",
    penalty: "Strafen und Ähnliches",
    penaltyHint: "Was D glatt hält (siehe Lipschitz), und in einem bedingten Lauf, was D lehrt, auf die Klasse zu achten. Es kommt zu dem hinzu, was D verkleinert, und gehört nicht zu dem Verlust, den die Seite zeigt.",
    lossHint: "Die Zahl, die das Netz, das lernt, kleiner macht: die Summe seiner Terme. Das Diagramm der Verluste hat für jeden Schritt einen solchen Punkt.",
  },
};

/** The places of the diagram. Soft hyphens are where a word may break on a phone. */
export const BOXES = {
  noise: { name: "Rau\u00adschen", sign: "z", hint: "z: Zufallszahlen, für jeden Fake neu gezogen. Alles, worin sich zwei Fakes unterscheiden, kommt von hier." },
  g: { name: "G", sign: "Gene\u00adra\u00adtor", hint: "Der Generator G macht aus Rauschen Fakes. Er sieht nie echte Daten: Alles, was er lernt, lernt er über D." },
  fake: { name: "Fakes", sign: "G(z)", hint: "G(z): was G aus dem Rauschen macht. Jeder Fake behält hier die Farbe seines Rauschens, so kannst du ihm folgen." },
  real: { name: "Echt", sign: "x", hint: "x: Beispiele aus den Daten, die G nachmachen soll. D lernt, sie von Fakes zu unterscheiden." },
  d: { name: "D", sign: "Dis\u00adkri\u00admi\u00adna\u00adtor", hint: "Der Diskriminator D gibt jedem Beispiel eine Bewertung: hoch für echt, niedrig für Fake." },
  loss: { name: "Ver\u00adlust", sign: "", hint: "Wie falsch das Netz liegt, das lernt, in einer Zahl für den ganzen Batch. Ihr Gradient sagt, wie sich jedes Gewicht ändern müsste, um sie zu verkleinern." },
};

export const LOCK = {
  frozen: "einge\u00adfro\u00adren",
  learns: "lernt",
  /** @type {Record<"d" | "g", string>} */
  hints: {
    d: "D ist in dieser Phase eingefroren: Gradienten gehen durch D hindurch, aber keines seiner Gewichte ändert sich.",
    g: "G ist in dieser Phase eingefroren: Es macht Fakes, aber kein Gradient kommt zu ihm zurück, und keines seiner Gewichte ändert sich.",
  },
};

/** Stages: `name` on the strip, `hint` on pointing at it, and what is told while it is shown.
 * @type {Record<string, {name: string, title: string, hint: string, text: (told: Told) => string}>} */
export const STAGES = {
  "d-noise": {
    name: "Rauschen",
    title: "Rauschen wird gezogen",
    hint: "Zufallszahlen werden gezogen, ein Satz für jeden Fake des Batchs.",
    text: ({ batch, dims }) => `${batch}-mal ${dims} zufällig gezogen: das Einzige, worin sich die Fakes unterscheiden werden. Die Ebene zeigt die ersten beiden.`,
  },
  "d-fakes": {
    name: "Fakes",
    title: "G macht Fakes",
    hint: "Der eingefrorene Generator macht aus jedem Rauschen einen Fake.",
    text: () => "G, in dieser Phase eingefroren, macht aus jedem Rauschen einen Fake. Was als Rauschen nah beieinanderliegt, gibt meist ähnliche Fakes.",
  },
  "d-reals": {
    name: "Echte",
    title: "Echte Beispiele kommen dazu",
    hint: "Ebenso viele Beispiele werden aus den echten Daten gezogen.",
    text: ({ batch }) => `Ebenso viele echte Beispiele, ${batch}, werden aus den Daten gezogen. D wird beide sehen, und nur dieses Programm weiß, was was ist.`,
  },
  "d-scores": {
    name: "Bewertung",
    title: "D bewertet jedes Beispiel",
    hint: "D beurteilt Echte und Fakes, jedes für sich, mit einer Zahl.",
    text: ({ spotted, fooled, critic }) => `Je eine Zahl, C: je höher, desto echter. ${critic
      ? "Nur Unterschiede zwischen Bewertungen bedeuten hier etwas; als Wahrscheinlichkeiten gelesen"
      : "Als Wahrscheinlichkeiten gelesen"}, hält D ${spotted} der echten und ${fooled} der Fakes für echt.`,
  },
  "d-loss": {
    name: "Verlust",
    title: "Wie falsch lag D?",
    hint: "Die Zielfunktion macht aus allen Bewertungen eine Zahl: den Verlust von D.",
    text: ({ loss, pairs, penalised, penalty }) => `${pairs ? "Jeder Fake wird mit dem echten Beispiel neben ihm verglichen. " : ""}Jedes Beispiel trägt seinen Teil bei; das Mittel über den Batch ist der Verlust von D, ${loss}.${penalised ? ` Strafen fügen ${penalty} hinzu.` : ""}`,
  },
  "d-gradients": {
    name: "Gradienten",
    title: "Zurück durch D",
    hint: "Der Verlust wird rückwärts abgeleitet, Schicht für Schicht, bis zur Eingabe von D.",
    text: ({ gradient }) => `Vom Verlust rückwärts, Schicht für Schicht: Wie würde er sich mit jedem Gewicht von D ändern? Alles zusammen ist der Gradient ${gradient} lang. Bei den Fakes hört er auf, denn G ist eingefroren.`,
  },
  "d-update": {
    name: "Update",
    title: "Die Gewichte von D bekommen ihr Update",
    hint: "Der Optimierer bewegt die Gewichte von D ein wenig gegen den Gradienten.",
    text: (told) => updated("D", told),
  },
  "g-noise": {
    name: "Rauschen",
    title: "Neues Rauschen, denn G ist dran",
    hint: "Frische Zufallszahlen für die eigene Phase des Generators.",
    text: ({ batch, dims }) => `Jetzt ist D eingefroren, und G lernt. ${batch}-mal ${dims} werden neu gezogen: G lernt nicht an den Fakes, die D gerade gesehen hat.`,
  },
  "g-fakes": {
    name: "Fakes",
    title: "G macht wieder Fakes",
    hint: "G macht aus dem neuen Rauschen Fakes; diesmal lernt es daraus, was aus ihnen wird.",
    text: () => "Diesmal führt G Buch darüber, wie jeder Fake entstand, damit Lob und Tadel zu seinen Gewichten zurückfinden.",
  },
  "g-scores": {
    name: "Bewertung",
    title: "D, nun eingefroren, beurteilt sie",
    hint: "D, so wie es nach seinem eigenen Update ist, bewertet die Fakes.",
    text: ({ fooled, pairs }) => `D, gerade verändert und nun eingefroren, gibt jedem Fake eine Bewertung${pairs ? ", und den echten Beispielen neben ihnen auch" : ""}. Es hält ${fooled} der Fakes für echt.`,
  },
  "g-loss": {
    name: "Verlust",
    title: "Wie falsch lag G?",
    hint: "Die Zielfunktion macht aus den Bewertungen der Fakes eine Zahl: den Verlust von G.",
    text: ({ loss, pairs }) => `G will hohe Bewertungen für seine Fakes${pairs ? ", höhere als die der echten Beispiele neben ihnen" : ""}. Das Mittel über den Batch ist der Verlust von G, ${loss}.`,
  },
  "g-pull": {
    name: "Zug",
    title: "Zurück durch D zu den Fakes",
    hint: "Der Gradient geht durch das eingefrorene D zurück: Wohin müsste sich jeder Fake bewegen, um echter zu wirken?",
    text: ({ pictures }) => (pictures
      ? "Der Gradient geht durch D zurück, ohne es zu ändern, und kommt bei den Pixeln an: wo jeder heller oder dunkler sein sollte, um auf D echter zu wirken. Hier lehrt D G."
      : "Der Gradient geht durch D zurück, ohne es zu ändern, und kommt bei den Fakes an: Jeder Pfeil zeigt dahin, wo der Fake auf D echter wirken würde. Hier lehrt D G."),
  },
  "g-gradients": {
    name: "Gradienten",
    title: "Zurück durch G",
    hint: "Von den Fakes weiter zurück, Schicht für Schicht, bis zum Rauschen.",
    text: ({ gradient }) => `Von den Fakes an, Schicht für Schicht durch G: Wie müssten sich seine Gewichte ändern, damit alle Fakes zugleich ihrem Zug folgen? Der Gradient ist ${gradient} lang.`,
  },
  "g-update": {
    name: "Update",
    title: "Die Gewichte von G bekommen ihr Update",
    hint: "Der Optimierer bewegt die Gewichte von G ein wenig gegen den Gradienten.",
    text: (told) => updated("G", told),
  },
  "g-after": {
    name: "Danach",
    title: "Dasselbe Rauschen gibt jetzt …",
    hint: "Was dasselbe Rauschen nach dem Update gibt.",
    text: ({ pictures }) => `Dasselbe Rauschen durch das veränderte G. Ein Schritt ändert wenig${pictures ? ", das man sehen könnte" : ""}; ein Lauf besteht aus Tausenden. Dann beginnt der nächste Schritt, und D ist dran.`,
  },
};

/** @param {string} net @param {Told} told */
function updated(net, { updates, change, share, rate }) {
  if (updates === 0) return `${net} hat in diesem Schritt keine Updates (siehe Training), seine Gewichte bleiben also, wie sie sind.`;
  const last = updates > 1 ? `Das war das letzte von ${updates} Updates von ${net} in diesem Schritt. ` : "";
  return `${last}Der Optimierer macht aus dem Gradienten eine Bewegung, mit Lernrate ${rate}. Alle Gewichte von ${net} zusammen bewegten sich um ${change}, das sind ${share} ihrer Länge.`;
}

/** The numbers of the example that is followed. */
export const ROWS = {
  noise: { name: "Rauschen z", hint: "Die Zufallszahlen, aus denen dieser Fake entstand." },
  example: { name: "Beispiel", hint: "Was D sieht: den Fake und das echte Beispiel, das im Batch zufällig neben ihm steht." },
  score: { name: "Bewertung C", hint: "Was D von dem Beispiel hält, bevor man es als Wahrscheinlichkeit liest. Mit Packing ist es die Bewertung des ganzen Packs." },
  probability: { name: "Für echt gehalten", hint: "Die Bewertung, gelesen als Wahrscheinlichkeit, mit der D das Beispiel für echt hält." },
  term: { name: "Beitrag zum Verlust", hint: "Was dieses eine Beispiel zum Verlust beiträgt, bevor über den Batch gemittelt wird." },
  pull: { name: "Zug", hint: "Wohin sich dieser Fake ändern müsste, um den Verlust von G zu verkleinern: der negative Gradient des Verlusts an dieser Stelle." },
  after: { name: "Danach", hint: "Was dasselbe Rauschen nach dem Update von G gibt." },
  /** @param {number} count */
  more: (count) => `… (${count} Zahlen)`,
  /** @param {string} length */
  long: (length) => `Länge ${length}`,
};

/** The followed example, written large: what stands before each value. */
export const PORTRAIT = {
  noise: "z = ",
  fake: "G(z) = ",
  real: "x = ",
  pull: "−∂L / ∂G(z) = ",
  before: "vorher: G(z) = ",
  after: "jetzt: G(z) = ",
};

export const HEAT = { brighter: "heller", darker: "dunkler" };

/** A term with smoothed labels, where D is to say less than 1 of reals. @type {Record<string, (target: string, rest: string) => string>} */
export const SMOOTHED = {
  minimax: (target, rest) => `−E (${target} ln D(x) + ${rest} ln(1 − D(x)))`,
  "non-saturating": (target, rest) => `−E (${target} ln D(x) + ${rest} ln(1 − D(x)))`,
  "least-squares": (target) => `½ E (C(x) − ${target})²`,
};

const CROSS_ENTROPY = [
  "Bei echten Beispielen: wie überrascht D ist, dass sie echt sind. Nahe 0, wo D(x) nahe 1 ist, und ohne Grenze, wo D sich vom Gegenteil sicher ist.",
  "Bei Fakes: wie überrascht D ist, dass sie Fakes sind. Nahe 0, wo D(G(z)) nahe 0 ist, und ohne Grenze, wo ein Fake es ganz täuscht.",
];

/** What each term of a loss wants, in the order of the page's formulas. @type {Record<Kind, {d: string[], g: string[]}>} */
export const TERMS = {
  minimax: {
    d: CROSS_ENTROPY,
    g: ["Derselbe Term wie bei D, mit umgekehrtem Vorzeichen: Was D gewinnt, verliert G. Wo D sicher einen Fake sieht, ist er fast flach, und G lernt kaum."],
  },
  "non-saturating": {
    d: CROSS_ENTROPY,
    g: ["Wie überrascht D ist, dass die Fakes von G echt sind. Am steilsten ist er, wo D sicher einen Fake sieht; so lernt G am meisten aus seinen schlechtesten."],
  },
  "least-squares": {
    d: ["Bewertungen echter Beispiele werden zu 1 gezogen: der halbe quadrierte Abstand davon.", "Bewertungen von Fakes werden zu 0 gezogen: ihr halbes Quadrat."],
    g: ["G will die Bewertungen seiner Fakes bei 1, wie D die der echten: der halbe quadrierte Abstand davon."],
  },
  hinge: {
    d: [
      "Ein echtes Beispiel trägt nur etwas bei, solange seine Bewertung unter 1 liegt. Darüber hat D nichts mehr aus ihm zu lernen.",
      "Ein Fake trägt nur etwas bei, solange seine Bewertung über −1 liegt. Darunter hat D nichts mehr aus ihm zu lernen.",
    ],
    g: ["Minus die mittlere Bewertung der Fakes: G will sie einfach so hoch, wie es geht."],
  },
  wasserstein: {
    d: ["Die mittlere Bewertung der Fakes, die D niedrig will.", "Minus die mittlere Bewertung der echten Beispiele, die D hoch will. Der Unterschied beider Mittel schätzt die Earth-Mover-Distanz."],
    g: ["Minus die mittlere Bewertung der Fakes: G will sie hoch und kommt so den Daten näher."],
  },
  relativistic: {
    d: ["Um wie viel wird ein echtes Beispiel höher bewertet als der Fake neben ihm? Nahe 0, wo es weit vorn liegt; ln 2 = 0,693, wo beide gleich bewertet werden."],
    g: ["Derselbe Vergleich andersherum: G will, dass sein Fake höher bewertet wird als das echte Beispiel neben ihm."],
  },
};

/** What one example adds, with its numbers put in. A comma stands before decimals, so a semicolon stands between numbers.
 * @type {Record<Kind, {d: ((n: Numbers) => string)[], g: ((n: Numbers) => string)[]}>} */
export const OWN = {
  minimax: { d: [crossReal, crossFake], g: [({ pFake }) => `ln(1 − ${pFake})`] },
  "non-saturating": { d: [crossReal, crossFake], g: [({ pFake }) => `−ln ${pFake}`] },
  "least-squares": {
    d: [({ real, target }) => `½ (${real} − ${target})²`, ({ fakeIn }) => `½ ${fakeIn}²`],
    g: [({ fake }) => `½ (${fake} − 1)²`],
  },
  hinge: { d: [({ realIn }) => `max(0; 1 − ${realIn})`, ({ fakeIn }) => `max(0; 1 + ${fakeIn})`], g: [({ fakeIn }) => `−${fakeIn}`] },
  wasserstein: { d: [({ fake }) => fake, ({ realIn }) => `−${realIn}`], g: [({ fakeIn }) => `−${fakeIn}`] },
  relativistic: {
    d: [({ real, fakeIn }) => `−ln σ(${real} − ${fakeIn})`],
    g: [({ fake, realIn }) => `−ln σ(${fake} − ${realIn})`],
  },
};

/** @param {Numbers} numbers */
function crossReal({ pReal, target, rest, smooth }) {
  return smooth ? `−(${target} ln ${pReal} + ${rest} ln(1 − ${pReal}))` : `−ln ${pReal}`;
}

/** @param {Numbers} numbers */
function crossFake({ pFake }) {
  return `−ln(1 − ${pFake})`;
}
