// The crate's modules in Node, made as the page's worker makes them. For WebGPU it takes the browser's own implementation,
// Dawn, with its null backend: every call is checked and recorded as in a browser, and then no GPU does anything. So what
// is left of a step's time is what it costs to ask for it. Nothing is measured here.
/* global GPUAdapter, GPUSupportedLimits */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { create, globals } from "webgpu";

/**
 * @typedef {import("../../../www/protocol.js").Experiment} Experiment
 * @typedef {import("../../../www/protocol.js").DeviceName} DeviceName
 * @typedef {import("../../../www/protocol.js").Playground} Playground
 * @typedef {import("../../../www/protocol.js").PlaygroundModule} PlaygroundModule
 * @typedef {import("../../../www/protocol.js").FilesModule} FilesModule
 *
 * @typedef {object} Made
 * @property {Playground} playground
 * @property {WebAssembly.Memory} memory  the module's
 */

const REPOSITORY = resolve(import.meta.dirname, "../../..");
/** What Chromium gives a shader on SwiftShader and on common graphics cards. */
const STORAGE_BUFFERS = 10;

/** Once in a process's life, for the module opens its device once; for WebGPU the GPU must have been given. @param {Experiment} experiment @param {DeviceName} device
 * @returns {Promise<Made>} */
export async function makePlayground(experiment, device) {
  standInForWorker();
  const folder = join(REPOSITORY, "www/pkg", device);
  const module = /** @type {PlaygroundModule} */ (await import(join(folder, "gan_playground.js")));
  const wasm = await WebAssembly.compile(await readFile(join(folder, "gan_playground_bg.wasm")));
  const { memory } = /** @type {{memory: WebAssembly.Memory}} */ (await module.default({ module_or_path: wasm }));
  const files = await Promise.all(module.dataFiles(experiment).map((path) => readFile(join(REPOSITORY, "assets", path))));
  return { playground: await module.Playground.create(experiment, device, await pack(experiment, files)), memory };
}

/** @param {Experiment} experiment @param {Uint8Array[]} files */
async function pack(experiment, files) {
  const folder = join(REPOSITORY, "www/pkg/files");
  const module = /** @type {FilesModule} */ (await import(join(folder, "gan_playground.js")));
  await module.default({ module_or_path: await WebAssembly.compile(await readFile(join(folder, "gan_playground_bg.wasm"))) });
  return module.packShipped(experiment, files);
}

/** What the module looks for to find out where it is. */
function standInForWorker() {
  Object.assign(globalThis, { self: globalThis, WorkerGlobalScope: class {} });
}

/** With it come the classes of WebGPU, for whoever wants to look over their shoulder. */
export function giveNullGpu() {
  Object.assign(globalThis, globals);
  tellOfStorageBuffers();
  // Node has a navigator of its own from some version on, and it cannot be written to.
  Object.defineProperty(globalThis, "navigator", { value: { gpu: create(["backend=null"]) }, configurable: true });
}

/** The null adapter knows of WebGPU's least number alone, and Burn fuses as much into one kernel as a shader may have buffers:
 * with fewer than a visitor's browser gives it asks for almost twice as many launches. So the module is told the browser's
 * number, and the device is asked for without it. A kernel that did use more would be an error, and end the measuring. */
function tellOfStorageBuffers() {
  Object.defineProperty(GPUSupportedLimits.prototype, "maxStorageBuffersPerShaderStage", { get: () => STORAGE_BUFFERS });
  const { requestDevice } = GPUAdapter.prototype;
  /** @this {GPUAdapter} @param {GPUDeviceDescriptor} [descriptor] */
  GPUAdapter.prototype.requestDevice = function asked(descriptor) {
    const requiredLimits = { ...descriptor?.requiredLimits };
    delete requiredLimits.maxStorageBuffersPerShaderStage;
    return requestDevice.call(this, { ...descriptor, requiredLimits });
  };
}

/** Waits for all that was asked for, and has the run forget its losses. What comes back from a GPU that computes nothing is no
 * number, which the crate reports like any divergence; that says nothing here. @param {Promise<unknown>} reading */
export async function emptyReading(reading) {
  try {
    await reading;
  } catch (cause) {
    if (/** @type {{code?: string}} */ (cause).code !== "not-finite") throw cause;
  }
}
