// Burn as a contender: the crate's own module, driven as the page's worker drives it.
import { packerFor } from "../../../www/shipped.js";
import { serve } from "./round.js";

/** @typedef {import("../../../www/protocol.js").PlaygroundModule} PlaygroundModule */

serve(async ({ experiment, device }, assets) => {
  // Two literal imports, so that each module is a file of its own.
  const loaded = device === "webgpu"
    ? await import("../../../www/pkg/webgpu/gan_playground.js")
    : await import("../../../www/pkg/cpu/gan_playground.js");
  const module = /** @type {PlaygroundModule} */ (/** @type {unknown} */ (loaded));
  await module.default();
  const paths = module.dataFiles(experiment);
  const files = await Promise.all(paths.map(async (path) => {
    const response = await fetch(new URL(path, assets));
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }));
  const packer = await packerFor(paths);
  const playground = await module.Playground.create(experiment, device, packer?.packShipped(experiment, files) ?? files);
  return {
    step: () => playground.step(),
    // A report brings every step's losses and a picture as well; that it costs more than two numbers counts against Burn.
    async losses() {
      const { lossesD, lossesG } = await playground.report();
      return { discriminator: lossesD[lossesD.length - 1], generator: lossesG[lossesG.length - 1] };
    },
  };
});
