// The export as a visitor uses it: what the dialog's buttons save and copy, looked into.
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { losses, open, set } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
async function openExport(page) {
  await page.getByTestId("export-open").click();
  await expect(page.getByTestId("export-dialog")).toBeVisible();
}

/** What a button saves. @param {Page} page @param {string} id */
async function saved(page, id) {
  const waiting = page.waitForEvent("download");
  await page.getByTestId(id).click();
  const download = await waiting;
  const bytes = await readFile(await download.path());
  await expect(page.getByTestId("export-said")).toContainText(download.suggestedFilename());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

/** Width and height of a PNG, out of its header. @param {Buffer} png */
const sizeOf = (png) => {
  expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

test("a run is saved as numbers and figures, as a command and as a script", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  /** @type {string[]} */
  const wrong = [];
  page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
  await open(page, "#preset=healthy&device=cpu&seed=5");
  const steps = 12;
  const loss = (await losses(page, steps))[steps - 1].d;
  await openExport(page);
  await expect(page.getByTestId("export-of")).toContainText(`${steps} steps`);

  const series = await saved(page, "save-series");
  expect(series.name).toBe(`gan-ring-series-step-${steps}.csv`);
  const lines = series.text.trimEnd().split("\r\n").map((line) => line.split(","));
  expect(lines[0].slice(0, 3)).toEqual(["step", "d_loss (nats)", "g_loss (nats)"]);
  expect(Number(lines.at(-1)?.[0])).toBe(steps);
  expect(Number(lines.at(-1)?.[1])).toBeCloseTo(loss, 4);
  expect((await saved(page, "save-values")).text).toContain("experiment.seed,5\r\n");
  const run = JSON.parse((await saved(page, "save-json")).text);
  expect(run).toMatchObject({ format: "gan-playground-run", step: steps, link: page.url(), experiment: { seed: 5 }, device: { used: "cpu" } });
  expect(run.series.losses.values.d_loss).toHaveLength(steps);

  const { text: svg } = await saved(page, "save-svg-losses");
  const drawn = await page.evaluate((text) => {
    const image = new DOMParser().parseFromString(text, "image/svg+xml");
    const { d = "" } = Object.fromEntries([...(image.querySelector("path.values")?.attributes ?? [])].map(({ name, value }) => [name, value]));
    return { broken: image.querySelector("parsererror") !== null, points: d.match(/[ML]/g)?.length, size: [image.documentElement.getAttribute("width"), image.documentElement.getAttribute("height")].map(Number), words: image.documentElement.textContent };
  }, svg);
  expect(drawn).toMatchObject({ broken: false, points: steps });
  for (const words of ["Losses", "training step", "seed 5", "How wrong each net is."]) expect(drawn.words).toContain(words);
  const png = await saved(page, "save-png-losses");
  expect(sizeOf(png.bytes)).toEqual(drawn.size.map((side) => 2 * side));
  const shades = await page.evaluate(async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
    const canvas = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d"));
    canvas.drawImage(bitmap, 0, 0);
    const words = new Uint32Array(canvas.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    return { paper: words[0] >>> 0, colours: new Set(words).size };
  }, [...png.bytes]);
  // On white paper, whatever the page's theme, and with something on it.
  expect(shades.paper).toBe(0xffffffff);
  expect(shades.colours).toBeGreaterThan(50);
  await page.getByTestId("export-colours").selectOption("dark");
  expect((await saved(page, "save-svg-layers")).text).toContain("fill=\"#151a21\"");
  expect((await saved(page, "save-svg-stage")).text.match(/<circle/g)?.length).toBeGreaterThan(900);

  await expect(page.getByTestId("export-command")).toHaveText("gan-train --preset healthy --seed 5");
  await page.getByTestId("copy-command").click();
  await expect(page.getByTestId("export-said")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("gan-train --preset healthy --seed 5");
  const script = await saved(page, "save-script");
  expect(script.name).toBe("gan-ring.py");
  expect(script.text).toContain("torch.manual_seed(5)");
  await page.getByTestId("copy-script").click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(script.text);
  expect(wrong).toEqual([]);
});

test("pictures are in the figure and its PNG; changed settings come as a file", async ({ page }) => {
  await open(page, "#preset=faces&device=cpu");
  await set(page, "training.batch", "16");
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready");
  await openExport(page);
  // Nothing has been trained: there is a stage, and no losses.
  await expect(page.getByTestId("save-svg-losses")).toBeDisabled();
  const { text } = await saved(page, "save-svg-stage");
  expect(text.match(/<image [^>]*href="data:image\/png;base64,/g)).toHaveLength(2);
  const [width, height] = sizeOf((await saved(page, "save-png-stage")).bytes);
  expect(width).toBe(1280);
  expect(height).toBeGreaterThan(600);
  await expect(page.getByTestId("export-command")).toHaveText("gan-train --experiment experiment.json");
  const file = await saved(page, "save-experiment");
  expect(file.name).toBe("experiment.json");
  expect(JSON.parse(file.text).training.batch).toBe(16);
});

test("own data are saved beside the command and the script that need them", async ({ page }) => {
  await open(page, "#device=cpu");
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i * 7) % 11},${(i * 3) % 5}`);
  await page.getByTestId("own-open").click();
  await page.getByTestId("own-data").setInputFiles([{ name: "trees.csv", mimeType: "", buffer: Buffer.from(["a,b,c", ...rows].join("\n")) }]);
  await expect(page.getByTestId("own-status")).toContainText("40 rows are ready");
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready");
  await openExport(page);
  const data = await saved(page, "save-own");
  expect(data.name).toBe("gan-own-table-data.bin");
  expect(data.bytes.subarray(-8).toString()).toBe("GANTABL1");
  const { data: { id } } = JSON.parse((await saved(page, "save-experiment")).text);
  const lines = ["mkdir -p gan-data/own", `cp ${data.name} gan-data/own/${id}`, "gan-train --experiment experiment.json --assets gan-data"];
  await expect(page.getByTestId("export-command")).toHaveText(lines.join("\n"));
  expect((await saved(page, "save-script")).text).toContain(`options.add_argument("--data", default="${data.name}"`);
  expect((await saved(page, "save-svg-stage")).text).toContain(">a</text>");
});

test("the dialog is told by its name, works by keyboard, and leaves the run alone", async ({ page }) => {
  await open(page, "#preset=healthy&device=cpu");
  await page.getByTestId("export-open").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Export for a report" });
  await expect(dialog).toBeVisible();
  await page.locator(".export-dialog pre").first().focus();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  await page.locator(".export-dialog summary").click();
  await expect(page.getByTestId("export-script")).toContainText("class Generator(nn.Module):");
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme: scheme });
    expect((await new AxeBuilder({ page }).include(".export-dialog").analyze()).violations).toEqual([]);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId("export-open")).toBeFocused();
});

test("an export that does not arrive is told, and can be tried again", async ({ page }) => {
  await open(page, "#preset=healthy&device=cpu");
  await page.route(/\/dialog-[^/]*\.js$/, (route) => route.abort());
  await page.getByTestId("export-open").click();
  await expect(page.locator(".alert")).toContainText("The export did not arrive");
  await page.unroute(/\/dialog-[^/]*\.js$/);
  await openExport(page);
});
