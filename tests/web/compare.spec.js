// Two GANs side by side in the real page, on the CPU.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { number, step } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** Small nets, for two of them train on two cores. */
const SMALL = "seed=3&device=cpu&generator.hidden=16,16&discriminator.hidden=16,16";

/** Opens a comparison, and waits until B stands. @param {Page} page @param {string} hash */
async function compare(page, hash) {
  await page.goto(`./#open=compare&${hash}`);
  await together(page);
}

/** B stands, and is where A is. @param {Page} page */
async function together(page) {
  await expect(page.getByTestId("compare-pace-b")).toHaveText("In step with A");
}

/** @param {Page} page @returns {Promise<{a: string[], b: string[]}>} the losses of the last step, as they are shown */
async function lossesOfBoth(page) {
  const read = (/** @type {string} */ id) => page.getByTestId(id).textContent();
  const of = async (/** @type {"a" | "b"} */ letter) =>
    [await read(`compare-loss-d-${letter}`), await read(`compare-loss-g-${letter}`)].map((text) => text ?? "");
  return { a: await of("a"), b: await of("b") };
}

/** @param {Page} page @param {number} steps */
async function stepBoth(page, steps) {
  for (let i = 0; i < steps; i += 1) await step(page);
  await expect(page.getByTestId("compare-step-b")).toHaveText(await page.getByTestId("step-count").textContent() ?? "");
}

test("B is A's twin, loss for loss, until something differs that matters; then they part", async ({ page }) => {
  // A schedule's length says nothing where there is no schedule.
  await compare(page, `${SMALL}&versus=training.steps:6000`);
  const seen = new Set();
  for (let i = 0; i < 10; i += 1) {
    await stepBoth(page, 1);
    const { a, b } = await lossesOfBoth(page);
    expect(a[0]).toMatch(/\d/);
    expect(b, `step ${i + 1}`).toEqual(a);
    expect(a[0], "the page's own figure").toBe(await page.getByTestId("loss-d").textContent());
    seen.add(a[0]);
  }
  expect(seen.size, "the losses move").toBe(10);

  await page.getByTestId("versus-add").selectOption("training.d_learning_rate");
  const rate = page.getByTestId("b-setting-training.d_learning_rate");
  await expect(rate).toBeFocused();
  await expect(page.getByTestId("versus-training.d_learning_rate")).toContainText("the same so far");
  await rate.fill("0.05");
  await rate.press("Enter");
  // B begins anew and comes after; A stays where it is.
  await expect(async () => {
    const { a, b } = await lossesOfBoth(page);
    expect(b[0]).toMatch(/\d/);
    expect(b).not.toEqual(a);
    await expect(page.getByTestId("compare-step-b")).toHaveText("10", { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  expect(await number(page, "step-count")).toBe(10);
});

test("the table says what differs, the link carries it, and each can be taken back", async ({ page }) => {
  await compare(page, `${SMALL}&versus=objective:minimax;lipschitz.r1:0.5`);
  const row = page.getByTestId("versus-objective.kind");
  await expect(row.locator("th, td").nth(0)).toHaveText("Objective");
  await expect(row.locator("th, td").nth(1)).toHaveText("Non-saturating");
  await expect(row.locator("select")).toHaveValue("minimax");
  await expect(page.getByTestId("versus-lipschitz.r1").locator("td").first()).toHaveText("0");
  await expect(page.getByTestId("b-setting-lipschitz.r1")).toHaveValue("0.5");
  await expect(page.getByTestId("versus").locator("tr")).toHaveCount(2);
  await page.getByTestId("take-back-objective.kind").click();
  await expect(page.getByTestId("versus").locator("tr")).toHaveCount(1);
  await expect(page).toHaveURL(/versus=lipschitz\.r1:0\.5$/);
  await page.reload();
  await together(page);
  await expect(page.getByTestId("b-setting-lipschitz.r1")).toHaveValue("0.5");
  // What A is set to B is set to as well, but for what differs.
  await page.getByTestId("seed").fill("8");
  await page.getByTestId("seed").press("Enter");
  await expect(page).toHaveURL(/seed=8/);
  await together(page);
  await page.getByTestId("take-back-lipschitz.r1").click();
  await expect(page.getByTestId("compare-watch")).toContainText("Nothing differs yet");
  await together(page);
  await stepBoth(page, 2);
  const { a, b } = await lossesOfBoth(page);
  expect(b).toEqual(a);
});

test("both train, neither far ahead, and pause at the same step; the runs that end are kept, overlaid, and there after a reload", async ({ page }) => {
  await compare(page, `${SMALL}&versus=discriminator.hidden:24,24`);
  await page.getByTestId("play").click();
  // Figures of one moment.
  const both = () => page.evaluate(() => ["a", "b"].map((letter) => Number(document.querySelector(`[data-testid=compare-step-${letter}]`)?.textContent)));
  await expect.poll(async () => (await both())[1]).toBeGreaterThan(60);
  const apart = [];
  for (let i = 0; i < 8; i += 1) {
    await page.waitForTimeout(100);
    const [a, b] = await both();
    apart.push(Math.abs(a - b) / a);
  }
  expect(Math.max(...apart), String(apart)).toBeLessThan(1);
  await expect.poll(async () => (await both())[1]).toBeGreaterThan(150);
  await page.getByTestId("play").click();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  const at = await number(page, "step-count");
  await expect(page.getByTestId("compare-step-b")).toHaveText(String(at));
  await page.waitForTimeout(400);
  expect(await both()).toEqual([at, at]);

  const lines = page.getByTestId("compare-losses");
  await expect(lines).toHaveAttribute("data-lines", "2");
  await page.getByTestId("reset").click();
  await together(page);
  const kept = page.getByTestId("kept-runs").locator("li");
  await expect(kept).toHaveCount(2);
  await expect(kept.first()).toContainText(`${at.toLocaleString("en")} steps`);
  await expect(kept.first()).toContainText("1 more");
  await page.reload();
  await together(page);
  await expect(kept).toHaveCount(2);
  await expect(lines).toHaveAttribute("data-lines", "0");
  await page.getByTestId("overlay").first().check();
  await expect(lines).toHaveAttribute("data-lines", "1");
  await kept.first().getByRole("button", { name: "Open" }).click();
  await expect(page).toHaveURL(/discriminator\.hidden=24,24/);
  await page.getByTestId("delete-run").first().click();
  await expect(kept).toHaveCount(1);
  await expect(lines).toHaveAttribute("data-lines", "0");
});

test("what goes wrong with B is told in B's column, and A goes on; without the comparison there is no B", async ({ page }) => {
  await page.goto(`./#open=compare&${SMALL}&versus=stabilisers.packing:5`);
  const failure = page.getByTestId("compare-failure");
  await expect(failure).toContainText("These settings do not work together");
  await expect(page.getByTestId("versus-stabilisers.packing")).toContainText("This does not fit");
  await expect(page.getByTestId("error")).toBeEmpty();
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(10);
  await page.getByTestId("play").click();
  await failure.getByRole("button", { name: "Take back what differs" }).click();
  await expect(failure).toBeEmpty();
  await together(page);
  expect(page.workers()).toHaveLength(2);
  await page.getByTestId("open-compare").click();
  await expect(page.getByTestId("stage")).toBeVisible();
  await expect(page.getByTestId("compare")).toBeHidden();
  await expect.poll(() => page.workers().length).toBe(1);
  const before = await number(page, "step-count");
  await step(page);
  expect(await number(page, "step-count")).toBe(before + 1);
});

for (const [name, width] of /** @type {[string, number][]} */ ([["a laptop", 1440], ["a phone", 360]])) {
  test(`on ${name} a ready-made pair opens, nothing is wider than the screen, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: width === 360 ? "dark" : "light" });
    await compare(page, SMALL);
    await page.getByTestId("compare-pair").selectOption("minimax");
    await expect(page.getByTestId("compare-watch")).toContainText("the one change");
    await expect(page).toHaveURL(/#preset=minimax&device=cpu&open=compare&versus=objective:non-saturating$/);
    await together(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (width === 1440) {
      for (const id of ["compare-picture-a", "compare-picture-b", "compare-losses", "compare-accuracy", "compare-quality"]) {
        await expect(page.getByTestId(id), id).toBeInViewport({ ratio: 0.99 });
      }
    }
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
