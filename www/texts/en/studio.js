// Every sentence of the studio, in the voice of page.js: plain and short, for a student. Words alone.

/** @typedef {import("../../studio/studio.js").Problem} Problem */
/** @typedef {import("../../studio/studio.js").Steering} Steering */

export const STUDIO = {
  title: "Latent studio",
  note: "Move the noise, and see what G makes of it.",
  waiting: "Waiting for G…",
  nothing: "There is no run to look into: see above what happened.",
  tabs: { noise: "Noise", walk: "Walk", directions: "Directions", steer: "Steer", keep: "Keep" },
  tabsLabel: "What to do with the noise",
  again: "Start it again",
  restarted: "its worker had to be started again",
  forgotten: "this browser does not keep them any more",
  sample: "Sample",
  /** @param {number} n */
  sampleNumber: (n) => `Sample ${n}`,
  samples: "The sixteen samples",
  /** @param {number} n @param {string} where */
  large: (n, where) => `What G makes of ${where === "" ? `sample ${n}` : where}`,
  moving: "a code on its way",
  /** @param {number} n @param {boolean} moving */
  caption: (n, moving) => (moving ? "On its way" : `Sample ${n}`),
  grid: "Noise grid on the stage",
  gridHint: "Where an even grid of noise lands: G bends, folds and stretches it until it covers the data",
  gridAxes: "Axes",
  gridAcross: "Axis across",
  gridUp: "Axis upwards",
  onStage: "On the stage: the large dot is the chosen sample, the small ones are the other fifteen.",
  column: "Column",
  value: "Value",
  table: "The chosen sample, column by column",
};

/** @param {number} k  dimension, counted from 0 */
export const axisName = (k) => `z${k + 1}`;

/** A number that keeps its width. @param {number} value @param {number} [digits] */
export const signed = (value, digits = 2) => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace("-", "−");
};

export const NOISE = {
  random: "Random",
  randomHint: "Draw sixteen new codes; locked dimensions stay",
  reset: "Reset to zero",
  resetHint: "The mean code: all noise 0, with no direction added. Locked dimensions stay",
  all: "Move all sixteen",
  allHint: "Sliders set all sixteen samples at once, not the chosen one alone",
  psi: "Truncation ψ",
  psiHelp: "All noise times ψ. Below 1: nearer to the mean code, safer and more alike. Above 1: bolder and stranger.",
  /** @param {number} k */
  slider: (k) => `Noise ${axisName(k)}, in sigmas`,
  sliderHint: "Double-click for 0",
  /** @param {number} k */
  lock: (k) => `Lock ${axisName(k)}`,
  lockHint: "A locked dimension stays as it is when new noise is drawn",
  search: "Find a dimension",
  searchPlaceholder: "No.",
  /** @param {number} n */
  none: (n) => `There are dimensions 1 to ${n}.`,
  /** @param {number} from @param {number} to */
  group: (from, to) => `${axisName(from)} to ${axisName(to)}`,
};

export const CLASSES = {
  title: "Class",
  pick: "Class of the chosen sample",
  pickAll: "Class of all sixteen",
  mix: "Mix classes",
  mixHelp: "G was only ever told one class at a time. Told a bit of two, it makes something between.",
  /** @param {string} name */
  share: (name) => `Weight of ${name}`,
  strip: "Every class from this noise",
  stripHelp: "The noise is the style, the class is what is drawn.",
};

export const WALK = {
  cornersLabel: "Corners of the walk",
  cornersHelp: "Choose a sample, then press a letter to keep it there. Two corners make a line, four a square.",
  names: ["A", "B", "C", "D"],
  /** @param {string} name @param {number} n */
  keep: (name, n) => `Keep sample ${n} as ${name}`,
  /** @param {string} name */
  drop: (name) => `Empty ${name}`,
  way: "Way between codes",
  spherical: "Spherical",
  sphericalHint: "Along the sphere: Gaussian codes all lie near one, so every step is as likely as its ends (White 2016)",
  straight: "Straight",
  straightHint: "Through the middle, where a Gaussian of many dimensions has no samples",
  play: "Play",
  stop: "Stop",
  /** @param {string[]} names */
  playHint: (names) => `Walk ${[...names, names[0]].join(" to ")}`,
  endless: "Endless walk",
  endlessHint: "From one random code to the next, until you stop it",
  use: "Use it",
  useHint: "Make this the chosen sample",
  /** @param {string[]} names */
  strip: (names) => `From ${names.join(" to ")}`,
  square: "Between four corners",
  few: "Keep A and B to walk between them.",
  onStage: "The stage shows the way as a line.",
  /** @param {number} i @param {number} n */
  place: (i, n) => `Use place ${i} of ${n}`,
  pad: "Pad",
  padHelp: "Drag, or use the arrow keys: both directions move at once.",
  padLabel: "Pad over two directions; arrow keys move, Home goes to the middle",
  padAcross: "Across",
  padUp: "Upwards",
  /** @param {string} x @param {string} y */
  padAt: (x, y) => `${x} across, ${y} upwards`,
  padDims: "Noise",
  padNamed: "Named",
  sum: "Arithmetic",
  sumHelp: "What A has and B lacks, added to C: smiling minus neutral plus another. It takes A, B and C.",
};

/** @type {Record<import("../../studio/state.js").Method, {name: string, help: string, paper: string}>} */
const METHODS = {
  sefa: {
    name: "SeFa",
    help: "From the weights of G’s first layer: the directions that it stretches most. No samples are looked at.",
    paper: "Shen and Zhou: Closed-Form Factorization of Latent Semantics in GANs, 2021",
  },
  pca: {
    name: "PCA",
    help: "From what G’s first layer answers to many samples: the directions in which the answers differ most.",
    paper: "Härkönen and others: GANSpace, Discovering Interpretable GAN Controls, 2020",
  },
};

export const DIRECTIONS = {
  methods: METHODS,
  method: "How directions are found",
  finding: "Looking for directions…",
  /** @param {import("../../studio/state.js").Method} method @param {number} j */
  name: (method, j) => `${METHODS[method].name} ${j + 1}`,
  /** @param {string} name */
  slider: (name) => `Along ${name}, in sigmas`,
  share: "Eigenvalue, as a share of the sum of all",
  /** @param {string} name */
  strip: (name) => `${name}, from −3 to 3`,
  stripHelp: "What the direction does to the chosen sample.",
  stripStage: "The stage shows where the direction takes the chosen sample, as a line.",
  /** @param {number} alpha */
  place: (alpha) => `Go to ${signed(alpha, 0)}`,
  label: "Name for this direction",
  placeholder: "such as “bold”",
  keep: "Name it",
  keepHint: "Keep this direction as it is now, with a name; it is saved with the model",
  named: "Named directions",
  namedNone: "None yet. A direction that does something you can put in words is worth a name.",
  rename: "Name of this direction",
  /** @param {string} name */
  remove: (name) => `Delete ${name}`,
};

export const STEER = {
  /** Of which pictures the shipped classifiers are. @type {Record<string, string>} */
  eyes: { digits: "handwritten digits", fashion: "clothes", animals: "animals", faces: "pixel faces" },
  /** @param {string} what @param {string} accuracies */
  eye: (what, accuracies) => `A small classifier of ${what} looks at each picture. Right on pictures that it has not seen: ${accuracies}.`,
  /** @param {string} accuracies */
  ownEye: (accuracies) => `A classifier that was trained here on your labels looks at each picture. Right on pictures that it has not seen: ${accuracies}.`,
  help: "Steering changes the noise, step by step along the classifier’s gradient, until it says yes.",
  loading: "Fetching the classifier…",
  attribute: "Attribute",
  wanted: "Make it",
  holdAll: "All else",
  hold: "Hold",
  holdHelp: "Their answers are kept where they are, as far as G allows.",
  go: "Steer",
  stop: "Stop",
  bars: "What the classifier says",
  changes: "Changed so far",
  /** @param {string} name */
  changed: (name) => `How far ${name} has changed`,
  idle: "Pick what the chosen sample should become.",
  points: "A point has no picture that a classifier could look at. Choose digits, clothes, animals or faces as data to steer by what is seen.",
  table: "A row of numbers has no picture that a classifier could look at. Choose digits, clothes, animals or faces as data to steer by what is seen.",
  unlabelled: "Nobody has said what is on your pictures, so no classifier can be trained. Put them into folders, one for each class, and bring them again.",
  own: "Your pictures are in classes. A small classifier can learn to tell them apart, here in your browser, in about a minute.",
  learn: "Train a classifier on my labels",
  stopLearning: "Stop training it",
  /** @param {number} done @param {number} steps */
  learning: (done, steps) => (steps === 0 ? "Reading your pictures…" : `Step ${done} of ${steps}`),
  progress: "How far the classifier’s training is",
};

export const ENTANGLE = {
  title: "Entanglement",
  help: "How much each attribute changes for one sigma along a direction, on average. A clean direction changes one and leaves the others.",
  measure: "Measure",
  measuring: "Measuring…",
  /** @param {string[]} names */
  held: (names) => `Beneath each figure, smaller: the same with ${names.join(", ")} held.`,
  noDirections: "Directions are still being looked for.",
  direction: "Direction",
  table: "Entanglement of directions and attributes",
};

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(share >= 0.9995 ? 0 : 1)}\u00a0%` : "–");

/** @param {import("../../studio/protocol.js").Attribute[]} attributes */
export const accuracies = (attributes) => attributes
  .map(({ name, accuracy }) => `${attributeName(name)} ${accuracy === null ? "not known" : percent(accuracy)}`).join(", ");

/** "hair-colour" as words. @param {string} name */
export const plainName = (name) => name.replaceAll(/[-_]/g, " ");

/** What classes tell apart, as words. @param {string} given */
export const attributeName = (given) => plainName(given);

/** @param {Steering} steering @param {string} wanted  the class's name @param {number} probability */
export function steeringText({ state, step }, wanted, probability) {
  const steps = step === 1 ? "1 step" : `${step} steps`;
  const now = `${percent(probability)} sure of “${wanted}”`;
  switch (state) {
    case "moving": return `After ${steps} the classifier is ${now}.`;
    case "reached": return step === 0 ? `It is so already: the classifier is ${now}.` : `Reached in ${steps}: the classifier is ${now}.`;
    case "stuck": return `Gave up after ${steps}: the classifier is only ${now}. Try another sample, hold less, or let G train longer.`;
    case "stopped": return `Stopped after ${steps}: the classifier is ${now}.`;
  }
}

/** @type {Record<Problem["during"], (detail: string) => string>} */
const PROBLEMS = {
  start: (detail) => `The studio could not start (${detail}).`,
  dead: (detail) => `The studio stopped (${detail}). Training is not touched by it.`,
  model: (detail) => `This G could not be opened (${detail}). The one before it stays.`,
  eye: (detail) => `The classifier did not arrive whole (${detail}). Open this tab again to try again.`,
  "own-eye": (detail) => `Your classifier could not be used again (${detail}). Train it once more.`,
  "no-eye": (detail) => `The classifier could not be put away (${detail}).`,
  draw: (detail) => `This could not be drawn (${detail}).`,
  directions: (detail) => `No directions could be found (${detail}).`,
  steer: (detail) => `Steering broke off (${detail}).`,
  "stop-steering": (detail) => `Steering broke off (${detail}).`,
  entangle: (detail) => `Entanglement could not be measured (${detail}).`,
  inspect: (detail) => `The file could not be read (${detail}).`,
  learn: (detail) => `Your classifier could not be trained (${detail}).`,
  "stop-learning": (detail) => `Your classifier could not be trained (${detail}).`,
};

/** @param {Problem} problem */
export const problemText = ({ during, detail }) => PROBLEMS[during](detail.replace(/\.$/, ""));

export const KEEP = {
  pictures: "Pictures",
  sample: "Chosen sample as PNG",
  sixteen: "All sixteen as PNG",
  models: "The nets",
  model: "Save G and D",
  modelHelp: "Both nets, the average of G, all settings and your named directions, in one file that this page, gan-train and PyTorch read.",
  open: "Open a model",
  openHelp: "A file that was saved here; you may drop it anywhere on the page, too. Training goes on from there.",
  film: "Film of the walk",
  /** @param {"gif" | "webm"} kind @returns {string} */
  filmHint: (kind) => (kind === "gif" ? "Save the walk, once round, as an animated GIF" : "Save the walk, once round, as a WebM film"),
  /** @param {string} name */
  saved: (name) => `${name} was handed to your browser.`,
  filmed: "Saved.",
  broken: "Not saved: something else was done before the walk was round.",
  gone: "the run has changed in the meantime; try again",
  /** @param {string} why */
  failed: (why) => `It could not be saved: ${why}.`,
};
