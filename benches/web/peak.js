// How much of what the machine can compute training gets out of it, on the CPU. The peak is a matrix product in wasm with
// SIMD, on one thread of the same browser, a second of it before each round of Burn's. What is computed there is in
// contenders/peak-worker.js, and what a step has to compute in flops.js.
/* global window */
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { freshPage, within, wordsOf } from "./browser.js";
import { flopsOfStep } from "./flops.js";
import { NETS } from "./nets.js";
import { summarise, summariseRatios } from "./statistics.js";
import { table, threeDigits, verdict, withRange } from "./table.js";

/**
 * @typedef {import("./statistics.js").Summary} Summary
 * @typedef {import("./nets.js").NetName} NetName
 * @typedef {Pick<import("./nets.js").Contest, "net" | "device">} Place
 * @typedef {import("./speed.js").SpeedResult} SpeedResult
 *
 * @typedef {object} Share
 * @property {NetName} net
 * @property {number} flopsPerStep
 * @property {Summary} [gflops]  Burn's
 * @property {Summary} [peak]  in GFLOP/s, of the same rounds
 * @property {Summary} [share]  round by round
 * @property {number} [shareOfBest]  Burn's median over the best that the peak had in any round
 * @property {{text: string, met: boolean | null}} [target]  null where there is no share to hold against it
 *
 * @typedef {object} Peak
 * @property {(place: Place) => Promise<void>} beforeRound  measures, where a share is to be taken
 * @property {(results: SpeedResult[]) => {results: {size: number, error?: string, shares: Share[]}, failures: string[]}} shares
 * @property {() => Promise<void>} close
 */

/** Whose share is taken, and what it should be at least. @type {Partial<Record<NetName, {target?: number}>>} */
const SHARED = { A: {}, B: { target: 0.6 } };
/** Side of the matrices: three of them, 768 KiB, stay near the core, so that memory is no part of the peak. */
const SIZE = 256;
const SECONDS = { full: 1, quick: 0.3 };
const LIMIT = 60;
const MODULE = "peak.wasm";

/** `folder` is what `address` serves; `wasm` goes there.
 * @param {{browser: import("@playwright/test").Browser, address: string, folder: string, wasm: string, quick: boolean}} where
 * @returns {Promise<Peak>} */
export async function openPeak({ browser, address, folder, wasm, quick }) {
  /** @type {Partial<Record<NetName, number[]>>} */
  const found = {};
  const built = existsSync(wasm);
  let error = built ? undefined : `${wasm} is not built`;
  if (built) copyFileSync(wasm, join(folder, MODULE));
  const page = await freshPage(browser, "the peak");
  await page.goto(`${address}?peak`);
  const order = { wasm: new URL(MODULE, address).href, size: SIZE, seconds: quick ? SECONDS.quick : SECONDS.full };
  return {
    async beforeRound(place) {
      if (error !== undefined || !isShared(place)) return;
      try {
        const { gflops } = await within(page.evaluate((wanted) => window.peak.round(wanted), order), LIMIT, "the matrix product");
        (found[place.net] ??= []).push(gflops);
      } catch (cause) {
        error = wordsOf(cause);
      }
    },
    shares: (results) => ({
      results: {
        size: SIZE,
        ...error !== undefined && { error },
        shares: results.filter(isShared).map((result) => shareOf(result, error === undefined ? found[result.net] : undefined)),
      },
      failures: built && error !== undefined ? [`the peak: ${error}`] : [],
    }),
    close: () => page.close(),
  };
}

/** @param {Place} place */
const isShared = ({ net, device }) => device === "cpu" && net in SHARED;

/** @param {SpeedResult} result @param {number[] | undefined} rounds  the peak's @returns {Share} */
function shareOf({ net, burn }, rounds) {
  const flopsPerStep = flopsOfStep(NETS[net].experiment);
  const gflops = burn.stepsPerSecond && summarise(burn.stepsPerSecond.values.map((speed) => (speed * flopsPerStep) / 1e9));
  const peak = rounds && summarise(rounds);
  const share = gflops && peak && summariseRatios(gflops.values, peak.values);
  const target = SHARED[net]?.target;
  return {
    net, flopsPerStep, gflops, peak, share,
    ...gflops && peak && { shareOfBest: gflops.median / peak.max },
    ...target !== undefined && { target: { text: `at least ${percent(target)}`, met: share ? share.median >= target : null } },
  };
}

/** @param {ReturnType<Peak["shares"]>["results"]} results */
export function peakTable({ size, error, shares }) {
  const rows = shares.map(({ net, flopsPerStep, gflops, peak, share, shareOfBest, target }) => [
    NETS[net].name, threeDigits(flopsPerStep / 1e6), gflops ? withRange(gflops) : "-", peak ? withRange(peak) : "-",
    share ? `${percent(share.median)} (${percent(share.min)} to ${percent(share.max)})` : "-",
    shareOfBest === undefined ? "-" : percent(shareOfBest),
    target?.text ?? "", target ? (target.met === null ? "-" : verdict(target.met)) : "",
  ]);
  const head = ["net", "a step's Mflop", "Burn, GFLOP/s", "the peak, GFLOP/s", "share of it", "of its best", "target", ""];
  const title = `Share of the peak, one thread of the CPU and matrices of ${size} by ${size}: median (least to most)`;
  return [table(title, head, rows), ...error === undefined ? [] : [`  No peak to compare with: ${error}`]].join("\n");
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`;
