// The same experiment on the CPU and on WebGPU: the same numbers, to rounding.
import { expect, test } from "@playwright/test";
import { SLOW, losses, open } from "./playground.js";

/** @typedef {import("@playwright/test").Page} Page */

const STEPS = 10;
/** Of a loss's size, or of this much where a critic's loss passes through 0. */
const TOLERANCE = 1e-3;
const LEAST = 0.1;

const experiments = {
  ring: "#data=ring&seed=3",
  // Second derivatives, on both devices. Small nets, for the same reason as below.
  "ring with R1": "#preset=healthy&seed=3&lipschitz.r1=1&generator.hidden=16,16&discriminator.hidden=16,16",
  "ring with a gradient penalty": "#preset=wgan-gp&seed=3&training.d_updates=1&generator.hidden=16,16&discriminator.hidden=16,16",
  // Few channels and a small batch: the software adapter takes its time.
  digits: "#data=digits&seed=3&generator.channels=4&discriminator.channels=4&training.batch=8",
};

for (const [name, hash] of Object.entries(experiments)) {
  test(`the CPU and WebGPU agree on the first ten losses of the ${name}`, async ({ page, context }) => {
    test.setTimeout(2 * SLOW);
    await open(page, `${hash}&device=cpu`);
    await expect(page.getByTestId("device")).toHaveAttribute("data-device", "cpu");
    const cpu = await losses(page, STEPS);

    const other = await context.newPage();
    await open(other, `${hash}&device=webgpu`, { timeout: SLOW });
    await expect(other.getByTestId("device")).toHaveAttribute("data-device", "webgpu");
    const webgpu = await losses(other, STEPS, { timeout: SLOW });

    for (let i = 0; i < STEPS; i += 1) {
      for (const net of /** @type {const} */ (["d", "g"])) {
        const apart = Math.abs(webgpu[i][net] - cpu[i][net]) / Math.max(LEAST, Math.abs(cpu[i][net]));
        expect(apart, `step ${i + 1}, loss of ${net}: ${cpu[i][net]} and ${webgpu[i][net]}`).toBeLessThan(TOLERANCE);
      }
    }
  });
}

/** Has the page's worker do a step that is taken apart, and brings all its numbers. @param {Page} page */
const dissect = (page) => page.evaluate(() => new Promise((resolve) => {
  const { worker } = /** @type {{worker: Worker}} */ (/** @type {unknown} */ (globalThis));
  worker.addEventListener("message", ({ data }) => {
    const plain = (/** @type {string} */ _, /** @type {unknown} */ value) => (ArrayBuffer.isView(value) ? Array.from(/** @type {Float32Array} */ (value)) : value);
    if (data.type === "anatomy" || data.type === "failed") resolve(JSON.parse(JSON.stringify(data, plain)));
  });
  worker.postMessage({ type: "dissect" });
}));

test("a step that is taken apart is the same on the CPU and on WebGPU", async ({ page, context }) => {
  test.setTimeout(2 * SLOW);
  const [cpu, webgpu] = await Promise.all([page, await context.newPage()].map(async (one, i) => {
    await one.addInitScript(() => {
      const Real = globalThis.Worker;
      globalThis.Worker = class extends Real {
        /** @param {string | URL} url @param {WorkerOptions} [options] */
        constructor(url, options) {
          super(url, options);
          Object.assign(globalThis, { worker: this });
        }
      };
    });
    const device = ["cpu", "webgpu"][i];
    await open(one, `#preset=ring&seed=3&generator.hidden=16,16&discriminator.hidden=16,16&device=${device}`, { timeout: SLOW });
    await expect(one.getByTestId("device")).toHaveAttribute("data-device", device);
    await dissect(one);
    return dissect(one);
  }));
  const numbers = (/** @type {any} */ { anatomy: { discriminator: d, generator: g } }) => ({
    fake: d.fake, scores: [...d.fakeScores, ...d.realScores], losses: [d.loss, d.penalty, g.loss], pull: g.pull, after: g.after,
    layers: [...d.layers, ...g.layers].flatMap(({ gradient, weights, change }) => [gradient, weights, change]),
  });
  const [one, other] = [numbers(cpu), numbers(webgpu)];
  for (const [name, values] of Object.entries(one)) {
    const size = Math.max(...values.map(Math.abs));
    expect(values.length, name).toBeGreaterThan(2);
    values.forEach((/** @type {number} */ value, /** @type {number} */ i) => {
      const apart = Math.abs(value - other[/** @type {keyof typeof other} */ (name)][i]) / size;
      expect(apart, `${name}, number ${i}`).toBeLessThan(TOLERANCE);
    });
  }
});
