// Pairs of GANs that are worth seeing side by side, as links: A's preset, and what B differs in. Their titles are in the texts.

/** @type {{name: string, hash: string}[]} */
export const PAIRS = [
  { name: "minimax", hash: "#preset=minimax&versus=objective:non-saturating" },
  { name: "penalty", hash: "#preset=wgan-gp&optimiser=rms-prop&optimiser.decay=0.99&lipschitz.gradient_penalty=0&lipschitz.weight_clip=0.01"
    + "&versus=lipschitz.weight_clip:0;lipschitz.gradient_penalty:0.1" },
  { name: "r1", hash: "#preset=healthy&versus=lipschitz.r1:0" },
  { name: "fast-d", hash: "#preset=healthy&versus=training.d_learning_rate:0.01" },
  { name: "packing", hash: "#preset=collapse&versus=stabilisers.packing:4" },
  { name: "average", hash: "#preset=ring&versus=stabilisers.ema_shown:false" },
];
