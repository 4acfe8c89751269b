// A run that leaves its device to the page, in a real browser: it tries the GPU beside itself, and moves. The only adapter
// here is in software, so the page is made to take it for a card, and the CPU to be slower still.
import { expect, test } from "@playwright/test";
import { SLOW, beforeWorker, losses, number, open, step } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const SMALL = "#data=ring&seed=3&training.batch=16&generator.hidden=16,16&discriminator.hidden=16,16";
/** Of a loss's size, as between two devices at each step. */
const TOLERANCE = 2e-3;

/** @param {Page} page */
const withCard = (page) => page.addInitScript(() => {
  const info = { vendor: "acme", architecture: "rocket", device: "", description: "" };
  Object.defineProperty(GPUAdapter.prototype, "info", { get: () => info });
});

/** What a step takes in milliseconds, over and above what it does. @param {Page} page
 * @param {{cpu: number, webgpu: number}} more */
const slowDown = (page, more) => beforeWorker(page, `{
  let loaded;
  Object.defineProperty(self, "wasmModule", {
    get: () => loaded,
    set(module) {
      loaded = module;
      const { prototype } = module.Playground;
      const { step } = prototype;
      prototype.step = function slow() {
        step.call(this);
        for (const end = performance.now() + (self.gpuDevice ? ${more.webgpu} : ${more.cpu}); performance.now() < end;);
      };
    },
  });
}`);

test("a run moves to the faster device as it plays, and goes on as it would have", async ({ page, context }) => {
  test.setTimeout(2 * SLOW);
  await withCard(page);
  await slowDown(page, { cpu: 600, webgpu: 0 });
  await open(page, SMALL);
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
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
  await slowDown(page, { cpu: 10, webgpu: 100 });
  await open(page, SMALL);
  await page.getByTestId("play").click();
  await expect(page.getByText(/as fast as the GPU/)).toBeVisible({ timeout: SLOW });
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await expect.poll(() => page.workers().length).toBe(1);
});

test("a GPU that fails when it is tried takes nothing with it", async ({ page }) => {
  await withCard(page);
  await beforeWorker(page, "GPUAdapter.prototype.requestDevice = async () => { throw new DOMException('no more devices', 'OperationError') }");
  await open(page, "#data=digits&generator.channels=4&discriminator.channels=4&training.batch=8");
  await page.getByTestId("play").click();
  await expect(page.getByText("the graphics card failed when tried")).toBeVisible();
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  const steps = await number(page, "step-count");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(steps + 5);
  await expect(page.getByTestId("error")).toBeEmpty();
});
