// The page with no network: after one visit the host goes away altogether, not only for the browser.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ready, step, train } from "./playground.js";
import { host } from "./static-host.js";

/** @typedef {import("@playwright/test").Page} Page */

test.use({ serviceWorkers: "allow" });

const SITE = process.env.GAN_SITE ?? "dist";

/** What takes the place of the module for WebGPU, which no test here runs: it has most of the site's weight. */
function light() {
  const name = readdirSync(join(SITE, "assets")).find((file) => /^webgpu-.*\.wasm$/.test(file));
  return { [`assets/${name}`]: "no module" };
}

/** The first visit, until all is kept. @param {Page} page @param {string} address */
async function visit(page, address) {
  await page.goto(address);
  await ready(page);
  await step(page);
  await expect(page.getByTestId("offline")).toHaveAttribute("data-kept", "everything", { timeout: 60_000 });
}

/** @param {Page} page */
const keptFiles = (page) => page.evaluate(async () => {
  const caches = await window.caches.keys();
  const cache = await window.caches.open(caches[0]);
  return (await cache.keys()).map(({ url }) => url);
});

test("after one visit everything works without a host: ring, digits, clothes that were never opened", async ({ page, context }) => {
  const site = await host(SITE, { instead: light() });
  await visit(page, site.address);
  await expect(page.getByTestId("offline-note")).toContainText("Works offline now.");
  await site.close();
  await context.setOffline(true);

  await page.goto(`${site.address}#device=cpu`);
  await ready(page);
  await train(page, 10);
  for (const data of ["digits", "fashion"]) {
    await page.getByTestId("data-select").selectOption(data);
    await ready(page);
    await train(page, 1);
  }
  await expect(page.getByTestId("credit")).toContainText("Fashion");
  // The studio's worker, its module, and a model with its classifier.
  await page.getByTestId("preset").selectOption("trained-faces");
  await ready(page);
  await page.getByTestId("studio").locator("summary").first().click();
  await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
  await expect(page.getByTestId("error")).toBeEmpty();
  // It was told once.
  await expect(page.getByTestId("offline-note")).not.toContainText("Works offline now.");
});

test("from a folder it keeps its own files and those of no other", async ({ page, context }) => {
  const site = await host(SITE, { folder: "class/gan/", instead: light() });
  await visit(page, site.address);
  const kept = await keptFiles(page);
  expect(kept.filter((url) => !url.startsWith(site.address))).toEqual([]);
  await site.close();
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await train(page, 5);
});

test("a newer version waits until it is asked for, and then has the whole page", async ({ page, context }) => {
  const site = await host(SITE, { instead: light() });
  await visit(page, site.address);
  // Another version: the page's first element and a data file differ, and the list that the build makes says so.
  const worker = readFileSync(join(SITE, "service-worker.js"), "utf8");
  const next = ["index.html", "datasets/digits/manifest.json"].reduce((code, file) => renamed(code, file), worker);
  expect(next).not.toBe(worker);
  site.instead["service-worker.js"] = next;
  site.instead["index.html"] = readFileSync(join(SITE, "index.html"), "utf8").replace("<html ", "<html data-version=\"newer\" ");
  const isNewer = (/** @type {Page} */ one) => one.evaluate(() => document.documentElement.dataset.version === "newer");

  await page.reload();
  await ready(page);
  await step(page);
  const note = page.getByTestId("offline-note");
  await expect(note).toContainText("A new version is ready.");
  await expect(note).toContainText("begins this run anew");
  expect(await isNewer(page)).toBe(false);

  // Another tab is in the middle of something.
  const other = await context.newPage();
  await other.goto(site.address);
  await page.getByTestId("update-load").click();
  await expect(note).toContainText("open in another tab");
  expect(await isNewer(other)).toBe(false);
  await other.close();

  // A tab that was closed may be counted for a moment longer.
  await expect(async () => {
    if (!(await isNewer(page))) await page.getByTestId("update-load").click({ timeout: 1000 });
    await expect.poll(() => isNewer(page), { timeout: 3000 }).toBe(true);
  }).toPass();
  await ready(page);
  await step(page);
  await expect(page.getByTestId("offline")).toHaveAttribute("data-kept", "everything");
  const kept = await keptFiles(page);
  // What changed replaced what was, and nothing is there twice.
  expect(new Set(kept.map((url) => url.replace(/\?.*/, ""))).size).toBe(kept.length);
  await site.close();
});

test("data that could not be read are asked of the host, not of what was kept", async ({ page }) => {
  const site = await host(SITE, { instead: { ...light(), "datasets/digits/sheet.png": "broken on its way" } });
  await visit(page, site.address);
  delete site.instead["datasets/digits/sheet.png"];
  await page.getByTestId("data-select").selectOption("digits");
  await expect(page.getByTestId("error")).not.toBeEmpty();
  await page.locator("[data-way=retry]").click();
  await ready(page);
  await train(page, 1);
  // And what was kept is whole from now on.
  await site.close();
  await page.reload();
  await page.getByTestId("data-select").selectOption("digits");
  await ready(page);
  await train(page, 1);
});

test("a browser that saves data fetches what is opened and no more", async ({ page, context }) => {
  const site = await host(SITE, { instead: light() });
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true, addEventListener() {} } }));
  await page.goto(site.address);
  await ready(page);
  await step(page);
  await expect(page.getByTestId("offline")).toHaveAttribute("data-kept", "opened");
  await page.getByTestId("data-select").selectOption("animals");
  await ready(page);
  await expect.poll(async () => (await keptFiles(page)).some((url) => url.includes("animals/sheet"))).toBe(true);
  expect(site.asked.filter((file) => /^datasets\/(?!animals)|webgpu/.test(file))).toEqual([]);
  await site.close();
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId("data-select").selectOption("animals");
  await ready(page);
  await train(page, 1);
});

test("nothing is fetched for later before the first step", async ({ page }) => {
  const site = await host(SITE, { instead: light() });
  await page.goto(site.address);
  await ready(page);
  await page.waitForTimeout(1500);
  expect(site.asked).not.toContain("service-worker.js");
  await step(page);
  await expect.poll(() => site.asked).toContain("service-worker.js");
  await site.close();
});

/** The list with another hash for a file. @param {string} code @param {string} file */
function renamed(code, file) {
  const entry = new RegExp(`"revision":"\\w+","url":"${file}"`);
  expect(code).toMatch(entry);
  return code.replace(entry, `"revision":"newer","url":"${file}"`);
}
