// What a visitor brings: files as a person would choose them, good and bad, in the real page with the real parsers.
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

/** @typedef {{name: string, bytes: Buffer}} File */

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
/** @param {Buffer} bytes */
const crc = (bytes) => (bytes.reduce((c, byte) => CRC[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** @param {number[]} numbers */
const u16 = (...numbers) => Buffer.concat(numbers.map((n) => { const b = Buffer.alloc(2); b.writeUInt16LE(n); return b; }));
/** @param {number[]} numbers */
const u32 = (...numbers) => Buffer.concat(numbers.map((n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n >>> 0); return b; }));
/** @param {number[]} numbers */
const be32 = (...numbers) => Buffer.concat(numbers.map((n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; }));

/** @param {number} width @param {number} height @param {(x: number, y: number) => number[]} colour */
function png(width, height, colour) {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  /** @param {string} type @param {Buffer} data */
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    return Buffer.concat([be32(data.length), body, be32(crc(body))]);
  };
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk("IHDR", Buffer.concat([be32(width, height), Buffer.from([8, 2, 0, 0, 0])])),
    chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** @param {File[]} files */
function zip(files) {
  /** @type {Buffer[]} */
  const local = [];
  /** @type {Buffer[]} */
  const central = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const about = Buffer.concat([u16(20, 0, 8, 0, 0), u32(crc(bytes), packed.length, bytes.length), u16(name.length, 0)]);
    const entry = Buffer.concat([u32(0x04034b50), about, Buffer.from(name), packed]);
    central.push(Buffer.concat([u32(0x02014b50), u16(20), about, u16(0, 0, 0), u32(0, at), Buffer.from(name)]));
    local.push(entry);
    at += entry.length;
  }
  const listing = Buffer.concat(central);
  return Buffer.concat([...local, listing, u32(0x06054b50), u16(0, 0, files.length, files.length), u32(listing.length, at), u16(0)]);
}

/** A disc or a square somewhere on white. @param {number} i */
function drawing(i) {
  const [cx, cy, r] = [12 + (i * 7) % 9, 11 + (i * 5) % 10, 5 + (i % 4)];
  const ink = [(i * 37) % 180, (i * 71) % 180, (i * 113) % 180];
  const inside = i % 2 ? (/** @type {number} */ x, /** @type {number} */ y) => (x - cx) ** 2 + (y - cy) ** 2 < r * r
    : (/** @type {number} */ x, /** @type {number} */ y) => Math.abs(x - cx) < r && Math.abs(y - cy) < r;
  return png(32, 32, (x, y) => (inside(x, y) ? ink : [255, 255, 255]));
}
const drawings = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => ({ name: `toys/${i % 2 ? "disc" : "square"}/${i}.png`, bytes: drawing(i) }));

/** @param {number[]} sizes @param {(at: number) => number} value */
function idx(sizes, value) {
  const count = sizes.reduce((product, size) => product * size, 1);
  return Buffer.concat([Buffer.from([0, 0, 8, sizes.length]), be32(...sizes), Buffer.from(Array.from({ length: count }, (_, i) => value(i)))]);
}

const table = (/** @type {string[]} */ ...more) => ["a,b,c,kind",
  ...Array.from({ length: 60 }, (_, i) => `${i % 7},${(i % 7) * 2 + (i % 3)},${Math.sin(i).toFixed(3)},${["x", "y"][i % 2]}`), ...more].join("\n");

/** @param {import("@playwright/test").Page} page @param {...File} files */
async function bring(page, ...files) {
  await page.getByTestId("own-data").setInputFiles(files.map(({ name, bytes }) => ({ name, mimeType: "", buffer: bytes })));
  await expect(page.getByTestId("own-status")).not.toHaveText(/^(Reading.*|)$/, { timeout: 30_000 });
}

/** @param {import("@playwright/test").Page} page */
async function opened(page) {
  await page.goto("./#preset=healthy&device=cpu");
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
}

/** Plays until some steps are done. @param {import("@playwright/test").Page} page @param {number} steps */
async function trains(page, steps) {
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  await page.getByTestId("play").click();
  await expect.poll(async () => Number(await page.getByTestId("step-count").textContent()), { timeout: 60_000 }).toBeGreaterThanOrEqual(steps);
  await page.getByTestId("play").click();
  await expect(page.getByTestId("error")).toBeEmpty();
}

test.beforeEach(({ page }) => opened(page));

test("a ZIP of drawings trains, its folders are classes, what is no picture is told of, and a reload loses nothing", async ({ page }) => {
  const files = [...drawings(60), { name: "toys/notes.md", bytes: Buffer.from("# notes") }, { name: "toys/disc/broken.png", bytes: Buffer.from("nothing") }];
  await bring(page, { name: "toys.zip", bytes: zip(files) });
  await expect(page.getByTestId("own-status")).toContainText("60 pictures are ready");
  await expect(page.getByTestId("own-report")).toContainText("2 are no pictures");
  await expect(page.getByTestId("setting-data.only")).toContainText("disc");
  expect(page.url()).toContain("preset=own-pictures");
  await trains(page, 4);
  await page.reload();
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  await expect(page.getByTestId("data-select")).toHaveValue("own-pictures");
  await expect(page.getByTestId("error")).toBeEmpty();
});

test("idx files, zipped and plain, train with their labels", async ({ page }) => {
  await bring(page,
    { name: "t-images-idx3-ubyte.gz", bytes: gzipSync(idx([40, 20, 20], (i) => (i * 31) % 251)) },
    { name: "t-labels-idx1-ubyte", bytes: idx([40], (i) => i % 4) });
  await expect(page.getByTestId("own-status")).toContainText("40 pictures are ready");
  await expect(page.getByTestId("setting-data.only").getByRole("button")).toHaveCount(4);
  await trains(page, 4);
});

test("a table trains on its columns, bad rows are counted, and two columns are points", async ({ page }) => {
  await bring(page, { name: "t.csv", bytes: Buffer.from(table("oops,1,2,x", "1,2", "NaN,1,2,y")) });
  await expect(page.getByTestId("own-status")).toContainText("60 rows are ready");
  await expect(page.getByTestId("own-report")).toContainText("3 rows were skipped");
  await expect(page.getByTestId("pair-plot")).toBeVisible();
  await trains(page, 50);
  await page.getByTestId("setting-data.columns").getByRole("button", { name: "c" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  await expect(page.getByTestId("pair-plot")).toBeHidden();
  await trains(page, 50);
});

test("a sheet is cut into its tiles", async ({ page }) => {
  const sheet = png(128, 128, (x, y) => [(x * 2) % 256, (y * 2) % 256, (((x >> 5) + 4 * (y >> 5)) * 16) % 256]);
  await bring(page, { name: "sheet.png", bytes: sheet });
  await expect(page.getByTestId("own-status")).toContainText("16 pictures are ready");
  await expect(page.getByTestId("own-report")).toContainText("16 tiles in 4 rows of 4");
});

test("a colour picture comes through as it is, byte for byte", async ({ page }) => {
  const pixel = (/** @type {number} */ n) => (/** @type {number} */ x, /** @type {number} */ y) => [(x * 8 + n) % 256, (y * 8 + 3 * n) % 256, (x * y + 7 * n) % 256];
  await bring(page, ...Array.from({ length: 8 }, (_, n) => ({ name: `${n}.png`, bytes: png(32, 32, pixel(n)) })));
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  // What the browser keeps, which is what the crate trains on and the stage shows: planes of pixels, picture by picture.
  const kept = await page.evaluate(async () => {
    const database = await new Promise((resolve) => { const r = indexedDB.open("gan-playground", 1); r.onsuccess = () => resolve(r.result); });
    const all = await new Promise((resolve) => { const r = database.transaction("own-data").objectStore("own-data").getAll(); r.onsuccess = () => resolve(r.result); });
    return [...new Uint8Array(await all[0].blob.arrayBuffer())].slice(0, 8 * 3 * 32 * 32);
  });
  const expected = Array.from({ length: 8 }, (_, n) => [0, 1, 2].map((channel) =>
    Array.from({ length: 1024 }, (__, at) => pixel(n)(at % 32, Math.floor(at / 32))[channel]))).flat(2);
  expect(kept).toEqual(expected);
});

test.describe("what cannot be used is told of, and the run before stays", () => {
  const whole = zip(drawings(30));
  const same = Array.from({ length: 12 }, (_, i) => ({ name: `${i}.png`, bytes: drawing(1) }));
  /** @type {[string, File[], RegExp, RegExp][]} */
  const cases = [
    ["three pictures", drawings(3), /There are 3 pictures, and at least 8 are needed/, /^$/],
    ["all pictures equal", same, /All 12 pictures are the same/, /^$/],
    ["a ZIP bomb", [{ name: "bomb.zip", bytes: zip([{ name: "big.png", bytes: Buffer.alloc(70_000_000) }]) }], /Nothing in there/, /would unpack to 66.7 MB/],
    ["a picture of 20,000 pixels", [{ name: "long.png", bytes: png(20_000, 2, () => [0, 0, 0]) }], /There are 0 pictures/, /20,000 x 2 pixels, and sides of at most/],
    ["no picture at all", [{ name: "a.png", bytes: Buffer.from("not one") }], /There are 0 pictures/, /no picture that this browser can read/],
    ["an idx header that lies", [{ name: "x.idx", bytes: idx([4, 2, 2], () => 0).subarray(0, 22) }], /Nothing in there/, /promises 16 values/],
    ["a CSV of text", [{ name: "t.csv", bytes: Buffer.from("a,b\nx,y\nz,w\n") }], /Nothing in there/, /no column of it holds mostly numbers/],
    ["a CSV of four rows", [{ name: "t.csv", bytes: Buffer.from("a,b\n1,2\n3,4\n5,6\n7,8\n") }], /Nothing in there/, /at least 10 are needed/],
    ["a PDF", [{ name: "t.pdf", bytes: Buffer.from("%PDF-1.4") }], /Nothing in there/, /it is no picture/],
    ["an empty file", [{ name: "t.csv", bytes: Buffer.alloc(0) }], /Nothing in there/, /it is empty/],
  ];
  for (const [name, files, status, report] of cases) {
    test(name, async ({ page }) => {
      await bring(page, ...files);
      await expect(page.getByTestId("own-status")).toHaveText(status);
      await expect(page.getByTestId("own-report")).toHaveText(report);
      await expect(page.getByTestId("data-select")).toHaveValue("ring");
      await trains(page, 20);
    });
  }

  test("of a ZIP that ends early, what is there is used", async ({ page }) => {
    await bring(page, { name: "cut.zip", bytes: whole.subarray(0, Math.floor(whole.length * 0.6)) });
    await expect(page.getByTestId("own-report")).toContainText("cut.zip ends early");
    await expect(page.getByTestId("own-status")).toContainText("pictures are ready");
    await trains(page, 2);
  });
});

test("where nothing can be stored, the data serve this visit", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await page.reload();
  await opened(page);
  await bring(page, { name: "t.csv", bytes: Buffer.from(table()) });
  await expect(page.getByTestId("own-status")).toContainText("storage is full");
  await trains(page, 20);
});

test("a link to data of another browser says so, and has ways on", async ({ page }) => {
  await page.goto("./#preset=own-pictures&data.id=0123456789abcdef&device=cpu");
  await expect(page.getByTestId("error")).toContainText("not in this one");
  await page.getByTestId("error").getByRole("button", { name: "Back to defaults" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
});

test("what is kept can be used again and deleted", async ({ page }) => {
  await bring(page, { name: "t.csv", bytes: Buffer.from(table()) });
  await page.getByTestId("data-select").selectOption("moons");
  await expect(page.getByTestId("data-select")).toHaveValue("moons");
  const kept = page.getByTestId("own-kept");
  await kept.getByRole("button", { name: "Train on it" }).click();
  await expect(page.getByTestId("data-select")).toHaveValue("own-table");
  await kept.getByRole("button", { name: "Delete t.csv" }).click();
  await expect(kept.getByRole("listitem")).toHaveCount(0);
});

test("what is drawn is trained on, and is in the link", async ({ page }) => {
  await page.goto("./#preset=drawn&device=cpu");
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  const before = page.url();
  const pad = page.getByTestId("draw-pad");
  await expect(pad).toBeVisible();
  const box = await pad.boundingBox();
  if (!box) throw new Error("the pad is not to be seen");
  const at = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(...at(0.1, 0.9));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.6), { steps: 8 });
  await page.mouse.move(...at(0.9, 0.9), { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toContain("data.strokes=");
  await trains(page, 50);
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByTestId("draw-status")).toContainText(/\d+ of 1,000 points/);
  expect(page.url()).toBe(link);
  await page.goto("about:blank");
  await page.goto(before);
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
});

test("a drawing in a link that is too little says so, and the defaults draw", async ({ page }) => {
  await page.goto("./#preset=drawn&data.strokes=AAAA.BBBB&device=cpu");
  await expect(page.getByTestId("error")).toContainText("do not work together");
  await expect(page.getByTestId("error")).toContainText("it has 2 points, and a drawing needs at least 3");
  await page.getByTestId("error").getByRole("button", { name: "Back to defaults" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
});

test("only sevens, and the seven that a fake is nearest to", async ({ page }) => {
  await page.goto("./#preset=digits&data.only=7&device=cpu");
  await expect(page.locator("body")).toHaveAttribute("data-status", "ready", { timeout: 30_000 });
  await page.getByTestId("about").locator("summary").click();
  await expect(page.getByTestId("about-facts")).toContainText("1,000 pictures of 28 × 28 pixels in grey");
  // Asked for when the panel opens, and drawn when it has come: some ink in the middle, none in a corner.
  await expect.poll(() => page.getByRole("img", { name: "Mean picture" }).evaluate((canvas) => {
    const { data, width } = /** @type {any} */ (canvas).getContext("2d").getImageData(0, 0, 28, 28);
    return width === 28 && data[4 * (8 * 28 + 14)] > 60 && data[0] < 10 && data[3] === 255;
  })).toBe(true);
  await page.getByTestId("ask-nearest").click();
  await expect(page.getByTestId("nearest-verdict")).toContainText(/\(7\) differ by \d+ of 255/);
});

for (const [width, hash] of /** @type {const} */ ([[360, "t.csv"], [1440, "toys.zip"]])) {
  test(`the panel of own data is as wide as the window allows and meets WCAG AA (${width} pixels)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await bring(page, hash === "t.csv" ? { name: hash, bytes: Buffer.from(table("oops,1,2,x")) } : { name: hash, bytes: zip(drawings(20)) });
    await expect(page.getByTestId("own-kept").getByRole("listitem")).toHaveCount(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    await page.screenshot({ path: `target/test-results/own-${width}.png` });
  });
}
