// The browser that is measured, and the servers it is pointed at: Vite's preview, so that files go out as they do to
// a visitor. Nothing is measured here.
import { setTimeout as after } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { chromiumArguments } from "../../playwright.config.js";

/** @typedef {import("@playwright/test").Browser} Browser */
/** @typedef {import("@playwright/test").Page} Page */

export function launch() {
  return chromium.launch({ executablePath: process.env.GAN_CHROMIUM, args: chromiumArguments });
}

/** @param {string} folder @returns {Promise<{address: string, close: () => Promise<void>}>} */
export async function serveFolder(folder) {
  const server = await preview({
    configFile: false,
    appType: "mpa",
    logLevel: "warn",
    build: { outDir: folder },
    preview: { host: "127.0.0.1", port: 0 },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error(`The server for ${folder} does not say where it is.`);
  return { address, close: () => server.close() };
}

/** A page with nothing in its cache, as large as a laptop's window. What its scripts complain of is printed.
 * @param {Browser} browser @param {string} name  of what it shows, to tell complaints apart @returns {Promise<Page>} */
export async function freshPage(browser, name) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => {
    if (message.type() === "error") process.stderr.write(`${name}: ${message.text()}\n`);
  });
  page.on("pageerror", (error) => process.stderr.write(`${name}: ${error}\n`));
  return page;
}

/** The promise, or an error once the time is up: a wasm module that traps may leave a promise open for ever.
 * @template T @param {Promise<T>} promise @param {number} seconds @param {string} what @returns {Promise<T>} */
export async function within(promise, seconds, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (limit)]);
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds over which the browser must do next to nothing, and after which it is not waited for any more. */
const CALM = { look: 0.25, limit: 30 };
/** Of one processor. */
const NEXT_TO_NOTHING = 0.1;

/** Waits until none of the browser's processes has anything to do. A page that has answered may be far from idle: for every
 * instance of a wasm module that it made Chromium keeps a record, and writes them down as soon as it gets to it. With a
 * library that makes some for each step that is over a second of a processor for each second of training.
 * @param {Browser} browser */
export async function calm(browser) {
  const session = await browser.newBrowserCDPSession();
  /** Of the processor, by all processes together. */
  const seconds = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  try {
    let before = await seconds();
    for (let waited = 0; waited < CALM.limit; waited += CALM.look) {
      await after(CALM.look * 1000);
      const now = await seconds();
      if (now - before < NEXT_TO_NOTHING * CALM.look) return;
      before = now;
    }
  } finally {
    await session.detach();
  }
}

/** What went wrong, in its own words: without where Playwright heard of it. @param {unknown} cause */
export function wordsOf(cause) {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/^page\.evaluate: (Error: )?/, "").split("\n")[0];
}
