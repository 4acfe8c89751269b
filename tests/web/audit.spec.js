// What an audit of the built page looks at, for every build: that something is painted without the module, that nothing
// moves while the page comes, and that the document is in order. Scores need a quiet machine; this does not.
import { expect, test } from "@playwright/test";
import { open, ready } from "./playground.js";

/** Of all shifts together; what nobody notices. */
const SHIFT = 0.02;

test("something is painted while the module is still on its way", async ({ page }) => {
  let arrived = false;
  /** @type {() => void} */
  let letGo = () => {};
  const held = new Promise((resolve) => { letGo = () => resolve(undefined); });
  await page.route(/\.wasm$/, async (route) => {
    await held;
    arrived = true;
    await route.continue();
  });
  await page.goto("./");
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
  // Not an empty frame: the whole page stands, and says what it waits for.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/GAN/);
  await expect(page.getByTestId("stage")).toContainText("Fetching the training code");
  expect(arrived).toBe(false);
  letGo();
  await ready(page);
});

test("something is painted before a line of the page's code has run", async ({ page }) => {
  await page.route(/\/assets\/index-[^/]*\.js$/, () => {});
  await page.goto("./", { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/GAN/);
});

for (const [width, height] of [[1440, 900], [1024, 768], [360, 740]]) {
  test(`nothing moves while the page comes, and it complains of nothing (${width} pixels)`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("response", (response) => { if (response.status() >= 400) complaints.push(response.url()); });
    await page.addInitScript(() => {
      const mine = /** @type {any} */ (window);
      mine.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) mine.shift += /** @type {any} */ (entry).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    // The page's name stays where it was painted first.
    /** @type {{x: number, y: number}[]} */
    const places = [];
    await page.route(/\/assets\/index-[^/]*\.js$/, async (route) => {
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      places.push(await placeOfName(page));
      await route.continue();
    });
    await open(page);
    places.push(await placeOfName(page));
    await expect(page.getByTestId("diversity")).not.toBeEmpty();
    expect(await page.evaluate(() => /** @type {any} */ (window).shift)).toBeLessThan(SHIFT);
    const [before, after] = places;
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2);
    expect(complaints).toEqual([]);
  });
}

/** The middle of its left edge. @param {import("@playwright/test").Page} page */
async function placeOfName(page) {
  const { x, y, height } = await page.locator("h1").boundingBox() ?? { x: NaN, y: NaN, height: NaN };
  return { x, y: y + height / 2 };
}

test("the document is in order", async ({ page, request }) => {
  await open(page);
  await expect(page).toHaveTitle(/\S/);
  const found = await page.evaluate(() => ({
    doctype: document.compatMode,
    charset: document.characterSet,
    language: document.documentElement.lang,
    description: document.querySelector("meta[name=description]")?.getAttribute("content") ?? "",
    viewport: document.querySelector("meta[name=viewport]")?.getAttribute("content") ?? "",
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    images: [...document.querySelectorAll("img:not([alt])")].map(({ outerHTML }) => outerHTML),
    unnamed: [...document.querySelectorAll("a[href], button")].filter((one) => one.checkVisibility()
      && !(one.textContent || one.getAttribute("aria-label"))?.trim()).map(({ outerHTML }) => outerHTML),
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i),
  }));
  expect(found).toMatchObject({ doctype: "CSS1Compat", charset: "UTF-8", headings: 1, mains: 1, images: [], unnamed: [], ids: [] });
  expect(found.language).toMatch(/^[a-z]{2}/);
  expect(found.description.length).toBeGreaterThan(40);
  expect(found.viewport).toContain("width=device-width");
  expect(found.viewport).not.toMatch(/user-scalable=no|maximum-scale/);

  // It can be installed: the manifest has a name, an address within the site, and icons that are what it says they are.
  const manifest = await (await request.get("./manifest.webmanifest")).json();
  expect(manifest).toMatchObject({ name: "GAN playground", start_url: "./", scope: "./", display: "standalone" });
  expect(manifest.icons.map((/** @type {{purpose: string}} */ { purpose }) => purpose)).toContain("maskable");
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await request.get(`./${src}`);
    expect(icon.headers()["content-type"]).toContain(type);
    if (type !== "image/png") continue;
    const bytes = await icon.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});
