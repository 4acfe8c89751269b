// Every sentence of the page in English, in one place, so that the words stay one voice. Words alone: no elements, no
// state. Written for a student who has heard of neural nets, but not of GANs. A module for another language has the same
// shape; `../../texts.js` chooses.

/**
 * @typedef {import("../../hash.js").LinkProblem} LinkProblem
 * @typedef {import("../../protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("../../protocol.js").Failure} Failure
 * @typedef {import("../../protocol.js").FailureCode} FailureCode
 * @typedef {import("../../protocol.js").Diagnosis} Diagnosis
 * @typedef {import("../../protocol.js").DiagnosisKind} DiagnosisKind
 * @typedef {import("../../fields.js").Field} Field
 * @typedef {import("../../texts.js").WayOn} WayOn
 */

/** What the document says of itself. */
export const PAGE = {
  language: "en",
  title: "GAN playground",
  description: "Train a small generative adversarial network in your browser and watch it learn.",
};

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
  share: "Share",
  shareHint: "A link or a QR code that opens this very experiment",
  export: "Export",
  exportHint: "Take the run along: numbers, figures, a command line, a PyTorch script",
  /** @param {string} detail */
  exportFailed: (detail) => `The export did not arrive (${detail}). The run goes on; check the connection and try again.`,
  theme: "Dark or light",
  language: "Language (Sprache)",
  controls: "Controls",
};

/** What can be opened beside the run. */
export const ACTIVITY = {
  label: "What to do with it",
  loading: "Fetching this part of the page…",
  /** @param {string} detail */
  failed: (detail) => `This part of the page did not arrive (${detail}). The run goes on; check the connection and try again.`,
  retry: "Try again",
  lessons: "Lessons",
  lessonsHint: "Ten lessons of ten minutes: read, predict, press Play, and see",
  slow: "Slow motion",
  slowHint: "One training step taken apart, on its real numbers",
  game: "You judge",
  gameHint: "Play the discriminator: real or fake, against the clock",
  compare: "Compare",
  compareHint: "Two GANs side by side that differ in one setting",
};

export const DEVICE_NAMES = { cpu: "CPU", webgpu: "WebGPU" };

/** Why this device, as short as a badge needs it. @type {Record<Exclude<DeviceChoice["reason"], "measured" | "small-net">, string>} */
const DEVICE_REASONS = {
  forced: "as\u00a0you\u00a0chose",
  "at-once": "ready at once",
  trying: "trying the graphics card beside it",
  "save-data": "your browser saves data: no 2 MB to try a GPU",
  "no-webgpu": "no WebGPU in this browser",
  "no-adapter": "no graphics card offered",
  "software-adapter": "no real graphics card",
  "no-timestamp-query": "graphics card lacks timers",
  "gpu-failed": "the graphics card failed when tried; the CPU goes on",
  "gpu-lost": "the graphics card was lost",
};

/** @param {DeviceChoice} choice */
export function whyDevice({ used, reason, times }) {
  if (reason !== "measured" && reason !== "small-net") return DEVICE_REASONS[reason];
  const { cpu = 0, webgpu = 0 } = times ?? {};
  if (reason === "small-net") return `${brief(cpu)} ms a step: too small for a graphics card`;
  const [mine, other, loser] = used === "cpu" ? [cpu, webgpu, "GPU"] : [webgpu, cpu, "CPU"];
  const ratio = other / mine;
  // What would read as 1.1 or less is no faster.
  const faster = ratio < 1.15 ? "about" : `${brief(ratio)} times`;
  return `${faster} as fast as the ${loser} (${brief(mine)} against ${brief(other)} ms a step)`;
}

/** @param {number} value */
const brief = (value) => (value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString("en"));

export const LOADING = {
  module: "Fetching the training code…",
  data: "Fetching the data…",
  device: "Setting up the two nets…",
};

// --- Presets -------------------------------------------------------------------------------------------------

export const GUIDE = {
  label: "What to look at",
  preset: "Show me",
  back: "Undo changes",
  backHint: "Back to this preset as it was",
  others: "More",
  /** @param {string} name */
  file: (name) => `Your file ${name}`,
  /** @param {number} steps */
  fileWatch: (steps) => `Trained for ${steps.toLocaleString("en")} steps when it was saved. Play goes on from there, Reset goes back to there.`,
};

/** The menu of presets; names are those of `fields.json`, and whatever it has beyond these comes last. */
export const PRESET_GROUPS = [
  { title: "Start here", presets: ["healthy"] },
  { title: "Failures", presets: ["collapse", "vanishing", "strong-discriminator", "strong-generator", "unstable"] },
  { title: "Ideas, compared", presets: ["minimax", "non-saturating", "wgan-clipping", "wgan-gp"] },
  { title: "Pictures", presets: ["digits", "conditional-digits", "digits-best", "fashion", "fashion-best", "animals", "faces"] },
  { title: "Trained already", presets: ["trained-faces", "trained-digits", "trained-digits-mixed", "trained-fashion", "trained-animals"] },
  { title: "Published tasks", presets: ["ring", "grid"] },
  { title: "Shapes", presets: ["two-gaussians", "unequal", "blobs", "line", "moons", "circles", "spiral", "swiss-roll", "checkerboard", "star", "drawn"] },
];

/** What each preset is called, and what to watch for. @type {Record<string, {title: string, watch: string}>} */
const PRESETS = {
  healthy: {
    title: "A healthy game",
    watch: "Press Play: the orange fakes find all eight clusters. Watch D’s accuracy fall towards a coin toss as they do.",
  },
  collapse: {
    title: "Mode collapse",
    watch: "Both nets learn too fast. Watch the fakes gather on two to four clusters and stay: D never shows G what it leaves out.",
  },
  vanishing: {
    title: "Vanishing gradient",
    watch: "D has a head start, and G the textbook loss. Watch D become sure of everything, and G’s gradient bars shrink to next to nothing.",
  },
  "strong-discriminator": {
    title: "D too strong",
    watch: "D is large and quick, G small and slow. Watch D’s accuracy stay near 100 %: G has a gradient to go by, but never catches up.",
  },
  "strong-generator": {
    title: "G too strong",
    watch: "D has no hidden layer and cannot tell. Watch its accuracy fall to a coin toss although the fakes are bad: a calm loss is no good picture.",
  },
  unstable: {
    title: "Learning rates too high",
    watch: "Both learning rates are far too high. Watch the losses leap by orders of magnitude, and the fakes fly out of the picture.",
  },
  minimax: {
    title: "Minimax loss",
    watch: "The first GAN’s own loss. Watch how little D’s finds teach G: it crawls. Then open its twin, the non-saturating loss.",
  },
  "non-saturating": {
    title: "Non-saturating loss",
    watch: "Minimax with one change: G maximises ln D instead of minimising ln(1 − D). Watch it learn most from the fakes that D finds.",
  },
  "wgan-clipping": {
    title: "Wasserstein, weights clipped",
    watch: "D is a critic that measures a distance, its weights clipped. Watch how plain its surface is, and how slowly the fakes follow.",
  },
  "wgan-gp": {
    title: "Wasserstein, gradient penalty",
    watch: "The same critic, held by a penalty on its slope instead. Watch the surface bend freely, and the fakes reach all clusters.",
  },
  ring: {
    title: "Ring, as published",
    watch: "Eight very narrow clusters, with a relativistic loss, R1 and R2. Watch the high-quality share climb as the schedule nears its end.",
  },
  grid: {
    title: "Grid of 25, as published",
    watch: "Most simple GANs lose clusters of this grid. Watch the count reach 25 of 25, and the share of good samples grow with the average of G.",
  },
  digits: {
    title: "Handwritten digits",
    watch: "A small convolutional GAN. Watch strokes form within some hundred steps, and the Fréchet distance fall towards its dashed floor.",
  },
  "conditional-digits": {
    title: "Digits on demand",
    watch: "Both nets are told the digit, and each row is asked for one. Watch the share that is as asked for climb from 10 %.",
  },
  "digits-best": {
    title: "Digits, the long run",
    watch: "Larger nets that are told the digit, a relativistic loss with R1 and R2, an average of G. Watch the Fréchet distance near its floor; it takes thousands of steps.",
  },
  fashion: {
    title: "Clothes",
    watch: "The digits’ nets on other pictures. Watch which kinds of clothes come first, and in the class bars which are left out.",
  },
  animals: {
    title: "Animals, cats among them",
    watch: "Silhouettes of ten animals. Watch blots grow legs and ears; pick “cat” alone under Data to train on nothing but cats.",
  },
  faces: {
    title: "Pixel faces",
    watch: "Faces of people who do not exist, in colour. Watch skin and background come first, then hair, and the glasses last.",
  },
  "trained-faces": {
    title: "Faces, trained",
    watch: "Trained for 6,000 steps. Open the latent studio below the picture: give a face glasses, and hold all else. Play goes on from here.",
  },
  "trained-digits": {
    title: "Digits on demand, trained",
    watch: "Trained for 4,000 steps, and told the digit. Open the latent studio: one noise, all ten digits in the same hand. Play goes on from here.",
  },
  "trained-digits-mixed": {
    title: "Digits from noise alone, trained",
    watch: "Trained for 6,000 steps, never told the digit. Open the latent studio and steer a 3 into an 8: the way leads over things that are neither.",
  },
  "trained-fashion": {
    title: "Clothes, trained",
    watch: "Trained for 4,000 steps, and told the article. Open the latent studio, and mix a shoe with a bag.",
  },
  "trained-animals": {
    title: "Animals, trained",
    watch: "Trained for 4,000 steps, and told the animal. Open the latent studio, and walk from one cat to another.",
  },
  "own-pictures": {
    title: "Your pictures",
    watch: "Your own pictures. Watch the colours come first, then the shapes; few pictures are soon learnt by heart (see About this data).",
  },
  "own-table": {
    title: "Your numbers",
    watch: "Your own columns, standardised. Watch the fakes’ histograms settle on yours, and then how the columns go together.",
  },
  line: { title: "Line", watch: "The plainest of shapes. Watch the fakes, a blur at first, fall onto the line and then spread to its ends." },
  "two-gaussians": { title: "Two clusters", watch: "The smallest data that can collapse. Watch whether the fakes share themselves out evenly." },
  unequal: { title: "Unequal clusters", watch: "Each cluster is half as frequent as the one before. Watch how late the rarest one is found." },
  blobs: { title: "Three blobs", watch: "Three clusters far apart. Watch the thin bridges between them: G is continuous, and the gaps are not." },
  moons: { title: "Two moons", watch: "Two half circles that reach into each other. Watch G tear its noise apart to make two of them." },
  circles: { title: "Two circles", watch: "A circle in a circle. Watch D’s surface: it must say “real” in two rings and “fake” between them." },
  spiral: { title: "Spiral", watch: "Two arms, narrow and long. Watch the fakes wind themselves up from the middle outwards." },
  "swiss-roll": { title: "Swiss roll", watch: "One long band, rolled up. Watch the parts found climb as the fakes follow it around." },
  checkerboard: { title: "Checkerboard", watch: "Eight squares with sharp edges. Watch the corners, where neighbours meet: they are the last to clear." },
  star: { title: "Star", watch: "An outline with ten corners. Watch the fakes round the corners off, and sharpen them bit by bit." },
  drawn: { title: "Your drawing", watch: "Draw anything under Data, and press Play: the fakes will try to follow your lines. The link carries the drawing." },
  "fashion-best": {
    title: "Clothes, the long run",
    watch: "Larger nets that are told the article, a relativistic loss with R1 and R2, an average of G. Watch the Fréchet distance; it takes thousands of steps.",
  },
};

/** Presets that are no choice of their own: they are what own data start from. */
export const HIDDEN_PRESETS = ["own-pictures", "own-table"];

/** @param {string} name  of a preset, known here or not */
export const presetText = (name) => PRESETS[name] ?? { title: name, watch: "" };

// --- Settings ------------------------------------------------------------------------------------------------

export const SETTINGS = {
  title: "Experiment",
  intro: "A change starts the run over, unless the setting is marked live.",
  live: "live",
  liveHint: "Takes effect at the next step",
  /** @param {number} count  of settings in a group that are not as in a healthy game */
  changed: (count) => `${count} changed`,
  /** @param {string} detail */
  refused: (detail) => `This does not fit: ${detail}.`,
  minimises: { d: "D minimises", g: "G minimises" },
  symbols: "x is real, G(z) a fake, E a mean over the batch, D a probability, and C the score that it is made from.",
};

/** The groups of settings, in order, with the paths that begin each, and whether it is unfolded at first. */
export const GROUPS = [
  { key: "data", title: "Data", paths: ["data.", "conditional"], note: "What G imitates.", open: true },
  { key: "noise", title: "Noise", paths: ["noise."], note: "What fakes start from.", open: false },
  { key: "generator", title: "Generator", paths: ["generator.", "output"], note: "Turns noise into fakes.", open: false },
  { key: "discriminator", title: "Discriminator", paths: ["discriminator."], note: "Tells real from fake.", open: false },
  { key: "objective", title: "Objective", paths: ["objective."], note: "What each net is after.", open: true },
  { key: "lipschitz", title: "Lipschitz", paths: ["lipschitz."], note: "Keeps D smooth.", open: false },
  { key: "optimiser", title: "Optimiser", paths: ["optimiser."], note: "From gradient to step.", open: false },
  { key: "training", title: "Training", paths: ["seed", "training."], note: "Who learns how fast.", open: true },
  { key: "schedule", title: "Schedule", paths: ["schedule."], note: "Change over the run.", open: false },
  { key: "stabilisers", title: "Stabilisers", paths: ["stabilisers."], note: "Tricks of the trade.", open: false },
];

/** @type {Record<string, {label: string, help: string}>} */
export const FIELDS = {
  seed: { label: "Seed", help: "The same seed gives the same run." },
  device: { label: "Device", help: "Where the training runs." },
  "data.kind": { label: "Data", help: "What the generator should learn to imitate." },
  "data.modes": { label: "Modes", help: "Clusters on the ring." },
  "data.radius": { label: "Radius", help: "Of the ring." },
  "data.side": { label: "Modes a side", help: "Of the square grid." },
  "data.spacing": { label: "Spacing", help: "Between neighbours on the grid." },
  "data.sigma": { label: "Spread", help: "Standard deviation of a cluster, or of the noise around a line." },
  "data.strokes": { label: "Drawing", help: "What you draw is what G imitates." },
  "data.id": { label: "Stored under", help: "Your data, in this browser." },
  "data.columns": { label: "Columns", help: "Two are a point in the plane; up to 16 are shown in pairs." },
  "data.sheets": { label: "Sheets", help: "How many sheets of pictures to fetch: more variety, a longer download." },
  "data.attribute": { label: "Attribute", help: "What the classes are, for conditional runs and for the choice below." },
  "data.only": { label: "Only these", help: "Classes that are trained on." },
  conditional: { label: "Conditional", help: "Both nets are told the class, so that one can ask G for it." },
  "noise.dims": { label: "Dimensions", help: "Random numbers that each fake is made from." },
  "noise.distribution": { label: "Distribution", help: "How they are drawn; the variance is 1 for both." },
  "generator.kind": { label: "Net", help: "Convolutions go with images only." },
  "generator.hidden": { label: "Hidden layers", help: "Units in each layer, with commas between." },
  "generator.channels": { label: "Channels", help: "Feature maps at the finest resolution." },
  "generator.activation": { label: "Activation", help: "What bends between the layers." },
  output: { label: "Output", help: "Tanh keeps fakes within the picture; linear does not." },
  "discriminator.kind": { label: "Net", help: "Convolutions go with images only." },
  "discriminator.hidden": { label: "Hidden layers", help: "Units in each layer, with commas between." },
  "discriminator.channels": { label: "Channels", help: "Feature maps at the finest resolution." },
  "discriminator.activation": { label: "Activation", help: "What bends between the layers." },
  "objective.kind": { label: "Objective", help: "What each net tries to make small." },
  "objective.label_smoothing": { label: "Label smoothing", help: "How far below 1 D’s target for reals is, so that D is never too sure." },
  "lipschitz.gradient_penalty": { label: "Gradient penalty", help: "Weight λ that holds D’s slope near 1 between real and fake (WGAN-GP). 0 is off." },
  "lipschitz.r1": { label: "R1", help: "Weight γ that flattens D at real examples. 0 is off." },
  "lipschitz.r2": { label: "R2", help: "The same at fakes. 0 is off." },
  "lipschitz.weight_clip": { label: "Weight clipping", help: "D’s weights are cut off at this size (the first WGAN). 0 is off." },
  "lipschitz.spectral_norm": { label: "Spectral norm", help: "Each of D’s layers is scaled so that it stretches nothing by more than 1." },
  "optimiser.kind": { label: "Optimiser", help: "How gradients become updates, for both nets." },
  "optimiser.beta1": { label: "β₁", help: "Memory of past gradients. GANs take less than other nets." },
  "optimiser.beta2": { label: "β₂", help: "Memory of their squares." },
  "optimiser.weight_decay": { label: "Weight decay", help: "Pull of all weights towards 0." },
  "optimiser.momentum": { label: "Momentum", help: "How much of the last update is made again." },
  "optimiser.decay": { label: "Decay", help: "Memory of squared gradients." },
  "training.batch": { label: "Batch size", help: "Examples in each update." },
  "training.d_updates": { label: "D updates", help: "Updates of the discriminator in a step." },
  "training.g_updates": { label: "G updates", help: "Updates of the generator in a step." },
  "training.d_learning_rate": { label: "D learning rate", help: "How far D moves in an update." },
  "training.g_learning_rate": { label: "G learning rate", help: "How far G moves in an update." },
  "training.steps": { label: "Length", help: "Steps after which a schedule has ended. Training goes on until you pause it." },
  "schedule.kind": { label: "Schedule", help: "How learning rates and penalties fall over the run." },
  "schedule.learning_rate_end": { label: "Rates at the end", help: "Share of the learning rates that is left." },
  "schedule.penalty_end": { label: "Penalties at the end", help: "Share of the penalties’ weights that is left." },
  "stabilisers.d_head_start": { label: "D head start", help: "Steps in which D learns alone at first." },
  "stabilisers.packing": { label: "Packing", help: "Examples that D judges side by side, so that it sees fakes that are all alike (PacGAN). The batch must divide by it." },
  "stabilisers.instance_noise": { label: "Instance noise", help: "Noise on all that D sees, so that real and fake overlap. 0 is off." },
  "stabilisers.instance_noise_steps": { label: "Noise fades over", help: "Steps until that noise is gone." },
  "stabilisers.gradient_clip": { label: "Gradient clipping", help: "A net’s longer gradients are cut to this length. 0 is off." },
  "stabilisers.ema_half_life": { label: "Average of G", help: "Steps in which a weight’s share of G’s moving average (EMA) halves. 0 is off." },
  "stabilisers.ema_shown": { label: "Draw by the average", help: "Fakes and figures come from the average of G, if there is one." },
};

/** @param {string} path  of a field, known here or not */
export const fieldText = (path) => FIELDS[path] ?? { label: path, help: "" };

const ACTIVATIONS = { "leaky-relu": "Leaky ReLU", relu: "ReLU", tanh: "Tanh", silu: "SiLU" };
const NETS = { mlp: "Fully connected", conv: "Convolutional", residual: "Residual" };

/** Options of choices, by path and value. @type {Record<string, Record<string, string>>} */
export const OPTIONS = {
  device: { auto: "Automatic", cpu: "CPU", webgpu: "WebGPU" },
  "data.kind": {
    ring: "Ring of Gaussians", grid: "Grid of Gaussians", line: "Line", "two-gaussians": "Two Gaussians", unequal: "Unequal Gaussians",
    blobs: "Three blobs", moons: "Two moons", circles: "Two circles", spiral: "Spiral", "swiss-roll": "Swiss roll",
    checkerboard: "Checkerboard", star: "Star", drawn: "Draw your own", digits: "Handwritten digits", fashion: "Clothes",
    animals: "Animals (cats too)", faces: "Pixel faces", "own-pictures": "Your pictures…", "own-table": "Your numbers…",
  },
  "data.attribute": {
    glasses: "Glasses", hat: "Hat", beard: "Beard", "hair-length": "Hair length", "hair-colour": "Hair colour", mouth: "Mouth",
    skin: "Skin", background: "Background",
  },
  "noise.distribution": { gaussian: "Gaussian", uniform: "Uniform" },
  "generator.kind": NETS,
  "generator.activation": ACTIVATIONS,
  output: { linear: "Linear", tanh: "Tanh" },
  "discriminator.kind": NETS,
  "discriminator.activation": ACTIVATIONS,
  "objective.kind": {
    minimax: "Minimax",
    "non-saturating": "Non-saturating",
    "least-squares": "Least squares",
    hinge: "Hinge",
    wasserstein: "Wasserstein",
    relativistic: "Relativistic",
  },
  "optimiser.kind": { adam: "Adam", "adam-w": "AdamW", sgd: "SGD", momentum: "Momentum", "rms-prop": "RMSProp" },
  "schedule.kind": { constant: "Constant", linear: "Linear", cosine: "Cosine" },
};

/** Headings in long lists of options; every option is under one. @type {Record<string, {title: string, options: string[]}[]>} */
export const OPTION_GROUPS = {
  "data.kind": [
    { title: "Clusters", options: ["ring", "grid", "two-gaussians", "unequal", "blobs"] },
    { title: "Shapes", options: ["line", "moons", "circles", "spiral", "swiss-roll", "checkerboard", "star", "drawn"] },
    { title: "Pictures", options: ["digits", "fashion", "animals", "faces"] },
    { title: "Your own", options: ["own-pictures", "own-table"] },
  ],
};

/** @param {string} path @param {string} value */
export const optionText = (path, value) => OPTIONS[path]?.[value] ?? value;

/** What D and G minimise, term by term. @type {Record<string, {d: string[], g: string[], note: string}>} */
export const OBJECTIVES = {
  minimax: {
    d: ["−E ln D(x)", "− E ln(1 − D(G(z)))"],
    g: ["E ln(1 − D(G(z)))"],
    note: "One game with one prize. Where D is sure, G’s slope is almost 0.",
  },
  "non-saturating": {
    d: ["−E ln D(x)", "− E ln(1 − D(G(z)))"],
    g: ["−E ln D(G(z))"],
    note: "G gets its strongest signal exactly where D is sure that it sees a fake.",
  },
  "least-squares": {
    d: ["½ E (C(x) − 1)²", "+ ½ E C(G(z))²"],
    g: ["½ E (C(G(z)) − 1)²"],
    note: "Scores are pulled to 1 and 0, so that even a fake on the right side is pulled nearer.",
  },
  hinge: {
    d: ["E max(0, 1 − C(x))", "+ E max(0, 1 + C(G(z)))"],
    g: ["−E C(G(z))"],
    note: "D stops caring about what it gets right by a margin of 1.",
  },
  wasserstein: {
    d: ["E C(G(z))", "− E C(x)"],
    g: ["−E C(G(z))"],
    note: "D is a critic: kept smooth (see Lipschitz), it estimates the earth mover’s distance.",
  },
  relativistic: {
    d: ["−E ln σ(C(x) − C(G(z)))"],
    g: ["−E ln σ(C(G(z)) − C(x))"],
    note: "Each fake is judged beside a real example, which leaves no place to collapse to.",
  },
};

/** What a field takes, for a help line or an error. @param {Field} field */
export function rangeText({ type, min, max, options, minItems, maxItems, maxLength }) {
  if (type === "choice") return (options ?? []).join(", ");
  if (type === "switch") return "true or false";
  if (type === "text") return `at most ${(maxLength ?? 0).toLocaleString("en")} letters, digits, dots, dashes and underscores`;
  if (type === "list") return `${minItems} to ${maxItems} whole numbers of ${min} to ${max}, with commas between`;
  return type === "integer" ? `whole numbers, ${min} to ${max}` : `${min} to ${max}`;
}

/** The same, short enough for beside a label. @param {Field} field */
export function shortRange({ type, min = 0, max = 0, minItems, maxItems }) {
  if (type === "choice" || type === "switch" || type === "text") return "";
  if (type === "list") return `${minItems}–${maxItems} layers of ${min}–${max}.`;
  return max === 4294967295 ? "0 to 2³² − 1." : `${min} to ${max.toLocaleString("en")}.`;
}

/** @param {string} label @param {"unreadable" | "range" | "mismatch"} reason @param {Field} field */
export function inputProblem(label, reason, field) {
  return reason === "unreadable" ? `This is not a number. ${label} takes ${rangeText(field)}.` : `${label} takes ${rangeText(field)}.`;
}

// --- The stage and what is beside it -------------------------------------------------------------------------

export const STAGE = {
  label: "What the nets do",
  imitate: "Imitate",
  own: "Your own",
  ownHint: "Train on your own pictures or numbers: they stay in this browser",
  real: "Real",
  fake: "Fake",
  surface: "D says:",
  scaleFake: "fake",
  scaleReal: "real",
  pointsLabel: "The plane, with real points as blue rings, fakes as orange dots, and D’s opinion of each spot as colour",
  imagesCaption: "Each fake keeps its noise, so you can follow it. The bar under an image says how real D finds it.",
  ema: { text: "Drawn by the average of G", hint: "Fakes and figures come from the moving average of G’s weights, not from G as it is now" },
  transport: {
    label: "Show the earth mover’s way",
    length: "mean length ",
    hint: "The cheapest way to move 200 of the fakes onto 200 real points; its mean length is the earth mover’s distance between them",
  },
  fakes: "Fakes by G",
  reals: "Real data",
  /** @param {number} n @param {string} score @param {string} row  what it was asked to be, if anything */
  score: (n, score, row) => `No. ${n}${row && ` (${row})`}: D gives it ${score}`,
  scoreHint: "Point, or arrow keys",
  scoreLegend: "D says",
};

/** Films and pictures to take along. */
export const FILM = {
  label: "Take along",
  record: "Record",
  recordHint: "Film what the stage shows while it trains",
  kind: "Kind of film",
  /** @type {Record<import("../../film/recorder.js").FilmKind, string>} */
  kinds: { gif: "GIF", webm: "WebM" },
  stop: "Stop and save",
  save: "PNG",
  saveHint: "Save picture as PNG",
  /** @param {number} n */
  frames: (n) => (n === 1 ? "1 frame" : `${n} frames`),
  pressPlay: "Filming. Press Play: what is drawn becomes the film.",
  /** @param {number} n */
  full: (n) => `${n} frames are as long as a film can be.`,
  otherData: "Other data, so the film has ended.",
  /** @param {unknown} cause */
  broken: (cause) => `The film has broken off: ${reason(cause)}.`,
  /** @param {string} name @param {number} n @param {number} bytes */
  saved: (name, n, bytes) => `Saved ${name}: ${FILM.frames(n)}, ${(bytes / 1e6).toPrecision(2)} MB.`,
  /** @param {string} name */
  savedPicture: (name) => `Saved ${name}.`,
  noWebm: "This browser cannot record WebM. Choose GIF instead.",
  /** @param {unknown} cause */
  failed: (cause) => `This could not be saved: ${reason(cause)}.`,
};

/** @param {unknown} cause */
const reason = (cause) => (cause instanceof Error ? cause.message : String(cause));

/** Choosing classes and columns. */
export const CLASSES = {
  /** @param {number} n */
  fewest: (n) => (n === 1 ? "At least one must stay chosen." : `At least ${n} must stay chosen.`),
  /** @param {number} n */
  most: (n) => `At most ${n} can be chosen: take another one out first.`,
};

export const ABOUT = {
  title: "About this data",
  classes: "Examples of each class",
  mean: "Mean picture",
  fake: "Fake",
  nearest: "Nearest real picture",
  which: "Fake no.",
  ask: "Find its nearest",
  verdictHint: "Is G learning by heart? Pick a fake to see the picture of the data that is most like it.",
  /** @param {number} n @param {import("../../protocol.js").Nearest} nearest @param {string} kind  of the data */
  verdict: (n, { distance, className: name, index }, kind) => {
    const what = distance < 12 ? "all but a copy" : distance < 35 ? "close, but not the same" : "not a copy";
    return `Fake no. ${n} and picture no. ${(index + 1).toLocaleString("en")}${name && ` (${classOf(kind, name)})`} differ by ${distance.toFixed(0)} of 255 levels on average: ${what}.`;
  },
  /** @param {import("../../protocol.js").AboutData} about */
  facts: ({ title, count, attribute, classes, columns, image }) => {
    if (count === null) {
      const several = classes.length > 1 ? ` Its parts are of ${classes.length} classes, which a conditional run asks for.` : "";
      return `Points are drawn from an exact distribution as they are needed, so that no two batches are alike.${several}`;
    }
    const n = count.toLocaleString("en");
    if (image) {
      const colour = image.channels === 3 ? "in colour" : "in grey";
      const sorted = classes.length > 0 ? `, sorted by ${attribute}` : ", without classes";
      return `${title}: ${n} pictures of ${image.width} × ${image.height} pixels ${colour}${sorted}.`;
    }
    return `${title}: ${n} rows of ${columns.length} columns (${columns.join(", ")})${classes.length > 0 ? `, in ${classes.length} classes` : ""}.`;
  },
};

/** The visitor's own data. What was wrong with a file is told by the crate, in sentences like these. */
export const OWN = {
  title: "Your own data",
  lead: "Drop pictures, a folder, a ZIP, or a table of numbers here.",
  formats: "Pictures in any format that this browser shows, a sheet of tiles, idx files (.gz too), CSV or TSV. Folders become classes.",
  stays: "Nothing leaves this computer: files are read in this page, and kept in this browser until you delete them.",
  files: "Choose files",
  folder: "Choose a folder…",
  close: "Close",
  kept: "Kept in this browser",
  use: "Train on it",
  remove: "Delete",
  /** @param {string} title */
  removeNamed: (title) => `Delete ${title}`,
  /** @param {string} title */
  removed: (title) => `${title} was deleted from this browser. A run that is open goes on until it is started over.`,
  side: "Size",
  /** @param {number} n */
  pixels: (n) => `${n} × ${n}`,
  colours: "Colours",
  grey: "Grey",
  colour: "Colour",
  fit: "If not square",
  crop: "Crop to the middle",
  whole: "Fit all of it in",
  labelled: "Folders are classes",
  sheet: "One sheet of many pictures",
  tileWidth: "Width of a tile in pixels",
  tileHeight: "Height of a tile in pixels",
  tileUnit: "pixels a tile",
  classColumn: "Classes from",
  noClasses: "No classes",
  /** @param {number} n */
  reading: (n) => (n === 1 ? "Reading the file…" : `Reading ${n.toLocaleString("en")} files…`),
  /** @param {number} done @param {number} total */
  progress: (done, total) => `Reading ${done.toLocaleString("en")} of ${total.toLocaleString("en")}…`,
  nothing: "Nothing in there can be trained on: pictures, idx files or tables of numbers are needed.",
  /** @param {string} sentence */
  refused: (sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/, "")}. The run before stays as it was.`,
  /** @param {string} detail */
  died: (detail) => `Reading these files failed (${detail}). Perhaps they are too much for this computer’s memory: try fewer. All else stays as it was.`,
  /** @param {string} detail */
  unreadable: (detail) => `The browser could not read what was dropped (${detail}). Try choosing the files instead.`,
  oneColumn: "Fewer than two columns hold numbers that differ: a GAN of numbers needs two. The run before stays as it was.",
  /** @param {"own-pictures" | "own-table"} kind @param {string} title @param {number} count */
  made: (kind, title, count) => `${title}: ${count.toLocaleString("en")} ${kind === "own-table" ? "rows are" : "pictures are"} ready. Press Play to train on them.`,
  few: "So few are soon learnt by heart; some hundred make better fakes.",
  /** @param {string} why */
  notStored: (why) => (why === "full"
    ? "This browser’s storage is full, so they are kept for this visit alone: delete other sets to make room."
    : `This browser does not store them (${why === "silent" ? "its storage does not answer" : why}), so they are kept for this visit alone.`),
  /** @param {"own-pictures" | "own-table"} kind @param {number} count @param {number} bytes @param {boolean} stored */
  facts: (kind, count, bytes, stored) =>
    `${count.toLocaleString("en")} ${kind === "own-table" ? "rows" : "pictures"}, ${(bytes / 1e6).toPrecision(2)} MB${stored ? "" : ", for this visit"}`,
  /** @param {string[]} files  at least one */
  titleOfFiles: ([first, ...others]) => (others.length === 0 ? first : `${first} and more`),
  /** @param {import("../../own/protocol.js").Remark} remark */
  remark: (remark) => {
    switch (remark.kind) {
      case "ends-early": return `${remark.path} ends early: it was not copied or downloaded to its end, and what there is of it was read.`;
      case "rows": return `${remark.path}: ${remark.line}.`;
      case "columns": return `Left out, as most of it is no numbers: ${some(remark.names)}.`;
      case "table": return `${remark.title} was left out: there are pictures beside it. Bring it alone to train on its numbers.`;
      case "first": return `Of ${remark.count.toLocaleString("en")} pictures the first ${remark.taken.toLocaleString("en")} were taken.`;
      case "cut": return `The sheet was cut into ${remark.into}.`;
      case "labels": return "The file of labels does not fit the pictures, and was left out.";
      case "skipped": return `${remark.line.replace(/\.$/, "")}.`;
    }
  },
};

/** @param {string[]} names */
const some = (names) => (names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", "));

export const CREDIT = {
  points: "Each fake keeps its noise, so you can follow it. Points are drawn at random: no licence needed.",
  own: "Your data stay in this browser: nothing of them is sent anywhere.",
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

// --- Drawing and tables --------------------------------------------------------------------------------------

export const DRAW_PAD = {
  label: "Draw the data",
  canvas: "Drawing area, a square from −1 to 1",
  keys: "With keys: arrows move the cursor (with Shift, in small steps), Space puts the pen or the eraser down and lifts it, "
    + "Ctrl or Cmd + Z undoes, with Shift redoes.",
  hint: "Draw here",
  tools: "Tools",
  pen: "Draw",
  penHint: "Draw lines, or tap for dots",
  eraser: "Erase",
  eraserHint: "Rub out what the circle touches",
  undo: "Undo (Ctrl or Cmd + Z)",
  redo: "Redo (Ctrl or Cmd + Shift + Z)",
  clear: "Clear all; Undo brings it back",
  few: "A drawing needs at least three points: draw a line, or some dots.",
  full: "The drawing is full: erase something, or undo, to draw on.",
  /** @param {number} n @param {number} most */
  count: (n, most) => `${n.toLocaleString("en")} of ${most.toLocaleString("en")} points.`,
  /** @param {readonly [number, number]} place @param {boolean} down @param {"pen" | "eraser"} tool */
  cursor: ([x, y], down, tool) => `x ${x.toFixed(2)}, y ${y.toFixed(2)}${down ? (tool === "pen" ? ", pen down" : ", erasing") : ""}`,
};

export const PAIR_PLOT = {
  label: "Pair plots: every two columns of the table, real rows in blue and fakes in orange",
  keys: "Arrow keys choose a plot, Enter shows it large, Escape goes back.",
  caption: "Blue is real, orange fake. Below the diagonal: pairs; above: correlations. Click to enlarge.",
  largeCaption: "Blue rings are real rows, orange dots are fakes. Click, or Escape, to go back.",
  largeColumnCaption: "Share of rows by value: the blue outline is real, the orange area fake. Click, or Escape, to go back.",
  /** @param {string} x @param {string} y @param {string} real @param {string} fake */
  pair: (x, y, real, fake) => `${x} and ${y}: correlation ${real} (real), ${fake} (fake)`,
  /** @param {string} name @param {string} real @param {string} fake */
  column: (name, real, fake) => `${name}: mean ${real} (real), ${fake} (fake)`,
  real: "real",
  fake: "fake",
  correlation: "Correlation",
  mean: "Mean",
  /** @param {number} count */
  beyond: (count) => `${count.toLocaleString("en")} fakes beyond the edges`,
};

// --- How the game stands -------------------------------------------------------------------------------------

export const DIAGNOSIS = {
  /** @type {{mood: "wait", advice: string}} */
  trained: { mood: "wait", advice: "These nets were trained before, and are just being measured. Press Play, and after some measures this line says how the game stands." },
  label: "How the game stands",
  hint: "Judged from the last few measurements by fixed rules; it may lag some seconds behind",
  none: { mood: /** @type {const} */ ("wait"), sentence: "Not measured yet.", advice: "The first figures are on their way." },
};

/** What to think of each state, and what to try.
 * @type {Record<DiagnosisKind, {mood: "wait" | "good" | "warn" | "bad", sentence: string, advice: string}>} */
export const DIAGNOSES = {
  "warming-up": {
    mood: "wait",
    sentence: "Warming up.",
    advice: "It is too early to tell: every net starts with bad fakes. Press Play and watch the first 200 steps.",
  },
  learning: {
    mood: "wait",
    sentence: "Learning: the fakes are still far from the data.",
    advice: "No failure in sight yet. Let it run, and watch the fakes move.",
  },
  healthy: {
    mood: "good",
    sentence: "Healthy: the fakes are near the data, and neither net wins.",
    advice: "Let it run, or pick a failure from the menu to see what can go wrong.",
  },
  "discriminator-wins": {
    mood: "warn",
    sentence: "D wins: it tells nearly all fakes from reals.",
    advice: "Try a lower learning rate or fewer updates for D, R1, or instance noise.",
  },
  "vanishing-gradient": {
    mood: "bad",
    sentence: "G’s gradient has all but vanished: D is so sure that G cannot learn from it.",
    advice: "Try the non-saturating loss, no head start for D, or R1.",
  },
  "generator-wins": {
    mood: "warn",
    sentence: "G wins too easily: D cannot tell, though the fakes are bad.",
    advice: "Try a larger D, a higher learning rate or more updates for it.",
  },
  "mode-collapse": {
    mood: "bad",
    sentence: "Mode collapse: G makes only a few of the modes.",
    advice: "Try lower learning rates, packing, or the relativistic loss with R1.",
  },
  "low-diversity": {
    mood: "bad",
    sentence: "Collapse: G’s fakes are nearly all alike.",
    advice: "Try packing, lower learning rates, or the relativistic loss with R1.",
  },
  oscillating: {
    mood: "warn",
    sentence: "Oscillating: the nets chase each other in circles.",
    advice: "Try lower learning rates, R1, or a smaller β₁; the average of G smooths what is drawn.",
  },
  diverging: {
    mood: "bad",
    sentence: "Diverging: the numbers run away.",
    advice: "Try learning rates ten times lower, or gradient clipping.",
  },
  converged: {
    mood: "good",
    sentence: "Converged: by these figures the fakes are as good as reals.",
    advice: "Nothing left to mend here. Try the grid, or pictures.",
  },
};

/** @param {Diagnosis} diagnosis */
export function diagnosisText({ kind, captured, total }) {
  if (kind === "mode-collapse" && total !== undefined) return `Mode collapse: only ${captured} of ${total} modes get their share of fakes.`;
  return DIAGNOSES[kind].sentence;
}

export const VALUES = {
  label: "Current values",
  /** @param {string} total */
  of: (total) => `of ${total}`,
  lossD: { label: "D loss", hint: "What D minimises, without penalties, at the last step" },
  lossG: { label: "G loss", hint: "What G minimises, at the last step" },
  accuracyReal: { label: "Real spotted", hint: "Share of the last real batch that D takes for real" },
  accuracyFake: { label: "Fakes spotted", hint: "Share of the last fakes that D takes for fake" },
  modes: { label: "Modes found", hint: "Clusters, or parts of a curve, that at least one of 2,500 fakes lies on, within three spreads" },
  quality: {
    label: "Quality / width",
    hint: "Share of 2,500 fakes within three spreads of a cluster’s centre, or of the curve (0.99 is as good as real); beside it how wide G makes a cluster: 1 is right, 0 a dot",
  },
  jensenShannon: { label: "JS divergence", hint: "How far the fakes’ distribution is from the true one: 0 is the same, 0.693 (ln 2) has nothing in common" },
  frechet: { label: "Fréchet / floor", hint: "Fréchet distance: how unlike real pictures the fakes look to a classifier; beside it what real pictures score among themselves" },
  sliced: { label: "Sliced / floor", hint: "Sliced Wasserstein distance: the earth mover’s distance from fakes to reals, averaged over many directions; beside it what other reals score" },
  diversity: { label: "Diversity", hint: "How far apart fakes are, compared with reals: 0 when all are one, about 1 when as varied" },
  saturation: { label: "D saturated", hint: "Share of D’s answers that are within 1 % of certainty; G learns little there" },
  gradientD: { label: "D gradient", hint: "Length of the gradient of D’s loss over all its weights" },
  gradientG: { label: "G gradient", hint: "Length of the gradient of G’s loss over all its weights: near 0, G stands still" },
  parametersG: { label: "G parameters", hint: "Numbers that G learns" },
  parametersD: { label: "D parameters", hint: "Numbers that D learns" },
  rightLabel: { label: "Right label", hint: "How real D finds real examples under their own class" },
  swappedLabel: { label: "Wrong label", hint: "How real D finds the same examples under another class: lower, if D looks at the class" },
  askedFor: { label: "As asked for", hint: "Share of fakes that are of the class that G was asked for" },
};

export const CHARTS = {
  label: "How the run went so far",
  nothing: "Nothing to show: see above what happened.",
  losses: {
    title: "Losses",
    d: "D",
    g: "G",
    caption: "How wrong each net is. Dashed: where both would stay if D could only guess.",
  },
  quality: {
    title: "Quality",
    modes: "modes found",
    high: "high quality",
    caption: "Share of the clusters or parts that G makes, and of its fakes that lie on one.",
  },
  frechet: {
    title: "Fréchet distance",
    distance: "fakes to real",
    caption: "How unlike real pictures the fakes look to a classifier. Dashed: reals among themselves.",
  },
  accuracy: {
    title: "D’s accuracy",
    real: "on real",
    fake: "on fake",
    caption: "How often D is right. At 50 % (dashed) it only tosses a coin: the fakes pass.",
  },
  gradients: {
    title: "Gradients",
    d: "D",
    g: "G",
    caption: "How strongly each net is told to change, on a logarithmic scale.",
  },
  layers: {
    title: "Gradients by layer",
    d: "D, input to score",
    g: "G, noise to fake",
    caption: "One bar a layer, logarithmic. A gradient that vanishes shows as bars near the ground.",
  },
  classes: {
    title: "Classes",
    caption: "What a classifier sees in the fakes. Dashed: an equal share of each class.",
  },
  saturation: {
    title: "D’s saturation",
    share: "share of answers",
    caption: "How many of D’s answers are all but certain. There G’s slope is flat.",
  },
  balance: {
    title: "Balance",
    ahead: "D ahead ↑ · G ahead ↓",
    caption: "D’s accuracy on both together. Far above the middle, D wins and G learns little; below it, G fools D.",
  },
};

/** What the data call otherwise. @type {Record<string, string>} */
const CLOTHES = { "T-shirt/top": "T-shirt", Trouser: "Trousers", Sneaker: "Trainer", "Ankle boot": "Boot" };

/** @param {string} data  its kind @param {string} given */
const classOf = (data, given) => (data === "fashion" && CLOTHES[given]) || given;

/** A class of pictures in full, and short enough for under a bar. @param {string} data @param {number} i
 * @param {string} given  by the data */
export function className(data, i, given) {
  const name = classOf(data, given) || String(i);
  return { name, short: name.slice(0, 3) };
}

// --- What went wrong -----------------------------------------------------------------------------------------

export const ALERTS = { detail: "Technical detail" };

/** @type {Record<WayOn, string>} */
export const WAYS_ON = {
  retry: "Try again",
  "use-cpu": "Use the CPU",
  defaults: "Back to defaults",
  reset: "Reset",
  "own-data": "Choose data",
  speak: "Change the language",
  dismiss: "Dismiss",
};

/** @type {Record<FailureCode, {text: string, ways: WayOn[]}>} */
export const FAILURES = {
  experiment: {
    text: "These settings do not work together. Change the one named below, or go back to the defaults.",
    ways: ["defaults", "dismiss"],
  },
  data: {
    text: "The training data, or the classifier that judges it, did not arrive whole. The connection may have dropped: try again, or pick other data.",
    ways: ["retry", "dismiss"],
  },
  "own-missing": {
    text: "This run needs data that are kept in the browser of whoever chose them, and they are not in this one. Choose your own, or other data.",
    ways: ["own-data", "defaults", "dismiss"],
  },
  "own-data": {
    text: "What you brought cannot be trained on like this. Choose other columns or classes, or other files; nothing of it is lost.",
    ways: ["own-data", "dismiss"],
  },
  model: {
    text: "The nets that this run goes on from did not arrive whole, or do not go with these settings. Try again, or begin from the start with the defaults.",
    ways: ["retry", "defaults", "dismiss"],
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
  "gpu-gone": {
    text: "Training on the graphics card broke off, perhaps because its driver restarted or memory was short. The CPU goes on with the run, from where it was kept last.",
    ways: ["dismiss"],
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
export const MODEL = {
  /** @param {string} name */
  refused: (name) => `${name} cannot be opened: it is no model that this page can go on from. The run here is as it was.`,
  strangers: "It was trained on data that somebody brought, and this browser does not keep them; bring the same files first",
  /** @param {number} size @param {number} most  in MB */
  tooLarge: (size, most) => `It has ${size.toLocaleString("en")} MB, and a model has ${most} at most`,
};
export const COPY = { text: "The browser did not let the page copy the link. You can copy it from here:" };
export const LANGUAGE = {
  /** @param {string} name */
  warn: (name) => `For “${name}” the page is loaded again. The settings stay; the run starts over, and what was opened for this visit alone is lost.`,
};

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
