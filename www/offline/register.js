// The page's side of the service worker: registers it, has it fetch the rest of the site in the background, and hears of a
// newer version. It says how things stand and shows nothing. Where a browser has no service workers - in a private window,
// at an address without https - the page works as it does without.

/**
 * @typedef {import("./protocol.js").Message} Message
 * @typedef {import("./protocol.js").Answer} Answer
 *
 * How much works with no network: nothing yet; the page, and what was opened of its data; or everything.
 * @typedef {"nothing" | "opened" | "everything"} Kept
 *
 * @typedef {object} Offline
 * @property {() => Kept} kept
 * @property {() => boolean} isUpdateReady
 * @property {(listener: () => void) => void} onChange  called whenever one of the two has changed
 * @property {() => Promise<number>} update  loads the newer version, unless the page is open in other tabs; how many
 */

/** Milliseconds before another try, where a file did not arrive. */
const AGAIN = 60_000;

/** @returns {Promise<Offline | null>}  null where there can be no service worker */
export async function register() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return null;
  /** @type {Kept} */
  let kept = "nothing";
  let changed = () => {};
  try {
    await serviceWorker.register(new URL("./service-worker.js", document.baseURI), { updateViaCache: "none" });
  } catch {
    return null;
  }
  const registration = await serviceWorker.ready;

  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => changed()));

  async function keepAll() {
    for (;;) {
      await idle();
      const answer = registration.active && await ask(registration.active, { type: "keep-next", gpu: "gpu" in navigator });
      if (answer && "left" in answer && answer.left === 0) break;
      // No network, no room, or another version: it will be there later, or what is kept is what there is.
      if (!answer || "problem" in answer) await new Promise((later) => { setTimeout(later, AGAIN); });
    }
    kept = "everything";
    changed();
  }

  if (savesData()) kept = "opened";
  else keepAll();

  return {
    kept: () => kept,
    onChange: (listener) => { changed = listener; },
    isUpdateReady: () => registration.waiting !== null,
    async update() {
      const { waiting } = registration;
      if (!waiting) return 0;
      // It is this page that loads again, and it alone: others learn of it when they ask for it themselves.
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      const answer = await ask(waiting, { type: "take-over" });
      return "others" in answer ? answer.others : 0;
    },
  };
}

/** Whether the browser was told to fetch nothing that is not needed. */
function savesData() {
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  return connection?.saveData === true;
}

/** @returns {Promise<void>} */
const idle = () => new Promise((resolve) => {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 5000 });
  else setTimeout(resolve, 200);
});

/** @param {ServiceWorker} worker @param {Message} message @returns {Promise<Answer>} */
function ask(worker, message) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
  });
  worker.postMessage(message, [port2]);
  return answer;
}
