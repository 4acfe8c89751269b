// What all contenders' workers have in common: they are started, and then asked for rounds. The clock is here and
// nowhere else, so that all are timed alike; how a step is made is the library's own file.
/* global self */
import { watchGpuDevice } from "../../../www/gpu-watch.js";

/**
 * @typedef {import("../../../www/protocol.js").Experiment} Experiment
 * @typedef {import("../../../www/protocol.js").DeviceName} DeviceName
 *
 * What a library reaches a device by; Burn's has the device's own name.
 * @typedef {"wasm" | "cpu" | "webgpu" | "webgl"} Backend
 * @typedef {{experiment: Experiment, device: DeviceName, backend: Backend}} Order
 * @typedef {{type: "start", order: Order, assets: string} | {type: "round", seconds: number}} Request
 *
 * A run of one library.
 * @typedef {object} Run
 * @property {() => void} step  issues one step of D and then of G
 * @property {() => Promise<Losses>} losses  of the last step, for which all of it must be done
 *
 * @typedef {{discriminator: number, generator: number}} Losses
 * @typedef {{seconds: number, losses: Losses}} Start  from a loaded script to the first step's losses
 * @typedef {{steps: number, seconds: number, stepsPerSecond: number, losses: Losses}} Round
 */

/** A round's warm-up, as a part of its time. */
const WARM_UP = 0.25;
const FEWEST_STEPS = 2;

const scope = /** @type {{postMessage(answer: {value: unknown} | {error: string}): void}} */ (/** @type {unknown} */ (self));

/** @param {(order: Order, assets: string) => Promise<Run>} create */
export function serve(create) {
  /** @param {unknown} cause */
  const fail = (cause) => scope.postMessage({ error: textOf(cause) });
  // A trap in one of a module's promises surfaces here alone.
  self.addEventListener("error", (event) => fail(event.error ?? event.message));
  self.addEventListener("unhandledrejection", (event) => fail(event.reason));

  /** @type {Run} */
  let run;
  self.addEventListener("message", async ({ data }) => {
    const request = /** @type {Request} */ (data);
    try {
      if (request.type === "start") {
        if (request.order.device === "webgpu") {
          // A GPU that reports an error trains nothing, however fast it is.
          watchGpuDevice({ given: () => {}, refused: fail, lost: fail, error: fail });
        }
        const start = performance.now();
        run = await create(request.order, request.assets);
        run.step();
        const losses = await finite(run);
        scope.postMessage({ value: { seconds: (performance.now() - start) / 1000, losses } });
      } else {
        scope.postMessage({ value: await round(run, request.seconds) });
      }
    } catch (cause) {
      fail(cause);
    }
  });
}

/** @param {Run} run @param {number} seconds @returns {Promise<Round>} */
async function round(run, seconds) {
  // Twice as many steps each time, so that the last ones say what a step costs once the queue is full.
  let warm = await train(run, 1);
  while (warm.seconds < WARM_UP * seconds) warm = await train(run, 2 * warm.steps);
  return train(run, Math.max(FEWEST_STEPS, Math.round(warm.stepsPerSecond * seconds)));
}

/** @param {Run} run @param {number} steps @returns {Promise<Round>} */
async function train(run, steps) {
  const start = performance.now();
  for (let i = 0; i < steps; i += 1) run.step();
  const losses = await finite(run);
  const seconds = (performance.now() - start) / 1000;
  return { steps, seconds, stepsPerSecond: steps / seconds, losses };
}

/** @param {Run} run @returns {Promise<Losses>} */
async function finite(run) {
  const losses = await run.losses();
  for (const [net, loss] of Object.entries(losses)) {
    if (!Number.isFinite(loss)) throw new Error(`the ${net}'s loss is ${loss}`);
  }
  return losses;
}

/** @param {unknown} cause */
function textOf(cause) {
  // The crate rejects with {code, detail}.
  if (typeof cause === "object" && cause !== null && "detail" in cause) return String(cause.detail);
  return cause instanceof Error ? cause.message : String(cause);
}
