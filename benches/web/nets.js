// What is trained for the figures, by whom, and what is aimed at. The experiments are the page's presets with the
// fields changed that every contender must have alike; what the contenders cannot do is switched off.
import { readFileSync } from "node:fs";

/**
 * @typedef {import("../../www/protocol.js").Experiment} Experiment
 * @typedef {import("../../www/protocol.js").DeviceName} DeviceName
 * @typedef {import("./contenders/page.js").Library} Library
 * @typedef {import("./contenders/round.js").Backend} Backend
 *
 * @typedef {"A" | "B" | "ganlab"} NetName
 *
 * What Burn's speed over a peer's should be.
 * @typedef {{text: string, met: (ratio: number) => boolean}} Target
 *
 * One library on one of its backends.
 * @typedef {{name: string, library: Library, backend: Backend, target?: Target}} Contender
 *
 * Contenders that take turns at the same net.
 * @typedef {object} Contest
 * @property {NetName} net
 * @property {DeviceName} device  Burn's; its peers use the same one, whatever they reach it by
 * @property {Experiment} experiment
 * @property {Contender} burn
 * @property {Contender[]} peers
 * @property {Target} [fastest]  against the fastest of the peers, whichever it is
 */

/** @type {import("../../www/fields.js").Catalogue} */
const { presets } = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

/** A preset as the plain GAN that everybody can train: one update each, non-saturating, no penalty, no average.
 * @param {string} preset @returns {Experiment} */
function plain(preset) {
  const found = presets.find(({ name }) => name === preset);
  if (!found) throw new Error(`the page has no preset ${preset}`);
  const { experiment } = found;
  return {
    ...experiment,
    conditional: false,
    objective: { kind: "non-saturating", label_smoothing: 0 },
    lipschitz: { gradient_penalty: 0, r1: 0, r2: 0, weight_clip: 0, spectral_norm: false },
    schedule: { kind: "constant" },
    training: { ...experiment.training, d_updates: 1, g_updates: 1 },
    stabilisers: { ...experiment.stabilisers, d_head_start: 0, packing: 1, instance_noise: 0, gradient_clip: 0, ema_half_life: 0 },
  };
}

/** One kind of net for both. @param {import("../../www/protocol.js").Net} net */
const both = (net) => ({ generator: net, discriminator: net });

const ring = plain("healthy");
const digits = plain("digits");

/** @type {Record<NetName, {name: string, about: string, experiment: Experiment}>} */
export const NETS = {
  A: {
    name: "A: ring",
    about: "ring, noise 8, hidden 64-64, batch 128",
    experiment: {
      ...ring,
      ...both({ kind: "mlp", hidden: [64, 64], activation: "leaky-relu" }),
      noise: { ...ring.noise, dims: 8 },
      training: { ...ring.training, batch: 128 },
    },
  },
  B: {
    name: "B: digits",
    about: "digits, DCGAN of 32 channels, batch 64",
    experiment: {
      ...digits,
      ...both({ kind: "conv", channels: 32, activation: "leaky-relu" }),
      training: { ...digits.training, batch: 64 },
    },
  },
  // As GAN Lab starts (https://github.com/poloclub/ganlab). The one hidden layer that its panel shows comes after a
  // first that is always there, so that both of its nets have two of 8.
  ganlab: {
    name: "GAN Lab's net",
    about: "ring, noise 2, hidden 8-8, batch 150, SGD",
    experiment: {
      ...ring,
      ...both({ kind: "mlp", hidden: [8, 8], activation: "relu" }),
      // Within what a tanh reaches.
      data: { kind: "ring", modes: 8, radius: 0.5, sigma: 0.05 },
      noise: { dims: 2, distribution: "uniform" },
      output: "tanh",
      objective: { kind: "non-saturating", label_smoothing: 0.05 },
      optimiser: { kind: "sgd" },
      training: { ...ring.training, batch: 150, d_updates: 2, d_learning_rate: 0.1, g_learning_rate: 0.1 },
    },
  },
};

/** @param {number} factor @returns {Target} */
const atLeast = (factor) => ({ text: `at least ${factor}`, met: (ratio) => ratio >= factor });
/** @param {number} factor @returns {Target} */
const over = (factor) => ({ text: `over ${factor}`, met: (ratio) => ratio > factor });

const BACKENDS = { wasm: "WASM", cpu: "plain JavaScript", webgpu: "WebGPU", webgl: "WebGL" };
/** @param {string} name @param {Library} library @returns {(backend: Backend, target?: Target) => Contender} */
const peer = (name, library) => (backend, target) => ({ name: `${name}, ${BACKENDS[backend]}`, library, backend, target });
const tfjs = peer("TensorFlow.js", "tfjs");
const jax = peer("jax-js", "jax");
const ganlab = peer("GAN Lab", "ganlab");

/** @param {NetName} net @param {DeviceName} device @param {Contender[]} peers @param {Target} [fastest]
 * @returns {Contest} */
const contest = (net, device, peers, fastest) => ({
  net, device, peers, fastest, experiment: NETS[net].experiment, burn: { name: "Burn", library: "burn", backend: device },
});

export const CONTESTS = [
  contest("A", "cpu", [tfjs("wasm", atLeast(6)), tfjs("cpu"), jax("wasm", atLeast(30))]),
  contest("A", "webgpu", [tfjs("webgpu", atLeast(4)), tfjs("webgl"), jax("webgpu", over(1))]),
  contest("B", "cpu", [tfjs("wasm"), tfjs("cpu"), jax("wasm")], atLeast(2)),
  contest("B", "webgpu", [tfjs("webgpu", atLeast(4)), tfjs("webgl"), jax("webgpu", over(1))]),
  contest("ganlab", "cpu", [ganlab("wasm"), ganlab("cpu")]),
  contest("ganlab", "webgpu", [ganlab("webgpu"), ganlab("webgl")]),
];
