// What the tests do to the page and read off it. It knows the page's handles (data-testid) and nothing inside.
import { expect } from "@playwright/test";

/** @typedef {import("@playwright/test").Page} Page */

/** Training on software WebGPU compiles its kernels first, on two cores. */
export const SLOW = 240_000;

/** @param {Page} page @param {string} [hash] @param {{timeout?: number}} [how] */
export async function open(page, hash = "", { timeout = 60_000 } = {}) {
  await page.goto(`./${hash}`);
  await ready(page, { timeout });
}

/** @param {Page} page @param {{timeout?: number}} [how] */
export async function ready(page, { timeout = 60_000 } = {}) {
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout });
}

/** A number that the page shows; fails where it shows anything else. @param {Page} page @param {string} id */
export async function number(page, id) {
  const text = (await page.getByTestId(id).textContent()) ?? "";
  expect(text, id).toMatch(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/);
  return Number(text);
}

/** The control of a setting, with its group unfolded. @param {Page} page @param {string} path */
export async function setting(page, path) {
  const control = page.getByTestId(`setting-${path}`);
  await control.evaluate((element) => { /** @type {HTMLDetailsElement} */ (element.closest("details")).open = true; });
  return control;
}

/** Types a value and takes it. @param {Page} page @param {string} path @param {string} value */
export async function set(page, path, value) {
  const control = await setting(page, path);
  await control.fill(value);
  await control.press("Enter");
}

/** One step by the button, awaited. @param {Page} page @param {{timeout?: number}} [how] */
export async function step(page, { timeout = 60_000 } = {}) {
  const before = await number(page, "step-count");
  await page.getByTestId("step").click();
  await expect(page.getByTestId("step-count")).toHaveText(String(before + 1), { timeout });
}

/** The losses of the next steps, as the page shows them. @param {Page} page @param {number} count
 * @param {{timeout?: number}} [how] @returns {Promise<{d: number, g: number}[]>} */
export async function losses(page, count, how) {
  const result = [];
  for (let i = 0; i < count; i += 1) {
    await step(page, how);
    result.push({ d: await number(page, "loss-d"), g: await number(page, "loss-g") });
  }
  return result;
}

/** Plays until that many steps are done, then pauses. @param {Page} page @param {number} steps
 * @param {{timeout?: number}} [how] */
export async function train(page, steps, { timeout = 60_000 } = {}) {
  const play = page.getByTestId("play");
  await play.click();
  await expect(play).toHaveAttribute("data-state", "playing", { timeout });
  await expect.poll(() => number(page, "step-count"), { timeout }).toBeGreaterThanOrEqual(steps);
  await play.click();
  await expect(play).toHaveAttribute("data-state", "paused", { timeout });
}

/** Puts code before the worker's own, which is how a test takes something away from the browser in there: an init
 * script reaches the page alone. @param {Page} page @param {string} code */
export async function beforeWorker(page, code) {
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};\n${await response.text()}` });
  });
}

/** The page's one worker. @param {Page} page */
export function worker(page) {
  const [only, ...others] = page.workers();
  expect(others).toHaveLength(0);
  return only;
}
