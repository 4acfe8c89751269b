// The page's own place for the link: what stands after "#" in the address bar. A store that is not the page's has another.

/**
 * @typedef {object} Place
 * @property {() => string} read
 * @property {(hash: string) => void} write
 * @property {(listener: (hash: string) => void) => void} onChange  tells of what somebody else wrote
 */

/** @type {Place} */
export const addressBar = {
  read: () => location.hash,
  write: (hash) => history.replaceState(null, "", hash),
  onChange: (listener) => addEventListener("hashchange", () => listener(location.hash)),
};
