// The page for everybody: no violation of WCAG 2.2 AA in any view, everything by keyboard and seen while it has the focus,
// on the smallest window and with letters set apart, and charts that say in words what they show.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { SLOW, open, step, train } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Both schemes, and the widths at both ends: what differs between schemes is colours alone. */
const LOOKS = /** @type {const} */ ([["light", 1440], ["dark", 360]]);
/** What lies between them is looked at once. */
const ALL_LOOKS = /** @type {const} */ ([["dark", 1440], ["light", 1024], ["dark", 1024], ["light", 360]]);

// A colour on its way to another is neither.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** @param {Page} page @param {string} what @param {{looks?: readonly (readonly ["light" | "dark", number])[], within?: string}} [where] */
async function meetsAll(page, what, { looks = LOOKS, within = "html" } = {}) {
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).include(within).withTags(TAGS).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), `${what}, ${colorScheme}, ${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what}, ${width}`).toBe(width);
  }
}

/** @type {Record<string, (page: Page) => Promise<void>>} */
const VIEWS = {
  "while it plays": async (page) => {
    await open(page, "#device=cpu");
    await page.getByTestId("play").click();
    await expect(page.getByTestId("diversity")).not.toBeEmpty();
  },
  "with the charts in words": async (page) => {
    await open(page);
    await train(page, 20);
    await page.getByTestId("describe").click();
  },
  "with alerts and their detail": async (page) => {
    await open(page, "#data.modes=99&training.batch=many");
    await page.evaluate(() => { setTimeout(() => { throw new Error("of the page's own"); }); });
    await expect(page.locator(".alert")).toHaveCount(2);
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  },
  "choosing own data": async (page) => {
    await open(page);
    await page.getByTestId("own-open").click();
  },
  "with a large plot of two columns": async (page) => {
    await open(page);
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i % 7) * 2 + (i % 3)},${Math.sin(i).toFixed(3)},${i}`);
    await page.getByTestId("own-data").setInputFiles([{ name: "t.csv", mimeType: "", buffer: Buffer.from(["a,b,c,d", ...rows].join("\n")) }]);
    // Drawn: before, it has no plots to choose from.
    await expect(page.getByTestId("pair-plot")).toHaveAttribute("data-large", "false");
    await page.getByTestId("pair-plot").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("pair-plot")).toHaveAttribute("data-large", "true");
  },
  "drawing, with the pad": (page) => open(page, "#preset=drawn"),
};
for (const [what, show] of Object.entries(VIEWS)) {
  test(`meets WCAG 2.2 AA ${what}`, async ({ page }) => {
    await show(page);
    await meetsAll(page, what);
  });
}

test("meets WCAG 2.2 AA at rest, with every fold open", async ({ page }) => {
  await open(page, "#preset=conditional-digits&device=cpu");
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
  await meetsAll(page, "at rest", { looks: ALL_LOOKS });
});

test("meets WCAG 2.2 AA in every tab of the studio", async ({ page }) => {
  test.setTimeout(SLOW);
  await open(page, "#preset=trained-digits&device=cpu");
  await page.getByTestId("studio").locator("summary").first().click();
  await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
  await expect(page.getByRole("tab")).toHaveCount(5);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await meetsAll(page, String(await tab.textContent()), { within: "[data-testid=studio]" });
  }
});

/** Goes through the page by Tab. @param {Page} page @returns {Promise<string[]>}  what is wrong with where the focus goes */
async function walk(page) {
  return page.evaluate(() => {
    const mine = /** @type {any} */ (window);
    mine.reached = new Set();
    document.addEventListener("focusin", ({ target }) => mine.reached.add(target));
    /** @type {HTMLElement} */ (document.activeElement)?.blur();
  }).then(async () => {
    const wrong = [];
    for (let i = 0; i < 200; i += 1) {
      await page.keyboard.press("Tab");
      const problem = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return "end";
        const { left, top, right, bottom, width, height } = at.getBoundingClientRect();
        const name = at.outerHTML.slice(0, 90);
        // Around itself, or around the box that it fills.
        const outlined = [at, at.parentElement ?? at].map((one) => getComputedStyle(one)).some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
        if (!outlined) return `no outline: ${name}`;
        if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) return `out of sight: ${name}`;
        const [x, y] = [Math.min(innerWidth - 1, Math.max(0, (left + right) / 2)), Math.min(innerHeight - 1, Math.max(0, (top + bottom) / 2))];
        const top_ = document.elementFromPoint(x, y);
        if (top_ && !at.contains(top_) && !top_.contains(at)) return `covered: ${name}`;
        if (Math.min(width, height) < 24 && at.matches("button, select, summary, input:not([type=checkbox])")) return `${width} x ${height}: ${name}`;
        return null;
      });
      if (problem === "end") break;
      if (problem) wrong.push(problem);
    }
    const missed = await page.evaluate(() => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button, select, input, summary, a[href], [tabindex='0']"))]
      .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled"))
      .filter((one) => !(/** @type {any} */ (window).reached.has(one)))
      .map((one) => `never reached: ${one.outerHTML.slice(0, 90)}`));
    return [...wrong, ...missed];
  });
}

for (const hash of ["#device=cpu", "#preset=digits&device=cpu", "#preset=drawn"]) {
  test(`every control is reached by Tab, seen, and large enough (${hash})`, async ({ page }) => {
    await open(page, hash);
    expect(await walk(page)).toEqual([]);
  });
}

test("own data are opened and left by keyboard, and the focus goes along", async ({ page }) => {
  await open(page);
  await page.getByTestId("own-open").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("own-data")).toBeFocused();
  await page.getByTestId("own-close").press("Enter");
  await expect(page.getByTestId("own-open")).toBeFocused();
});

test("at 320 pixels nothing has to be scrolled sideways", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, "#preset=trained-digits&device=cpu");
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
  await expect(page.getByRole("tab")).toHaveCount(5);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), String(await tab.textContent())).toBe(320);
  }
});

test("with letters and lines set apart no sentence is cut off", async ({ page }) => {
  await open(page);
  await step(page);
  await page.evaluate(() => {
    const apart = new CSSStyleSheet();
    apart.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
    document.adoptedStyleSheets = [apart];
  });
  for (const width of [1440, 1024, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const cut = await page.evaluate(() => [...document.querySelectorAll(".diagnosis, .watch, .caption, .help, .value-name, .alert")]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1)
      .map((one) => `${one.className}: ${one.textContent}`));
    expect(cut, `${width} pixels`).toEqual([]);
  }
});

test("charts and pictures say what they show, and all of it when asked", async ({ page }) => {
  await open(page, "#device=cpu");
  const losses = page.locator("[data-part=losses]").getByRole("img");
  await expect(losses).toHaveAccessibleName(/^Losses: nothing yet/);
  await train(page, 60);
  await expect(losses).toHaveAccessibleName(/^Losses: D \d\S*, [a-z ]+; G \d\S*, [a-z ]+; steps 1 to \d+\./);
  await expect(page.getByTestId("stage").getByRole("img").first()).toHaveAccessibleName(/real points lie around .* D takes \d+\s% of the reals/);

  const said = page.getByTestId("spoken");
  await expect(said).toHaveAttribute("role", "status");
  await expect(said).toBeEmpty();
  await page.getByTestId("describe").click();
  for (const chart of ["Losses", "Quality", "D’s accuracy", "Gradients", "D’s saturation", "Balance"]) await expect(said).toContainText(`${chart}: `);
  // What was asked for stands still while the run goes on, so that it can be read.
  const text = await said.textContent();
  await train(page, 120);
  expect(await said.textContent()).toBe(text);
  await page.getByRole("button", { name: "Close" }).last().click();
  await expect(said).toBeEmpty();
  await expect(page.getByTestId("describe")).toBeFocused();
});
