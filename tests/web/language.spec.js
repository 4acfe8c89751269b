// The page's languages: every module of sentences is whole in each, and a page in another language is whole as well, as far
// as a visitor sees, hears and waits.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { LANGUAGES } from "../../www/language.js";
import { number, open, ready, step } from "./playground.js";

const FOLDER = new URL("../../www/texts/", import.meta.url);
const MODULES = readdirSync(new URL("en/", FOLDER));
const OTHERS = Object.keys(LANGUAGES).filter((name) => name !== "en");
const CATALOGUE = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

/** Words that are the same in English and in another language. A name, an abbreviation or a symbol belongs here; a sentence
 * never does. */
const SAME = new Set([
  "GAN", "playground", "GAN playground", "Pause", "CPU", "WebGPU", "GIF", "WebM", "PNG", "Experiment", "Generator", "Lipschitz", "Training",
  "Radius", "R1", "R2", "β₁", "β₂", "Momentum", "Packing", "Weight Decay", "Leaky ReLU", "ReLU", "Tanh", "SiLU", "Residual", "Linear",
  "Minimax", "Hinge", "Wasserstein", "Adam", "AdamW", "SGD", "RMSProp", "Fake", "D", "G", "A", "B", "C", "SeFa", "PCA",
  "Link", "Offline", "Fakes", "Term", "Update",
]);

/** What is no sentence but the page's own, and must be the same in all: names of presets, formulas and the like. */
const STRUCTURE = /\.(key|paths|presets|options|ways|mood)\b(?<!^sharing\.SHARE\.presets)|\.OBJECTIVES\.[\w-]+\.[dg]\.|^\w+\.HIDDEN_PRESETS/;

/** Functions that hold no words of their own. */
const WORDLESS = new RegExp("\\.(presetText|fieldText|optionText|axisName|plainName|problemText|DIRECTIONS\\.name|pixels|credit"
  + "|SPOKEN\\.line|GAME\\.seconds|frameTitle|mistakeText|[dg]-update\\.text)$|^slow\\.(OWN|SMOOTHED)\\.");

/** Everything that differs, or does not although it should. @param {unknown} english @param {unknown} other @param {string} path
 * @returns {string[]} */
function faults(english, other, path) {
  if (typeof english !== typeof other) return [`${path} is ${typeof other}`];
  if (typeof english === "function") {
    const [a, b] = [english, /** @type {Function} */ (other)];
    if (a.length !== b.length) return [`${path} takes ${b.length}, not ${a.length}`];
    return String(a) === String(b) && !WORDLESS.test(path) ? [`${path} is not translated`] : [];
  }
  if (typeof english === "string") {
    if (STRUCTURE.test(path)) return english === other ? [] : [`${path} must stay ${english}`];
    if (other === "" && english !== "") return [`${path} is empty`];
    // A single letter, a symbol or a number says nothing in any language.
    return english === other && /\p{L}{2}/u.test(english) && !SAME.has(english) ? [`${path} is not translated: ${english}`] : [];
  }
  if (typeof english !== "object" || english === null || other === null) return english === other ? [] : [`${path} differs`];
  const [a, b] = /** @type {Record<string, unknown>[]} */ ([english, other]);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => {
    if (!(key in a)) return [`${path}.${key} is not in English`];
    if (!(key in b)) return [`${path}.${key} is missing`];
    return faults(a[key], b[key], `${path}.${key}`);
  });
}

for (const language of OTHERS) {
  test.describe(`texts in ${language}`, () => {
    for (const module of MODULES) {
      test(`${module} is whole`, async () => {
        expect(existsSync(new URL(`${language}/${module}`, FOLDER)), `www/texts/${language}/${module}`).toBe(true);
        const [english, other] = await Promise.all(["en", language].map((name) => import(new URL(`${name}/${module}`, FOLDER).href)));
        expect(faults({ ...english }, { ...other }, module.replace(/\.js$/, ""))).toEqual([]);
      });
    }

    test("nothing in the folder imports the page, which waits for it", () => {
      for (const module of readdirSync(new URL(`${language}/`, FOLDER))) {
        const source = readFileSync(new URL(`${language}/${module}`, FOLDER), "utf8");
        const imports = [...source.matchAll(/^\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"/gm)].map(([, from]) => from);
        expect(imports.filter((from) => !/^\.\/[\w-]+\.js$/.test(from)), module).toEqual([]);
      }
    });

    test("what is said of presets, devices and problems is said in it", async () => {
      const [english, other] = await Promise.all(["en", language].map((name) => import(new URL(`${name}/page.js`, FOLDER).href)));
      for (const { name } of CATALOGUE.presets) {
        expect(other.presetText(name).watch, name).not.toBe(english.presetText(name).watch);
        expect(other.presetText(name).title, name).not.toBe(english.presetText(name).title);
      }
      for (const field of CATALOGUE.fields) {
        expect(other.FIELDS[field.path]?.help, field.path).toBeTruthy();
        if (!["choice", "list"].includes(field.type)) expect(other.rangeText(field), field.path).not.toBe(english.rangeText(field));
      }
      for (const reason of ["forced", "at-once", "trying", "save-data", "no-webgpu", "no-adapter", "software-adapter", "no-timestamp-query",
        "gpu-failed", "gpu-lost", "small-net", "measured"]) {
        const choice = { used: "cpu", reason, times: { cpu: 1.5, webgpu: 4000 } };
        expect(other.whyDevice(choice), reason).not.toBe(english.whyDevice(choice));
      }
      for (const reason of ["unknown", "not-here", "unreadable", "mismatch", "range"]) {
        const problem = { reason, key: "seed", value: "x", used: "1" };
        expect(other.linkProblem(problem), reason).not.toBe(english.linkProblem(problem));
      }
    });

    test("the names that come with shipped data are in it, and those of a visitor's own are left alone", async () => {
      const { className } = await import(new URL(`${language}/page.js`, FOLDER).href);
      const { attributeName } = await import(new URL(`${language}/studio.js`, FOLDER).href);
      for (const data of ["fashion", "animals", "faces"]) {
        const manifest = JSON.parse(readFileSync(new URL(`../../assets/datasets/${data}/manifest.json`, import.meta.url), "utf8"));
        for (const { name: attribute, classes } of manifest.labels) {
          expect(attributeName(attribute), attribute).not.toBe(attribute);
          for (const given of classes.filter((/** @type {string} */ name) => !["blond", "zebra", "giraffe"].includes(name))) {
            expect(className(data, 0, given).name, given).not.toBe(given);
          }
          for (const given of classes) expect(className("own-pictures", 0, given).name).toBe(given);
        }
      }
    });
  });
}

test("numbers are written as German writes them", async () => {
  const { CREDIT, DRAW_PAD, rangeText, shortRange, whyDevice } = await import(new URL("de/page.js", FOLDER).href);
  const { percent, signed } = await import(new URL("de/studio.js", FOLDER).href);
  const field = { path: "", type: "number", min: 0.001, max: 12_345.5, default: 0, rebuilds: false };
  expect(rangeText(field)).toBe("0,001 bis 12.345,5");
  expect(shortRange(field)).toBe("0,001 bis 12.345,5.");
  expect(DRAW_PAD.cursor([0.5, -0.25], false, "pen")).toBe("x 0,50, y -0,25");
  expect(CREDIT.count(30_000, "Handwritten digits")).toBe("Handgeschriebene Ziffern: 30.000 Bilder. ");
  expect([percent(0.125), percent(1), percent(NaN)]).toEqual(["12,5\u00a0%", "100\u00a0%", "–"]);
  expect([signed(-1.5), signed(-0.001), signed(2, 0)]).toEqual(["−1,50", "0,00", "2"]);
  expect(whyDevice({ used: "webgpu", reason: "measured", times: { cpu: 4321, webgpu: 12.3 } })).toContain("12 statt 4.321 ms");
});

test("what was left out of a visitor's files is said in German, with the crate's own words for a single one", async () => {
  const { OWN } = await import(new URL("de/page.js", FOLDER).href);
  const file = (/** @type {string} */ what, /** @type {string} */ reason) => ({ what, why: "it is what it is", reason });
  const many = ["a.txt", "b.txt", "c.txt", "d.txt"].map((name) => file(name, "no-picture"));
  expect(OWN.remark({ kind: "skipped", files: [file("x.png", "broken"), ...many], line: "" })).toBe(
    "5 Dateien wurden ausgelassen: 4 sind keine Bilder und keine Tabellen (a.txt, b.txt, c.txt, …), 1 ist beschädigt oder leer (x.png).");
  expect(OWN.remark({ kind: "skipped", files: [file("x.png", "encrypted")], line: "" })).toBe(
    "x.png wurde ausgelassen: Die Datei ist verschlüsselt (genauer, auf Englisch: it is what it is).");
});

/** What is read on the page, line by line, whatever its numbers are. @param {import("@playwright/test").Page} page */
const lines = (page) => page.evaluate(() => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const seen = document.body.innerText.split("\n");
  const said = [...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((element) =>
    ["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""));
  return [...new Set([...seen, ...said].map((line) => line.replace(/\d[\d.,e−+-]*/g, "#").trim()).filter((line) => /\p{L}{3}/u.test(line)))];
});

/** What is the same in any language besides: languages' own names, and layers, which are called as in a model's file. */
const NAMES = /^(English|Deutsch|(hidden|output|project|inner|outer|judge)[.#]*: #)$/;

for (const hash of ["preset=drawn", "preset=faces&conditional=true"]) {
  test(`nothing English is left on the German page, and it meets WCAG AA (${hash})`, async ({ page }) => {
    await open(page, `#${hash}&device=cpu&lang=en`);
    await expect(page.getByTestId("diversity")).not.toBeEmpty();
    const english = await lines(page);
    await page.goto("about:blank");
    await open(page, `#${hash}&device=cpu&lang=de`);
    await expect(page.getByTestId("diversity")).not.toBeEmpty();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    const german = await lines(page);
    // The studio's folds are open by now: what they show comes a moment later, in both.
    expect(german.length).toBeGreaterThan(100);
    expect(german.filter((line) => english.includes(line) && !SAME.has(line) && !NAMES.test(line))).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });
}

test("the German page fits: one row of tools from 1000 px on, no pane wider than its place, no page wider than a phone", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "#preset=healthy&device=cpu&lang=de");
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  const measure = () => page.evaluate(() => ({
    toolbar: document.querySelector(".toolbar")?.clientHeight ?? 0,
    wide: [document.documentElement, ...document.querySelectorAll(".side, .centre, .charts")].filter((pane) => pane.scrollWidth > pane.clientWidth)
      .map(({ className }) => className),
  }));
  for (const width of [1920, 1440, 1366, 1280, 1024, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    const { toolbar, wide } = await measure();
    expect(toolbar, `${width}`).toBeLessThan(80);
    expect(wide, `${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test.describe("for a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("the page is German, its numbers too; a link in English is not", async ({ page }) => {
    await open(page, "#preset=healthy&device=cpu");
    await expect(page.getByTestId("play")).toHaveText("Start");
    await step(page);
    await expect(page.getByTestId("loss-d")).toHaveText(/^\d,\d+$/);
    await page.evaluate(() => { location.hash += "&lang=en"; });
    await expect(page.getByTestId("play")).toHaveText("Play");
    await ready(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });

  test("where German does not arrive the page speaks English, and says that something is amiss", async ({ page }) => {
    await page.route(/\.js$/, async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes("Drücke Start:")) await route.abort();
      else await route.fulfill({ response });
    });
    await open(page, "#preset=healthy&device=cpu");
    await expect(page.getByTestId("play")).toHaveText("Play");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByTestId("error").locator('[data-code="page"]')).toBeVisible();
    await step(page);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});

test("a page in English fetches nothing of German", async ({ page }) => {
  /** @type {Promise<string>[]} */
  const scripts = [];
  page.on("response", (response) => { if (response.url().endsWith(".js")) scripts.push(response.text()); });
  await open(page, "#preset=healthy&device=cpu");
  await step(page);
  const all = await Promise.all(scripts);
  expect(all.some((text) => text.includes("Press Play:"))).toBe(true);
  expect(all.filter((text) => text.includes("Drücke"))).toEqual([]);
});

test("the menu changes the language at once, for good, and keeps the experiment", async ({ page }) => {
  await open(page, "#preset=healthy&seed=7&device=cpu&lang=en");
  await page.getByRole("combobox", { name: "Language (Sprache)" }).selectOption("Deutsch");
  await expect(page.getByTestId("play")).toHaveText("Start");
  await ready(page);
  expect(page.url()).toMatch(/seed=7/);
  expect(page.url()).not.toMatch(/lang=/);
  await page.goto("about:blank");
  await open(page, "#preset=healthy&device=cpu");
  await expect(page.getByTestId("play")).toHaveText("Start");
});

test("a run that has begun is not lost to the menu without a word", async ({ page }) => {
  await open(page, "#preset=healthy&seed=7&device=cpu");
  await step(page);
  await page.getByTestId("language").selectOption("de");
  const alert = page.getByTestId("error").locator('[data-code="language"]');
  await expect(alert).toContainText("Deutsch");
  await expect(page.getByTestId("language")).toHaveValue("en");
  expect(await number(page, "step-count")).toBe(1);
  await alert.locator('[data-way="dismiss"]').click();
  await expect(alert).toHaveCount(0);
  await step(page);
  await page.getByTestId("language").selectOption("de");
  await alert.locator('[data-way="speak"]').click();
  await expect(page.getByTestId("play")).toHaveText("Start");
  await ready(page);
  expect(page.url()).toMatch(/seed=7/);
});
