// Opens a model's file: a worker of its own looks at every byte of it before the running model hears of it.
import { MODEL } from "../texts.js";

/** @typedef {import("./protocol.js").StudioEvent} StudioEvent */

/** A file larger than this is no model of this page. */
const LARGEST = 256 * 2 ** 20;

/** @param {string} name */
export const isModel = (name) => name.toLowerCase().endsWith(".safetensors");

/** Begins a run from a file, or says why not. @param {import("../store.js").Store} store
 * @param {Pick<import("../own/library.js").Library, "find">} library  what the visitor brought, which it may be of @param {File} file */
export async function openModel(store, library, file) {
  try {
    const loaded = await readModel(file);
    const { data } = loaded.about.experiment;
    if ("id" in data && !(await library.find(data.id))) {
      throw new Error(MODEL.strangers);
    }
    store.openModel(loaded);
  } catch (cause) {
    store.modelRefused(file.name, cause instanceof Error ? cause.message : String(cause));
  }
}

/** @param {File} file @returns {Promise<import("../store.js").Loaded>} rejects with a sentence */
async function readModel(file) {
  if (file.size > LARGEST) throw new Error(MODEL.tooLarge(Math.round(file.size / 2 ** 20), LARGEST / 2 ** 20));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      const broken = (/** @type {string} */ detail) => reject(new Error(detail));
      worker.addEventListener("message", (/** @type {MessageEvent<StudioEvent>} */ { data }) => {
        if (data.type === "inspected") resolve({ name: file.name, bytes: data.bytes, about: data.about });
        if (data.type === "refused") broken(data.detail);
        if (data.type === "studio-failed") broken(data.detail);
      });
      worker.addEventListener("error", (event) => broken(event.message || "the script that reads it did not load"));
      worker.postMessage({ type: "inspect", id: 1, bytes });
    });
  } finally {
    worker.terminate();
  }
}
