// Slow motion as a visitor uses it: a real step is taken apart, gone through by hand and by itself, and explained.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { number, open, ready, set } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const RING = "#preset=healthy&device=cpu&open=slow";

/** Opens the page with a step taken apart. @param {Page} page @param {string} hash */
async function takeApart(page, hash) {
  await open(page, hash);
  await page.getByTestId("slow-dissect").click();
  await expect(page.getByTestId("slow-stage-d-noise")).toBeVisible();
  await expect(page.getByTestId("step-count")).toHaveText("1");
}

/** The pointer leaves first what explains itself below it, as a hand's would. @param {Page} page @param {string} name */
async function stage(page, name) {
  await page.mouse.move(0, 0);
  await page.getByTestId(`slow-stage-${name}`).click();
}

/** Which stage is shown. @param {Page} page @param {string} name */
const isAt = (page, name) => expect(page.getByTestId("slow")).toHaveAttribute("data-stage", name);

/** The number behind one that is shown. @param {Page} page @param {string} id */
const exact = async (page, id) => Number(await page.getByTestId(id).getAttribute("data-value"));

/** @param {Page} page */
const pixels = (page) => page.getByTestId("slow-scene").evaluate((/** @type {HTMLCanvasElement} */ one) => one.toDataURL());

/** @param {Page} page */
const violations = async (page) => (await new AxeBuilder({ page }).include("[data-testid=slow]").analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

test("a step is taken apart by one click, is a step as any other, and is forgotten with its run", async ({ page }) => {
  await open(page, "#preset=healthy&device=cpu");
  await expect(page.getByTestId("slow")).toHaveCount(0);
  await page.getByTestId("open-slow").click();
  await expect(page).toHaveURL(/open=slow/);
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(3);
  await page.getByTestId("slow-dissect").click();
  await expect(page.getByTestId("slow-stage-d-noise")).toBeVisible();
  // It pauses, at the very step that is shown.
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  const step = await number(page, "step-count");
  await expect(page.getByTestId("slow-step")).toHaveText(`Step ${step.toLocaleString("en")}`);
  await page.getByTestId("step").click();
  await expect(page.getByTestId("slow-step")).toContainText(`The run is now at step ${(step + 1).toLocaleString("en")}`);
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("slow-stage-d-noise")).toBeHidden();
  await expect(page.getByTestId("slow-dissect")).toBeEnabled();
  await page.getByTestId("slow").getByRole("button", { name: "Close slow motion" }).click();
  await expect(page.getByTestId("slow")).toBeHidden();
  await expect(page.getByTestId("error")).toBeEmpty();
});

test("a step that is taken apart trains as one that is not", async ({ page }) => {
  const after = async (/** @type {string} */ button) => {
    await page.goto("about:blank");
    await open(page, RING);
    for (const [i, which] of [button, "step"].entries()) {
      await page.getByTestId(which).click();
      await expect(page.getByTestId("step-count")).toHaveText(String(i + 1));
    }
    return [await number(page, "loss-d"), await number(page, "loss-g")];
  };
  expect(await after("slow-dissect")).toEqual(await after("step"));
});

test("the numbers put into the formulas are the losses that the page shows, under every objective", async ({ page }) => {
  test.slow();
  await open(page, RING);
  for (const [hash, terms] of /** @type {const} */ ([
    ["preset=healthy", { d: 2, g: 1 }],
    ["preset=healthy&objective.label_smoothing=0.1", { d: 2, g: 1 }],
    ["preset=minimax", { d: 2, g: 1 }],
    ["preset=healthy&objective=least-squares", { d: 2, g: 1 }],
    ["preset=healthy&objective=hinge", { d: 2, g: 1 }],
    ["preset=wgan-gp", { d: 2, g: 1 }],
    ["preset=ring", { d: 1, g: 1 }],
    ["preset=healthy&stabilisers.packing=4", { d: 2, g: 1 }],
  ])) {
    await page.evaluate((link) => { location.hash = link; }, `${hash}&training.batch=64&device=cpu&open=slow`);
    await expect(page.getByTestId("slow-stage-d-noise")).toBeHidden();
    await ready(page);
    await page.getByTestId("slow-dissect").click();
    for (const net of /** @type {const} */ (["d", "g"])) {
      await stage(page, `${net}-loss`);
      const loss = await number(page, `loss-${net}`);
      const near = 2e-5 * Math.max(1, Math.abs(loss));
      let sum = 0;
      for (let k = 0; k < terms[net]; k += 1) sum += await exact(page, `slow-term-${k}`);
      expect(Math.abs(sum - loss), `${hash}, ${net}: ${sum} for ${loss}`).toBeLessThan(near);
      expect(Math.abs((await exact(page, "slow-loss")) - loss), `${hash}, ${net}`).toBeLessThan(near);
    }
  }
});

test("stages go forth and back by button, arrow and slider, and by themselves; one net is frozen in each, and says so", async ({ page }) => {
  await takeApart(page, RING);
  await isAt(page, "d-noise");
  await expect(page.getByTestId("slow-previous")).toBeDisabled();
  await page.getByTestId("slow-next").click();
  await isAt(page, "d-fakes");
  await page.keyboard.press("ArrowRight");
  await isAt(page, "d-reals");
  await page.keyboard.press("ArrowLeft");
  await isAt(page, "d-fakes");
  const slider = page.getByTestId("slow-scrubber");
  await slider.focus();
  await page.keyboard.press("End");
  await isAt(page, "g-after");
  await expect(slider).toHaveAttribute("aria-valuetext", /Stage 15 of 15: The same noise/);
  await expect(page.getByTestId("slow-next")).toBeDisabled();

  await page.getByTestId("slow-pace").selectOption("0.5");
  await page.getByTestId("slow-play").click();
  await expect(page.getByTestId("slow")).not.toHaveAttribute("data-stage", /g-after|d-noise/);
  await page.getByTestId("slow-play").click();
  const stopped = await page.getByTestId("slow").getAttribute("data-stage");
  await page.waitForTimeout(800);
  expect(await page.getByTestId("slow").getAttribute("data-stage")).toBe(stopped);

  const [g, d] = [page.getByTestId("slow-box-g"), page.getByTestId("slow-box-d")];
  for (const [name, frozen, learns] of /** @type {const} */ ([["d-fakes", g, d], ["d-gradients", g, d], ["g-pull", d, g], ["g-after", d, g]])) {
    await stage(page, name);
    await expect(frozen).toContainText("frozen");
    await expect(learns).toContainText("learns");
  }
});

test("one example is followed from its noise to what it becomes", async ({ page }) => {
  await takeApart(page, RING);
  const value = (/** @type {string} */ id) => page.getByTestId(`slow-${id}`);
  const noise = await value("noise").textContent();
  await expect(value("score")).toHaveText("·");
  await page.getByTestId("slow-example-next").click();
  await expect(page.getByTestId("slow-example-place")).toHaveText(/^Example 2 of/);
  expect(await value("noise").textContent()).not.toBe(noise);
  await page.getByTestId("slow-example-previous").click();
  await expect(value("noise")).toHaveText(String(noise));
  await stage(page, "d-scores");
  await expect(value("score")).toHaveText(/^−?\d/);
  await expect(value("term")).toHaveText("·");
  await stage(page, "g-after");
  const [before, after] = [await value("example").textContent(), await value("after").textContent()];
  expect(after).toMatch(/^\(/);
  expect(after).not.toBe(before);
  await expect(value("pull")).toHaveText(/length/);
  // A click in the scene chooses what is nearest.
  const box = /** @type {{x: number, y: number, width: number, height: number}} */ (await page.getByTestId("slow-scene").boundingBox());
  const chosen = new Set();
  for (const [x, y] of [[0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.5, 0.5]]) {
    await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    chosen.add(await page.getByTestId("slow-example-place").textContent());
  }
  expect(chosen.size).toBeGreaterThan(1);
});

test("every box, stage and term explains itself, by pointer, by key and by tap, and goes with Escape", async ({ page }) => {
  await takeApart(page, RING);
  const told = page.getByRole("tooltip");
  await page.getByTestId("slow-box-noise").hover();
  await expect(told).toContainText("random numbers");
  // The pointer may go onto it.
  await told.hover();
  await page.waitForTimeout(400);
  await expect(told).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(told).toBeHidden();

  await stage(page, "d-loss");
  await page.mouse.move(2, 2);
  const term = page.getByTestId("slow-formula").getByRole("button").first();
  await term.focus();
  await expect(told).toContainText("surprised");
  await expect(term).toHaveAttribute("aria-describedby", "slow-explained");
  await page.keyboard.press("Escape");
  await expect(told).toBeHidden();
  await page.keyboard.press("Tab");
  await expect(told).toBeVisible();

  const all = page.getByTestId("slow").locator(".box, .slow-chip, .slow-term");
  for (const one of await all.all()) {
    if (!(await one.isVisible())) continue;
    await one.focus();
    await expect(told).toHaveText(/\w.{20,}/s);
  }
});

test("a tap explains, and another takes the explanation away", async ({ browser, baseURL }) => {
  const page = await browser.newPage({ hasTouch: true, viewport: { width: 360, height: 740 }, baseURL });
  await takeApart(page, RING);
  const told = page.getByRole("tooltip");
  await page.getByTestId("slow-box-d").tap();
  await expect(told).toContainText("discriminator D");
  await page.getByTestId("slow-box-d").tap();
  await expect(told).toBeHidden();
  await page.getByTestId("slow-box-g").tap();
  await expect(told).toBeVisible();
  await page.getByTestId("slow-title").tap();
  await expect(told).toBeHidden();
  await page.close();
});

test("with a head start there is no phase of G, and it is told why; a net without updates is not said to have moved", async ({ page }) => {
  await takeApart(page, "#preset=vanishing&device=cpu&open=slow");
  await expect(page.getByTestId("slow")).toContainText("D has a head start");
  await expect(page.getByTestId("slow-stage-g-noise")).toHaveCount(0);
  await page.getByTestId("slow-scrubber").focus();
  await page.keyboard.press("End");
  await isAt(page, "d-update");

  await page.evaluate((link) => { location.hash = link; }, RING);
  await ready(page);
  await set(page, "training.g_updates", "0");
  await page.getByTestId("slow-dissect").click();
  await stage(page, "g-update");
  await expect(page.getByTestId("slow-text")).toContainText("stay as they are");
});

test("what moves, moves; with reduced motion it stands at once", async ({ page }) => {
  await takeApart(page, RING);
  const arrival = async () => {
    await stage(page, "d-noise");
    await stage(page, "d-fakes");
    const first = await pixels(page);
    await page.waitForTimeout(1200);
    return { first, then: await pixels(page) };
  };
  const lively = await arrival();
  expect(lively.first).not.toBe(lively.then);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const calm = await arrival();
  expect(calm.first).toBe(calm.then);
});

for (const [name, hash, stages] of /** @type {const} */ ([
  ["points", RING, { light: ["d-scores", "d-loss", "g-pull", "g-update"], dark: ["d-loss", "g-update"] }],
  ["pictures", "#preset=digits&device=cpu&open=slow", { light: ["g-pull"], dark: ["g-after"] }],
])) {
  test(`${name}: nothing that a reader of screens stumbles over, dark and light, and on a phone nothing is cut off`, async ({ page }) => {
    await open(page, hash);
    await expect(page.getByTestId("slow-box-d")).toBeVisible();
    expect(await violations(page), "before a step").toEqual([]);
    await page.getByTestId("slow-dissect").click();
    await expect(page.getByTestId("slow-stage-d-noise")).toBeVisible();
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const one of stages[scheme]) {
        await stage(page, one);
        expect(await violations(page), `${one}, ${scheme}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 360, height: 740 });
    for (const one of ["d-fakes", "d-loss", "g-pull"]) {
      await stage(page, one);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });
}
