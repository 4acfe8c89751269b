// GAN Lab as a contender (https://github.com/poloclub/ganlab): its training step alone, written anew from how it
// describes and sets itself up, without what it draws. Where it could be faster it is left as it is: examples and noise
// are cut from an atlas, no operation is fused, D judges reals and fakes one after the other, and says a probability.
import * as tf from "@tensorflow/tfjs";
import { createBatches, normals } from "./batches.js";
import { serve } from "./round.js";
import { descend, read, startBackend } from "./tfjs-backends.js";

/** Examples that are drawn once; training goes through them again and again. */
const ATLAS = 12_000;

serve(async ({ experiment, backend }, assets) => {
  const { training, noise, generator, discriminator, objective } = experiment;
  if (generator.kind !== "mlp" || discriminator.kind !== "mlp" || objective.kind !== "non-saturating") {
    throw new Error("GAN Lab has perceptrons and a non-saturating loss");
  }
  const batches = await createBatches(experiment, assets);
  await startBackend(backend);

  const make = perceptron([noise.dims, ...generator.hidden, ...batches.shape], tf.tanh);
  const judge = perceptron([...batches.shape, ...discriminator.hidden, 1], tf.sigmoid);
  const optimisers = { d: tf.train.sgd(training.d_learning_rate), g: tf.train.sgd(training.g_learning_rate) };
  const nextNoise = fromAtlas(tf.randomUniform([ATLAS, noise.dims]), training.batch);
  const nextReal = fromAtlas(tf.tensor(batches.next(ATLAS), [ATLAS, ...batches.shape]), training.batch);

  /** @param {tf.Tensor} real @param {tf.Tensor} fake @returns {tf.Scalar} */
  const discriminatorLoss = (real, fake) => tf.neg(tf.add(
    tf.mean(tf.mul(tf.log(real), 1 - objective.label_smoothing)),
    tf.mean(tf.log(tf.sub(1, fake))),
  ));
  const discriminatorPhase = () => tf.tidy(() => descend(optimisers.d, judge.weights, () => {
    const [z, real] = [nextNoise(), nextReal()];
    return discriminatorLoss(judge.forward(real), judge.forward(make.forward(z)));
  }));
  const generatorPhase = () => tf.tidy(() => descend(optimisers.g, make.weights, () =>
    tf.neg(tf.mean(tf.log(judge.forward(make.forward(nextNoise())))))));

  /** D's and G's, of the last step. @type {tf.Scalar[]} */
  let last = [];
  return {
    step() {
      for (let update = 1; update < training.d_updates; update += 1) tf.dispose(discriminatorPhase());
      tf.dispose(last);
      last = [discriminatorPhase(), generatorPhase()];
    },
    losses: () => read(last),
  };
});

/** @param {number[]} widths @param {(x: tf.Tensor) => tf.Tensor} end */
function perceptron(widths, end) {
  const layers = widths.slice(1).map((width, i) => ({
    kernel: tf.variable(tf.tensor2d(normals(widths[i] * width, 1 / Math.sqrt(widths[i])), [widths[i], width])),
    bias: tf.variable(tf.zeros([width])),
  }));
  return {
    weights: layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    /** @param {tf.Tensor} x */
    forward: (x) => layers.reduce((value, { kernel, bias }, i) => {
      const sum = tf.add(tf.matMul(value, kernel), bias);
      return i === layers.length - 1 ? end(sum) : tf.relu(sum);
    }, x),
  };
}

/** One batch after the other. @param {tf.Tensor} atlas @param {number} batch */
function fromAtlas(atlas, batch) {
  let count = 0;
  return () => {
    const start = (count * batch) % ATLAS;
    count += 1;
    return tf.slice(atlas, [start, 0], [batch, -1]);
  };
}
