// What the page is there to show: every preset, the figures, the diagnosis, and changes in mid-run.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { isOfFigure } from "../../www/fields.js";
import { HIDDEN_PRESETS } from "../../www/texts.js";
import { number, open, ready, set, setting, step, train } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

/** Waits for the figures of the step that is shown. @param {Page} page */
async function measured(page) {
  await expect(page.getByTestId("diversity")).toHaveText(/^\d/, { timeout: 60_000 });
}

// Those of own data cannot be chosen before there are any.
for (const { name, experiment, model } of catalogue.presets.filter((preset) => !HIDDEN_PRESETS.includes(preset.name))) {
  test(`the preset ${name} opens, says what to watch for, steps, and is measured`, async ({ page }) => {
    await open(page, "#device=cpu");
    await page.getByTestId("preset").selectOption(name);
    // One that was trained before begins where it was left.
    await expect(page.getByTestId("step-count")).toHaveText(String(model === null ? 0 : experiment.training.steps));
    await ready(page);
    await expect(page.getByTestId("watch")).toHaveText(/\w/);
    await step(page);
    await measured(page);
    await expect(page.getByTestId("error")).toBeEmpty();
    expect(new URL(page.url()).hash).toBe(`#preset=${name}&device=cpu`);
    const ofPoints = isOfFigure(experiment);
    const figures = ["saturation", "gradient-g", "gradient-d", "sliced", ...(ofPoints ? ["modes", "hq", "js"] : ["frechet"]),
      ...(experiment.conditional ? ["score-right-label", "score-swapped-label", "asked-for"] : [])];
    for (const figure of figures) expect(await number(page, figure), figure).toBeGreaterThanOrEqual(0);
    await expect(page.getByTestId(ofPoints ? "frechet" : "modes")).toBeHidden();
  });
}

test("a paused page shows the figures of now, a playing one keeps up, and the diagnosis follows", async ({ page }) => {
  await open(page);
  const line = page.getByTestId("diagnosis");
  await expect(line).toHaveAttribute("data-diagnosis", "warming-up");
  await expect(line).toHaveAttribute("role", "status");
  const atFirst = await number(page, "gradient-g");
  await step(page);
  await expect.poll(() => number(page, "gradient-g")).not.toBe(atFirst);
  await page.getByTestId("play").click();
  await expect(line).not.toHaveAttribute("data-diagnosis", "warming-up", { timeout: 90_000 });
  await expect(line).toContainText(/Learning|Healthy|Mode collapse|wins|Oscillating|Converged/);
  expect(await number(page, "hq")).toBeLessThanOrEqual(1);
});

test("the vanishing gradient is named and seen", async ({ page }) => {
  // Whatever else is tuned: a G that stands still, between two narrow clusters, and a D that has all the time it wants.
  await open(page, "#objective=minimax&data.modes=2&data.sigma=0.001&training.g_learning_rate=0");
  await page.getByTestId("play").click();
  await expect(page.getByTestId("diagnosis")).toHaveAttribute("data-diagnosis", /vanishing-gradient|discriminator-wins/, { timeout: 90_000 });
  const bars = page.getByRole("img", { name: /^G, noise to fake: / });
  await expect(bars).toBeVisible();
  expect(await bars.locator(".bar").count()).toBeGreaterThan(2);
});

test("R1 changes while the run plays, without starting over", async ({ page }) => {
  await open(page);
  const control = await setting(page, "lipschitz.r1");
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(30);
  const before = await number(page, "step-count");
  await control.fill("1");
  await control.press("Enter");
  await expect.poll(() => page.url()).toContain("lipschitz.r1=1");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  expect(await number(page, "step-count")).toBeGreaterThanOrEqual(before);
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(before + 30);
  await expect(page.getByTestId("error")).toBeEmpty();
  await expect(page.getByTestId("group-lipschitz").locator("summary")).toContainText("1 changed");
});

test("another objective starts a new run and shows its formula", async ({ page }) => {
  await open(page);
  await train(page, 10);
  await page.getByTestId("setting-objective.kind").selectOption("wasserstein");
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await ready(page);
  await expect(page.getByTestId("group-objective")).toContainText("E C(G(z)) − E C(x)");
  await expect(page.getByTestId("setting-objective.label_smoothing")).toBeHidden();
  expect(page.url()).toContain("objective=wasserstein");
  await train(page, 5);
});

test("an optimiser's own settings come and go with it", async ({ page }) => {
  await open(page);
  await (await setting(page, "optimiser.kind")).selectOption("momentum");
  await expect(page.getByTestId("setting-optimiser.momentum")).toHaveValue("0.9");
  await expect(page.getByTestId("setting-optimiser.beta1")).toBeHidden();
  await ready(page);
  await train(page, 5);
});

test("conditional digits stand in ten named rows", async ({ page }) => {
  await open(page, "#preset=conditional-digits&device=cpu");
  for (const tone of ["fake", "real"]) {
    const rows = page.getByTestId("stage").locator(`[data-tone="${tone}"] .row-names li`);
    await expect(rows).toHaveText(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    await expect(rows.last()).toBeVisible();
  }
  await page.getByTestId("stage").locator("canvas:visible").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("stage").locator("output").first()).toHaveText(/^No\. 7 \(1\): D gives it 0\.\d\d$/);
});

test("the earth mover's way appears on request, and in the link", async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId("stage").locator("canvas").first();
  const picture = () => canvas.evaluate((/** @type {HTMLCanvasElement} */ element) => element.toDataURL());
  const plain = await picture();
  await page.getByTestId("transport").check();
  await expect(page.getByTestId("earth-movers")).toHaveText(/^\d/);
  await expect.poll(picture).not.toBe(plain);
  const apart = await number(page, "earth-movers");
  expect(apart).toBeGreaterThan(0);
  // Fakes start in the middle of a ring of radius 1.
  expect(apart).toBeLessThan(2);
  expect(page.url()).toContain("transport=true");
  await page.reload();
  await ready(page);
  await expect(page.getByTestId("transport")).toBeChecked();
  await expect(page.getByTestId("earth-movers")).toHaveText(String(apart));
  await page.getByTestId("transport").uncheck();
  await expect(page.getByTestId("earth-movers")).toHaveText("–");
});

test("a link with a preset and changes reopens both, and the changes can be undone", async ({ page, context }) => {
  await open(page, "#preset=wgan-gp&lipschitz.gradient_penalty=0.5&device=cpu");
  await set(page, "stabilisers.packing", "2");
  await ready(page);
  const link = page.url();
  const other = await context.newPage();
  await other.goto(link);
  await ready(other);
  expect(other.url()).toBe(link);
  await expect(other.getByTestId("preset")).toHaveValue("wgan-gp");
  await expect(other.getByTestId("setting-lipschitz.gradient_penalty")).toHaveValue("0.5");
  await expect(other.getByTestId("setting-stabilisers.packing")).toHaveValue("2");
  await other.getByTestId("preset-back").click();
  await expect(other.getByTestId("setting-lipschitz.gradient_penalty")).toHaveValue("0.1");
  await expect(other.getByTestId("preset-back")).toBeHidden();
  expect(new URL(other.url()).hash).toBe("#preset=wgan-gp&device=cpu");
});

test("fakes are said to be drawn by the average of G where they are", async ({ page }) => {
  await open(page, "#preset=ring");
  await expect(page.getByTestId("ema")).toBeVisible();
  const shown = await setting(page, "stabilisers.ema_shown");
  await shown.uncheck();
  await expect(page.getByTestId("ema")).toBeHidden();
  expect(await number(page, "step-count")).toBe(0);
  await train(page, 5);
});

for (const width of [1440, 1024, 360]) {
  test(`nothing moves when figures arrive (${width} pixels)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    await page.evaluate(() => {
      const shifts = /** @type {any} */ (window);
      shifts.moved = [];
      new PerformanceObserver((list) => {
        // Another sentence stands differently in the strip; the strip itself must not move. Where a shift was says more
        // than its node, which is gone when a text was replaced.
        const strip = document.querySelector("[data-testid=diagnosis]")?.getBoundingClientRect() ?? new DOMRect();
        /** @param {DOMRect} rect */
        const inStrip = (rect) => rect.left > strip.left && rect.right < strip.right && rect.top > strip.top && rect.bottom < strip.bottom;
        for (const entry of /** @type {any[]} */ (list.getEntries())) {
          shifts.moved.push(...entry.sources
            .filter((/** @type {any} */ { previousRect, currentRect }) => !inStrip(currentRect) && !inStrip(previousRect))
            .map((/** @type {any} */ { node, currentRect }) => `${node?.outerHTML?.slice(0, 120) ?? "text"} at ${JSON.stringify(currentRect)}`));
        }
      }).observe({ type: "layout-shift", buffered: false });
    });
    await train(page, 300);
    await measured(page);
    expect(await page.evaluate(() => /** @type {any} */ (window).moved)).toEqual([]);
  });
}
