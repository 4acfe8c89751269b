// Sharing as a teacher and a class meet it: the dialog and its link, what the link hides and locks, the page in a frame of
// somebody else's, and before a whole room.
import { createServer } from "node:http";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { losses, number, open, ready, step } from "./playground.js";
import { readCode } from "./qr-read.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
async function share(page) {
  await page.getByTestId("share").click();
  await expect(page.getByTestId("share-dialog")).toBeVisible();
}

/** What the drawn code says. @param {Page} page */
async function scan(page) {
  const { box, path } = await page.getByTestId("share-code").locator("svg").evaluate((svg) => ({
    box: String(svg.getAttribute("viewBox")).split(" ").map(Number),
    path: String(svg.querySelector("path")?.getAttribute("d")),
  }));
  const quiet = -box[0];
  expect(quiet).toBeGreaterThanOrEqual(4);
  const size = box[2] - 2 * quiet;
  const modules = Array.from({ length: size }, () => /** @type {boolean[]} */ (Array(size).fill(false)));
  for (const [, column, row] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) modules[Number(row)][Number(column)] = true;
  return readCode(modules);
}

test("a link with a drawing, a lesson and hidden parts opens elsewhere to the same losses, without those parts", async ({ page, browser }) => {
  await open(page, "#preset=drawn&device=cpu&seed=5");
  await page.getByTestId("group-data").locator("canvas").first().click({ position: { x: 40, y: 50 } });
  await expect.poll(() => page.url()).toContain("data.strokes=");
  await page.evaluate(() => { location.hash += "&lesson=balance&at=2"; });
  await expect(page.locator(".lesson")).toBeVisible();
  await ready(page);
  await share(page);
  await page.getByTestId("share-parts").locator("summary").click();
  await page.getByTestId("share-hidden-noise").check();
  await page.getByTestId("share-hidden-charts").check();
  const link = await page.getByTestId("share-link").inputValue();
  expect(link).toMatch(/data\.strokes=.*&lesson=balance&at=2&hide=noise,charts$/);
  // What is chosen is the link's, and the page stays as it is.
  expect(page.url()).not.toContain("hide=");
  await page.getByTestId("share-close").click();
  // The lesson stands in place of all settings; these are withheld besides.
  const noise = (/** @type {Page} */ one) => one.getByTestId("group-noise");
  await expect(noise(page)).not.toHaveAttribute("data-hidden");
  const here = await losses(page, 10);

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  await ready(elsewhere);
  await expect(elsewhere.locator(".lesson")).toBeVisible();
  await expect(noise(elsewhere)).toHaveAttribute("data-hidden");
  await expect(elsewhere.locator("[data-part='charts']")).toBeHidden();
  await expect(elsewhere.getByTestId("group-generator")).not.toHaveAttribute("data-hidden");
  expect(await losses(elsewhere, 10)).toEqual(here);
  await elsewhere.getByTestId("withheld").getByRole("button").click();
  await expect(noise(elsewhere)).not.toHaveAttribute("data-hidden");
  expect(elsewhere.url()).not.toContain("hide=");
  await elsewhere.context().close();
});

test("the QR code says the link, and follows what is chosen", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "#device=cpu&seed=3");
  await share(page);
  expect(await scan(page)).toBe(page.url());
  await page.getByTestId("share-mode-present").check();
  const link = await page.getByTestId("share-link").inputValue();
  expect(link).toBe(`${page.url()}&mode=present`);
  expect(await scan(page)).toBe(link);
  await expect(page.getByTestId("share-preview")).toHaveAttribute("href", link);

  await page.getByTestId("share-large").click();
  const code = await page.getByTestId("share-large-dialog").locator("svg").boundingBox();
  expect(code?.height).toBeGreaterThan(0.75 * Number(page.viewportSize()?.height));
  await page.keyboard.press("Escape");

  await page.getByTestId("share-snippet").locator("summary").click();
  await page.getByTestId("share-frame-copy").click();
  await expect(page.getByTestId("share-frame-copy")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<iframe src="http[^"]*&amp;mode=embed" title="GAN playground: A healthy game" .*<\/iframe>$/);
});

test("a drawing too long for a code says so, and its link stays", async ({ page }) => {
  await open(page, `#preset=drawn&device=cpu&data.strokes=${"AAAA".repeat(400)}`);
  await share(page);
  await expect(page.getByTestId("share-too-long")).toBeVisible();
  await expect(page.getByTestId("share-large")).toBeHidden();
  await expect(page.getByTestId("share-link")).toHaveValue(page.url());
});

test("the dialog does not arrive: the link is shown instead", async ({ page }) => {
  await page.route(/\/dialog-[^/]*\.js$/, (route) => route.abort());
  await open(page, "#device=cpu&seed=3");
  await page.getByTestId("share").click();
  await expect(page.getByTestId("error").getByRole("textbox")).toHaveValue(page.url());
});

test("what a link locks cannot be used, can be read, and says why", async ({ page }) => {
  await open(page, "#device=cpu&lock=settings,play,step,own");
  await page.keyboard.press("Space");
  for (const id of ["play", "step"]) {
    await expect(page.getByTestId(id)).toBeDisabled();
    await page.getByTestId(id).click({ force: true });
    await page.getByTestId(id).focus();
    await page.keyboard.press("Enter");
  }
  const seed = page.getByTestId("seed");
  await expect(seed).toBeDisabled();
  await expect(seed).toHaveValue("1");
  await expect(seed).toHaveAccessibleDescription(/Locked by this link/);
  await expect(page.getByTestId("play")).toHaveAccessibleDescription(/Locked by this link/);
  await page.getByTestId("group-noise").locator("summary").click();
  await expect(page.getByTestId("setting-noise.dims")).toBeVisible();
  expect(await number(page, "step-count")).toBe(0);
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");

  // A file that is dropped is the visitor's own data, wherever it falls.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x,y\n1,2\n3,4\n"], "numbers.csv", { type: "text/csv" }));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
  });
  await expect(page.getByTestId("own-panel")).not.toHaveClass(/open/);

  // Other data bring controls that were not there before, and a surface to draw on.
  await page.getByTestId("data-select").selectOption("drawn");
  await ready(page);
  const pad = page.getByTestId("draw-pad");
  await expect(pad).toHaveAttribute("aria-disabled", "true");
  const before = page.url();
  await pad.click({ force: true });
  await pad.press("Enter");
  await page.getByTestId("data-select").selectOption("digits");
  await ready(page);
  const chip = page.getByTestId("group-data").locator(".chips button").first();
  await expect(chip).toBeDisabled();
  expect(before).not.toContain("data.strokes");

  await page.getByTestId("withheld").getByRole("button").click();
  await expect(page.getByTestId("withheld")).toBeHidden();
  await expect(seed).toBeEnabled();
  await expect(chip).toBeEnabled();
  await expect(page.getByTestId("play")).not.toHaveAttribute("title", /Locked/);
  await step(page);
});

test("what a panel says of a locked control holds once the lock is gone", async ({ page }) => {
  await page.goto("./#device=cpu&lock=play");
  // Before the first picture Play is not free anyway.
  await ready(page);
  await expect(page.getByTestId("play")).toBeDisabled();
  await page.evaluate(() => { location.hash = "#device=cpu"; });
  await ready(page);
  await expect(page.getByTestId("play")).toBeEnabled();
});

test("a frame on another site's page trains, without storage, and leads to the whole page", async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    if (window.top === window) return;
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
    IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };
  });
  await open(page, "#device=cpu&seed=4&lock=speed");
  await share(page);
  await page.getByTestId("share-snippet").locator("summary").click();
  const html = await page.getByTestId("share-frame").inputValue();
  const slides = createServer((_, response) => response.setHeader("content-type", "text/html").end(`<!doctype html><title>Slides</title>${html}`));
  await new Promise((resolve) => { slides.listen(0, "127.0.0.1", () => resolve(null)); });
  // Another name of this machine is another site to the browser.
  await page.goto(`http://localhost:${/** @type {import("node:net").AddressInfo} */ (slides.address()).port}/`);
  const frame = page.frameLocator("iframe[title='GAN playground: A healthy game']");
  await expect(frame.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 60_000 });
  await expect(frame.getByTestId("step-count")).toHaveText("0");
  await expect(frame.locator(".settings")).toBeHidden();
  await expect(frame.locator(".guide")).toBeHidden();
  await frame.getByTestId("play").click();
  await expect.poll(async () => Number(await frame.getByTestId("step-count").textContent())).toBeGreaterThan(5);
  await expect(frame.getByTestId("loss-d")).not.toBeEmpty();
  await expect(frame.getByTestId("stage").locator("canvas").first()).toBeVisible();
  await expect(frame.getByTestId("error")).toBeEmpty();
  const whole = frame.getByTestId("open-whole");
  await expect(whole).toHaveAttribute("href", `${baseURL}#preset=healthy&seed=4&device=cpu&lock=speed`);
  await expect(whole).toHaveAttribute("rel", "noopener");
  // All of it is in sight in the frame's own size; in a narrow one nothing is wider than it.
  const root = frame.locator("html");
  expect(await root.evaluate((html) => [html.scrollWidth, html.scrollHeight])).toEqual([800, 500]);
  await page.locator("iframe").evaluate((element) => { element.setAttribute("width", "320"); });
  await expect.poll(() => root.evaluate((html) => html.scrollWidth)).toBe(320);
  slides.close();
});

test("presenter mode has keys, shows them, and is left by one", async ({ page }) => {
  await open(page, "#device=cpu&lesson=balance&at=2");
  const steps = page.getByTestId("step-count");
  // Single letters do nothing on the whole page.
  await page.keyboard.press("s");
  await page.keyboard.press("n");
  expect(page.url()).toMatch(/&at=2$/);
  await expect(steps).toHaveText("0");

  await page.getByTestId("present").click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "present");
  await expect(page.getByTestId("present-foot")).toBeVisible();
  await expect(page.locator(".guide")).toBeHidden();
  await page.getByTestId("present").blur();
  await page.keyboard.press("s");
  await expect(steps).toHaveText("1");
  await page.keyboard.press("Space");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(3);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  await page.keyboard.press("r");
  await expect(steps).toHaveText("0");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url()).toContain("&at=3");
  await page.keyboard.press("p");
  await expect.poll(() => page.url()).toContain("&at=2");
  await page.keyboard.press("l");
  await expect.poll(() => page.url()).toContain("lesson=all");
  await page.keyboard.press("?");
  await expect(page.getByTestId("keys")).toBeVisible();
  await page.keyboard.press("r");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("keys")).toBeHidden();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "present");
  await page.keyboard.press("Escape");
  await expect(page.locator("html")).toHaveAttribute("data-mode", "page");
  await expect(page.locator(".guide")).toBeVisible();
});

test("presenter mode is large, fits a projector, and keeps to what is locked", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, "#device=cpu&mode=present&lock=step");
  await expect(page.getByTestId("present-foot")).toBeVisible();
  await page.keyboard.press("s");
  await page.keyboard.press("Space");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(3);
  const sizes = () => page.evaluate(() => [".diagnosis", ".value-number", ".chart h2"].map((name) =>
    Number.parseFloat(getComputedStyle(/** @type {Element} */ (document.querySelector(name))).fontSize)));
  for (const size of await sizes()) expect(size).toBeGreaterThanOrEqual(18);
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const size of await sizes()) expect(size).toBeGreaterThanOrEqual(26);
  expect(await page.evaluate(() => [document.body.scrollWidth, document.body.scrollHeight])).toEqual([1920, 1080]);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`meets WCAG AA in ${colorScheme}: the dialog, a locked page, a frame and a room`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const check = async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    };
    await open(page, "#preset=drawn&device=cpu&lock=settings,controls&hide=charts");
    await expect(page.getByTestId("withheld")).toBeVisible();
    await check();
    await share(page);
    for (const id of ["share-parts", "share-snippet"]) await page.getByTestId(id).locator("summary").click();
    await check();
    await page.getByTestId("share-large").click();
    await check();
    const shown = colorScheme === "light" ? "#device=cpu" : "#preset=conditional-digits&device=cpu";
    for (const hash of [`${shown}&mode=embed`, "#device=cpu&mode=present"]) {
      await page.goto("about:blank");
      await open(page, hash);
      if (hash.includes("present")) await expect(page.getByTestId("present-foot")).toBeVisible();
      await step(page);
      await check();
    }
    await page.keyboard.press("?");
    await expect(page.getByTestId("keys")).toBeVisible();
    await check();
  });
}
