// Who makes shipped pictures ready for the module that trains. Decoding them is another module's business, which is fetched
// once data are chosen that need it: the data of a first visit do not.

/** @typedef {import("./protocol.js").FilesModule} FilesModule */

/** @type {Promise<FilesModule> | null} */
let loading = null;

/** The module whose `packShipped` the files of these paths have to go through, if there are pictures among them.
 * @param {string[]} paths  of a run's data @returns {Promise<FilesModule | null>}  rejects with a Failure */
export async function packerFor(paths) {
  if (!paths.some((path) => path.endsWith(".png"))) return null;
  loading ??= load();
  return loading;
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
