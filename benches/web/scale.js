// What a step costs as the nets, the batch and the pictures grow: for each size one point, on a page of Burn's contender, and
// for all of them a plot. A point that lies far above where its neighbours' slope leads is a cliff, and worth a look.
/* global window */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshPage, within } from "./browser.js";
import { NETS } from "./nets.js";
import { writeNoisePictures } from "./noise-pictures.js";
import { plot } from "./scale-plot.js";
import { summarise } from "./statistics.js";
import { table, threeDigits } from "./table.js";

/**
 * @typedef {import("../../www/protocol.js").DeviceName} DeviceName
 * @typedef {import("./nets.js").Experiment} Experiment
 *
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} of  the net
 * @property {number[]} sizes  one after another, ever larger
 * @property {DeviceName[]} devices
 * @property {(size: number, folder: string) => Experiment} experiment
 *
 * @typedef {object} Point
 * @property {number} size
 * @property {import("./statistics.js").Summary} milliseconds  a step
 * @property {number} [cliff]  by how much it is above where its neighbours' slope leads, where that is far
 *
 * @typedef {{axis: string, of: string, device: DeviceName, points: Point[], error?: string}} Series
 */

/** @type {Axis[]} */
const AXES = [
  { name: "width", of: "net A", sizes: [16, 32, 64, 128, 256, 512], devices: ["cpu", "webgpu"],
    experiment: (size) => withHidden([size, size]) },
  { name: "batch", of: "net A", sizes: [16, 32, 64, 128, 256, 512, 1024], devices: ["cpu", "webgpu"],
    experiment: (size) => withBatch(size) },
  { name: "hidden layers", of: "net A", sizes: [1, 2, 3, 4, 5], devices: ["cpu", "webgpu"],
    experiment: (size) => withHidden(Array(size).fill(64)) },
  // Software WebGPU takes seconds for a step of these.
  { name: "channels", of: "net B", sizes: [4, 8, 16, 32, 64], devices: ["cpu"],
    experiment: (size) => withChannels(size) },
  { name: "side of a picture", of: "net B", sizes: [16, 24, 32, 48, 64], devices: ["cpu"],
    experiment: (size, folder) => ({ ...NETS.B.experiment, data: writeNoisePictures(folder, size) }) },
];

const FULL = { warmUp: 2, rounds: 3, seconds: 0.6, sizes: Infinity };
const QUICK = { warmUp: 0.5, rounds: 1, seconds: 0.2, sizes: 3 };
/** Software WebGPU compiles for a while, and then may take seconds for one step. */
const LIMIT = 300;
/** Milliseconds a step, after which larger sizes would take minutes to say what this one has said. */
const SLOWEST = 1000;
/** Where the cost is a fixed part and one that grows with a size's square, a doubling is at most 1.5625 times what the
 * doubling before it leads to: more than that is no smooth growth. */
const CLIFF = 1.6;

/** @param {number[]} hidden */
function withHidden(hidden) {
  const experiment = structuredClone(NETS.A.experiment);
  for (const net of [experiment.generator, experiment.discriminator]) Object.assign(net, { hidden });
  return experiment;
}

/** @param {number} batch */
function withBatch(batch) {
  const experiment = structuredClone(NETS.A.experiment);
  experiment.training.batch = batch;
  return experiment;
}

/** @param {number} channels */
function withChannels(channels) {
  const experiment = structuredClone(NETS.B.experiment);
  for (const net of [experiment.generator, experiment.discriminator]) Object.assign(net, { channels });
  return experiment;
}

/** The plot and its figures go to `into`. `folder` is what `address` serves.
 * @param {{browser: import("@playwright/test").Browser, address: string, folder: string, into: string, quick: boolean,
 *   say: (line: string) => void}} how
 * @returns {Promise<{results: Series[], failures: string[]}>} */
export async function measureScale(how) {
  const results = [];
  for (const axis of AXES) {
    for (const device of axis.devices) results.push(await measureSeries(how, axis, device));
  }
  writeFileSync(join(how.into, "scale.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(how.into, "scale.svg"), plot(results));
  const failures = results.filter(({ error }) => error !== undefined)
    .map(({ axis, device, error }) => `scale, ${axis} on ${device}: ${error}`);
  return { results, failures };
}

/** @param {Parameters<typeof measureScale>[0]} how @param {Axis} axis @param {DeviceName} device @returns {Promise<Series>} */
async function measureSeries({ browser, address, folder, quick, say }, axis, device) {
  const { warmUp, rounds, seconds, sizes } = quick ? QUICK : FULL;
  /** @type {Series} */
  const series = { axis: axis.name, of: axis.of, device, points: [] };
  // One page for all of them: the kernels of one size are mostly those of the next, and software compiles them for long.
  const page = await freshPage(browser, `${axis.name} on ${device}`);
  try {
    await page.goto(`${address}?library=burn`);
    for (const size of axis.sizes.slice(0, sizes)) {
      const experiment = axis.experiment(size, folder);
      const started = page.evaluate((order) => window.contender.start(order), { experiment, device, backend: device });
      await within(started, LIMIT, "its first step");
      /** @param {number} time */
      const round = async (time) => {
        const done = page.evaluate((wanted) => window.contender.round(wanted), time);
        return (await within(done, LIMIT, "a round")).stepsPerSecond;
      };
      // The browser goes on compiling for a while: the first size must not pay for that.
      if (series.points.length === 0) await round(warmUp);
      const speeds = [];
      for (let i = 0; i < rounds; i += 1) speeds.push(await round(seconds));
      const milliseconds = summarise(speeds.map((speed) => 1000 / speed));
      series.points.push({ size, milliseconds });
      say(`${axis.name} ${size} on ${device}: ${threeDigits(milliseconds.median)} ms a step`);
      if (milliseconds.median > SLOWEST) break;
    }
  } catch (cause) {
    series.error = cause instanceof Error ? cause.message : String(cause);
  } finally {
    await page.close();
  }
  markCliffs(series.points);
  return series;
}

/** @param {Point[]} points */
function markCliffs(points) {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ milliseconds }) => Math.log(milliseconds.median));
  /** @param {number} from @param {number} to */
  const slope = (from, to) => (y[to] - y[from]) / (x[to] - x[from]);
  for (let i = 1; i < points.length; i += 1) {
    // From the two before it; the second one has only those after it.
    const leads = i >= 2 ? slope(i - 2, i - 1) : i + 1 < points.length ? slope(i, i + 1) : undefined;
    if (leads === undefined) continue;
    // That a smaller size was slow by chance is no promise that a larger one is fast.
    const above = Math.exp(y[i] - (y[i - 1] + Math.max(0, leads) * (x[i] - x[i - 1])));
    if (above > CLIFF) points[i].cliff = above;
  }
}

/** @param {Series[]} results */
export function scaleTable(results) {
  const rows = results.map(({ axis, of, device, points, error }) => {
    const cliffs = points.filter(({ cliff }) => cliff !== undefined)
      .map(({ size, cliff }) => `at ${size}, ${threeDigits(cliff ?? NaN)} times`).join("; ");
    const shown = points.map(({ size, milliseconds }) => `${size}: ${threeDigits(milliseconds.median)}`).join("  ");
    return [`${axis}, ${of}`, device, error === undefined ? shown : "failed, see below", cliffs || "none"];
  });
  return table("A step's milliseconds by size: median", ["", "device", "size: ms", `cliffs, over ${CLIFF} times`], rows);
}
