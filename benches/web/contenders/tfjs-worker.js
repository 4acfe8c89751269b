// TensorFlow.js as a contender: the crate's training step (src/train/trainer.rs) in that library's own terms, and in
// the fastest that it offers.
import * as tf from "@tensorflow/tfjs";
import { createBatches, normals } from "./batches.js";
import { serve } from "./round.js";
import { descend, read, startBackend } from "./tfjs-backends.js";
import { createNets } from "./tfjs-nets.js";

/** Adam's, as the crate has it. */
const EPSILON = 1e-8;

serve(async ({ experiment, backend }, assets) => {
  const { training, noise, optimiser } = experiment;
  if (optimiser.kind !== "adam") throw new Error(`this contender knows Adam, not ${optimiser.kind}`);
  const batches = await createBatches(experiment, assets);
  await startBackend(backend);

  const { generator, discriminator } = createNets(experiment, batches.shape);
  /** @param {number} rate */
  const adam = (rate) => tf.train.adam(rate, optimiser.beta1, optimiser.beta2, EPSILON);
  const optimisers = { d: adam(training.d_learning_rate), g: adam(training.g_learning_rate) };

  const drawNoise = () => tf.tensor2d(normals(training.batch * noise.dims, 1), [training.batch, noise.dims]);
  const drawReal = () => tf.tensor(batches.next(training.batch), [training.batch, ...batches.shape]);
  // Binary cross-entropy on logits, non-saturating: src/objective/non_saturating.rs.
  /** @param {tf.Tensor} logits @returns {tf.Scalar} */
  const takenForReal = (logits) => tf.mean(tf.softplus(tf.neg(logits)));
  /** @param {tf.Tensor} logits @returns {tf.Scalar} */
  const takenForFake = (logits) => tf.mean(tf.softplus(logits));

  /** D learns; the fakes are made outside of what is differentiated, so G is frozen. */
  const discriminatorPhase = () => tf.tidy(() => {
    const examples = tf.concat([drawReal(), generator.forward(drawNoise())]);
    return descend(optimisers.d, discriminator.weights, () => {
      const [real, fake] = tf.split(discriminator.forward(examples), 2);
      return tf.add(takenForReal(real), takenForFake(fake));
    });
  });

  /** G learns; D is frozen, as it is not among the weights that gradients are taken for. */
  const generatorPhase = () => tf.tidy(() => {
    const z = drawNoise();
    return descend(optimisers.g, generator.weights, () => takenForReal(discriminator.forward(generator.forward(z))));
  });

  /** D's and G's, of the last step. @type {tf.Scalar[]} */
  let last = [];
  return {
    step() {
      tf.dispose(last);
      last = [discriminatorPhase(), generatorPhase()];
    },
    losses: () => read(last),
  };
});
