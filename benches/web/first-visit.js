// The page's first visit: how long until a step is on screen for someone who presses play as soon as there is a play button,
// and how much they have downloaded by then. The browser's cache is empty, the server is here.
/* global window */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { freshPage } from "./browser.js";
import { observe } from "./observe.js";
import { summarise } from "./statistics.js";
import { table, threeDigits, verdict, withRange } from "./table.js";

/**
 * @typedef {object} Visit
 * @property {string} name
 * @property {string} hash
 * @property {number} seconds  to the first step, at most
 * @property {number} [megabytes]  until then, at most
 *
 * @typedef {{file: string, raw: number, brotli: number}} Weight  bytes
 *
 * @typedef {object} VisitResult
 * @property {string} name
 * @property {string} [error]
 * @property {import("./statistics.js").Summary} [seconds]
 * @property {Weight[]} [files]
 *
 * @typedef {{visits: VisitResult[], modules: Weight[]}} FirstVisit
 */

/** The targets are for two quiet cores and a software adapter. @type {Visit[]} */
const VISITS = [
  { name: "the default experiment", hash: "", seconds: 1.5, megabytes: 0.8 },
  { name: "ring on WebGPU", hash: "#data=ring&device=webgpu&speed=max", seconds: 3 },
];
/** Megabytes, at most. @type {Record<string, number>} */
const MODULES = { cpu: 0.45, webgpu: 1.9 };
const FULL = 5;
const QUICK = 1;
/** Software WebGPU compiles its kernels in the first step. */
const LIMIT = 300_000;

const compress = promisify(brotliCompress);

/** @param {{browser: import("@playwright/test").Browser, address: string, site: string, quick: boolean, say: (line: string) => void}} how
 * @returns {Promise<{results: FirstVisit, failures: string[]}>} */
export async function measureFirstVisit({ browser, address, site, quick, say }) {
  const visits = [];
  for (const one of VISITS) {
    /** @type {VisitResult} */
    const result = { name: one.name };
    const seconds = [];
    /** @type {Set<string>} */
    const asked = new Set();
    try {
      for (let i = 0; i < (quick ? QUICK : FULL); i += 1) {
        say(`a first visit: ${one.name}`);
        seconds.push(await visit(browser, address, one, asked));
      }
      result.seconds = summarise(seconds);
      result.files = await Promise.all([...asked].sort().map((file) => weigh(site, file)));
    } catch (cause) {
      result.error = cause instanceof Error ? cause.message : String(cause);
    }
    visits.push(result);
  }
  say("weighing the modules");
  const modules = await Promise.all(Object.keys(MODULES).map((device) => weigh(site, moduleFile(site, device))));
  const failures = visits.filter(({ error }) => error !== undefined).map(({ name, error }) => `a first visit, ${name}: ${error}`);
  return { results: { visits, modules }, failures };
}

/** @param {import("@playwright/test").Browser} browser @param {string} address @param {Visit} one
 * @param {Set<string>} asked  takes up the files that came before the first step @returns {Promise<number>} seconds */
async function visit(browser, address, { name, hash }, asked) {
  const page = await freshPage(browser, `a first visit, ${name}`);
  try {
    let done = false;
    page.on("response", (response) => {
      const url = new URL(response.url());
      // What is made up in the browser itself is not downloaded.
      if (!done && url.origin === new URL(address).origin) asked.add(url.pathname.replace(/\/$/, "/index.html").slice(1));
    });
    await page.addInitScript(observe, { modes: 0, playAtOnce: true });
    await page.goto(`${address}${hash}`);
    await page.waitForFunction(() => window.observed.firstReport !== null, undefined, { timeout: LIMIT, polling: 50 });
    done = true;
    return (await page.evaluate(() => window.observed.firstReport ?? NaN)) / 1000;
  } finally {
    await page.close();
  }
}

/** @param {string} site @param {string} device */
function moduleFile(site, device) {
  const found = readdirSync(join(site, "assets")).find((name) => name.startsWith(`${device}-`) && name.endsWith(".wasm"));
  if (!found) throw new Error(`the site has no module for ${device}`);
  return `assets/${found}`;
}

/** As a server sends what was compressed once and for all. @param {string} site @param {string} file @returns {Promise<Weight>} */
async function weigh(site, file) {
  const bytes = readFileSync(join(site, file));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return { file, raw: bytes.length, brotli: (await compress(bytes, { params })).length };
}

/** @param {FirstVisit} results */
export function firstVisitTable({ visits, modules }) {
  const rows = visits.flatMap(({ name, seconds, files }, i) => {
    const target = VISITS[i];
    if (!seconds || !files) return [[name, "failed, see below", "", "", ""]];
    const downloaded = files.reduce((sum, { brotli }) => sum + brotli, 0) / 1e6;
    return [
      [name, "navigation to first drawn step, s", withRange(seconds), `under ${target.seconds}`, verdict(seconds.median < target.seconds)],
      ["", `downloaded by then, MB (${files.length} files)`, threeDigits(downloaded), ...atMost(downloaded, target.megabytes)],
    ];
  });
  const weights = Object.entries(MODULES).map(([device, target], i) => {
    const megabytes = modules[i].brotli / 1e6;
    return ["", `the ${device} module, MB`, threeDigits(megabytes), ...atMost(megabytes, target)];
  });
  const head = ["", "", "figure", "target", ""];
  return table("The first visit, nothing in the cache; bytes as brotli sends them", head, [...rows, ...weights]);
}

/** @param {number} value @param {number | undefined} target */
const atMost = (value, target) => (target === undefined ? ["", ""] : [`at most ${target}`, verdict(value <= target)]);
