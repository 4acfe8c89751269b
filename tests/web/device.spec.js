// A run that leaves its device to the page, in a real browser: it tries the GPU beside itself, and moves. The only adapter
// here is in software, so the page is made to take it for a card, and the CPU to be slower still.
import { expect, test } from "@playwright/test";
import { SLOW, beforeWorker, losses, number, open, step, worker } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const SMALL = "#data=ring&seed=3&training.batch=16&generator.hidden=16,16&discriminator.hidden=16,16";
/** Of a loss's size, as between two devices at each step. */
const TOLERANCE = 2e-3;

/** @param {Page} page */
const withCard = (page) => page.addInitScript(() => {
  const info = { vendor: "acme", architecture: "rocket", device: "", description: "" };
  Object.defineProperty(GPUAdapter.prototype, "info", { get: () => info });
});

/** Every step takes this much longer from now on. @param {Page} page @param {number} milliseconds */
const slowDown = (page, milliseconds) => worker(page).evaluate((more) => {
  const { prototype } = /** @type {any} */ (self).wasmModule.Playground;
  const { step: real } = prototype;
  prototype.step = function slow() {
    real.call(this);
    for (const end = performance.now() + more; performance.now() < end;);
  };
}, milliseconds);

test("a run moves to the faster device as it plays, and goes on as it would have", async ({ page, context }) => {
  test.setTimeout(2 * SLOW);
  await withCard(page);
  await open(page, SMALL);
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  await slowDown(page, 600);
  await page.getByTestId("play").click();
  await expect(page.getByText("trying the graphics card")).toBeVisible({ timeout: SLOW });
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "webgpu", { timeout: SLOW });
  await expect(page.getByText(/times as fast as the CPU \(\d+(\.\d)? against 6\d\d ms a step\)/)).toBeVisible();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  const arrived = await number(page, "step-count");
  expect(arrived).toBeGreaterThan(5);
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(arrived);
  await page.getByTestId("play").click();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  const stood = await number(page, "step-count");
  const moved = await losses(page, 3);
  expect(page.workers()).toHaveLength(1);

  // The same steps on the CPU alone.
  const other = await context.newPage();
  await open(other, `${SMALL}&device=cpu`);
  for (let i = 0; i < stood; i += 1) await step(other);
  const stayed = await losses(other, 3);
  moved.forEach(({ d, g }, i) => {
    expect(Math.abs(d / stayed[i].d - 1), `D's loss ${i + 1} steps on: ${d} and ${stayed[i].d}`).toBeLessThan(TOLERANCE);
    expect(Math.abs(g / stayed[i].g - 1), `G's loss ${i + 1} steps on: ${g} and ${stayed[i].g}`).toBeLessThan(TOLERANCE);
  });

  // The next run of the kind begins where this one has gone.
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "webgpu");
  await step(page);
});

test("a GPU that is slower is left alone, and the badge says by how much", async ({ page }) => {
  test.setTimeout(SLOW);
  await withCard(page);
  await open(page, SMALL);
  await slowDown(page, 7);
  await page.getByTestId("play").click();
  await expect(page.getByText(/as fast as the GPU/)).toBeVisible({ timeout: SLOW });
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await expect.poll(() => page.workers().length).toBe(1);
});

test("a GPU that fails when it is tried takes nothing with it", async ({ page }) => {
  await withCard(page);
  await beforeWorker(page, "GPUAdapter.prototype.requestDevice = async () => { throw new DOMException('no more devices', 'OperationError') }");
  await open(page, SMALL);
  await slowDown(page, 50);
  await page.getByTestId("play").click();
  await expect(page.getByText("the graphics card failed when tried")).toBeVisible();
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  const steps = await number(page, "step-count");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(steps + 5);
  await expect(page.getByTestId("error")).toBeEmpty();
});
