// Starts TensorFlow.js on one of its backends, as fast as it goes. Those of plain JavaScript and WebGL are in the
// library itself.
/* global self */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import "@tensorflow/tfjs-backend-webgpu";

/** A bundle's files have other names than the library expects. @param {string} file */
const address = (file) => new URL(file, self.location.href).href;
setWasmPaths({
  "tfjs-backend-wasm.wasm": address(plain),
  "tfjs-backend-wasm-simd.wasm": address(simd),
  "tfjs-backend-wasm-threaded-simd.wasm": address(threaded),
});

// Without its checks of every operation's arguments.
tf.enableProdMode();

/** @param {import("./round.js").Backend} backend */
export async function startBackend(backend) {
  if (!await tf.setBackend(backend)) throw new Error(`the ${backend} backend did not start`);
  await tf.ready();
}

/** One step down the gradient of a loss for these weights alone.
 * @param {tf.Optimizer} optimiser @param {tf.Variable[]} weights @param {() => tf.Scalar} loss @returns {tf.Scalar} */
export function descend(optimiser, weights, loss) {
  return /** @type {tf.Scalar} */ (optimiser.minimize(loss, true, weights));
}

/** D's and G's, read from the device. @param {tf.Scalar[]} losses @returns {Promise<import("./round.js").Losses>} */
export async function read(losses) {
  const [[discriminator], [generator]] = await Promise.all(losses.map((loss) => loss.data()));
  return { discriminator, generator };
}
