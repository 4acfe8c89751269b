// jax-js as a contender: the crate's training step (src/train/trainer.rs) in that library's own terms. The whole step,
// both phases and both optimisers, is one compiled function, so that nothing is traced or dispatched that need not be.
import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { createBatches, normals } from "./batches.js";
import { createNets } from "./jax-nets.js";
import { serve } from "./round.js";

/**
 * @typedef {import("./jax-nets.js").Tensor} Tensor
 *
 * A net's weights, and what Adam remembers: the moments, and each beta to the power of the steps done.
 * @typedef {{weights: Tensor[], means: Tensor[], squares: Tensor[], powers: Tensor[]}} Player
 * @typedef {{d: Player, g: Player}} Players
 */

/** Adam's, as the crate has it. */
const EPSILON = 1e-8;

serve(async ({ experiment, backend }, assets) => {
  const { training, noise, optimiser } = experiment;
  if (optimiser.kind !== "adam") throw new Error(`this contender knows Adam, not ${optimiser.kind}`);
  const batches = await createBatches(experiment, assets);
  if (!(await init(backend)).includes(backend)) throw new Error(`the ${backend} backend did not start`);
  defaultDevice(backend);

  const { generator, discriminator } = createNets(experiment, batches.shape);

  const drawNoise = () => np.array(normals(training.batch * noise.dims, 1), { shape: [training.batch, noise.dims] });
  const drawReal = () => np.array(batches.next(training.batch), { shape: [training.batch, ...batches.shape] });

  const update = adam(optimiser);
  const discriminatorPhase = valueAndGrad((/** @type {Tensor[]} */ weights, /** @type {Tensor} */ examples) => {
    const [real, fake] = np.split(discriminator.forward(weights, examples), 2);
    return takenForReal(real).add(takenForFake(fake));
  });
  const generatorPhase = valueAndGrad(
    (/** @type {Tensor[]} */ weights, /** @type {Tensor[]} */ judge, /** @type {Tensor} */ z) =>
      takenForReal(discriminator.forward(judge, generator.forward(weights, z))));
  const step = jit((/** @type {Players} */ { d, g }, /** @type {Tensor} */ real, /** @type {Tensor[]} */ [zD, zG]) => {
    const fake = generator.forward(tree.ref(g.weights), zD);
    const [lossD, gradientsD] = discriminatorPhase(tree.ref(d.weights), np.concatenate([real, fake]));
    const newD = update(d, gradientsD, training.d_learning_rate);
    const [lossG, gradientsG] = generatorPhase(tree.ref(g.weights), tree.ref(newD.weights), zG);
    const newG = update(g, gradientsG, training.g_learning_rate);
    return { players: { d: newD, g: newG }, losses: [lossD, lossG] };
  });

  let players = { d: player(discriminator.weights), g: player(generator.weights) };
  /** D's and G's, of the last step. @type {Tensor[]} */
  let last = [];
  return {
    step() {
      tree.dispose(last);
      ({ players, losses: last } = step(players, drawReal(), [drawNoise(), drawNoise()]));
      // The library puts work off until a number is asked for. One number of a compiled function sets off all of it; a
      // GPU is given the work and not waited for.
      if (backend === "webgpu") last[0].ref.gpuBufferSync();
      else last[0].ref.dataSync();
    },
    async losses() {
      await blockUntilReady(players);
      const [[discriminator], [generator]] = await Promise.all(last.map((loss) => loss.ref.data()));
      return { discriminator, generator };
    },
  };
});

/** @param {Tensor[]} weights @returns {Player} */
function player(weights) {
  const zeros = () => weights.map(({ shape }) => np.zeros(shape));
  return { weights, means: zeros(), squares: zeros(), powers: [np.array(1), np.array(1)] };
}

/** Kingma & Ba 2015. @param {{beta1: number, beta2: number}} betas
 * @returns {(player: Player, gradients: Tensor[], rate: number) => Player} */
function adam({ beta1, beta2 }) {
  return (player, gradients, rate) => {
    const powers = [player.powers[0].mul(beta1), player.powers[1].mul(beta2)];
    const means = player.means.map((mean, i) => mean.mul(beta1).add(gradients[i].ref.mul(1 - beta1)));
    const squares = player.squares.map((square, i) => square.mul(beta2).add(np.square(gradients[i]).mul(1 - beta2)));
    /** What a moment lacks after few steps. @param {Tensor} power */
    const lack = (power) => np.subtract(1, power.ref);
    const weights = player.weights.map((weight, i) => {
      const root = np.sqrt(squares[i].ref.div(lack(powers[1]))).add(EPSILON);
      return weight.sub(means[i].ref.div(lack(powers[0])).div(root).mul(rate));
    });
    return { weights, means, squares, powers };
  };
}

// Binary cross-entropy on logits, non-saturating: src/objective/non_saturating.rs.
/** @param {Tensor} logits */
const takenForReal = (logits) => np.mean(softplus(np.negative(logits)));
/** @param {Tensor} logits */
const takenForFake = (logits) => np.mean(softplus(logits));

/** ln(1 + e^x), as max(x, 0) + ln(1 + e^-|x|): the library's own overflows. @param {Tensor} x */
const softplus = (x) => np.maximum(x.ref, 0).add(np.log1p(np.exp(np.negative(np.absolute(x)))));
