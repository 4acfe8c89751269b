// Pairs of GANs that are worth seeing side by side, as links: A's preset, and what B differs in. Their titles are in the texts.

/** @type {{name: string, hash: string}[]} */
export const PAIRS = [
  { name: "minimax", hash: "#preset=minimax&versus=objective:non-saturating" },
  { name: "penalty", hash: "#preset=wgan-clipping&versus=lipschitz.gradient_penalty:0.1;lipschitz.weight_clip:0" },
  { name: "r1", hash: "#preset=collapse&lipschitz.r1=0.1&versus=lipschitz.r1:0" },
  { name: "fast-d", hash: "#preset=healthy&versus=training.d_updates:5;training.g_learning_rate:0.00005" },
  { name: "packing", hash: "#preset=collapse&versus=stabilisers.packing:4" },
  { name: "average", hash: "#preset=ring&versus=stabilisers.ema_shown:false" },
];
