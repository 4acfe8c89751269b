// The crate's nets (src/nets/) for TensorFlow.js. Written with its operations and not with its layers: the operations
// are what a layer calls, and fuse the activation where no gradient is wanted. Pictures are [height, width, channels].
import * as tf from "@tensorflow/tfjs";
import { normals } from "./batches.js";

/**
 * @typedef {(x: tf.Tensor) => tf.Tensor} Layer
 * @typedef {{forward: Layer, weights: tf.Variable[]}} Net
 */

const SLOPE = 0.2;
const KERNEL = 4;
const STRIDE = 2;

/** Variance of the weights times what they sum up (He et al. 2015). */
const GAIN = { leakyrelu: 2 / (1 + SLOPE * SLOPE), linear: 1 };

/** @param {import("../../../www/protocol.js").Experiment} experiment @param {number[]} shape  of an example
 * @returns {{generator: Net, discriminator: Net}} */
export function createNets({ noise, generator, discriminator }, shape) {
  return {
    generator: generator.kind === "mlp"
      ? mlp([noise.dims, ...generator.hidden, ...shape])
      : convGenerator(noise.dims, generator.channels, shape),
    discriminator: discriminator.kind === "mlp"
      ? mlp([...shape, ...discriminator.hidden, 1])
      : convDiscriminator(discriminator.channels, shape),
  };
}

/** @param {(layers: Layers) => Layer[]} build @returns {Net} */
function net(build) {
  const layers = new Layers();
  const chain = build(layers);
  return { forward: (x) => chain.reduce((value, layer) => layer(value), x), weights: layers.weights };
}

/** @param {number[]} widths */
const mlp = (widths) => net((layers) => widths.slice(1).map((width, i) =>
  layers.dense(widths[i], width, i === widths.length - 2 ? "linear" : "leakyrelu")));

/** @param {number} noise @param {number} channels @param {number[]} shape */
const convGenerator = (noise, channels, [height, width, colours]) => net((layers) => [
  layers.dense(noise, (height / 4) * (width / 4) * 2 * channels, "leakyrelu"),
  (x) => tf.reshape(x, [-1, height / 4, width / 4, 2 * channels]),
  layers.double(2 * channels, channels, "leakyrelu"),
  layers.double(channels, colours, "linear"),
  tf.tanh,
]);

/** @param {number} channels @param {number[]} shape */
const convDiscriminator = (channels, [height, width, colours]) => net((layers) => {
  const features = (height / 4) * (width / 4) * 2 * channels;
  return [
    layers.halve(colours, channels, "leakyrelu"),
    layers.halve(channels, 2 * channels, "leakyrelu"),
    (x) => tf.reshape(x, [-1, features]),
    layers.dense(features, 1, "linear"),
  ];
});

/** Makes layers and keeps their weights. */
class Layers {
  /** @type {tf.Variable[]} */
  weights = [];

  /** @param {number} inputs @param {number} outputs @param {keyof typeof GAIN} activation @returns {Layer} */
  dense(inputs, outputs, activation) {
    const kernel = this.#normal([inputs, outputs], inputs, activation);
    const bias = this.#zeros(outputs);
    return (x) => tf.fused.matMul({ a: /** @type {tf.Tensor2D} */ (x), b: kernel, bias, activation, leakyreluAlpha: SLOPE });
  }

  /** A convolution that halves a picture. @param {number} inputs @param {number} outputs
   * @param {keyof typeof GAIN} activation @returns {Layer} */
  halve(inputs, outputs, activation) {
    const filter = /** @type {tf.Tensor4D} */ (this.#normal([KERNEL, KERNEL, inputs, outputs], inputs * KERNEL * KERNEL, activation));
    const bias = this.#zeros(outputs);
    return (x) => tf.fused.conv2d({
      x: /** @type {tf.Tensor4D} */ (x), filter, bias, strides: STRIDE, pad: "same", activation, leakyreluAlpha: SLOPE,
    });
  }

  /** A transposed convolution that doubles a picture. @param {number} inputs @param {number} outputs
   * @param {keyof typeof GAIN} activation @returns {Layer} */
  double(inputs, outputs, activation) {
    const sums = inputs * (KERNEL / STRIDE) ** 2;
    const filter = /** @type {tf.Tensor4D} */ (this.#normal([KERNEL, KERNEL, outputs, inputs], sums, activation));
    const bias = this.#zeros(outputs);
    return (x) => {
      const [batch, height, width] = x.shape;
      const wide = tf.conv2dTranspose(
        /** @type {tf.Tensor4D} */ (x), filter, [batch, STRIDE * height, STRIDE * width, outputs], STRIDE, "same");
      const biased = tf.add(wide, bias);
      return activation === "linear" ? biased : tf.leakyRelu(biased, SLOPE);
    };
  }

  /** @param {number[]} shape @param {number} sums @param {keyof typeof GAIN} activation */
  #normal(shape, sums, activation) {
    const size = shape.reduce((product, side) => product * side, 1);
    return this.#keep(tf.tensor(normals(size, Math.sqrt(GAIN[activation] / sums)), shape));
  }

  /** @param {number} size */
  #zeros(size) {
    return this.#keep(tf.zeros([size]));
  }

  /** @param {tf.Tensor} start */
  #keep(start) {
    const weight = tf.variable(start);
    this.weights.push(weight);
    return weight;
  }
}
