// What a visitor sees when something breaks: a sentence, a way on that works, and a page that trains again.
import { expect, test } from "@playwright/test";
import { SLOW, beforeWorker, number, open, ready, set, step, train, worker } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page @param {string} code @param {RegExp} sentence @param {{timeout?: number}} [how] */
async function expectFailure(page, code, sentence, { timeout = 60_000 } = {}) {
  const alert = page.getByTestId("error").locator(`[data-code="${code}"]`);
  await expect(alert).toBeVisible({ timeout });
  await expect(alert).toContainText(sentence);
  await expect(page.getByTestId("error")).toHaveAttribute("role", "alert");
  await expect(page.getByTestId("error").locator("section")).toHaveCount(1);
}

/** @param {Page} page @param {string} way */
const goOn = (page, way) => page.getByTestId("error").locator(`[data-way="${way}"]`).click();

/** @param {Page} page @param {number} [steps] */
async function expectTraining(page, steps = 5) {
  await expect(page.getByTestId("error")).toBeEmpty();
  await ready(page);
  await train(page, steps);
}

const REFUSALS = [
  {
    name: "no WebGPU in the browser",
    code: "no-webgpu",
    sentence: /does not offer WebGPU/,
    without: "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { get: () => undefined })",
  },
  {
    name: "no adapter is handed out",
    code: "adapter-refused",
    sentence: /would not hand out a graphics card/,
    without: "GPU.prototype.requestAdapter = async () => null",
  },
  {
    name: "the adapter request fails",
    code: "adapter-refused",
    sentence: /would not hand out a graphics card/,
    without: "GPU.prototype.requestAdapter = async () => { throw new DOMException('blocked', 'OperationError') }",
  },
  {
    name: "the adapter lacks timestamps",
    code: "no-timestamp-query",
    sentence: /lacks a timer/,
    without: "Object.defineProperty(GPUAdapter.prototype, 'features', { get: () => new Set() })",
  },
  {
    name: "the adapter gives no device",
    code: "adapter-refused",
    sentence: /would not hand out a graphics card/,
    without: "GPUAdapter.prototype.requestDevice = async () => { throw new DOMException('no more devices', 'OperationError') }",
  },
];

for (const { name, code, sentence, without } of REFUSALS) {
  test(`${name}: the CPU is offered and trains`, async ({ page }) => {
    await beforeWorker(page, without);
    await page.goto("./#device=webgpu");
    await expectFailure(page, code, sentence);
    await goOn(page, "use-cpu");
    await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
    expect(page.url()).toContain("device=cpu");
    await expectTraining(page);
  });
}

test("a device that is refused leaves no trace of the run before", async ({ page }) => {
  await beforeWorker(page, REFUSALS[0].without);
  await open(page);
  await step(page);
  await page.getByTestId("device-select").selectOption("webgpu");
  await expectFailure(page, REFUSALS[0].code, REFUSALS[0].sentence);
  await expect(page.getByTestId("device")).toBeEmpty();
  for (const id of ["step-count", "loss-d", "accuracy-real"]) await expect(page.getByTestId(id)).toBeEmpty();
  await goOn(page, "use-cpu");
  await expectTraining(page);
});

test("data that never comes holds nothing up: other data trains meanwhile", async ({ page }) => {
  await page.route(/sheet\.png/, () => {});
  await page.goto("./#data=digits&device=cpu");
  await expect(page.locator("body")).toHaveAttribute("data-status", "loading");
  await page.getByTestId("data-select").selectOption("ring");
  await expectTraining(page);
  // The same device, so the same worker, if it had not been replaced for waiting.
  await page.unroute(/sheet\.png/);
  await page.getByTestId("data-select").selectOption("digits");
  await expectTraining(page);
});

test("digits without a real graphics card run on the CPU, and the badge says why", async ({ page }) => {
  await open(page, "#data=digits");
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  await expect(page.getByText("no real graphics card")).toBeVisible();
});

test("the graphics card goes away in mid-run: the run goes on on the CPU", async ({ page }) => {
  test.setTimeout(2 * SLOW);
  await open(page, "#device=webgpu&training.batch=16&generator.hidden=8&discriminator.hidden=8", { timeout: SLOW });
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count"), { timeout: SLOW }).toBeGreaterThan(1);
  await worker(page).evaluate(() => /** @type {any} */ (self).gpuDevice.destroy());
  await expectFailure(page, "gpu-gone", /The CPU goes on with the run/);
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "playing");
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
  const step0 = await number(page, "step-count");
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(step0 + 50);
  await goOn(page, "dismiss");
  await expect(page.getByTestId("error")).toBeEmpty();
  await page.getByTestId("reset").click();
  await ready(page, { timeout: SLOW });
  await expect(page.getByTestId("device")).toHaveAttribute("data-device", "webgpu");
  await step(page, { timeout: SLOW });
});

test("a panic in the training code: reset starts over", async ({ page }) => {
  await open(page);
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(5);
  // In a task of its own, so that nobody catches it on the way.
  await worker(page).evaluate(() => { setTimeout(() => /** @type {any} */ (self).wasmModule.crashOnPurpose()); });
  await expectFailure(page, "panic", /stopped at a mistake of its own/);
  await page.getByText("Technical detail").click();
  await expect(page.getByTestId("error")).toContainText("crashed on purpose");
  await goOn(page, "reset");
  await expectTraining(page);
});

test("after a panic, play alone starts a new run", async ({ page }) => {
  await open(page);
  await worker(page).evaluate(() => { setTimeout(() => /** @type {any} */ (self).wasmModule.crashOnPurpose()); });
  await expectFailure(page, "panic", /stopped at a mistake of its own/);
  await train(page, 5);
  await expect(page.getByTestId("error")).toBeEmpty();
});

test("training diverges: it pauses, says so, and the defaults train", async ({ page }) => {
  // Without a memory of squared gradients (beta2=0) Adam's steps have no bound.
  await open(page, "#training.d_learning_rate=1&training.g_learning_rate=1&optimiser.beta1=0.9&optimiser.beta2=0"
    + "&training.batch=16&generator.hidden=128,128,128,128,128&discriminator.hidden=128,128,128,128,128");
  await page.getByTestId("play").click();
  await expectFailure(page, "not-finite", /Training diverged/);
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  await goOn(page, "defaults");
  await expect(page.getByTestId("setting-training.g_learning_rate")).toHaveValue("0.001");
  await expectTraining(page);
});

test("a malformed link: each bad part is named, the rest is honoured", async ({ page }) => {
  await open(page, "#data.modes=99&training.batch=many&colour=red&generator=conv&noise.dims=5&%%%&speed=never");
  const error = page.getByTestId("error");
  for (const sentence of ["“data.modes=99”: the setting takes whole numbers, 1 to 16. 8 is used instead.",
    "“training.batch=many”: this is not a number. The setting takes whole numbers, 2 to 1024. 128 is used instead.",
    "“colour=red”: there is no setting of that name; it was left out.",
    "“generator=conv”: this does not go with the chosen data.",
    "“speed=never”: the setting takes max, or whole numbers, 1 to 1000. max is used instead."]) {
    await expect(error).toContainText(sentence);
  }
  await expect(page.getByTestId("setting-noise.dims")).toHaveValue("5");
  await train(page, 5);
  await goOn(page, "dismiss");
  await expect(error).toBeEmpty();
  expect(page.url()).toContain("noise.dims=5");
});

test("settings that do not go together: the crate says which, and the defaults train", async ({ page }) => {
  await page.goto("./#training.d_updates=0&training.g_updates=0");
  await expectFailure(page, "experiment", /do not work together/);
  await page.getByText("Technical detail").click();
  await expect(page.getByTestId("error")).toContainText("training.g_updates");
  await set(page, "training.g_updates", "1");
  await expectTraining(page);
});

test("a setting that does not fit the others says so at its place, folded or not", async ({ page }) => {
  await open(page);
  const group = page.getByTestId("group-stabilisers");
  await set(page, "stabilisers.packing", "3");
  await expectFailure(page, "experiment", /do not work together/);
  await expect(group).toHaveAttribute("open");
  await expect(group.getByText("the batch of 128 must divide by it")).toBeVisible();
  await set(page, "training.batch", "126");
  await expect(group.getByText("the batch of 128 must divide by it")).toBeHidden();
  await expectTraining(page);
});

test("a live change that is refused pauses the run as it was, and the next one goes on with it", async ({ page }) => {
  await open(page, "#training.d_updates=0");
  await page.getByTestId("play").click();
  await expect.poll(() => number(page, "step-count")).toBeGreaterThan(5);
  await set(page, "training.g_updates", "0");
  await expectFailure(page, "experiment", /do not work together/);
  await expect(page.getByTestId("group-training").getByText("at least one of D and G must be updated")).toBeVisible();
  await expect(page.getByTestId("play")).toHaveAttribute("data-state", "paused");
  const stood = await number(page, "step-count");
  await set(page, "training.d_updates", "1");
  await expect(page.getByTestId("error")).toBeEmpty();
  await step(page);
  expect(await number(page, "step-count")).toBe(stood + 1);
});

test("a link that is all noise opens the defaults", async ({ page }) => {
  await open(page, "#data=cats&seed=-1");
  await goOn(page, "defaults");
  await expectTraining(page);
});

const DATA_FAULTS = {
  "is not there": (/** @type {import("@playwright/test").Route} */ route) => route.fulfill({ status: 404, body: "not found" }),
  "arrives cut short": async (/** @type {import("@playwright/test").Route} */ route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 5000) });
  },
  "does not arrive": (/** @type {import("@playwright/test").Route} */ route) => route.abort(),
};

test("the classifier that judges pictures is not there: trying again helps", async ({ page }) => {
  const weights = "**/classifiers/digits.safetensors";
  await page.route(weights, DATA_FAULTS["is not there"]);
  await page.goto("./#data=digits&device=cpu&generator.channels=4&discriminator.channels=4&training.batch=8");
  await expectFailure(page, "data", /the classifier that judges it, did not arrive whole/);
  await page.unroute(weights);
  await goOn(page, "retry");
  await expectTraining(page, 2);
});

for (const [fault, answer] of Object.entries(DATA_FAULTS)) {
  test(`a data file ${fault}: trying again helps, and so does other data`, async ({ page }) => {
    await page.route("**/datasets/digits/sheet.png", answer);
    await page.goto("./#data=digits&device=cpu&generator.channels=4&discriminator.channels=4&training.batch=8");
    await expectFailure(page, "data", /did not arrive whole/);
    await page.getByTestId("data-select").selectOption("ring");
    await expectTraining(page);
    await page.getByTestId("data-select").selectOption("digits");
    await expectFailure(page, "data", /did not arrive whole/);
    await page.unroute("**/datasets/digits/sheet.png");
    await goOn(page, "retry");
    await expectTraining(page, 2);
  });
}

test("the licence of the data does not arrive: it says so and can be asked again", async ({ page }) => {
  const manifest = "**/datasets/digits/manifest.json";
  await page.route(manifest, (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto("./#data=digits&device=cpu");
  await expect(page.getByTestId("credit")).toContainText("did not arrive");
  await page.unroute(manifest);
  await page.getByTestId("credit").getByRole("button").click();
  await expect(page.getByTestId("credit")).toContainText("CC BY-SA 3.0");
});

test("the link cannot be copied: it is shown instead", async ({ page }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException("blocked", "NotAllowedError"));
  });
  await open(page);
  await page.getByTestId("share").click();
  await page.getByTestId("share-copy").click();
  await expect(page.getByTestId("error").getByRole("textbox")).toHaveValue(page.url());
  await goOn(page, "dismiss");
  await expect(page.getByTestId("error")).toBeEmpty();
});

test("the training code does not arrive: trying again helps", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  await expectFailure(page, "module", /did not arrive or could not start/);
  await page.unroute("**/*.wasm");
  await goOn(page, "retry");
  await expectTraining(page);
});

test("the worker's script does not arrive: reset helps", async ({ page }) => {
  await page.route(/\/worker-[^/]*\.js$/, (route) => route.abort());
  await page.goto("./");
  await expectFailure(page, "worker", /stopped unexpectedly/);
  await page.unroute(/\/worker-[^/]*\.js$/);
  await goOn(page, "reset");
  await expectTraining(page);
});
