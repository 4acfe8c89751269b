// When the page begins to be kept for use with no network: not before the first step is done, for which nobody is to wait
// longer; or when the page has stood there for so long that nobody waits for anything.

/** Milliseconds that a page that nobody plays stands ready. */
const PATIENCE = 15_000;

/** @param {import("../store.js").Store} store @param {() => void} begin */
export function onceSettled(store, begin) {
  // A development server has no service worker.
  if (import.meta.env.DEV) return;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let begun = false;
  const settled = () => {
    clearTimeout(timer);
    begun = true;
    begin();
  };
  store.subscribe(({ status, report }) => {
    if (begun) return;
    if ((report?.step ?? 0) > 0) settled();
    else if (status === "ready") timer ??= setTimeout(settled, PATIENCE);
  });
}
