// The crate's nets (src/nets/) for jax-js. Convolutions are written as matrix products: the library's own train as well,
// but on the CPU some ninety times slower. Pictures are [height, width, channels]. Every array that a function is given is
// used up by it, unless it is passed on as `.ref`: that is how the library knows when to free memory.
import { nn, numpy as np } from "@jax-js/jax";
import { normals } from "./batches.js";

/**
 * @typedef {import("@jax-js/jax").Array} Tensor
 * A layer takes its own weights, kernel and bias, where it has any.
 * @typedef {{shapes: number[][], std: number, forward: (x: Tensor, weights: Tensor[]) => Tensor}} Layer
 * @typedef {{weights: Tensor[], forward: (weights: Tensor[], x: Tensor) => Tensor}} Net
 */

const SLOPE = 0.2;
/** Pixels under a kernel, of side 4: with a stride of 2 that is four blocks of four pixels each. */
const KERNEL = 16;
const BLOCK = 4;
/** Where the blocks under a kernel lie, in rows and columns of blocks. */
const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]];

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
const convGenerator = (noise, channels, [height, width, colours]) => [
  dense(noise, (height / 4) * (width / 4) * 2 * channels, "leakyrelu"),
  reshape([height / 4, width / 4, 2 * channels]),
  double(2 * channels, channels, "leakyrelu"),
  double(channels, colours, "linear"),
  plain(np.tanh),
];

/** @param {number} channels @param {number[]} shape */
const convDiscriminator = (channels, [height, width, colours]) => {
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

/** A convolution that halves a picture: what lies under the kernel at each place, times the kernel. @param {number} inputs
 * @param {number} outputs @param {Activation} activation @returns {Layer} */
const halve = (inputs, outputs, activation) => ({
  shapes: [[KERNEL * inputs, outputs], [outputs]],
  std: Math.sqrt(GAIN[activation] / (KERNEL * inputs)),
  forward(x, [kernel, bias]) {
    const [batch, height, width] = x.shape;
    const [rows, columns] = [height / 2, width / 2];
    const blocks = toBlocks(np.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]));
    const under = CORNERS.map(([y, x]) => blocks.ref.slice([], [y, y + rows], [x, x + columns], []));
    blocks.dispose();
    const patches = np.concatenate(under, 3).reshape([batch * rows * columns, KERNEL * inputs]);
    return activate(np.matmul(patches, kernel).add(bias), activation).reshape([batch, rows, columns, outputs]);
  },
});

/** A transposed convolution that doubles a picture: each place times the kernel, summed where kernels overlap.
 * @param {number} inputs @param {number} outputs @param {Activation} activation @returns {Layer} */
const double = (inputs, outputs, activation) => ({
  shapes: [[inputs, KERNEL * outputs], [outputs]],
  std: Math.sqrt(GAIN[activation] / (inputs * (KERNEL / BLOCK))),
  forward(x, [kernel, bias]) {
    const [batch, height, width] = x.shape;
    const spread = np.matmul(x.reshape([batch * height * width, inputs]), kernel).reshape([batch, height, width, KERNEL * outputs]);
    const blocks = np.split(spread, CORNERS.length, 3)
      .map((part, i) => {
        const [y, x] = CORNERS[i];
        return np.pad(part, [[0, 0], [y, 1 - y], [x, 1 - x], [0, 0]]);
      })
      .reduce((sum, part) => sum.add(part));
    const wide = fromBlocks(blocks).slice([], [1, 2 * height + 1], [1, 2 * width + 1], []);
    return activate(wide.add(bias), activation);
  },
});

/** Every two by two pixels as one with four times the channels. @param {Tensor} x */
function toBlocks(x) {
  const [batch, height, width, channels] = x.shape;
  return x.reshape([batch, height / 2, 2, width / 2, 2, channels]).transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, height / 2, width / 2, BLOCK * channels]);
}

/** The inverse. @param {Tensor} blocks */
function fromBlocks(blocks) {
  const [batch, rows, columns, width] = blocks.shape;
  const channels = width / BLOCK;
  return blocks.reshape([batch, rows, columns, 2, 2, channels]).transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, 2 * rows, 2 * columns, channels]);
}

/** @param {Tensor} x @param {Activation} activation */
const activate = (x, activation) => (activation === "linear" ? x : nn.leakyRelu(x, SLOPE));
