// What a visitor does with the page when all goes well.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { losses, number, open, ready, set, step, train } from "./playground.js";

test("opens with a picture before anything is trained", async ({ page }) => {
  await open(page);
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  expect(await number(page, "step-count")).toBe(0);
  await expect(page.getByTestId("loss-d")).toBeEmpty();
  await expect(page.getByTestId("error")).toBeEmpty();
  const colours = await page.getByTestId("stage").locator("canvas").first().evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    return new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
  });
  expect(colours).toBeGreaterThan(50);
});

test("one click trains the ring, another pauses it", async ({ page }) => {
  await open(page);
  await page.getByTestId("play").click();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(20);
  await expect.poll(() => number(page, "steps-per-second")).toBeGreaterThan(5);
  const before = await number(page, "loss-d");
  await expect.poll(() => number(page, "loss-d")).not.toBe(before);
  for (const id of ["accuracy-real", "accuracy-fake"]) {
    const accuracy = await number(page, id);
    expect(accuracy).toBeGreaterThanOrEqual(0);
    expect(accuracy).toBeLessThanOrEqual(1);
  }
  await page.getByTestId("play").click();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  const paused = await number(page, "step-count");
  await page.waitForTimeout(500);
  expect(await number(page, "step-count")).toBe(paused);
});

test("the space bar plays and pauses", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
});

test("a step is exactly one step", async ({ page }) => {
  await open(page);
  for (let i = 1; i <= 3; i += 1) {
    await step(page);
    await page.waitForTimeout(150);
    expect(await number(page, "step-count")).toBe(i);
  }
});

test("a pause shows every step that was done, and the next step is one more", async ({ page }) => {
  await open(page);
  for (let i = 0; i < 3; i += 1) {
    await train(page, (await number(page, "step-count")) + 20);
    await page.waitForTimeout(300);
    await step(page);
  }
});

test("reset starts the same run over", async ({ page }) => {
  await open(page);
  const first = await losses(page, 5);
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await ready(page);
  expect(await losses(page, 5)).toEqual(first);
});

test("another seed is another run", async ({ page }) => {
  await open(page);
  const first = await losses(page, 2);
  await page.getByTestId("seed").fill("2");
  await page.getByTestId("seed").press("Enter");
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await ready(page);
  expect(await losses(page, 2)).not.toEqual(first);
});

test("a link carries every setting and reopens the same run", async ({ page, context }) => {
  await open(page, "#data=ring&data.modes=5&seed=7&device=cpu&noise.dims=4&generator.hidden=32,16"
    + "&discriminator.hidden=24&training.batch=64&training.d_updates=2&training.g_learning_rate=0.002&speed=37");
  const link = page.url();
  expect(new URL(link).hash.slice(1).split("&").sort()).toEqual(["data.modes=5", "device=cpu", "discriminator.hidden=24",
    "generator.hidden=32,16", "noise.dims=4", "preset=healthy", "seed=7", "speed=37", "training.batch=64", "training.d_updates=2",
    "training.g_learning_rate=0.002"]);
  const first = await losses(page, 10);
  const other = await context.newPage();
  await other.goto(link);
  await ready(other);
  await expect(other.getByTestId("setting-generator.hidden")).toHaveValue("32, 16");
  await expect(other.getByTestId("speed")).toHaveValue("37");
  expect(await losses(other, 10)).toEqual(first);
});

test("the link is copied by a button", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "#seed=11");
  await page.getByTestId("share").click();
  await page.getByTestId("share-copy").click();
  await expect(page.getByTestId("share-copy")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("a link pasted into the open page loads", async ({ page }) => {
  await open(page);
  await page.evaluate(() => { location.hash = "#data=ring&data.modes=3"; });
  await expect(page.getByTestId("setting-data.modes")).toHaveValue("3");
  await ready(page);
  await train(page, 5);
});

test("learning rates change in mid-run, without starting over", async ({ page }) => {
  await open(page);
  await losses(page, 3);
  for (const path of ["training.g_learning_rate", "training.d_learning_rate"]) await set(page, path, "0");
  expect(await number(page, "step-count")).toBe(3);
  expect(page.url()).toMatch(/d_learning_rate=0&training.g_learning_rate=0(&|$)/);
  // With rates of zero nothing is learnt: D's loss only wanders with the batches, which are like one another.
  const still = await losses(page, 8);
  const spread = Math.max(...still.map(({ d }) => d)) - Math.min(...still.map(({ d }) => d));
  expect(spread).toBeLessThan(0.2);
  expect(await number(page, "step-count")).toBe(11);
});

test("a value out of range is refused beside the setting, and the run goes on", async ({ page }) => {
  await open(page);
  await step(page);
  await set(page, "training.batch", "5000");
  await expect(page.getByText("Batch size takes whole numbers, 2 to 1024.")).toBeVisible();
  expect(page.url()).not.toContain("training.batch");
  await step(page);
  expect(await number(page, "step-count")).toBe(2);
});

test("a change that rebuilds while playing goes on playing", async ({ page }) => {
  await open(page);
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(5);
  await set(page, "noise.dims", "3");
  await expect.poll(() => page.url()).toContain("noise.dims=3");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(5);
});

test("the wanted speed is kept", async ({ page }) => {
  await open(page, "#speed=5");
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(2);
  const start = Date.now();
  const before = await number(page, "step-count");
  await page.waitForTimeout(3000);
  const rate = ((await number(page, "step-count")) - before) / ((Date.now() - start) / 1000);
  expect(rate).toBeGreaterThan(3.5);
  expect(rate).toBeLessThan(6.5);
});

test("digits show images, their scores, and whose data it is", async ({ page }) => {
  await open(page, "#device=cpu");
  await page.getByTestId("data-select").selectOption("digits");
  await expect(page.getByTestId("credit")).toContainText("CC BY-SA 3.0");
  await expect(page.getByTestId("credit")).toContainText("Yann LeCun");
  await ready(page);
  const grids = page.getByTestId("stage").locator("canvas:visible");
  await expect(grids).toHaveCount(2);
  await grids.first().focus();
  await expect(page.getByTestId("stage").locator("output").first()).toHaveText(/^No\. 1: D gives it 0\.\d\d$/);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("stage").locator("output").first()).toHaveText(/^No\. 2: D gives it 0\.\d\d$/);
  await train(page, 3);
});

test("the first visit fetches one module, no images, and nothing from elsewhere", async ({ page, baseURL }) => {
  /** @type {string[]} */
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await open(page);
  await train(page, 5);
  expect(requests.filter((url) => !url.startsWith(String(baseURL)) && !url.startsWith("data:"))).toEqual([]);
  expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
  expect(requests.some((url) => url.includes("cpu-gan_playground"))).toBe(true);
  expect(requests.filter((url) => url.includes("webgpu-") || url.includes("datasets/"))).toEqual([]);
});

for (const hash of ["", "#data=digits&device=cpu", "#preset=conditional-digits&device=cpu", "#preset=ring&transport=true", "#preset=drawn"]) {
  test(`nothing is wider than a small phone (${hash || "ring"})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, hash);
    await page.evaluate(() => document.querySelectorAll("details").forEach((group) => { group.open = true; }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const hash of ["#seed=none&transport=true", "#preset=conditional-digits&device=cpu", "#preset=ring", "#preset=drawn"]) {
    test(`meets WCAG AA in ${colorScheme} (${hash})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, hash);
      await step(page);
      await expect(page.getByTestId("diversity")).not.toBeEmpty();
      await page.evaluate(() => document.querySelectorAll("details").forEach((group) => { group.open = true; }));
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    });
  }
}

test("the page stays smooth while it trains", async ({ page }) => {
  await open(page);
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(50);
  const longest = () => page.evaluate(() => new Promise((resolve) => {
    let most = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) most = Math.max(most, duration);
    });
    observer.observe({ type: "longtask" });
    setTimeout(() => {
      observer.disconnect();
      resolve(most);
    }, 4000);
  }));
  // The browser lists tasks above 50 ms alone: none is what is wanted, and `cargo xtask bench` says whether that holds
  // on a quiet machine. On a busy one a task can be held up by no fault of its own; one that is far too long by itself
  // is so every time.
  await expect.poll(longest, { timeout: 30_000 }).toBeLessThan(100);
});
