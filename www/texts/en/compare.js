// Every sentence of the comparison in English; see page.js.

export const COMPARE = {
  title: "Compare: A against B",
  label: "Two GANs side by side",
  intro: "Both start from one seed and see the same data. Play, Pause, Step and Reset at the top act on both.",
  close: "Close",
  closeHint: "Back to one GAN; what differs is kept",
  pairs: "Ready-made pairs",
  pairsFirst: "Choose a pair…",
  add: "Add a difference",
  addFirst: "Choose a setting…",
  letters: { a: "A", b: "B" },
  a: "A: the page’s run",
  b: "B: the same, but for what differs",
  twin: "A’s twin",
  nothingDiffers: "Nothing differs yet, so B is A’s twin: step for step the same. Choose a pair, or add a difference.",
  table: {
    caption: "What differs, and how far each came",
    setting: "Setting",
    a: "A",
    b: "B",
    /** @param {string} setting */
    takeBackOf: (setting) => `Take back the difference in ${setting}`,
    /** @param {string} setting */
    inB: (setting) => `${setting} of B`,
    same: "the same so far",
  },
  figures: {
    step: "Step",
    losses: "Loss of D / G",
    accuracy: "D right on real / fake",
    quality: "Modes / high quality",
    /** @param {number} captured @param {number} total */
    of: (captured, total) => `${captured} of ${total}`,
    frechet: "Fréchet distance",
    sliced: "Sliced Wasserstein distance",
  },
  /** Where B stands, beside A. */
  pace: {
    building: "B is being set up; A waits for it.",
    together: "In step with A",
    /** @param {number} b @param {number} a */
    catchingUp: (b, a) => `Catching up: step ${b.toLocaleString("en")} of ${a.toLocaleString("en")}.`,
    broken: "Stopped; A goes on alone",
    waiting: "B waits until A stands.",
  },
  failed: {
    retry: "Try B again",
    takeBack: "Take back what differs",
  },
  charts: {
    losses: {
      title: "Losses",
      caption: "Losses of A and B by step, smoothed: D’s in violet, G’s in green. A is solid, B is dashed, kept runs are thin and numbered.",
      one: "D", other: "G",
    },
    accuracy: {
      title: "D’s accuracy",
      caption: "How often D is right, smoothed: on real in blue, on fake in orange. At 50 % it tosses a coin. A is solid, B is dashed, kept runs are thin and numbered.",
      one: "on real", other: "on fake",
    },
    quality: {
      title: "Quality",
      caption: "Share of the clusters or parts that G makes, in green, and of its fakes that lie on one, in orange. A is solid, B is dashed, kept runs are thin and numbered.",
      one: "modes found", other: "high quality",
    },
    frechet: {
      title: "Fréchet distance",
      caption: "How unlike real pictures the fakes look to a classifier: lower is better. A is solid, B is dashed, kept runs are thin and numbered.",
      one: "fakes to real", other: "",
    },
  },
  on: "on",
  off: "off",
  solid: "A",
  dashed: "B",
  kept: {
    title: "Last runs",
    intro: "Kept in this browser when a run of 100 steps or more ends. Tick one to draw it into the charts.",
    none: "None yet. When a run of 100 steps or more ends, by Reset or other settings, its curves are kept here.",
    notStored: "This browser stores nothing for the page, so these last as long as the page is open.",
    /** @param {string} name */
    overlay: (name) => `Draw ${name} into the charts`,
    open: "Open",
    /** @param {string} name */
    openOf: (name) => `Open the experiment of ${name}`,
    remove: "Delete",
    /** @param {string} name */
    removeOf: (name) => `Delete ${name}`,
    /** @param {number} steps */
    steps: (steps) => `${steps.toLocaleString("en")} steps`,
    /** @param {string} losses */
    losses: (losses) => `losses of D and G ${losses}`,
    /** @param {string} captured @param {string} quality */
    figure: (captured, quality) => `${captured} modes, ${quality} high quality`,
    /** @param {string} distance */
    frechet: (distance) => `Fréchet ${distance}`,
    /** @param {string} name */
    file: (name) => `Your file ${name}`,
    /** @param {number} count */
    more: (count) => `and ${count} more`,
  },
};

/** Pairs that are worth seeing, by the names of `pairs.js`. @type {Record<string, {title: string, watch: string}>} */
export const PAIRS = {
  minimax: {
    title: "Minimax against non-saturating",
    watch: "A has the first GAN’s loss, B the one change that everybody made since. Watch whose fakes find the clusters first.",
  },
  penalty: {
    title: "Clipping against gradient penalty",
    watch: "Two ways to keep a critic smooth: A cuts its weights off, B is fined for steep slopes. Watch whose surface bends around the clusters.",
  },
  r1: {
    title: "With and without R1",
    watch: "Both nets learn too fast. A’s D is kept flat at real examples, B’s is not. Watch how many modes each one has left after 1,500 steps.",
  },
  "fast-d": {
    title: "Balanced against D too fast",
    watch: "B’s D learns five times a step, and its G slowly. Watch D’s accuracy in B stay up while A’s falls towards a coin toss, and whose fakes arrive.",
  },
  packing: {
    title: "One against four packed",
    watch: "B’s D judges four examples at a time, so that it sees when all fakes are alike. Watch how many modes each one has after 1,500 steps.",
  },
  average: {
    title: "With and without the average of G",
    watch: "Both train alike. A is drawn by the average of G’s weights, B by G as it is. Watch B’s fakes tremble; A’s come later, and then lie still.",
  },
};
