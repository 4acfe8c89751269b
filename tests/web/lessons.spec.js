// The lessons as a new student goes through them: every prediction's outcome happens, from its seed, on the CPU; and the way
// through, what the link carries, what is pointed at, and what is kept.
import { readFileSync, readdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { parseLesson } from "../../www/lessons/parse.js";
import { number, ready, set } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const folder = new URL("../../www/lessons/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md").map((name) => name.replace(".md", ""));
const lessons = names.map((name) => parseLesson(name, readFileSync(new URL(`${name}.md`, folder), "utf8"), { catalogue, names }).lesson);

// A step of whatever lessons there are: of those with a prediction and a check that is over soonest.
const sample = lessons.flatMap((lesson) => lesson.steps.map((step, i) => ({ lesson, step, at: i + 1 })))
  .filter(({ step, at }) => step.predict && step.check && step.experiment?.until && at > 1)
  .sort((a, b) => Number(a.step.experiment?.until) - Number(b.step.experiment?.until))
  .at(0) ?? (() => { throw new Error("no lesson has a prediction"); })();

/** @param {Page} page @param {string} hash */
async function openLesson(page, hash) {
  await page.goto(`./#device=cpu&${hash}`);
  await expect(page.getByTestId("lesson-step")).toBeVisible();
  await ready(page);
}

/** The option that is right, or one that is not. @param {Page} page @param {import("../../www/lessons/parse.js").Step} step @param {boolean} right */
const option = (page, { predict }, right) =>
  page.getByTestId("lesson-option").nth(predict?.options.findIndex((one) => one.right === right) ?? 0);

for (const { name, steps } of lessons) {
  for (const [i, step] of steps.entries()) {
    if (!step.check) continue;
    test(`in ${name}, step ${i + 1}, it happens as the lesson says`, async ({ page }) => {
      await openLesson(page, `lesson=${name}&at=${i + 1}`);
      const run = page.getByTestId("lesson-run");
      if (step.predict) {
        await expect(run).toBeDisabled();
        await option(page, step, true).check();
      }
      await run.click();
      await expect(page.getByTestId("lesson-verdict")).toBeVisible({ timeout: 110_000 });
      if (step.experiment?.until) expect(await number(page, "step-count")).toBe(step.experiment.until);
      const figures = await page.locator("[data-part=values]").innerText();
      await expect(page.getByTestId("lesson-verdict"), figures).toHaveAttribute("data-met", "true");
      await expect(page.getByTestId("lesson-verdict")).not.toContainText(/[{}?]/);
      if (step.predict) await expect(page.getByTestId("lesson-judged")).toHaveAttribute("data-outcome", "right");
      await expect(page.getByTestId("error")).toBeEmpty();
    });
  }

  test(`every step of ${name} is shown whole, to everybody, and within the page's policy`, async ({ page }) => {
    /** @type {string[]} */
    const offences = [];
    await page.exposeFunction("offended", (/** @type {string} */ what) => offences.push(what));
    await page.addInitScript(() => addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      /** @type {any} */ (window).offended(`${effectiveDirective} ${blockedURI}`);
    }));
    await openLesson(page, `lesson=${name}`);
    for (const [i, { title }] of steps.entries()) {
      if (i > 0) await page.getByTestId("lesson-next").click();
      await expect(page.getByTestId("lesson-step")).toHaveText(title);
      for (const note of await page.locator(".lesson-teacher summary").all()) await note.click();
      const { violations } = await new AxeBuilder({ page }).include("[data-testid=lesson]").exclude(".katex").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    }
    await expect(page.locator(".katex-error")).toHaveCount(0);
    expect(offences).toEqual([]);
  });
}

test("the page with a lesson open has no accessibility violations, dark or light, wide or narrow", async ({ page }) => {
  await openLesson(page, `lesson=${sample.lesson.name}&at=${sample.at}`);
  for (const [width, colorScheme] of /** @type {const} */ ([[1440, "dark"], [360, "light"]])) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.getByTestId("lesson-settings").click();
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing sticks out").toBeLessThanOrEqual(width);
  }
});

test("the way through by keyboard: from the list, with a prediction, to the end, and what is kept of it", async ({ page }) => {
  const { lesson, step, at } = sample;
  await page.goto("./#device=cpu");
  await ready(page);
  await page.getByTestId("open-lessons").press("Enter");
  await expect(page.locator("[data-part=settings]")).toBeHidden();
  await page.getByTestId(`lesson-${lesson.name}`).press("Enter");
  await expect(page.getByTestId("lesson-step")).toHaveText(lesson.steps[0].title);
  for (let i = 1; i < at; i += 1) await page.getByTestId("lesson-next").press("Enter");
  // Whoever pressed a button that goes on reads on from there, and the link is of that step and its experiment.
  await expect(page.getByTestId("lesson-step")).toBeFocused();
  await expect(page.getByTestId("lesson-step")).toHaveText(step.title);
  await expect.poll(() => page.url()).toMatch(new RegExp(`lesson=${lesson.name}&at=${at}$`));
  await option(page, step, true).press("Space");
  await expect(page.getByTestId("lesson-run")).toBeEnabled();
  await page.reload();
  await expect(option(page, step, true), "an answer is kept").toBeChecked();
  await page.getByTestId("lesson-place").press("Enter");
  await page.getByRole("button", { name: lesson.steps[0].title, exact: true }).press("Enter");
  await expect(page.getByTestId("lesson-step")).toHaveText(lesson.steps[0].title);
  await page.getByTestId("lessons-all").press("Enter");
  await expect(page.getByTestId("lessons-forget")).toBeVisible();
  await page.getByTestId("lessons-forget").press("Enter");
  expect(await page.evaluate(() => localStorage.getItem("lessons"))).toBeNull();
  await page.getByTestId("lesson-close").press("Enter");
  await expect(page.getByTestId("lesson")).toBeHidden();
  await expect(page.getByTestId("open-lessons")).toBeFocused();
  await expect(page.locator("[data-part=settings]")).toBeVisible();
});

test("a link with settings of its own keeps them, and there is a way back to the step's", async ({ page }) => {
  const { lesson, at } = sample;
  await openLesson(page, `lesson=${lesson.name}&at=${at}&preset=grid&seed=77`);
  await expect(page.getByTestId("lesson-changed")).toBeVisible();
  expect(page.url()).toContain("#preset=grid&seed=77");
  await page.getByTestId("lesson-own").click();
  await expect(page.getByTestId("lesson-changed")).toBeHidden();
  expect(page.url()).not.toContain("preset=grid");
  // Settings that the visitor changes are said to be their own as well.
  await page.getByTestId("lesson-settings").click();
  await set(page, "training.batch", "33");
  await expect(page.getByTestId("lesson-changed")).toBeVisible();
});

test("whoever plays without a prediction has made none, and another seed is one press away", async ({ page }) => {
  const { lesson, step, at } = sample;
  await openLesson(page, `lesson=${lesson.name}&at=${at}`);
  await page.getByTestId("play").click();
  await expect(option(page, step, true)).toBeDisabled();
  await expect(page.getByTestId("lesson-judged")).toHaveAttribute("data-outcome", "none", { timeout: 110_000 });
  const seed = await (await page.getByTestId("setting-seed")).inputValue();
  await page.getByTestId("lesson-seed").click();
  await expect(page.getByTestId("lesson-verdict")).toBeHidden();
  await expect(page.getByTestId("lesson-changed")).toBeVisible();
  await expect.poll(() => page.url()).toContain(`seed=${Number(seed) + 1}`);
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(5);
  expect(step.experiment?.until).toBeGreaterThan(5);
});

test("a lesson points at parts, says so, and unfolds what it put away", async ({ page }) => {
  const found = lessons.filter(({ hide }) => hide.length > 0).flatMap((lesson) => lesson.steps.flatMap((step, i) => step.blocks.flatMap((block) => ("tokens" in block ? [{ lesson, at: i + 1, raw: block.tokens.map(({ raw }) => raw).join() }] : []))))
    .find(({ raw }) => raw.includes("](part:"));
  if (!found) throw new Error("no lesson that hides parts points at one");
  await openLesson(page, `lesson=${found.lesson.name}&at=${found.at}`);
  const link = page.locator(".lesson-step [data-scheme=part]").first();
  const part = String(await link.getAttribute("data-name"));
  await link.press("Enter");
  await expect(page.locator(`[data-part="${part}"]`).first()).toHaveClass(/\bpointed\b/);
  await expect(page.locator(`[data-part="${part}"]`).first()).toBeInViewport();
  await expect(link).toBeFocused();
  await expect(page.getByTestId("lesson-note")).not.toBeEmpty();
  await expect(page.locator(".pointed")).toHaveCount(0, { timeout: 8000 });
  const away = await page.locator("[data-hidden-by-lesson]").evaluateAll((parts) => parts.map((part) => String(/** @type {HTMLElement} */ (part).dataset.part)));
  // Of those that there are: a part may be another activity's, which has not come yet.
  expect(found.lesson.hide).toEqual(expect.arrayContaining(away));
  expect(away.length).toBeGreaterThan(0);
  for (const name of away) {
    await expect(page.locator(`[data-part="${name}"]`).first()).toBeHidden();
  }
  await page.getByTestId("lesson-settings").click();
  await expect(page.locator("[data-hidden-by-lesson]")).toHaveCount(0);
});

test("a lesson that is not there is told of, with those that are; a step that is not is the last", async ({ page }) => {
  await page.goto("./#device=cpu&lesson=cooking");
  await expect(page.getByTestId("lesson-unknown")).toContainText("cooking");
  await expect(page.getByTestId(`lesson-${names[0]}`)).toBeVisible();
  const { name, steps } = lessons[0];
  await page.goto(`./#device=cpu&lesson=${name}&at=99`);
  await expect(page.getByTestId("lesson-step")).toHaveText(steps[steps.length - 1].title);
  await expect(page.getByTestId("lesson-note")).toContainText(String(steps.length));
});

test("on a phone the lesson comes first, and the picture is one tap away, and back", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { lesson, at } = sample;
  await openLesson(page, `lesson=${lesson.name}&at=${at}`);
  const [text, picture] = await Promise.all([page.getByTestId("lesson"), page.getByTestId("stage")].map((part) => part.boundingBox()));
  expect(text?.y).toBeLessThan(picture?.y ?? 0);
  await page.getByTestId("lesson-jump").click();
  await expect(page.getByTestId("stage")).toBeInViewport();
  await expect(page.getByTestId("lesson-run")).not.toBeInViewport();
  await page.getByTestId("lesson-jump").click();
  await expect(page.getByTestId("lesson-step")).toBeInViewport();
});

test("a lesson that does not arrive is told of, and comes when asked again", async ({ page }) => {
  await page.route(`**/${lessons[0].name}-*.js`, (route) => route.abort());
  await page.goto(`./#device=cpu&lesson=${lessons[0].name}`);
  await expect(page.getByTestId("lesson").getByRole("alert")).toContainText("did not arrive");
  await page.unrouteAll();
  await page.getByTestId("lesson").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByTestId("lesson-step")).toBeVisible();
});
