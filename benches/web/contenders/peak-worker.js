// What one thread of this browser can compute at most, as near as a plain matrix product comes to it. The module is the
// order's (benches/peak), and its clock is its own, as it has no losses to wait for.
/* global self */

/**
 * @typedef {{wasm: string, size: number, seconds: number}} PeakOrder  the module's address, the side of its matrices
 * @typedef {{products: number, seconds: number, gflops: number}} PeakRound
 *
 * Multiplies two square matrices some times; what it returns depends on all of them.
 * @typedef {(size: number, times: number) => number} Matmul
 */

/** A round's warm-up, as a part of its time. */
const WARM_UP = 0.25;
/** Products in one call: few, as the browser's better code takes over between two calls, and not within one. */
const TIMES = 32;

const scope = /** @type {{postMessage(answer: {value: PeakRound} | {error: string}): void}} */ (/** @type {unknown} */ (self));

/** @type {Promise<Matmul> | undefined} */
let loading;

self.addEventListener("message", async ({ data }) => {
  const { wasm, size, seconds } = /** @type {PeakOrder} */ (data);
  try {
    const matmul = await (loading ??= load(wasm));
    multiply(matmul, size, WARM_UP * seconds);
    scope.postMessage({ value: multiply(matmul, size, seconds) });
  } catch (cause) {
    scope.postMessage({ error: cause instanceof Error ? cause.message : String(cause) });
  }
});

/** @param {string} wasm @returns {Promise<Matmul>} */
async function load(wasm) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(wasm));
  return /** @type {Matmul} */ (instance.exports.matmul);
}

/** @param {Matmul} matmul @param {number} size @param {number} least  seconds @returns {PeakRound} */
function multiply(matmul, size, least) {
  const start = performance.now();
  let products = 0;
  let seconds = 0;
  while (seconds < least) {
    const result = matmul(size, TIMES);
    if (!Number.isFinite(result)) throw new Error(`the matrix product is ${result}`);
    products += TIMES;
    seconds = (performance.now() - start) / 1000;
  }
  return { products, seconds, gflops: (products * 2 * size ** 3) / seconds / 1e9 };
}

// It has nothing to import, and is a module all the same: its names are its own.
export {};
