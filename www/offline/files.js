// Which of the site's files are kept when, so that it works with no network. Paths alone: what is done with them is the
// service worker's business.

/** What nobody needs before they choose it, and what is heavy: it is fetched in the background, one file after another.
 * @param {string} path  of a file in the site */
export const isForLater = (path) => isForGpu(path) || /^(datasets|classifiers|models)\//.test(path);

/** What a browser without WebGPU can do nothing with. @param {string} path */
export const isForGpu = (path) => path.startsWith("assets/webgpu-");

/** The page itself has two addresses; some hosts offer one of them only by way of the other. */
export const PAGE = "index.html";
