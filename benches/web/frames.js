// What a page's main thread does for each frame that it draws, from the browser's own trace: every task it ran, and which of
// them were frames. The trace costs little as long as it has these two kinds of events alone.
/* global document, requestAnimationFrame, Worker */
import { freshPage } from "./browser.js";

/**
 * Of a trace: microseconds, by the clock and by what the thread really ran.
 * @typedef {{name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number}} TraceEvent
 *
 * @typedef {object} Frames
 * @property {number} seconds
 * @property {number} perSecond
 * @property {number} taskTime  of all tasks from one frame to the next, milliseconds: what 95 % of the frames stay below
 * @property {number} computing  the same without what others had the processor for
 */

/** Tasks, and the callbacks of animation frames. */
const CATEGORIES = ["disabled-by-default-devtools.timeline", "devtools.timeline"];
const PART = 0.95;
const FEWEST = 20;

/** @param {import("@playwright/test").Browser} browser @param {import("@playwright/test").Page} page @param {number} seconds
 * @returns {Promise<Frames>} */
export async function traceFrames(browser, page, seconds) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.waitForTimeout(seconds * 1000);
  const trace = await browser.stopTracing();
  return framesOf(JSON.parse(trace.toString()).traceEvents);
}

/** The same of a page with a square that moves in it, and a worker that never rests: what this machine's browser comes to at most.
 * @param {import("@playwright/test").Browser} browser @param {number} seconds @returns {Promise<Frames>} */
export async function traceEmptyPage(browser, seconds) {
  const page = await freshPage(browser, "an empty page");
  try {
    await page.evaluate(() => {
      new Worker(URL.createObjectURL(new Blob(["for (;;);"])));
      const square = document.createElement("div");
      square.style.cssText = "position: absolute; width: 100px; height: 100px; background: #000";
      document.body.append(square);
      const move = () => {
        square.style.left = `${performance.now() % 1000}px`;
        requestAnimationFrame(move);
      };
      move();
    });
    return await traceFrames(browser, page, seconds);
  } finally {
    await page.close();
  }
}

/** @param {TraceEvent[]} events @returns {Frames} */
export function framesOf(events) {
  const drawn = events.filter(({ name }) => name === "FireAnimationFrame");
  if (drawn.length < FEWEST) throw new Error(`the trace has ${drawn.length} frames, too few to tell`);
  // Only the page's main thread has any.
  const { pid, tid } = drawn[0];
  const tasks = events.filter((event) => event.name === "RunTask" && event.ph === "X" && event.pid === pid && event.tid === tid)
    .map(({ ts, dur = 0, tdur = 0 }) => ({ start: ts, end: ts + dur, ran: tdur })).sort((a, b) => a.start - b.start);
  const callbacks = drawn.map(({ ts }) => ts).sort((a, b) => a - b);

  /** Where a frame starts, and what the tasks have taken since. @type {{start: number, spent: number, ran: number}[]} */
  const frames = [];
  let next = 0;
  for (const { start, end, ran } of tasks) {
    let isFrame = false;
    for (; next < callbacks.length && callbacks[next] < end; next += 1) isFrame ||= callbacks[next] >= start;
    if (isFrame) frames.push({ start, spent: 0, ran: 0 });
    const frame = frames.at(-1);
    if (!frame) continue;
    frame.spent += end - start;
    frame.ran += ran;
  }
  // The trace may end before the last frame's tasks do.
  const last = frames.pop();
  if (!last || frames.length < FEWEST) throw new Error(`the trace has ${frames.length} whole frames, too few to tell`);
  const seconds = (last.start - frames[0].start) / 1e6;
  /** @param {number[]} times  microseconds */
  const most = (times) => times.sort((a, b) => a - b)[Math.ceil(PART * times.length) - 1] / 1000;
  return {
    seconds,
    perSecond: frames.length / seconds,
    taskTime: most(frames.map(({ spent }) => spent)),
    computing: most(frames.map(({ ran }) => ran)),
  };
}
