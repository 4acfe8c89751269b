// A step taken apart and examples to judge, made up, for tests of the views alone. Losses are by closed forms of their own, so
// that what a view computes is held against something else. Pure, and without an import, as it also stands in for a worker.

/** A stream of random numbers that follows from its seed. @param {number} seed */
export function randomOf(seed) {
  let state = seed;
  const even = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  return { even, normal: () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even()) };
}

/** Both losses by the objectives' textbook formulas, score by score. @param {any} objective @param {number[]} real
 * @param {number[]} fake @param {number[]} realForG @param {number[]} fakeForG */
export function lossesOf({ kind, label_smoothing: smoothing = 0 }, real, fake, realForG, fakeForG) {
  const sigma = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
  const average = (/** @type {number[]} */ of, /** @type {(x: number, i: number) => number} */ f) => of.map(f).reduce((a, b) => a + b, 0) / of.length;
  const entropy = () => -average(real, (c) => (1 - smoothing) * Math.log(sigma(c)) + smoothing * Math.log(1 - sigma(c))) - average(fake, (c) => Math.log(1 - sigma(c)));
  switch (kind) {
    case "minimax": return { d: entropy(), g: average(fakeForG, (c) => Math.log(1 - sigma(c))) };
    case "non-saturating": return { d: entropy(), g: -average(fakeForG, (c) => Math.log(sigma(c))) };
    case "least-squares": return {
      d: 0.5 * average(real, (c) => (c - 1 + smoothing) ** 2) + 0.5 * average(fake, (c) => c * c), g: 0.5 * average(fakeForG, (c) => (c - 1) ** 2),
    };
    case "hinge": return { d: average(real, (c) => (c < 1 ? 1 - c : 0)) + average(fake, (c) => (c > -1 ? 1 + c : 0)), g: -average(fakeForG, (c) => c) };
    case "wasserstein": return { d: average(fake, (c) => c) - average(real, (c) => c), g: -average(fakeForG, (c) => c) };
    default: return {
      d: -average(real, (c, i) => Math.log(sigma(c - fake[i]))), g: -average(fakeForG, (c, i) => Math.log(sigma(c - realForG[i]))),
    };
  }
}

/**
 * @param {object} how
 * @param {"points" | "table" | "images"} how.kind
 * @param {any} how.experiment
 * @param {number} how.step
 * @param {number} [how.features]  numbers of a row
 * @param {{width: number, height: number, channels: number}} [how.image]
 * @param {boolean} [how.learns]
 */
export function anatomyOf({ kind, experiment, step, features = 2, image, learns = true }) {
  const { even, normal } = randomOf(step * 7 + 1);
  const { training, stabilisers, objective, noise } = experiment;
  const { batch } = training;
  const n = Math.min(batch, kind === "images" ? 16 : 64);
  const packs = Math.floor(batch / stabilisers.packing);
  const size = image ? image.width * image.height * image.channels : features;
  const list = (/** @type {number} */ count, /** @type {() => number} */ each) => Array.from({ length: count }, each);
  const sigma = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
  /** @param {number[]} codes @param {number} more */
  const made = (codes, more) => {
    const numbers = list(n, () => 0).flatMap((_, i) => Array.from({ length: size }, (__, j) => {
      const [a, b] = [codes[i * noise.dims], codes[i * noise.dims + (noise.dims > 1 ? 1 : 0)]];
      if (image) {
        const [x, y] = [Math.floor(j / image.channels) % image.width, Math.floor(j / image.channels / image.width)];
        const far = Math.hypot(x - image.width / 2 - 4 * a, y - image.height / 2 - 4 * b);
        return Math.max(0, Math.min(255, 255 - 30 * far + more * 300));
      }
      return (j % 2 === 0 ? a : b) * 0.5 + more + j * 0.1;
    }));
    return image ? Uint8Array.from(numbers) : Float32Array.from(numbers);
  };
  const real = image
    ? Uint8Array.from({ length: n * size }, (_, k) => ((k % image.width) + Math.floor(k / size) > image.width / 2 ? 220 : 20))
    : Float32Array.from({ length: n * size }, (_, k) => (k % 2 === 0 ? Math.cos(Math.floor(k / size)) : Math.sin(Math.floor(k / size))) + normal() * 0.05);
  const layers = (/** @type {number} */ count) => Array.from({ length: count }, (_, k) => ({ name: `hidden.${k}`, gradient: 0.05 * (k + 1) * even(), weights: 5, change: 0.01 * even() }));
  const [realScores, fakeScores, realForG, fakeForG] = [0.6, -0.5, 0.5, -0.7].map((middle) => list(packs, () => Math.fround(middle + normal())));
  const losses = lossesOf(objective, realScores, fakeScores, realForG, fakeForG);
  const codes = () => list(n * noise.dims, normal);
  const [first, second] = [codes(), codes()];
  return {
    step,
    discriminator: {
      updates: training.d_updates, noise: Float32Array.from(first), dims: noise.dims, fake: made(first, 0), real,
      fakeScores: Float32Array.from(fakeScores), realScores: Float32Array.from(realScores),
      fakeProbabilities: Float32Array.from(fakeScores, sigma), realProbabilities: Float32Array.from(realScores, sigma),
      loss: losses.d, penalty: experiment.lipschitz.r1 > 0 ? 0.0123 : 0, layers: layers(3), learningRate: training.d_learning_rate,
    },
    generator: learns ? {
      updates: training.g_updates, noise: Float32Array.from(second), dims: noise.dims, fake: made(second, 0),
      scores: Float32Array.from(fakeForG), probabilities: Float32Array.from(fakeForG, sigma),
      realScores: Float32Array.from(objective.kind === "relativistic" ? realForG : []),
      pull: Float32Array.from({ length: n * size }, () => 0.01 * normal()), after: made(second, 0.06),
      loss: losses.g, layers: layers(3), learningRate: training.g_learning_rate,
    } : null,
  };
}

/** @param {object} how @param {"points" | "table" | "images"} how.kind @param {number} how.count @param {number} how.step
 * @param {number} [how.features] @param {{width: number, height: number, channels: number}} [how.image] @param {string[]} [how.classes]
 * @param {number} [how.seed] */
export function dealOf({ kind, count, step, features = 2, image, classes = [], seed = 1 }) {
  const { even, normal } = randomOf(step + count + 31 * seed);
  const size = image ? image.width * image.height * image.channels : features;
  const real = Uint8Array.from({ length: count }, () => (even() < 0.5 ? 1 : 0));
  const numbers = Array.from(real).flatMap((is, i) => Array.from({ length: size }, (_, k) => {
    if (image) return is ? ((k % image.width) + i > image.width / 2 ? 220 : 20) : Math.floor(255 * even());
    return is ? (k % 2 === 0 ? Math.cos(i) : Math.sin(i)) : normal() * 0.6;
  }));
  return {
    kind, step, real, examples: image ? Uint8Array.from(numbers) : Float32Array.from(numbers),
    probabilities: Float32Array.from(real, (is) => (is ? 0.35 + 0.6 * even() : 0.6 * even())),
    asked: classes.length > 0 ? Array.from(real, (_, i) => classes[i % classes.length]) : [],
    width: image?.width ?? 0, height: image?.height ?? 0, channels: image?.channels ?? 0, extent: kind === "points" ? 1.5 : 0,
  };
}
