// In a process of its own: what one step asks of the GPU, and how long the asking takes.
import { answer } from "./child.js";
import { countGpuCalls } from "./gpu-calls.js";
import { emptyReading, giveNullGpu, makePlayground } from "./playground.js";

/**
 * @typedef {{experiment: import("./playground.js").Experiment, warmUp: number, rounds: number, steps: number}} Order
 *
 * @typedef {object} Issued
 * @property {import("./gpu-calls.js").GpuCalls} calls  a step
 * @property {number[]} milliseconds  a step, round by round
 */

/** @param {Order} order @returns {Promise<Issued>} */
async function issue({ experiment, warmUp, rounds, steps }) {
  giveNullGpu();
  const { playground } = await makePlayground(experiment, "webgpu");
  /** @param {number} count */
  const train = (count) => {
    for (let i = 0; i < count; i += 1) playground.step();
  };
  // By then the kernels are compiled, and the code that issues them is as fast as it gets.
  train(warmUp);
  // The losses are kept on the device until they are read. It is not asked for inside the time, as it is no part of a step.
  await emptyReading(playground.report());

  const counting = countGpuCalls();
  train(steps);
  counting.stop();
  const calls = /** @type {import("./gpu-calls.js").GpuCalls} */ (
    Object.fromEntries(Object.entries(counting.calls).map(([name, count]) => [name, count / steps]))
  );
  await emptyReading(playground.report());

  const milliseconds = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    train(steps);
    milliseconds.push((performance.now() - start) / steps);
    await emptyReading(playground.report());
  }
  return { calls, milliseconds };
}

answer(issue);
