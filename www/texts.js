// Every sentence that a person reads, in one place, so that the words stay one voice. Words alone: no elements, no
// state. Written for a student who has heard of neural nets, but not of GANs.

/**
 * @typedef {import("./hash.js").LinkProblem} LinkProblem
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {import("./protocol.js").FailureCode} FailureCode
 * @typedef {import("./fields.js").Field} Field
 * @typedef {"retry" | "use-cpu" | "defaults" | "reset" | "dismiss"} WayOn
 */

/** The second word gives way where room is short. */
export const NAME = ["GAN", "playground"];

export const TOOLBAR = {
  data: "Data",
  play: "Play",
  pause: "Pause",
  playHint: "Train, or pause (Space)",
  step: "Step",
  stepHint: "Do one training step",
  reset: "Reset",
  resetHint: "Start over with the same seed",
  speed: "Speed",
  fullSpeed: "Full speed",
  /** @param {number} n */
  stepsASecond: (n) => (n === 1 ? "1 step/s" : `${n} steps/s`),
  steps: "steps",
  rate: "steps/s",
  device: "Device",
  share: "Copy link",
  copied: "Copied",
  shareHint: "Copy a link that opens this very experiment",
  theme: "Dark or light",
  controls: "Controls",
};

export const DEVICE_NAMES = { cpu: "CPU", webgpu: "WebGPU" };

/** Why this device, as short as a badge needs it. @type {Record<import("./protocol.js").DeviceChoice["reason"], string>} */
export const DEVICE_REASONS = {
  "small-net": "fastest for small nets",
  images: "fastest for images",
  forced: "as you chose",
  "no-webgpu": "no WebGPU in this browser",
  "no-adapter": "no graphics card offered",
  "software-adapter": "no real graphics card",
  "no-timestamp-query": "graphics card lacks timers",
};

export const LOADING = {
  module: "Fetching the training code…",
  data: "Fetching the data…",
  device: "Setting up the two nets…",
};

export const SETTINGS = {
  title: "Experiment",
  intro: "A change starts the run over, unless the setting is marked live.",
  live: "live",
  liveHint: "Takes effect at the next step",
  range: (/** @type {string} */ text) => `Takes ${text}.`,
};

/** The groups of settings, in order, with the paths that begin each. */
export const GROUPS = [
  { title: "Run", paths: ["seed"] },
  { title: "Data", paths: ["data."] },
  { title: "Noise", paths: ["noise."] },
  { title: "Generator", paths: ["generator."], note: "Turns noise into fakes." },
  { title: "Discriminator", paths: ["discriminator."], note: "Tells real from fake." },
  { title: "Training", paths: ["objective", "training."] },
];

/** @type {Record<string, {label: string, help: string}>} */
export const FIELDS = {
  seed: { label: "Seed", help: "The same seed gives the same run." },
  device: { label: "Device", help: "Where the training runs." },
  "data.kind": { label: "Data", help: "What the generator should learn to imitate." },
  "data.modes": { label: "Modes", help: "Clusters on the ring." },
  "data.radius": { label: "Radius", help: "Of the ring." },
  "data.sigma": { label: "Spread", help: "Standard deviation of a cluster." },
  "noise.dims": { label: "Dimensions", help: "Random numbers that each fake is made from." },
  "generator.kind": { label: "Net", help: "Convolutions go with images only." },
  "generator.hidden": { label: "Hidden layers", help: "Units in each layer, with commas between." },
  "generator.channels": { label: "Channels", help: "Feature maps at the finest resolution." },
  "discriminator.kind": { label: "Net", help: "Convolutions go with images only." },
  "discriminator.hidden": { label: "Hidden layers", help: "Units in each layer, with commas between." },
  "discriminator.channels": { label: "Channels", help: "Feature maps at the finest resolution." },
  objective: { label: "Objective", help: "What each net tries to make small." },
  "training.batch": { label: "Batch size", help: "Examples in each update." },
  "training.d_updates": { label: "D updates", help: "Updates of the discriminator in a step." },
  "training.g_updates": { label: "G updates", help: "Updates of the generator in a step." },
  "training.d_learning_rate": { label: "D learning rate", help: "How far D moves in an update." },
  "training.g_learning_rate": { label: "G learning rate", help: "How far G moves in an update." },
  "training.beta1": { label: "Adam β₁", help: "Memory of past gradients." },
  "training.beta2": { label: "Adam β₂", help: "Memory of their squares." },
};

/** Options of choices, by path and value. @type {Record<string, Record<string, string>>} */
export const OPTIONS = {
  device: { auto: "Automatic", cpu: "CPU", webgpu: "WebGPU" },
  "data.kind": { ring: "Ring of Gaussians", digits: "Handwritten digits" },
  "generator.kind": { mlp: "Fully connected", conv: "Convolutional" },
  "discriminator.kind": { mlp: "Fully connected", conv: "Convolutional" },
  objective: { "non-saturating": "Non-saturating" },
};

/** @param {string} path @param {string} value */
export const optionText = (path, value) => OPTIONS[path]?.[value] ?? value;

/** What a field takes, for a help line or an error. @param {Field} field */
export function rangeText({ type, min, max, options, minItems, maxItems }) {
  if (type === "choice") return (options ?? []).join(", ");
  if (type === "list") return `${minItems} to ${maxItems} layers of ${min} to ${max} units`;
  return type === "integer" ? `whole numbers, ${min} to ${max}` : `${min} to ${max}`;
}

/** The same, short enough for beside a label. @param {Field} field */
export function shortRange({ type, min = 0, max = 0, minItems, maxItems }) {
  if (type === "choice") return "";
  if (type === "list") return `${minItems}–${maxItems} layers of ${min}–${max}.`;
  return max === 4294967295 ? "0 to 2³² − 1." : `${min} to ${max}.`;
}

/** @param {string} label @param {"unreadable" | "range" | "mismatch"} reason @param {Field} field */
export function inputProblem(label, reason, field) {
  return reason === "unreadable" ? `This is not a number. ${label} takes ${rangeText(field)}.` : `${label} takes ${rangeText(field)}.`;
}

// --- The stage and what is beside it -------------------------------------------------------------------------

export const STAGE = {
  label: "What the nets do",
  imitate: "Learn to imitate",
  real: "Real",
  fake: "Fake",
  surface: "D says:",
  scaleFake: "fake",
  scaleReal: "real",
  pointsLabel: "The plane, with real points as blue rings, fakes as orange dots, and D’s opinion of each spot as colour",
  caption: {
    ring: "The noise behind each fake stays the same, so you can follow it as G learns.",
    digits: "The noise behind each fake stays the same. The bar under an image says how real D finds it.",
  },
  fakes: "Fakes, made by G",
  reals: "Real, from the data",
  /** @param {number} n @param {string} score */
  score: (n, score) => `No. ${n}: D gives it ${score}`,
  scoreHint: "Point, or arrow keys",
  scoreLegend: "D says",
};

export const CREDIT = {
  ring: "Computed, not collected: points drawn at random around the clusters. No licence needed.",
  loading: "Fetching the licence of the data…",
  /** @param {string} detail */
  failed: (detail) => `The licence and credit of the data did not arrive (${detail}).`,
  retry: "Try again",
  /** @param {number} count @param {string} title */
  count: (count, title) => `${title}: ${count.toLocaleString("en")} images. `,
  licence: "Licence: ",
  /** @param {string} credit */
  credit: (credit) => `. ${credit}. `,
  /** @param {{registry: string, package: string, version: string}} source */
  source: (source) => `From ${source.package} ${source.version} (${source.registry}).`,
};

export const VALUES = {
  label: "Current values",
  lossD: "D loss",
  lossG: "G loss",
  accuracyReal: "Real spotted",
  accuracyFake: "Fakes spotted",
  modes: "Modes found",
  /** @param {number} total */
  modesOf: (total) => `of ${total}`,
  quality: "High quality",
  accuracyRealHint: "Share of real examples that D takes for real",
  accuracyFakeHint: "Share of fakes that D takes for fake",
  qualityHint: "Share of fakes within three spreads of a cluster",
  parametersD: "D parameters",
  parametersG: "G parameters",
};

export const CHARTS = {
  label: "How the run went so far",
  nothing: "Nothing to show: see above what happened.",
  losses: {
    title: "Losses",
    d: "D",
    g: "G",
    caption: "How wrong each net is. Dashed: where both would stay if D could only guess, 2 ln 2 ≈ 1.386 for D and ln 2 ≈ 0.693 for G.",
  },
  accuracy: {
    title: "D’s accuracy",
    real: "on real",
    fake: "on fake",
    caption: "How often D is right. At 50 % (dashed) it does no better than tossing a coin: the fakes pass.",
  },
  balance: {
    title: "Balance",
    ahead: "D ahead ↑ · G ahead ↓",
    caption: "D’s accuracy on both together. Far above the middle, D wins and G learns little; below it, G fools D.",
  },
};

// --- What went wrong -----------------------------------------------------------------------------------------

export const ALERTS = { detail: "Technical detail" };

/** @type {Record<WayOn, string>} */
export const WAYS_ON = {
  retry: "Try again",
  "use-cpu": "Use the CPU",
  defaults: "Back to defaults",
  reset: "Reset",
  dismiss: "Dismiss",
};

/** @type {Record<FailureCode, {text: string, ways: WayOn[]}>} */
export const FAILURES = {
  experiment: {
    text: "These settings do not work together. Change the one named below, or go back to the defaults.",
    ways: ["defaults", "dismiss"],
  },
  data: {
    text: "The training data did not arrive whole. The connection may have dropped: try again, or pick other data.",
    ways: ["retry", "dismiss"],
  },
  module: {
    text: "The training code did not arrive or could not start. Check the connection and try again.",
    ways: ["retry", "use-cpu", "dismiss"],
  },
  "no-webgpu": {
    text: "This browser does not offer WebGPU, which training on the graphics card needs. The CPU works everywhere.",
    ways: ["use-cpu", "dismiss"],
  },
  "adapter-refused": {
    text: "The browser has WebGPU but would not hand out a graphics card. It may be blocked or busy. The CPU works as well.",
    ways: ["use-cpu", "retry", "dismiss"],
  },
  "no-timestamp-query": {
    text: "This graphics card lacks a timer that the training code needs. The CPU works as well.",
    ways: ["use-cpu", "dismiss"],
  },
  "device-lost": {
    text: "The graphics card went away in the middle of training, perhaps after a driver restart or to save memory. This run is lost; you can start it again.",
    ways: ["reset", "use-cpu", "dismiss"],
  },
  "not-finite": {
    text: "Training diverged: a loss grew beyond all numbers, so the nets are spoilt. Lower learning rates usually help.",
    ways: ["defaults", "reset", "dismiss"],
  },
  panic: {
    text: "The training code stopped at a mistake of its own. This is a bug, not your doing. You can start the run again.",
    ways: ["reset", "defaults", "dismiss"],
  },
  worker: {
    text: "The part of the page that trains stopped unexpectedly. You can start the run again.",
    ways: ["reset", "use-cpu", "dismiss"],
  },
  page: {
    text: "Something on this page went wrong, so part of it may not be up to date. Training goes on; loading the page again helps, and the link keeps your settings.",
    ways: ["dismiss"],
  },
};

export const LINK = { text: "Part of this link could not be used; everything else in it was." };
export const COPY = { text: "The browser did not let the page copy the link. You can copy it from here:" };

/** @param {LinkProblem} problem */
export function linkProblem({ reason, key, value, field, used }) {
  const given = `${key}=${value}`;
  const instead = used === undefined ? "" : ` ${used === "" ? "No layers" : used} is used instead.`;
  const range = field ? rangeText(field) : "";
  switch (reason) {
    case "unknown":
      return `“${given}”: there is no setting of that name; it was left out.`;
    case "not-here":
      return `“${given}”: this setting does not go with the rest of the link; it was left out.`;
    case "unreadable":
      return `“${given}”: this is not a number. The setting takes ${range}.${instead}`;
    case "mismatch":
      return `“${given}”: this does not go with the chosen data. The setting takes ${range}.${instead}`;
    case "range":
      return `“${given}”: the setting takes ${key === "speed" ? `max, or ${range}` : range}.${instead}`;
  }
}
