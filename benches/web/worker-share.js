// How the page's worker spends its time while it trains. It asks the worker for the module that it hands out to whoever wants to
// look (`Shared` in www/worker.js), and puts a clock around its calls: two readings a call, and nothing else is changed.
/* global self */

/**
 * Milliseconds in each of the module's calls, and in all since the clock was started.
 * @typedef {{step: number, report: number, measure: number, elapsed: number}} Spent
 * @typedef {import("@playwright/test").Worker} Worker
 */

/** @param {import("@playwright/test").Page} page @returns {Promise<Worker>}  the page's that trains, its clock running */
export async function startWorkerClock(page) {
  for (const worker of page.workers()) {
    if (await worker.evaluate(putClock)) return worker;
  }
  throw new Error("the page has no worker with a module in it");
}

/** @param {Worker} worker @returns {Promise<Spent>} */
export function readWorkerClock(worker) {
  return worker.evaluate(() => /** @type {any} */ (self).readClock());
}

/** Sent to the worker as text, so it may use nothing from outside itself. */
function putClock() {
  const scope = /** @type {any} */ (self);
  if (!scope.wasmModule) return false;
  const { prototype } = scope.wasmModule.Playground;
  const start = performance.now();
  /** @type {Record<string, number>} */
  const spent = { step: 0, report: 0, measure: 0 };
  for (const name of Object.keys(spent)) {
    const original = prototype[name];
    /** @this {unknown} @param {unknown[]} args */
    prototype[name] = function timed(...args) {
      const begin = performance.now();
      const note = () => { spent[name] += performance.now() - begin; };
      const result = original.apply(this, args);
      if (result instanceof Promise) result.then(note, note);
      else note();
      return result;
    };
  }
  scope.readClock = () => ({ ...spent, elapsed: performance.now() - start });
  return true;
}
