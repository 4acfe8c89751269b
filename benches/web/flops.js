// What a training step has to compute: the multiplications and the additions of its layers, each counted. Biases, activations,
// losses and optimisers are left out, so it is a little less than all that is done. It follows src/nets/ and src/train/.
import { readFileSync } from "node:fs";

/**
 * @typedef {import("../../www/protocol.js").Experiment} Experiment
 * @typedef {import("../../www/protocol.js").Data} Data
 *
 * Multiply-adds of one example going forward, layer by layer.
 * @typedef {number[]} Layers
 */

/** Pixels under a kernel of side 4. */
const KERNEL = 16;

/** @param {Experiment} experiment  a plain one: no classes, no packing, no penalty @returns {number} */
export function flopsOfStep({ data, noise, generator, discriminator, training }) {
  const shape = shapeOf(data);
  const g = cost(generator.kind === "mlp"
    ? dense([noise.dims, ...generator.hidden, features(shape)])
    : convolutions(generator, noise.dims, shape).reverse());
  const d = cost(discriminator.kind === "mlp"
    ? dense([features(shape), ...discriminator.hidden, 1])
    : convolutions(discriminator, 1, shape));

  // D learns from as many fakes as real examples, and nothing of it goes on into G.
  const discriminatorPhase = g.forward + 2 * (d.forward + d.weights + d.innerInputs);
  // The gradient goes through D, which is frozen, down to the fakes.
  const generatorPhase = g.forward + d.forward + d.inputs + g.weights + g.innerInputs;
  const multiplyAdds = training.batch * (training.d_updates * discriminatorPhase + training.g_updates * generatorPhase);
  return 2 * multiplyAdds;
}

/** Either gradient of a product costs what the product does. Nobody needs that of the first layer's inputs, unless another
 * net is below. @param {Layers} layers */
function cost(layers) {
  const forward = layers.reduce((sum, layer) => sum + layer, 0);
  return { forward, weights: forward, inputs: forward, innerInputs: forward - layers[0] };
}

/** @param {number[]} widths @returns {Layers} */
const dense = (widths) => widths.slice(1).map((width, i) => widths[i] * width);

/** D's layers; G's are the same ones from the other end. A convolution, transposed or not, multiplies at each place of its
 * smaller side every channel there with every pixel and channel under the kernel, padding as well.
 * @param {import("../../www/protocol.js").Net} net @param {number} ends  numbers at the dense end @param {number[]} shape
 * @returns {Layers} */
function convolutions(net, ends, [height, width, colours]) {
  if (net.kind !== "conv") throw new Error(`nobody has counted what ${net.kind} computes`);
  const { channels } = net;
  const quarter = (height / 2) * (width / 2);
  const sixteenth = quarter / 4;
  return [
    quarter * colours * channels * KERNEL,
    sixteenth * channels * (2 * channels) * KERNEL,
    sixteenth * (2 * channels) * ends,
  ];
}

/** @param {number[]} shape */
const features = (shape) => shape.reduce((product, side) => product * side, 1);

/** Of an example. @param {Data} data @returns {number[]} */
function shapeOf({ kind }) {
  if (kind === "ring") return [2];
  const manifest = new URL(`../../assets/datasets/${kind}/manifest.json`, import.meta.url);
  const { image } = JSON.parse(readFileSync(manifest, "utf8"));
  return [image.height, image.width, image.channels];
}
