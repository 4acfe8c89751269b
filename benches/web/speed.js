// Part one: how fast Burn and TensorFlow.js train the same GANs. Each has a page and a worker of its own, they take
// turns, and nothing is drawn. It must not know how either works: see contenders/.
/* global window */
import { readFileSync } from "node:fs";
import { freshPage, within } from "./browser.js";
import { summarise, summariseRatios } from "./statistics.js";
import { table, threeDigits, withRange } from "./table.js";

/**
 * @typedef {import("./contenders/round.js").Start} Start
 * @typedef {import("./contenders/round.js").Round} Round
 * @typedef {import("./contenders/page.js").Library} Library
 * @typedef {import("../../www/protocol.js").DeviceName} DeviceName
 * @typedef {import("../../www/fields.js").DataKind} DataKind
 *
 * @typedef {object} LibraryResult
 * @property {string} [error]  in its own words, where it could not train
 * @property {Start} [start]
 * @property {Round[]} rounds
 * @property {import("./statistics.js").Summary} [stepsPerSecond]
 *
 * @typedef {object} SpeedResult
 * @property {DataKind} data
 * @property {DeviceName} device
 * @property {unknown} experiment
 * @property {Record<Library, LibraryResult>} libraries
 * @property {import("./statistics.js").Summary} [ratio]  Burn's speed over TensorFlow.js's, round by round
 */

/** @type {Library[]} */
const LIBRARIES = ["burn", "tfjs"];
const NAMES = { burn: "Burn", tfjs: "TensorFlow.js" };
/** @type {DataKind[]} */
const DATA = ["ring", "digits"];
/** @type {DeviceName[]} */
const DEVICES = ["cpu", "webgpu"];

const FULL = { rounds: 5, seconds: 4 };
const QUICK = { rounds: 2, seconds: 1 };
/** Software WebGPU compiles for a while, and then takes seconds for one step. */
const START_LIMIT = 300;
const ROUND_LIMIT = 300;

/** @type {import("../../www/fields.js").Catalogue} */
const { presets, starts } = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

/** @param {{browser: import("@playwright/test").Browser, address: string, quick: boolean, say: (line: string) => void}} how
 * @returns {Promise<{results: SpeedResult[], failures: string[]}>} */
export async function measureSpeed(how) {
  const results = [];
  for (const data of DATA) {
    for (const device of DEVICES) results.push(await measurePair(how, data, device));
  }
  const failures = results
    .filter(({ libraries }) => libraries.burn.error !== undefined)
    .map(({ data, device, libraries }) => `Burn, ${data} on ${device}: ${libraries.burn.error}`);
  return { results, failures };
}

/** @param {Parameters<typeof measureSpeed>[0]} how @param {DataKind} data @param {DeviceName} device */
async function measurePair({ browser, address, quick, say }, data, device) {
  const { rounds, seconds } = quick ? QUICK : FULL;
  // What the page starts with for this kind of data.
  const experiment = presets.find(({ name }) => name === starts[data])?.experiment;
  if (!experiment) throw new Error(`the page has no preset for ${data}`);
  /** @type {SpeedResult} */
  const result = { data, device, experiment, libraries: { burn: { rounds: [] }, tfjs: { rounds: [] } } };
  const pages = await Promise.all(LIBRARIES.map(async (library) => {
    const page = await freshPage(browser, `${NAMES[library]}, ${data} on ${device}`);
    await page.goto(`${address}?library=${library}`);
    return { library, page, own: result.libraries[library] };
  }));
  try {
    for (const { library, page, own } of pages) {
      say(`${data} on ${device}: ${NAMES[library]} starts`);
      await noting(own, async () => {
        const started = page.evaluate((order) => window.contender.start(order), { experiment, device });
        own.start = await within(started, START_LIMIT, "its first step");
      });
    }
    for (let round = 1; round <= rounds; round += 1) {
      for (const { library, page, own } of pages.filter(({ own }) => own.error === undefined)) {
        await noting(own, async () => {
          const done = page.evaluate((time) => window.contender.round(time), seconds);
          own.rounds.push(await within(done, ROUND_LIMIT, "a round"));
          const speed = threeDigits(own.rounds[own.rounds.length - 1].stepsPerSecond);
          say(`${data} on ${device}: round ${round} of ${rounds}, ${NAMES[library]}, ${speed} steps a second`);
        });
      }
    }
  } finally {
    await Promise.all(pages.map(({ page }) => page.close()));
  }

  const [ours, theirs] = LIBRARIES.map((library) => {
    const own = result.libraries[library];
    const speeds = own.rounds.map(({ stepsPerSecond }) => stepsPerSecond);
    if (own.error === undefined) own.stepsPerSecond = summarise(speeds);
    return own.error === undefined ? speeds : undefined;
  });
  if (ours && theirs) result.ratio = summariseRatios(ours, theirs);
  return result;
}

/** Runs it; what goes wrong is that library's result, and the other goes on.
 * @param {LibraryResult} own @param {() => Promise<void>} work */
async function noting(own, work) {
  try {
    await work();
  } catch (cause) {
    own.error = (cause instanceof Error ? cause.message : String(cause)).replace(/^page\.evaluate: (Error: )?/, "").split("\n")[0];
  }
}

/** @param {SpeedResult[]} results */
export function speedTable(results) {
  const rows = results.map(({ data, device, libraries, ratio }) => [
    data, device, ...LIBRARIES.map((library) => cell(libraries[library])), ratio ? withRange(ratio) : "-",
    LIBRARIES.map((library) => start(libraries[library])).join(" / "),
  ]);
  const notes = results.flatMap(({ data, device, libraries }) => LIBRARIES
    .filter((library) => libraries[library].error !== undefined)
    .map((library) => `  ${NAMES[library]} cannot train ${data} on ${device}: ${libraries[library].error}`));
  const head = ["data", "device", ...LIBRARIES.map((library) => NAMES[library]), "Burn / TensorFlow.js", "first step, s"];
  return [table("Training alone, steps a second: median (least to most)", head, rows), ...notes].join("\n");
}

/** @param {LibraryResult} result */
const cell = ({ stepsPerSecond }) => (stepsPerSecond ? withRange(stepsPerSecond) : "cannot, see below");

/** @param {LibraryResult} result */
const start = (result) => (result.start ? threeDigits(result.start.seconds) : "-");
