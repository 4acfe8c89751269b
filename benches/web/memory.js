// Whether a run that goes on for long holds ever more: the module's heap, and the GPU's buffers. A tab that grows is ended by
// the browser sooner or later.
import { ask } from "./in-node/child.js";
import { NETS } from "./nets.js";
import { table, threeDigits, verdict } from "./table.js";

/**
 * @typedef {import("../../www/protocol.js").DeviceName} DeviceName
 * @typedef {import("./in-node/memory.js").Sample} Sample
 *
 * @typedef {object} MemoryResult
 * @property {DeviceName} device
 * @property {unknown} experiment
 * @property {string} [error]
 * @property {Sample[]} [samples]
 */

const FULL = { steps: 20_000, seconds: 240, samples: 40 };
const QUICK = { steps: 1000, seconds: 20, samples: 10 };
/** For the module to load, and the last step to end. */
const GRACE = 60;
/** About as many as the page does in the time from one report to the next. */
const STEPS_PER_REPORT = { cpu: 30, webgpu: 5 };
/** What the second half may add. Whatever grows with each step has doubled in it. */
const GROWTH = 0.01;

/** @param {{quick: boolean, say: (line: string) => void}} how
 * @returns {Promise<{results: MemoryResult[], failures: string[]}>} */
export async function measureMemory({ quick, say }) {
  const results = [];
  const { experiment } = NETS.A;
  for (const device of /** @type {DeviceName[]} */ (["cpu", "webgpu"])) {
    const terms = quick ? QUICK : FULL;
    say(`memory: ${terms.steps} steps on ${device}, or ${terms.seconds} s`);
    /** @type {MemoryResult} */
    const result = { device, experiment };
    try {
      const order = { experiment, device, ...terms, stepsPerReport: STEPS_PER_REPORT[device] };
      /** @type {Sample[]} */
      const samples = await ask("memory.js", order, terms.seconds + GRACE);
      if (samples.length < 2) throw new Error("too few steps to tell");
      result.samples = samples;
    } catch (cause) {
      result.error = cause instanceof Error ? cause.message : String(cause);
    }
    results.push(result);
  }
  const failures = results.filter(({ error }) => error !== undefined).map(({ device, error }) => `memory on ${device}: ${error}`);
  return { results, failures };
}

/** @param {MemoryResult[]} results */
export function memoryTable(results) {
  const rows = results.flatMap(({ device, samples }) => {
    if (!samples) return [[device, "failed, see below", "", "", "", "", ""]];
    const lines = [row(samples, "the module's heap, MiB", ({ heap }) => heap / 2 ** 20)];
    if (samples[0].buffers) {
      lines.push(row(samples, "GPU buffers alive", ({ buffers }) => buffers?.count ?? NaN));
      lines.push(row(samples, "their size, MiB", ({ buffers }) => (buffers?.bytes ?? NaN) / 2 ** 20));
    }
    const steps = `${device}, ${samples[samples.length - 1].step} steps`;
    return lines.map((line, i) => [i === 0 ? steps : "", ...line]);
  });
  const head = ["", "held", "at first", "first half", "second half", "growth", ""];
  return table(`Memory in a long run of net A; the second half must add at most ${GROWTH * 100} %`, head, rows);
}

/** What is held goes up and down by what a report has just asked for, so the most in a half is what counts.
 * @param {Sample[]} samples @param {string} name @param {(sample: Sample) => number} value */
function row(samples, name, value) {
  /** @param {number} from @param {number} to */
  const most = (from, to) => Math.max(...samples.slice(from * samples.length, to * samples.length).map(value));
  const [one, other] = [most(0, 0.5), most(0.5, 1)];
  const growth = other / one - 1;
  return [name, ...[value(samples[0]), one, other].map(threeDigits), `${(growth * 100).toFixed(2)} %`, verdict(growth <= GROWTH)];
}
