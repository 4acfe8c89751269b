// Shipped pictures, as the module that trains reads them. Decoding them is another module's business, which is fetched
// once data are chosen that need it: the data of a first visit do not.

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").FilesModule} FilesModule
 */

/** @type {Promise<FilesModule> | null} */
let loading = null;

/** Whether files of these paths have to be packed. @param {string[]} paths */
export function areSheets(paths) {
  return paths.some((path) => path.endsWith(".png"));
}

/** Makes one file of a set's manifest, sheets and labels, and leaves the rest as it is.
 * @param {Experiment} experiment @param {Uint8Array[]} contents  of its `dataFiles`
 * @returns {Promise<Uint8Array[]>} throws a Failure */
export async function pack(experiment, contents) {
  loading ??= load();
  const module = await loading;
  return module.packShipped(experiment, contents);
}

/** @returns {Promise<FilesModule>} */
async function load() {
  try {
    const loaded = await import("./pkg/files/gan_playground.js");
    const module = /** @type {FilesModule} */ (/** @type {unknown} */ (loaded));
    await module.default();
    return module;
  } catch (cause) {
    throw { code: "module", detail: String(cause), dead: true };
  }
}
