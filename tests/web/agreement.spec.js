// The same experiment on the CPU and on WebGPU: the same numbers, to rounding.
import { expect, test } from "@playwright/test";
import { SLOW, losses, open } from "./playground.js";

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
