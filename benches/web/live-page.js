// Part two: the page as a visitor has it, open and drawing, against the targets it was built to. It uses the page's
// handles (data-testid) alone, so that it measures any page that keeps them.
/* global window */
import { freshPage } from "./browser.js";
import { traceEmptyPage, traceFrames } from "./frames.js";
import { observe } from "./observe.js";
import { summarise } from "./statistics.js";
import { table, threeDigits, verdict, withRange } from "./table.js";
import { readWorkerClock, startWorkerClock } from "./worker-share.js";

/**
 * @typedef {import("./observe.js").Observed} Observed
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} hash
 * @property {number} stepsPerSecond  at least
 * @property {number} [modesWithin]  seconds, at most
 * @property {boolean} [sharesWorker]  whether steps are done in the worker's own time, and not on a GPU
 *
 * @typedef {object} PageResult
 * @property {string} name
 * @property {string} hash
 * @property {string} [error]
 * @property {import("./statistics.js").Summary} [stepsPerSecond]  as the page shows it
 * @property {number} [countedStepsPerSecond]  the step count's rise, over the frames' own times
 * @property {number} [picturesPerSecond]  frames that showed something new
 * @property {number} [steadySeconds]  for which long tasks and pictures were looked for
 * @property {number[]} [longTasks]  of the main thread in the steady state, milliseconds each
 * @property {import("./frames.js").Frames} [frames]
 * @property {import("./worker-share.js").Spent} [worker]
 * @property {number} [firstPictureSeconds]  since navigation
 * @property {number} [firstReportSeconds]  since play was pressed
 * @property {number | null} [allModesSeconds]  since play was pressed; null if it did not come about
 * @property {{modes: number, highQuality: number}} [atTheEnd]  of the steady state: did what was captured stay so?
 *
 * @typedef {{cases: PageResult[], emptyPage: import("./frames.js").Frames}} PageResults
 */

/** The targets are for two quiet cores and a software adapter. @type {Case[]} */
const CASES = [
  { name: "ring on the CPU", hash: "#data=ring&device=cpu&speed=max", stepsPerSecond: 220, modesWithin: 20, sharesWorker: true },
  { name: "digits on the CPU", hash: "#data=digits&device=cpu&speed=max", stepsPerSecond: 10, sharesWorker: true },
  { name: "ring on WebGPU", hash: "#data=ring&device=webgpu&speed=max", stepsPerSecond: 7 },
];
/** The ring's. */
const MODES = 8;
/** After the first report: by then the fonts, the charts and the compiled code are in place. */
const STEADY_AFTER = 3000;
const LONG_TASK = 50;
/** A second, at least, while training takes all it can get. */
const FRAMES = 60;
/** Milliseconds of the main thread's, for 95 % of the frames: half of what there is, for a slower machine. */
const FRAME_TIME = 8;
/** Of the worker's time, at least. */
const TRAINING_SHARE = 0.9;
const OPEN_LIMIT = 120_000;
/** Software WebGPU compiles its kernels in the first step. */
const REPORT_LIMIT = 300_000;

const FULL = { settle: 10_000, samples: 15, modesLimit: 60_000, traced: 5 };
const QUICK = { settle: 4000, samples: 4, modesLimit: 30_000, traced: 3 };

/** @param {{browser: import("@playwright/test").Browser, address: string, quick: boolean, say: (line: string) => void}} how
 * @returns {Promise<{results: PageResults, failures: string[]}>} */
export async function measurePage({ browser, address, quick, say }) {
  const times = quick ? QUICK : FULL;
  say("an empty page, to compare with");
  const emptyPage = await traceEmptyPage(browser, times.traced);
  const cases = [];
  for (const one of CASES) {
    say(`the page: ${one.name}`);
    const page = await freshPage(browser, `the page, ${one.name}`);
    /** @type {PageResult} */
    const result = { name: one.name, hash: one.hash };
    try {
      Object.assign(result, await measureCase(browser, page, address, one, times));
    } catch (cause) {
      // A page that has crashed cannot be asked; the cause itself is told all the same.
      const told = await page.getByTestId("error").allTextContents().then((texts) => texts.join(" ").trim(), () => "");
      result.error = [told && `the page says “${told}”`, cause instanceof Error ? cause.message : String(cause)]
        .filter(Boolean).join("; ");
    } finally {
      await page.close();
    }
    cases.push(result);
  }
  const failures = cases.filter(({ error }) => error).map(({ name, error }) => `the page, ${name}: ${error}`);
  return { results: { cases, emptyPage }, failures };
}

/** @param {import("@playwright/test").Browser} browser @param {import("@playwright/test").Page} page @param {string} address
 * @param {Case} one @param {typeof FULL} times @returns {Promise<Omit<PageResult, "name" | "hash">>} */
async function measureCase(browser, page, address, { hash, modesWithin }, { settle, samples, modesLimit, traced }) {
  /** @param {string} id */
  const number = async (id) => {
    const text = await page.getByTestId(id).textContent();
    if (!text || !Number.isFinite(Number(text))) throw new Error(`${id} shows “${text}”, which is no number`);
    return Number(text);
  };
  /** @param {keyof Observed} moment @param {number} timeout */
  const seen = (moment, timeout) =>
    page.waitForFunction((name) => window.observed[name] !== null, moment, { timeout, polling: 250 });

  await page.addInitScript(observe, { modes: MODES, playAtOnce: false });
  await page.goto(`${address}${hash}`);
  await seen("firstPicture", OPEN_LIMIT);
  // By the page's own clock, and not by a click from here, which takes its time to arrive.
  await page.evaluate(() => window.observed.play());
  await seen("firstReport", REPORT_LIMIT);
  await page.waitForTimeout(settle);

  const speeds = [];
  for (let i = 0; i < samples; i += 1) {
    await page.waitForTimeout(1000);
    speeds.push(await number("steps-per-second"));
  }
  if (modesWithin !== undefined) {
    await seen("allModes", modesLimit).catch((cause) => {
      // That the modes do not come is a figure as well; anything else is not.
      if (cause.name !== "TimeoutError") throw cause;
    });
  }
  const { firstPicture, played, firstReport, allModes, longTasks, news, now } = await page.evaluate(() => window.observed.result());
  // Last, so that neither the trace nor the clock is in any other figure.
  const frames = await traceFrames(browser, page, traced);
  const worker = await startWorkerClock(page);
  await page.waitForTimeout(traced * 1000);
  const spent = await readWorkerClock(worker);
  if (await page.getByTestId("error").textContent()) throw new Error("training did not go on undisturbed");
  const steadyFrom = firstReport + STEADY_AFTER;
  const steady = news.filter(({ time }) => time >= steadyFrom);
  if (steady.length < 2) throw new Error("the picture stood still");
  const [first, last] = [steady[0], steady[steady.length - 1]];
  const newsSeconds = (last.time - first.time) / 1000;
  return {
    stepsPerSecond: summarise(speeds),
    countedStepsPerSecond: (last.steps - first.steps) / newsSeconds,
    picturesPerSecond: (steady.length - 1) / newsSeconds,
    steadySeconds: (now - steadyFrom) / 1000,
    longTasks: longTasks.filter(({ start }) => start >= steadyFrom).map(({ duration }) => duration),
    frames,
    worker: spent,
    firstPictureSeconds: firstPicture / 1000,
    firstReportSeconds: (firstReport - played) / 1000,
    ...modesWithin === undefined ? {} : {
      allModesSeconds: allModes === null ? null : (allModes - played) / 1000,
      atTheEnd: { modes: await number("modes"), highQuality: await number("hq") },
    },
  };
}

/** @param {PageResults} results */
export function pageTable({ cases, emptyPage }) {
  const rows = cases.flatMap((result, i) => {
    const { stepsPerSecond, modesWithin, sharesWorker } = CASES[i];
    const { frames, worker } = result;
    if (result.error !== undefined || !result.stepsPerSecond || !result.longTasks || !frames || !worker) {
      return [[result.name, "failed, see below", "", "", ""]];
    }
    const tasks = result.longTasks;
    const longest = tasks.length === 0 ? "none" : `${tasks.length}, the longest ${Math.max(...tasks)} ms`;
    const lines = [
      ["steps a second", `${withRange(result.stepsPerSecond)}, counted ${threeDigits(result.countedStepsPerSecond ?? NaN)}`,
        `at least ${stepsPerSecond}`, verdict(result.stepsPerSecond.median >= stepsPerSecond)],
      ["pictures a second", threeDigits(result.picturesPerSecond ?? NaN), "", ""],
      [`main-thread tasks over ${LONG_TASK} ms in ${threeDigits(result.steadySeconds ?? NaN)} s`, longest, "none", verdict(tasks.length === 0)],
      ["main thread's tasks a frame, 95 % of frames, ms", `${threeDigits(frames.taskTime)}, computing ${threeDigits(frames.computing)}`,
        `under ${FRAME_TIME}`, verdict(frames.taskTime < FRAME_TIME)],
      ["frames a second", threeDigits(frames.perSecond), `at least ${FRAMES}`, verdict(Math.round(frames.perSecond) >= FRAMES)],
      ["navigation to first picture, s", threeDigits(result.firstPictureSeconds ?? NaN), "", ""],
      ["play to first report, s", threeDigits(result.firstReportSeconds ?? NaN), "", ""],
    ];
    if (sharesWorker) {
      const share = worker.step / worker.elapsed;
      const rest = [worker.report, worker.measure].map((spent) => `${(100 * spent / worker.elapsed).toFixed(1)} %`);
      lines.push(["training's share of the worker's time", `${(100 * share).toFixed(1)} % (reports ${rest[0]}, measures ${rest[1]})`,
        `at least ${100 * TRAINING_SHARE} %`, verdict(share >= TRAINING_SHARE)]);
    }
    if (modesWithin !== undefined) {
      const seconds = result.allModesSeconds ?? null;
      lines.push([`play to ${MODES} modes, s`, seconds === null ? "did not come" : threeDigits(seconds),
        `at most ${modesWithin}`, verdict(seconds !== null && seconds <= modesWithin)]);
      lines.push(["at the end", `${result.atTheEnd?.modes} modes, ${result.atTheEnd?.highQuality} of the fakes of high quality`, "", ""]);
    }
    return lines.map((line, row) => [row === 0 ? result.name : "", ...line]);
  });
  rows.push(["an empty page", "frames a second beside a busy worker", threeDigits(emptyPage.perSecond), "", ""]);
  return table("The page, open and drawing", ["", "", "figure", "target", ""], rows);
}
