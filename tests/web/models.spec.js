// Models: trained ones that are a click away, files that are saved and opened again, and files that are no models.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { SLOW, number, open, ready, step, train } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** Everything that a file says of itself. @param {Buffer} bytes */
function headerOf(bytes) {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
  return { length, header, about: JSON.parse(header.__metadata__.gan) };
}

/** The file with its header changed as text. @param {Buffer} bytes @param {(header: string) => string} change */
function withHeader(bytes, change) {
  const { length } = headerOf(bytes);
  const before = bytes.subarray(8, 8 + length).toString();
  const after = Buffer.from(change(before));
  expect(after.toString()).not.toBe(before);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(after.length));
  return Buffer.concat([size, after, bytes.subarray(8 + length)]);
}

/** @param {Page} page */
async function openKeep(page) {
  const studio = page.getByTestId("studio");
  if (!(await studio.evaluate((/** @type {HTMLDetailsElement} */ details) => details.open))) await studio.locator("summary").first().click();
  await page.getByTestId("studio-tab-keep").click();
}

/** The run's file, saved as a visitor does. @param {Page} page */
async function save(page) {
  await openKeep(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("keep-model").click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** @param {Page} page @param {Buffer} bytes @param {string} [name] */
const give = (page, bytes, name = "model.safetensors") =>
  page.getByTestId("own-data").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });

/** What the stage shows, as a number of its bytes. @param {Page} page */
const stage = (page) => page.getByTestId("stage").locator("canvas").first().evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  return context.getImageData(0, 0, canvas.width, canvas.height).data.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 7);
});

test("a trained model is a click away, and training goes on from it", async ({ page }) => {
  await open(page);
  await page.getByTestId("preset").selectOption("trained-faces");
  await expect(page.getByTestId("step-count")).toHaveText("6000");
  await ready(page);
  await step(page);
  expect(await number(page, "step-count")).toBe(6001);
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("step-count")).toHaveText("6000");
  // The link says all of it.
  expect(page.url()).toMatch(/#preset=trained-faces$/);
  // Other nets begin at the beginning.
  await page.goto("./#preset=trained-faces&noise.dims=16");
  await page.reload();
  await ready(page);
  expect(await number(page, "step-count")).toBe(0);
});

test("a model that is saved and dropped again is the same run", async ({ page }) => {
  await open(page);
  await train(page, 60);
  const saved = await save(page);
  const steps = await number(page, "step-count");
  expect(saved.name).toBe(`gan-ring-model-step-${steps}.safetensors`);
  const { about, header } = headerOf(saved.bytes);
  expect(about.version).toBe(1);
  expect(about.step).toBe(steps);
  expect(about.experiment.data.kind).toBe("ring");
  expect(Object.keys(header).filter((name) => name.startsWith("discriminator."))).not.toHaveLength(0);
  await page.getByTestId("studio").locator("summary").first().click();
  const before = await stage(page);

  await page.getByTestId("preset").selectOption("moons");
  await expect(page.getByTestId("step-count")).toHaveText("0");
  await ready(page);
  await give(page, saved.bytes, "ring.safetensors");
  await expect(page.getByTestId("step-count")).toHaveText(String(steps));
  await ready(page);
  await expect.poll(() => stage(page)).toBe(before);
  await expect(page.getByTestId("preset")).toContainText("Your file ring.safetensors");
  await step(page);
  expect(await number(page, "step-count")).toBe(steps + 1);
  expect((await save(page)).bytes.length).toBe(saved.bytes.length);
});

test("a file that is no model is told of in a sentence, and the run goes on untouched", async ({ page }) => {
  test.slow();
  await open(page);
  await step(page);
  const { bytes } = await save(page);
  await page.getByTestId("studio").locator("summary").first().click();
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(20);

  const spoilt = Buffer.from(bytes);
  spoilt.writeFloatLE(NaN, spoilt.length - 4);
  const alert = page.getByTestId("error");
  for (const [what, file, why] of /** @type {[string, Buffer, RegExp][]} */ ([
    ["no safetensors", Buffer.from("GIF89a, and nothing else"), /no safetensors file/],
    ["truncated", bytes.subarray(0, bytes.length - 100), /only a part of one/],
    ["NaN", spoilt, /hold NaN/],
    ["newer", withHeader(bytes, (text) => text.replace('\\"version\\":1', '\\"version\\":9')), /version 9/],
    ["another shape", withHeader(bytes, (text) => text.replace('\\"dims\\":', '\\"dims\\":1')), /noise|dims/],
    ["another's", withHeader(bytes, (text) => text.replace('"gan"', '"gun"')), /not one of this playground/],
  ])) {
    await test.step(what, async () => {
      const steps = await number(page, "step-count");
      await give(page, file, "bad.safetensors");
      await expect(alert).toContainText("bad.safetensors cannot be opened");
      await alert.locator("details").evaluate((/** @type {HTMLDetailsElement} */ details) => { details.open = true; });
      await expect(alert.locator("code")).toHaveText(why);
      await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
      await expect.poll(() => number(page, "step-count")).toBeGreaterThan(steps);
      await alert.locator("[data-way=dismiss]").click();
      await expect(alert).toBeEmpty();
    });
  }
});

test("a shipped model that does not arrive is told of, with a way on", async ({ page }) => {
  await page.route("**/models/faces.safetensors", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("./#preset=trained-faces");
  await expect(page.getByTestId("error")).toContainText("did not arrive whole");
  await page.unroute("**/models/faces.safetensors");
  await page.locator("[data-way=retry]").click();
  await expect(page.getByTestId("step-count")).toHaveText("6000");
});

test("named directions go with the model, and pictures and walks can be taken along", async ({ page }) => {
  test.slow();
  await open(page, "#preset=trained-faces&device=cpu");
  await openKeep(page);
  await page.getByTestId("studio-tab-directions").click();
  await page.getByTestId("direction-slider-0").press("ArrowRight");
  await page.getByTestId("direction-name").fill("warm");
  await page.getByTestId("direction-keep").click();
  await expect(page.getByTestId("named-name-0")).toHaveValue("warm");
  const { bytes } = await save(page);
  const [direction] = headerOf(bytes).about.directions;
  expect(direction.name).toBe("warm");
  expect(direction.vector).toHaveLength(32);
  expect(Math.hypot(...direction.vector)).toBeCloseTo(1, 4);

  const taken = async (/** @type {string} */ id) => {
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByTestId(id).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const sample = await taken("keep-sample");
  expect(sample.name).toBe("gan-faces-sample-step-6000.png");
  // Width and height stand first in a PNG's header.
  expect([sample.bytes.readUInt32BE(16), sample.bytes.readUInt32BE(20)]).toEqual([128, 128]);
  const sixteen = await taken("keep-sixteen");
  expect([sixteen.bytes.readUInt32BE(16), sixteen.bytes.readUInt32BE(20)]).toEqual([512, 512]);
  await page.getByTestId("studio-tab-walk").click();
  const gif = await taken("walk-gif");
  expect(gif.name).toBe("gan-faces-walk-step-6000.gif");
  expect(gif.bytes.subarray(0, 6).toString()).toBe("GIF89a");
  const webm = await taken("walk-webm");
  expect(webm.bytes.subarray(0, 4).toString("hex")).toBe("1a45dfa3");

  await page.reload();
  await ready(page);
  await give(page, bytes);
  await expect(page.getByTestId("preset")).toContainText("Your file model.safetensors");
  await ready(page);
  await openKeep(page);
  await page.getByTestId("studio-tab-directions").click();
  await expect(page.getByTestId("named-name-0")).toHaveValue("warm");
});

/** Weights of one step, by name, as numbers. @param {Buffer} bytes */
function weightsOf(bytes) {
  const { length, header } = headerOf(bytes);
  const data = bytes.subarray(8 + length);
  return Object.entries(header).filter(([name]) => name !== "__metadata__").map(([name, { data_offsets: [from, to] }]) => {
    const part = Uint8Array.from(data.subarray(from, to));
    return { name, values: new Float32Array(part.buffer) };
  });
}

test("both devices save the same nets", async ({ page }) => {
  test.setTimeout(2 * SLOW);
  const files = [];
  for (const device of ["cpu", "webgpu"]) {
    await page.goto(`./#preset=healthy&device=${device}`);
    await page.reload();
    await ready(page, { timeout: SLOW });
    await step(page, { timeout: SLOW });
    files.push(weightsOf((await save(page)).bytes));
  }
  const [cpu, gpu] = files;
  expect(gpu.map(({ name }) => name)).toEqual(cpu.map(({ name }) => name));
  let moved = 0;
  cpu.forEach(({ name, values }, i) => values.forEach((value, at) => {
    moved += Math.abs(value);
    expect(Math.abs(gpu[i].values[at] - value), `${name} ${at}`).toBeLessThan(1e-4);
  }));
  expect(moved).toBeGreaterThan(1);
});
