// "You are the discriminator", as a visitor plays it.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { number, open, train } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const RING = "#preset=healthy&device=cpu&open=game";
const DIGITS = "#preset=digits&device=cpu&open=game";

/** Where the game stands. @param {Page} page @param {string} what */
const stands = (page, what) => expect(page.getByTestId("game")).toHaveAttribute("data-stand", what);

/** Deals, and comes to the first question. @param {Page} page @param {{clock?: string}} [how] */
async function deal(page, { clock = "0" } = {}) {
  await page.getByTestId("game-clock-select").selectOption(clock);
  await page.getByTestId("game-start").click();
  await firstQuestion(page);
}

/** @param {Page} page */
async function firstQuestion(page) {
  await expect(page.getByTestId("game")).toHaveAttribute("data-stand", /study|question/);
  if (await page.getByTestId("game-begin").isVisible()) await page.getByTestId("game-begin").click();
  await stands(page, "question");
}

/** Answers all that is left by key. @param {Page} page @param {string} key @returns {Promise<string[]>} what was said to each */
async function answerAll(page, key) {
  const said = [];
  for (;;) {
    await page.keyboard.press(key);
    await stands(page, "answered");
    said.push(String(await page.getByTestId("game-verdict").textContent()));
    await page.keyboard.press("Enter");
    if ((await page.getByTestId("game").getAttribute("data-stand")) === "end") return said;
    await stands(page, "question");
  }
}

/** @param {Page} page */
const violations = async (page) => (await new AxeBuilder({ page }).include("[data-testid=game]").analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);

test("a round by keys: what is said of each adds up to both scores, and the best stays", async ({ page }) => {
  await open(page, RING);
  await deal(page);
  const said = await answerAll(page, "r");
  expect(said).toHaveLength(12);
  const reals = said.filter((text) => /it is real\./.test(text)).length;
  const right = said.filter((text) => text.startsWith("Right")).length;
  // Who says "real" to all is right about the reals.
  expect(right).toBe(reals);
  await expect(page.getByTestId("game-score-you")).toHaveText(`${right} of 12`);
  const byD = said.filter((text) => /: right\.$/.test(text)).length;
  await expect(page.getByTestId("game-score-d")).toHaveText(`${byD} of 12`);
  await expect(page.getByTestId("game-end").getByRole("listitem")).toHaveCount(12);
  // Right and wrong are words, and not colours alone.
  await expect(page.getByTestId("game-end").getByRole("listitem").first()).toContainText(/Example 1 is (real|fake)\. You: (right|wrong)\. D: (right|wrong)\./);
  await expect(page.getByTestId("game-step")).toContainText(`Your best on these data: ${right} of 12`);
  await page.reload();
  await expect(page.getByTestId("game-step")).toContainText(`Your best on these data: ${right} of 12`);
  await expect(page.getByTestId("error")).toBeEmpty();
});

test("a round has reals and fakes in no order of its own, and another round has others", async ({ page }) => {
  await open(page, RING);
  await deal(page);
  const first = await answerAll(page, "f");
  const truth = (/** @type {string[]} */ said) => said.map((text) => (/it is real\./.test(text) ? "r" : "f")).join("");
  expect(truth(first)).toMatch(/r/);
  expect(truth(first)).toMatch(/f/);
  const before = await page.getByTestId("step-count").textContent();
  await page.getByTestId("game-again").click();
  await firstQuestion(page);
  const second = await answerAll(page, "f");
  expect(second).not.toEqual(first);
  // Dealing is no training.
  await expect(page.getByTestId("step-count")).toHaveText(String(before));
});

test("buttons answer as keys do, and keys only where the game has the focus", async ({ page }) => {
  await open(page, RING);
  await deal(page);
  await page.getByTestId("seed").focus();
  await page.getByTestId("seed").blur();
  await page.keyboard.press("r");
  await page.keyboard.press("ArrowLeft");
  await stands(page, "question");
  await page.getByTestId("game-fake").click();
  await stands(page, "answered");
  await expect(page.getByTestId("game-next")).toBeFocused();
  // What is answered stays answered.
  await page.keyboard.press("r");
  await expect(page.getByTestId("game-place")).toHaveText("1 of 12");
  await page.getByTestId("game-next").click();
  await expect(page.getByTestId("game-question")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await stands(page, "answered");
  await expect(page.getByTestId("game-place")).toHaveText("2 of 12");
});

test("the clock runs out, says so, and waits to go on; what is late is not right", async ({ page }) => {
  await open(page, DIGITS);
  await deal(page, { clock: "3" });
  await expect(page.getByTestId("game").getByRole("timer")).toBeVisible();
  await stands(page, "answered");
  await expect(page.getByTestId("game-verdict")).toContainText("Too late");
  await page.waitForTimeout(3500);
  await expect(page.getByTestId("game-place")).toHaveText("1 of 12");
});

test("of points, real ones are shown for three seconds before; without a clock for as long as one likes", async ({ page }) => {
  await open(page, RING);
  await page.getByTestId("game-start").click();
  await stands(page, "study");
  await expect(page.getByTestId("game-place")).toContainText("these are real");
  const plane = page.getByTestId("game").getByRole("img", { name: "The plane" });
  const blue = () => plane.evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 2] > data[i] + 60) count += 1;
    return count;
  });
  expect(await blue()).toBeGreaterThan(100);
  await stands(page, "question");
  expect(await blue()).toBe(0);
});

test("trains some steps more, deals from there, and leaves the run without a goal", async ({ page }) => {
  await open(page, RING);
  await deal(page);
  await answerAll(page, "f");
  const before = await number(page, "step-count");
  await page.getByTestId("game-train").click();
  await firstQuestion(page);
  await expect(page.getByTestId("step-count")).toHaveText(String(before + 200));
  await expect(page.getByTestId("game-step")).toContainText(`Fakes of step ${before + 200}`);
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  await train(page, before + 230);
});

test("a run that is begun anew ends no round, and the next is dealt from the new one", async ({ page }) => {
  await open(page, RING);
  await deal(page);
  await page.keyboard.press("r");
  await page.getByTestId("data-select").selectOption("digits");
  await expect(page.getByTestId("game-next")).toBeVisible();
  await page.getByTestId("game-next").click();
  await page.getByTestId("game-question").focus();
  await answerAll(page, "r");
  await page.getByTestId("game-again").click();
  await stands(page, "question");
  await expect(page.getByTestId("game").getByRole("img", { name: "The picture to judge" })).toBeVisible();
});

for (const [name, hash] of [["points", RING], ["pictures", DIGITS]]) {
  test(`${name}: nothing that a reader of screens stumbles over, dark and light, and on a phone nothing is cut off`, async ({ page }) => {
    await open(page, hash);
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const flawless = async (/** @type {string} */ where) => expect(await violations(page), `${where}, ${scheme}`).toEqual([]);
      if (scheme === "light") {
        await flawless("start");
        await deal(page);
      } else {
        await page.getByTestId("game-again").click();
        await firstQuestion(page);
      }
      await flawless("question");
      await page.keyboard.press("r");
      await flawless("answered");
      await page.keyboard.press("Enter");
      await answerAll(page, "f");
      await flawless("end");
    }
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
