// The service worker: keeps the site's files in the browser and answers with them, so that the page opens and trains with no
// network. One version of the site answers at a time, and files never change under a page that is open: a newer version
// fetches what is new beside the older one's, and waits until it is asked for or no page is open. It keeps files of the
// site alone, by the hash of what is in them.
import { PAGE, isForGpu, isForLater } from "./files.js";

/**
 * @typedef {import("./protocol.js").Answer} Answer
 * @typedef {import("./protocol.js").FetchEvent} FetchEvent
 * @typedef {import("./protocol.js").LastingEvent} LastingEvent
 * @typedef {import("./protocol.js").Message} Message
 *
 * @typedef {object} File
 * @property {string} path  in the site
 * @property {string} address
 * @property {boolean} named  by a hash of what is in it, so that it never changes
 * @property {string} key  that it is kept by
 */

const scope = /** @type {import("./protocol.js").Scope} */ (/** @type {unknown} */ (self));
/** Every file of the site, put in here by the build. @type {{url: string, revision: string | null}[]} */
const entries = /** @type {any} */ (self).__WB_MANIFEST;

const site = scope.registration.scope;
/** Other copies of the site on the same host have their own. */
const CACHE = `gan-playground ${site}`;

/** By their addresses. @type {Map<string, File>} */
const files = new Map(entries.map(({ url, revision }) => {
  const address = new URL(url === PAGE ? "./" : url, site).href;
  return [address, { path: url, address, named: revision === null, key: revision === null ? address : `${address}?kept=${revision}` }];
}));

scope.addEventListener("install", (/** @type {LastingEvent} */ event) => {
  const now = [...files.values()].filter(({ path }) => !isForLater(path));
  event.waitUntil(caches.open(CACHE).then((cache) => Promise.all(now.map((file) => keep(cache, file)))));
});

scope.addEventListener("activate", (/** @type {LastingEvent} */ event) => {
  // A page that is open already came from the network and may need a file later, when there is none.
  event.waitUntil(forgetOthers().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { origin, pathname } = new URL(event.request.url);
  const file = files.get(origin + (pathname.endsWith(`/${PAGE}`) ? pathname.slice(0, -PAGE.length) : pathname));
  if (file && event.request.method === "GET") event.respondWith(answer(event, file));
});

scope.addEventListener("message", (/** @type {LastingEvent & MessageEvent<Message>} */ event) => {
  const [port] = event.ports;
  const done = event.data.type === "keep-next" ? keepNext(event.data.gpu) : takeOver();
  event.waitUntil(done.catch((cause) => ({ problem: String(cause) })).then((result) => port.postMessage(result)));
});

/** Fetches a file unless it is kept. @param {Cache} cache @param {File} file */
async function keep(cache, file) {
  if (await cache.match(file.key)) return;
  // A name that stays while the file changes may be in the browser's own cache as it was.
  const response = await fetch(file.address, { cache: file.named ? "default" : "no-cache" });
  if (!isFile(response, file)) throw new Error(`${file.path}: the server answered ${response.status}`);
  await cache.put(file.key, plain(response));
}

/** Whether it is what was asked for: some hosts answer with a page where a file is missing. @param {Response} response @param {File} file */
const isFile = ({ status, headers }, { path }) =>
  status === 200 && (path === PAGE || !headers.get("content-type")?.startsWith("text/html"));

/** Browsers refuse to open a page that was kept after a detour. @param {Response} response */
const plain = (response) => (response.redirected ? new Response(response.body, { headers: response.headers }) : response);

/** @param {FetchEvent} event @param {File} file @returns {Promise<Response>} */
async function answer(event, file) {
  const { request } = event;
  // Who asks past the browser's caches, as the worker that trains does for data that it could not read, means this one too.
  const distrusted = request.cache === "reload" || request.cache === "no-store";
  const cache = await caches.open(CACHE).catch(() => null);
  const kept = distrusted ? undefined : await cache?.match(file.key);
  if (kept) return kept;
  const response = await fetch(request);
  // Where there is no room to keep it, it is used all the same.
  if (cache && isFile(response, file)) event.waitUntil(cache.put(file.key, plain(response.clone())).catch(() => {}));
  return response;
}

/** @param {boolean} gpu @returns {Promise<Answer>} */
async function keepNext(gpu) {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const missing = [...files.values()].filter(({ path, key }) => !kept.has(key) && (gpu || !isForGpu(path)))
    // The heaviest, and the only one that there is always something else for, comes last.
    .sort((one, other) => Number(isForGpu(one.path)) - Number(isForGpu(other.path)));
  if (missing.length > 0) await keep(cache, missing[0]);
  return { left: Math.max(0, missing.length - 1) };
}

/** @returns {Promise<Answer>} */
async function takeOver() {
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const others = open.filter(({ url }) => url.startsWith(site)).length - 1;
  if (others <= 0) await scope.skipWaiting();
  return { others };
}

/** Deletes what other versions kept and this one does not know. */
async function forgetOthers() {
  const cache = await caches.open(CACHE);
  const known = new Set([...files.values()].map(({ key }) => key));
  const outdated = (await cache.keys()).filter(({ url }) => !known.has(url));
  await Promise.all(outdated.map((request) => cache.delete(request)));
}
