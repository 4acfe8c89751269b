// The crate's nets (src/nets/) for jax-js. Pictures are [channels, height, width]. Every array that a function is given
// is used up by it, unless it is passed on as `.ref`: that is how the library knows when to free memory.
import { lax, nn, numpy as np } from "@jax-js/jax";
import { normals } from "./batches.js";

/**
 * @typedef {import("@jax-js/jax").Array} Tensor
 * A layer takes its own weights, kernel and bias, where it has any.
 * @typedef {{shapes: number[][], std: number, forward: (x: Tensor, weights: Tensor[]) => Tensor}} Layer
 * @typedef {{weights: Tensor[], forward: (weights: Tensor[], x: Tensor) => Tensor}} Net
 */

const SLOPE = 0.2;
const KERNEL = 4;
const STRIDE = 2;
/** On each side of a picture, for a convolution that halves it or, transposed, doubles it. */
const PADDING = /** @type {[number, number]} */ ([1, 1]);

/** Variance of the weights times what they sum up (He et al. 2015). */
const GAIN = { leakyrelu: 2 / (1 + SLOPE * SLOPE), linear: 1 };
/** @typedef {keyof typeof GAIN} Activation */

/** @param {import("../../../www/protocol.js").Experiment} experiment @param {number[]} shape  of an example
 * @returns {{generator: Net, discriminator: Net}} */
export function createNets({ noise, generator, discriminator }, shape) {
  return {
    generator: net(generator.kind === "mlp"
      ? mlp([noise.dims, ...generator.hidden, ...shape])
      : convGenerator(noise.dims, generator.channels, shape)),
    discriminator: net(discriminator.kind === "mlp"
      ? mlp([...shape, ...discriminator.hidden, 1])
      : convDiscriminator(discriminator.channels, shape)),
  };
}

/** @param {Layer[]} layers @returns {Net} */
function net(layers) {
  return {
    weights: layers.flatMap(({ shapes, std }) => shapes.map((shape) => (shape.length === 1 ? np.zeros(shape) : normal(shape, std)))),
    forward(weights, x) {
      let used = 0;
      return layers.reduce((value, { shapes, forward }) => {
        const own = weights.slice(used, used + shapes.length);
        used += shapes.length;
        return forward(value, own);
      }, x);
    },
  };
}

/** @param {number[]} shape @param {number} std */
function normal(shape, std) {
  return np.array(normals(shape.reduce((product, side) => product * side, 1), std), { shape });
}

/** @param {number[]} widths */
const mlp = (widths) => widths.slice(1).map((width, i) =>
  dense(widths[i], width, i === widths.length - 2 ? "linear" : "leakyrelu"));

/** @param {number} noise @param {number} channels @param {number[]} shape */
const convGenerator = (noise, channels, [colours, height, width]) => [
  dense(noise, (height / 4) * (width / 4) * 2 * channels, "leakyrelu"),
  reshape([2 * channels, height / 4, width / 4]),
  double(2 * channels, channels, "leakyrelu"),
  double(channels, colours, "linear"),
  plain(np.tanh),
];

/** @param {number} channels @param {number[]} shape */
const convDiscriminator = (channels, [colours, height, width]) => {
  const features = (height / 4) * (width / 4) * 2 * channels;
  return [
    halve(colours, channels, "leakyrelu"),
    halve(channels, 2 * channels, "leakyrelu"),
    reshape([features]),
    dense(features, 1, "linear"),
  ];
};

/** @param {(x: Tensor) => Tensor} forward @returns {Layer} */
const plain = (forward) => ({ shapes: [], std: 0, forward });

/** @param {number[]} shape  of an example @returns {Layer} */
const reshape = (shape) => plain((x) => x.reshape([x.shape[0], ...shape]));

/** @param {number} inputs @param {number} outputs @param {Activation} activation @returns {Layer} */
const dense = (inputs, outputs, activation) => ({
  shapes: [[inputs, outputs], [outputs]],
  std: Math.sqrt(GAIN[activation] / inputs),
  forward: (x, [kernel, bias]) => activate(np.matmul(x, kernel).add(bias), activation),
});

/** A convolution that halves a picture. @param {number} inputs @param {number} outputs @param {Activation} activation
 * @returns {Layer} */
const halve = (inputs, outputs, activation) => ({
  shapes: [[outputs, inputs, KERNEL, KERNEL], [outputs]],
  std: Math.sqrt(GAIN[activation] / (inputs * KERNEL * KERNEL)),
  forward: (x, [kernel, bias]) =>
    activate(lax.conv(x, kernel, [STRIDE, STRIDE], [PADDING, PADDING]).add(perChannel(bias)), activation),
});

/** A transposed convolution that doubles a picture. @param {number} inputs @param {number} outputs
 * @param {Activation} activation @returns {Layer} */
const double = (inputs, outputs, activation) => ({
  shapes: [[outputs, inputs, KERNEL, KERNEL], [outputs]],
  std: Math.sqrt(GAIN[activation] / (inputs * (KERNEL / STRIDE) ** 2)),
  forward: (x, [kernel, bias]) =>
    activate(lax.convTranspose(x, kernel, [STRIDE, STRIDE], [PADDING, PADDING]).add(perChannel(bias)), activation),
});

/** @param {Tensor} bias */
const perChannel = (bias) => bias.reshape([bias.shape[0], 1, 1]);

/** @param {Tensor} x @param {Activation} activation */
const activate = (x, activation) => (activation === "linear" ? x : nn.leakyRelu(x, SLOPE));
