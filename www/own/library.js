// What a visitor brought, kept in their browser (IndexedDB) until they delete it. Where the browser keeps nothing - a
// private window, a full disk - it is held for this visit, and the page says so. It must not know what a set holds.

/**
 * @typedef {object} Kept
 * @property {string} id
 * @property {"own-pictures" | "own-table"} kind
 * @property {string} title
 * @property {number} count  pictures or rows
 * @property {string[]} columns  of a table
 * @property {number} bytes
 * @property {number} added  as Date.now() gives it
 *
 * A set, and the classifier that was taught its classes here, if one was.
 * @typedef {{about: Kept, blob: Blob, classifier?: Uint8Array}} Entry
 */

const DATABASE = "gan-playground";
const STORE = "own-data";
/** A database that another tab holds open may never answer. */
const PATIENCE = 5000;
const SILENT = new Error("the browser’s storage does not answer");

export function createLibrary() {
  /** What could not be stored. @type {Map<string, Entry>} */
  const held = new Map();
  /** @type {Promise<IDBDatabase> | null} */
  let opening = null;

  /** @returns {Promise<IDBDatabase>} */
  function open() {
    opening ??= new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(SILENT), PATIENCE);
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "about.id" });
      request.onsuccess = () => {
        clearTimeout(timer);
        // Another tab may want a newer one.
        request.result.onversionchange = () => { request.result.close(); opening = null; };
        resolve(request.result);
      };
      request.onerror = () => { clearTimeout(timer); reject(request.error); };
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
  async function transact(mode, ask) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      // An abort is how a full disk shows.
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser broke it off"));
      transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  }

  /** @param {string} id @returns {Promise<Entry | null>} */
  async function find(id) {
    const here = held.get(id);
    if (here || id === "") return here ?? null;
    try {
      return await transact("readonly", (store) => store.get(id)) ?? null;
    } catch {
      return null;
    }
  }

  /** What cannot be stored is held. @param {Entry} entry @returns {Promise<{stored: boolean, why: string}>}  `why` is
   * "full", "silent", or what the browser says */
  async function keep(entry) {
    try {
      await transact("readwrite", (store) => store.put(entry));
      held.delete(entry.about.id);
      // Asked for once there is something to lose; a no changes nothing.
      navigator.storage?.persist?.().catch(() => {});
      return { stored: true, why: "" };
    } catch (cause) {
      held.set(entry.about.id, entry);
      const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
      return { stored: false, why: full ? "full" : cause === SILENT ? "silent" : String(cause) };
    }
  }

  return {
    /** Newest first. @returns {Promise<{about: Kept, stored: boolean}[]>} */
    async list() {
      /** @type {{about: Kept}[]} */
      let stored = [];
      try {
        stored = await transact("readonly", (store) => store.getAll());
      } catch {
        // Then there is what is held.
      }
      return [
        ...stored.map(({ about }) => ({ about, stored: true })),
        ...[...held.values()].filter(({ about }) => !stored.some((one) => one.about.id === about.id)).map(({ about }) => ({ about, stored: false })),
      ].sort((a, b) => b.about.added - a.about.added);
    },

    find,

    /** Keeps a classifier with the set that it was taught on. @param {string} id @param {Uint8Array} classifier */
    async teach(id, classifier) {
      const entry = await find(id);
      if (entry) await keep({ ...entry, classifier });
    },

    /** Keeps a set; the same one again keeps what was taught on it. @param {Kept} about @param {Blob} blob
     * @returns {Promise<{stored: boolean, why: string}>} */
    async add(about, blob) {
      const before = await find(about.id);
      return keep({ ...before, about, blob });
    },

    /** @param {string} id */
    async remove(id) {
      held.delete(id);
      try {
        await transact("readwrite", (store) => store.delete(id));
      } catch {
        // Nothing is stored, and so nothing is left.
      }
    },
  };
}

/** @typedef {ReturnType<typeof createLibrary>} Library */
