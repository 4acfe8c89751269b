// In a process of its own: what one step asks of the GPU, and how long the asking takes.
import { answer } from "./child.js";
import { countGpuCalls } from "./gpu-calls.js";
import { emptyReading, giveNullGpu, makePlayground } from "./playground.js";

/**
 * @typedef {{experiment: import("./playground.js").Experiment, warmUp: number, rounds: number, turns: number}} Order
 *
 * @typedef {object} Issued
 * @property {import("./gpu-calls.js").GpuCalls} calls  a step
 * @property {number[]} milliseconds  a step, round by round
 */

/** Steps between two reports, as in a turn of the page's worker: without one, what is done with is never given back. */
const TURN = 25;

/** @param {Order} order @returns {Promise<Issued>} */
async function issue({ experiment, warmUp, rounds, turns }) {
  giveNullGpu();
  const { playground } = await makePlayground(experiment, "webgpu");
  /** The report is no part of a step. @param {number} count @returns {Promise<number>} milliseconds that the steps took */
  const train = async (count) => {
    let spent = 0;
    for (let turn = 0; turn < count; turn += 1) {
      const start = performance.now();
      for (let i = 0; i < TURN; i += 1) playground.step();
      spent += performance.now() - start;
      await emptyReading(playground.report());
    }
    return spent;
  };
  // By then the kernels are compiled, and the code that issues them is as fast as it gets.
  await train(warmUp);

  // What Burn holds back at the end of what is counted is then as much as at its start.
  for (let i = 0; i < TURN; i += 1) playground.step();
  const counting = countGpuCalls();
  for (let i = 0; i < TURN; i += 1) playground.step();
  counting.stop();
  const calls = /** @type {import("./gpu-calls.js").GpuCalls} */ (
    Object.fromEntries(Object.entries(counting.calls).map(([name, count]) => [name, count / TURN]))
  );
  await emptyReading(playground.report());

  const milliseconds = [];
  for (let round = 0; round < rounds; round += 1) milliseconds.push(await train(turns) / (turns * TURN));
  return { calls, milliseconds };
}

answer(issue);
