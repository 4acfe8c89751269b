// The page of one contender: starts the worker of the library that the address names, and passes on what run.mjs asks. Of
// the peak too, which no library is held to. It must stay idle otherwise, as another contender is being measured then.
/* global window, document, location, Worker */

/**
 * @typedef {"burn" | "tfjs" | "jax" | "ganlab"} Library
 * @typedef {import("./round.js").Order} Order
 *
 * @typedef {object} Contender
 * @property {(order: Order) => Promise<import("./round.js").Start>} start
 * @property {(seconds: number) => Promise<import("./round.js").Round>} round
 *
 * @typedef {{round: (order: import("./peak-worker.js").PeakOrder) => Promise<import("./peak-worker.js").PeakRound>}} Peak
 */

// Literal addresses, for the bundler to find.
const workers = {
  burn: () => new Worker(new URL("./burn-worker.js", import.meta.url), { type: "module" }),
  tfjs: () => new Worker(new URL("./tfjs-worker.js", import.meta.url), { type: "module" }),
  jax: () => new Worker(new URL("./jax-worker.js", import.meta.url), { type: "module" }),
  ganlab: () => new Worker(new URL("./ganlab-worker.js", import.meta.url), { type: "module" }),
};

/** @template R @param {Worker} worker @returns {(request: R) => Promise<any>} */
const connect = (worker) => (request) => new Promise((answer, reject) => {
  worker.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : answer(data.value));
  worker.onerror = (event) => reject(new Error(event.message || "its worker did not load"));
  worker.postMessage(request);
});

const wanted = new URLSearchParams(location.search);
const library = wanted.get("library");
// Without anything wanted this page is only somewhere to ask for the adapter's name.
if (wanted.has("peak")) {
  window.peak = { round: connect(new Worker(new URL("./peak-worker.js", import.meta.url), { type: "module" })) };
} else if (library !== null) {
  /** @type {(request: import("./round.js").Request) => Promise<any>} */
  const ask = connect(workers[/** @type {Library} */ (library)]());
  const assets = new URL("./", document.baseURI).href;
  window.contender = {
    start: (order) => ask({ type: "start", order, assets }),
    round: (seconds) => ask({ type: "round", seconds }),
  };
}
