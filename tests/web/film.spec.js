// Films and pictures to take along: the files hold what was put in, and the page makes them of a run.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { fileName } from "../../www/film/download.js";
import { sheetPixels } from "../../www/film/png.js";
import { MOST_FRAMES, filmScale } from "../../www/film/recorder.js";
import { number, open } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** Gives the page what takes a picture or a film apart: the size of each frame, how many milliseconds it lasts, and red,
 * green and blue of every pixel. @param {Page} page */
const giveDecoder = (page) => page.addInitScript(() => {
  /** @param {Blob} blob */
  async function takeApart(blob) {
    const decoder = new ImageDecoder({ data: await blob.arrayBuffer(), type: blob.type });
    await decoder.tracks.ready;
    await decoder.completed;
    const { frameCount = 0, repetitionCount = 0 } = decoder.tracks.selectedTrack ?? {};
    const frames = [];
    for (let i = 0; i < frameCount; i += 1) {
      const { image } = await decoder.decode({ frameIndex: i });
      const [width, height] = [image.displayWidth, image.displayHeight];
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext("2d"));
      context.drawImage(image, 0, 0);
      const pixels = [...context.getImageData(0, 0, width, height).data].filter((_, k) => k % 4 < 3);
      frames.push({ width, height, lasts: Math.round((image.duration ?? 0) / 1000), pixels });
      image.close();
    }
    return { repeats: repetitionCount, frames };
  }
  Object.assign(globalThis, { takeApart });
});

test.describe("names of files", () => {
  test("tell data, step and what it is", () => {
    expect(fileName({ data: "digits", step: 1200, extension: "png" })).toBe("gan-digits-step-1200.png");
    expect(fileName({ data: "own-pictures", step: 0, what: "walk", extension: "gif" })).toBe("gan-own-pictures-walk-step-0.gif");
  });

  test("have nothing in them that a file system minds", () => {
    expect(fileName({ data: "../My Cats/№ 5?", step: 1, what: "--", extension: ".GIF" })).toBe("gan-my-cats-5-step-1.gif");
  });
});

test.describe("the size of a film", () => {
  for (const [side, kind, scale] of /** @type {const} */ ([
    [28, "gif", 18], [256, "gif", 2], [257, "gif", 1], [512, "gif", 1], [513, "gif", 1 / 2], [1024, "gif", 1 / 2], [1025, "gif", 1 / 3],
    [28, "webm", 18], [513, "webm", 1], [1080, "webm", 1], [1081, "webm", 1 / 2],
  ])) {
    test(`${side} pixels become ${Math.floor(side * scale)} in a ${kind}`, () => expect(filmScale(side, kind)).toBe(scale));
  }
});

test("a sheet has its pictures row by row, each pixel a square, and nothing where none is left", () => {
  // Three pictures of 2 by 1, in grey: 1 2, 3 4, 5 6.
  const sheet = sheetPixels(Uint8Array.of(1, 2, 3, 4, 5, 6), { width: 2, height: 1, channels: 1 }, 3, 2, 2);
  expect([sheet.width, sheet.height]).toEqual([8, 4]);
  const greys = [...new Uint32Array(sheet.data.buffer)].map((word) => (word === 0 ? 0 : word % 256));
  const top = [1, 1, 2, 2, 3, 3, 4, 4];
  const bottom = [5, 5, 6, 6, 0, 0, 0, 0];
  expect(greys).toEqual([...top, ...top, ...bottom, ...bottom]);
  expect([...sheet.data.subarray(0, 4)]).toEqual([1, 1, 1, 255]);
});

test("a sheet of one row is as wide as its pictures", () => {
  const { width, height, data } = sheetPixels(Uint8Array.of(1, 2, 3, 4, 5, 6), { width: 1, height: 1, channels: 3 }, 2, 9, 1);
  expect([width, height]).toEqual([2, 1]);
  expect([...data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
});

test.describe("files, read by the browser", () => {
  /** The modules as the site would bundle them. @type {Map<string, string>} */
  const files = new Map();

  test.beforeAll(async () => {
    const entry = Object.fromEntries(["png", "gif", "webm", "recorder"].map((name) => [name, `film/${name}.js`]));
    const built = await build({ configFile: false, root: "www", base: "./", publicDir: false, logLevel: "silent", worker: { format: "es" },
      build: { write: false, target: "es2023", rolldownOptions: { input: entry, preserveEntrySignatures: "strict", output: { entryFileNames: "[name].js" } } } });
    for (const { output } of /** @type {import("vite").Rolldown.RolldownOutput[]} */ ([built].flat())) {
      for (const file of output) files.set(file.fileName, file.type === "chunk" ? file.code : String(file.source));
    }
  });

  test.beforeEach(async ({ page }) => {
    await giveDecoder(page);
    await page.route("**/film-test/**", (route) => {
      const body = files.get(new URL(route.request().url()).pathname.slice("/film-test/".length));
      return route.fulfill(body === undefined ? { contentType: "text/html", body: "<!doctype html><title>films</title>" } : { contentType: "text/javascript", body });
    });
    await page.goto("./film-test/page");
  });

  /** What the page makes of a module's name: the module. */
  const load = (/** @type {Page} */ page, /** @type {string} */ name) => page.evaluateHandle((address) => import(address), `./${name}.js`);

  test("a PNG in colour has the very pixels, every value among them", async ({ page }) => {
    const png = await load(page, "png");
    const wrong = await png.evaluate(async ({ pictureToPng }) => {
      const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * 89) % 256);
      const bitmap = await createImageBitmap(await pictureToPng(pixels, { width: 16, height: 16, channels: 3 }, 3));
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(48, 48).getContext("2d"));
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, 48, 48);
      let differ = bitmap.width === 48 && bitmap.height === 48 ? 0 : 1e6;
      for (let y = 0; y < 48; y += 1) {
        for (let x = 0; x < 48; x += 1) {
          for (let k = 0; k < 4; k += 1) {
            const want = k === 3 ? 255 : pixels[3 * (16 * Math.floor(y / 3) + Math.floor(x / 3)) + k];
            if (data[4 * (48 * y + x) + k] !== want) differ += 1;
          }
        }
      }
      return differ;
    });
    expect(wrong).toBe(0);
  });

  test("a sheet is one PNG of all pictures", async ({ page }) => {
    const png = await load(page, "png");
    const { type, size, greys } = await png.evaluate(async ({ sheetToPng }) => {
      const blob = await sheetToPng(Uint8Array.of(10, 20, 30, 40, 50), { width: 1, height: 1, channels: 1 }, 5, 3, 4);
      const bitmap = await createImageBitmap(blob);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(12, 8).getContext("2d"));
      context.drawImage(bitmap, 0, 0);
      const at = (/** @type {number} */ x, /** @type {number} */ y) => [...context.getImageData(x, y, 1, 1).data];
      return { type: blob.type, size: [bitmap.width, bitmap.height], greys: [at(0, 0), at(3, 3), at(4, 0), at(11, 3), at(0, 4), at(7, 7), at(8, 4)] };
    });
    expect({ type, size }).toEqual({ type: "image/png", size: [12, 8] });
    expect(greys.map(([r, , , a]) => [r, a])).toEqual([[10, 255], [10, 255], [20, 255], [30, 255], [40, 255], [50, 255], [0, 0]]);
  });

  test("a GIF in grey has every grey exactly, each frame its own picture, and plays for ever", async ({ page }) => {
    const gif = await load(page, "gif");
    const { repeats, frames, type } = await gif.evaluate(async ({ GifWriter }) => {
      const writer = new GifWriter({ width: 20, height: 15, fps: 30 });
      const adding = [0, 7, 100].map((shift) => {
        const image = new ImageData(20, 15);
        for (let i = 0; i < 300; i += 1) image.data.set([0, 1, 2].map(() => (i + shift) % 256).concat(255), 4 * i);
        return writer.add(image);
      });
      await Promise.all(adding);
      const film = writer.finish();
      return { type: film.type, ...await /** @type {any} */ (globalThis).takeApart(film) };
    });
    expect(type).toBe("image/gif");
    expect(repeats).toBe(Infinity);
    // A thirtieth of a second is no whole number of hundredths: the three together are ten of them.
    expect(frames.map((/** @type {any} */ { width, height, lasts }) => [width, height, lasts])).toEqual([[20, 15, 30], [20, 15, 40], [20, 15, 30]]);
    [0, 7, 100].forEach((shift, n) => {
      expect(frames[n].pixels).toEqual(Array.from({ length: 900 }, (_, i) => (Math.floor(i / 3) + shift) % 256));
    });
  });

  for (const [what, source] of [
    ["a few", "[[200, 30, 40], [10, 220, 30], [12, 34, 250]][(x + 2 * y) % 3]"],
    ["many that run into each other", "[4 * x, 4 * y, 128]"],
    ["noisy", "[37 * x * y % 256, (91 * x + 17 * y * y) % 256, (53 * x * x + y) % 256]"],
  ]) {
    test(`a GIF in colour has colours near enough where they are ${what}`, async ({ page }) => {
      const gif = await load(page, "gif");
      const { frames, given } = await gif.evaluate(async ({ GifWriter }, colour) => {
        const writer = new GifWriter({ width: 64, height: 64, fps: 10 });
        const image = new ImageData(64, 64);
        const at = (0, eval)(`(x, y) => ${colour}`);
        for (let i = 0; i < 4096; i += 1) image.data.set([...at(i % 64, Math.floor(i / 64)), 255], 4 * i);
        const pixels = [...image.data].filter((_, k) => k % 4 < 3);
        await writer.add(image);
        return { given: pixels, ...await /** @type {any} */ (globalThis).takeApart(writer.finish()) };
      }, source);
      expect(frames).toHaveLength(1);
      const error = Math.sqrt(given.reduce((/** @type {number} */ sum, /** @type {number} */ value, /** @type {number} */ i) => sum + (value - frames[0].pixels[i]) ** 2, 0) / given.length);
      expect(error).toBeLessThan({ "a few": 1e-9, noisy: 20 }[what] ?? 7);
    });
  }

  test("a GIF refuses a frame of another size, and a film of none", async ({ page }) => {
    const gif = await load(page, "gif");
    const said = await gif.evaluate(async ({ GifWriter }) => {
      const writer = new GifWriter({ width: 20, height: 15, fps: 30 });
      const refused = await writer.add(new ImageData(15, 20)).catch(String);
      try {
        writer.finish();
        return [refused];
      } catch (cause) {
        return [refused, String(cause)];
      }
    });
    expect(said).toEqual(["Error: a frame of 15 × 20 in a film of 20 × 15", "Error: a film without a frame"]);
  });

  test("a GIF whose encoder does not arrive says so, at once and later", async ({ page }) => {
    await page.route("**/gif-worker*", (route) => route.abort());
    const gif = await load(page, "gif");
    const said = await gif.evaluate(async ({ GifWriter }) => {
      const writer = new GifWriter({ width: 2, height: 2, fps: 10 });
      return [await writer.add(new ImageData(2, 2)).catch(String), await writer.add(new ImageData(2, 2)).catch(String)];
    });
    expect(said).toEqual(Array(2).fill("Error: the script that writes GIFs did not load"));
  });

  test("a WebM begins as one, and plays as long as it was filmed, at its size", async ({ page }) => {
    const webm = await load(page, "webm");
    const seen = await webm.evaluate(async ({ WebmRecorder, canRecord }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 160, height: 120 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
      const recorder = new WebmRecorder(canvas, 10);
      recorder.start();
      const begin = performance.now();
      let filmed = 0;
      // Red at first, then blue.
      for (let i = 0; i < 20; i += 1) {
        context.fillStyle = i < 10 ? "#ff0000" : "#0000ff";
        context.fillRect(0, 0, 160, 120);
        recorder.frame();
        filmed = performance.now() - begin;
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
      const film = await recorder.stop();
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(film);
      const once = (/** @type {string} */ type) => new Promise((resolve, reject) => {
        video.addEventListener(type, resolve, { once: true });
        video.addEventListener("error", () => reject(video.error), { once: true });
      });
      await once("loadeddata");
      // A film that was written as it came has no length in its head: the browser finds it at the end.
      const found = once("seeked");
      video.currentTime = 1e6;
      await found;
      const colour = () => {
        context.drawImage(video, 0, 0);
        return [...context.getImageData(80, 60, 1, 1).data];
      };
      const last = colour();
      const back = once("seeked");
      video.currentTime = 0;
      await back;
      const first = colour();
      const head = [...new Uint8Array(await film.slice(0, 4).arrayBuffer())];
      return { can: canRecord(), type: film.type, head, filmed: filmed / 1000, length: video.duration, size: [video.videoWidth, video.videoHeight], first, last };
    });
    expect(seen).toMatchObject({ can: true, type: "video/webm", head: [0x1a, 0x45, 0xdf, 0xa3], size: [160, 120] });
    expect(Math.abs(seen.length - seen.filmed)).toBeLessThan(0.5);
    expect(seen.first[0]).toBeGreaterThan(200);
    expect(seen.first[2]).toBeLessThan(60);
    expect(seen.last[2]).toBeGreaterThan(200);
    expect(seen.last[0]).toBeLessThan(60);
  });

  test("a recorder enlarges pixels into squares, and is full in the end", async ({ page }) => {
    const module = await load(page, "recorder");
    const seen = await module.evaluate(async ({ createRecorder }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 200, height: 3 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const recorder = createRecorder({ kind: "gif", canvas, fps: 10 });
      for (let x = 0; x < 200; x += 1) {
        context.fillStyle = `rgb(${x} 0 ${255 - x})`;
        context.fillRect(x, 0, 1, 3);
      }
      let full = 0;
      for (let i = 0; i < 605; i += 1) {
        await recorder.frame();
        if (!recorder.full) full = i + 2;
      }
      const { frames } = await /** @type {any} */ (globalThis).takeApart(await recorder.stop());
      const [{ width, height, pixels }] = frames;
      return { full, frames: frames.length, width, height, row: pixels.slice(3 * 400, 3 * 800) };
    });
    expect(seen).toMatchObject({ full: MOST_FRAMES, frames: MOST_FRAMES, width: 400, height: 6 });
    expect(seen.row).toEqual(Array.from({ length: 400 }, (_, x) => [Math.floor(x / 2), 0, 255 - Math.floor(x / 2)]).flat());
  });
});

test.describe("on the page", () => {
  test.beforeEach(({ page }) => giveDecoder(page));

  /** A file that the page saved: its frames, how many differ from the one before, their size, and the last one's colours.
   * @param {Page} page @param {import("@playwright/test").Download} download @param {string} type */
  async function look(page, download, type) {
    const bytes = [...await readFile(await download.path())];
    return page.evaluate(async ([data, kind]) => {
      const { frames } = await /** @type {any} */ (globalThis).takeApart(new Blob([Uint8Array.from(data)], { type: kind }));
      let changes = 0;
      for (let i = 1; i < frames.length; i += 1) {
        if (frames[i].pixels.some((/** @type {number} */ value, /** @type {number} */ k) => value !== frames[i - 1].pixels[k])) changes += 1;
      }
      const { width, height, pixels } = frames[frames.length - 1];
      const colours = new Set();
      for (let k = 0; k < pixels.length; k += 3) colours.add(`${pixels[k]} ${pixels[k + 1]} ${pixels[k + 2]}`);
      return { frames: frames.length, changes, size: [width, height], colours: colours.size };
    }, /** @type {[number[], string]} */ ([bytes, type]));
  }

  /** @param {Page} page @param {() => Promise<unknown>} cause */
  async function saved(page, cause) {
    const [download] = await Promise.all([page.waitForEvent("download"), cause()]);
    return download;
  }

  const foot = (/** @type {Page} */ page) => page.locator(".stage-foot").boundingBox();

  test("a ring is filmed as a GIF by two buttons, and nothing moves", async ({ page }) => {
    /** @type {string[]} */
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await open(page);
    const place = await foot(page);
    expect(requests.filter((url) => url.includes("gif"))).toEqual([]);
    await page.getByTestId("record").click();
    await expect(page.getByTestId("record-said")).toContainText("Press Play");
    await expect(page.getByTestId("record-stop")).toBeFocused();
    expect(await foot(page)).toEqual(place);
    await page.getByTestId("play").click();
    await expect(page.getByTestId("record-frames")).toHaveText(/^([6-9]|\d\d) frames$/);
    const download = await saved(page, () => page.getByTestId("record-stop").click());
    expect(download.suggestedFilename()).toMatch(/^gan-ring-step-[1-9]\d*\.gif$/);
    await expect(page.getByTestId("record-said")).toContainText(`Saved ${download.suggestedFilename()}: `);
    await expect(page.getByTestId("record")).toBeFocused();
    expect(await foot(page)).toEqual(place);
    const { frames, changes, size, colours } = await look(page, download, "image/gif");
    expect(frames).toBeGreaterThanOrEqual(6);
    expect(changes).toBe(frames - 1);
    const plane = await page.locator(".plane canvas").evaluate((/** @type {HTMLCanvasElement} */ { width }) => width);
    const side = plane * filmScale(plane, "gif");
    expect(size).toEqual([side, side]);
    expect(colours).toBeGreaterThan(30);
    expect(requests.filter((url) => url.includes("gif-worker"))).toHaveLength(1);
    expect(page.workers()).toHaveLength(1);
  });

  test("at most ten frames a second are taken", async ({ page }) => {
    await open(page);
    await page.getByTestId("play").click();
    await expect.poll(() => number(page, "step-count")).toBeGreaterThan(20);
    const most = await page.evaluate(async () => {
      const begin = performance.now();
      /** @type {HTMLElement} */ (document.querySelector("[data-testid=record]")).click();
      await new Promise((resolve) => { setTimeout(resolve, 3000); });
      return { frames: Number.parseInt(document.querySelector("[data-testid=record-frames]")?.textContent ?? "", 10), seconds: (performance.now() - begin) / 1000 };
    });
    expect(most.frames).toBeGreaterThan(3);
    expect(most.frames).toBeLessThanOrEqual(1 + 10 * most.seconds);
  });

  test("a ring is filmed as a WebM that plays", async ({ page }) => {
    await open(page);
    await page.getByTestId("record-kind").selectOption("webm");
    await page.getByTestId("play").click();
    await page.getByTestId("record").click();
    await expect(page.getByTestId("record-frames")).toHaveText(/^([6-9]|\d\d) frames$/);
    const download = await saved(page, () => page.getByTestId("record-stop").click());
    expect(download.suggestedFilename()).toMatch(/^gan-ring-step-\d+\.webm$/);
    const bytes = [...await readFile(await download.path())];
    expect(bytes.slice(0, 4)).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
    // On a page of its own: the site's policy lets it play nothing, and it never has to.
    const player = await page.context().newPage();
    const length = await player.evaluate(async (data) => {
      const video = document.createElement("video");
      video.src = URL.createObjectURL(new Blob([Uint8Array.from(data)], { type: "video/webm" }));
      await new Promise((resolve, reject) => {
        video.addEventListener("loadeddata", resolve);
        video.addEventListener("error", () => reject(video.error));
      });
      video.currentTime = 1e6;
      await new Promise((resolve) => { video.addEventListener("seeked", resolve); });
      return video.duration;
    }, bytes);
    expect(length).toBeGreaterThan(0.3);
    expect(length).toBeLessThan(60);
  });

  test("a film ends and is saved when the data change", async ({ page }) => {
    await open(page);
    await page.getByTestId("record").click();
    await page.getByTestId("play").click();
    await expect(page.getByTestId("record-frames")).toHaveText(/^([3-9]|\d\d) frames$/);
    const download = await saved(page, () => page.getByTestId("data-select").selectOption("grid"));
    expect(download.suggestedFilename()).toMatch(/^gan-ring-step-\d+\.gif$/);
    await expect(page.getByTestId("record-said")).toContainText("Other data, so the film has ended. Saved gan-ring");
    await expect(page.getByTestId("record")).toBeVisible();
    expect((await look(page, download, "image/gif")).frames).toBeGreaterThanOrEqual(3);
  });

  test("a reset on the same data is filmed on", async ({ page }) => {
    await open(page);
    await page.getByTestId("record").click();
    await page.getByTestId("reset").click();
    await expect(page.getByTestId("record-frames")).toHaveText("2 frames");
    await expect(page.getByTestId("record-stop")).toBeVisible();
  });

  test("fakes are saved as a sheet of exact pixels, and filmed without what lies around them", async ({ page }) => {
    await open(page, "#data=digits&device=cpu");
    const picture = await saved(page, () => page.getByTestId("save-picture").click());
    expect(picture.suggestedFilename()).toBe("gan-digits-step-0.png");
    const sheet = await look(page, picture, "image/png");
    expect(sheet).toMatchObject({ frames: 1, size: [6 * 28 * 4, 6 * 28 * 4] });
    await page.getByTestId("record").click();
    const film = await saved(page, () => page.getByTestId("record-stop").click());
    const { frames, size: [width, height] } = await look(page, film, "image/gif");
    expect(frames).toBe(1);
    // Six by six square pictures, with gaps, and a bar below each.
    expect(height / width).toBeGreaterThan(1);
    expect(height / width).toBeLessThan(1.15);
  });

  test("the plane is saved as it is", async ({ page }) => {
    await open(page);
    const download = await saved(page, () => page.getByTestId("save-picture").click());
    expect(download.suggestedFilename()).toBe("gan-ring-step-0.png");
    const bytes = [...await readFile(await download.path())];
    const differ = await page.evaluate(async (data) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(data)], { type: "image/png" }));
      const plane = /** @type {HTMLCanvasElement} */ (document.querySelector(".plane canvas"));
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(plane.width, plane.height).getContext("2d"));
      copy.drawImage(bitmap, 0, 0);
      const pixels = (/** @type {any} */ context) => new Uint32Array(context.getImageData(0, 0, plane.width, plane.height).data.buffer);
      const [mine, theirs] = [pixels(copy), pixels(plane.getContext("2d"))];
      return bitmap.width === plane.width ? mine.filter((word, i) => word !== theirs[i]).length : -1;
    }, bytes);
    expect(differ).toBe(0);
  });

  test("a browser without a recorder is told what to do instead", async ({ page }) => {
    await page.addInitScript(() => { Reflect.deleteProperty(globalThis, "MediaRecorder"); });
    await open(page);
    await page.getByTestId("record-kind").selectOption("webm");
    await page.getByTestId("record").click();
    await expect(page.getByTestId("record-said")).toHaveText("This browser cannot record WebM. Choose GIF instead.");
    await expect(page.getByTestId("record")).toBeVisible();
  });

  test("an encoder that does not arrive is told in a sentence, and the run goes on", async ({ page }) => {
    await page.route("**/gif-worker*", (route) => route.abort());
    await open(page);
    await page.getByTestId("play").click();
    await page.getByTestId("record").click();
    await expect(page.getByTestId("record-said")).toContainText("The film has broken off: the script that writes GIFs did not load.");
    await expect(page.getByTestId("record")).toBeVisible();
    const before = await number(page, "step-count");
    await expect.poll(() => number(page, "step-count")).toBeGreaterThan(before);
    await expect(page.getByTestId("error")).toBeEmpty();
  });
});
