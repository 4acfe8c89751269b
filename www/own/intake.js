// The page's end of the worker that reads a visitor's files. It starts one for each lot of files and ends it with the
// next, so that no more than one lot is in memory; that of a large lot ends as soon as the data are made.
import { OWN } from "../texts.js";

/**
 * @typedef {import("./protocol.js").IntakeEvent} IntakeEvent
 * @typedef {import("./protocol.js").PictureOptions} PictureOptions
 * @typedef {import("./protocol.js").TableOptions} TableOptions
 */

/** Data of so many bytes are read anew when an option changes, rather than kept in memory beside the training. */
const LARGE = 32 << 20;

/** @param {(event: IntakeEvent) => void} receive */
export function createIntake(receive) {
  /** @type {Worker | null} */
  let worker = null;
  let job = 0;
  let turn = 0;
  /** @type {{files: File[], paths: string[], title: string}} */
  let lot = { files: [], paths: [], title: "" };

  function close() {
    worker?.terminate();
    worker = null;
  }

  /** @param {boolean} again */
  function start(again) {
    const started = new Worker(new URL("./intake-worker.js", import.meta.url), { type: "module" });
    worker = started;
    started.addEventListener("message", ({ data }) => {
      if (worker !== started || (data.type === "made" && data.turn !== turn)) return;
      if (data.type === "made" && data.made.blob.size > LARGE) close();
      receive(data);
    });
    started.addEventListener("error", (event) => {
      if (worker !== started) return;
      close();
      receive({ type: "died", job, detail: event.message || "the script that reads files did not load" });
    });
    started.postMessage({ type: "open", job, ...lot, again });
  }

  return {
    /** @param {File[]} files @param {string[]} paths  with the folders that the files lie in */
    open(files, paths) {
      close();
      job += 1;
      lot = { files, paths, title: titleOf(files, paths) };
      start(false);
    },

    /** @param {{pictures?: PictureOptions, table?: TableOptions}} options */
    make({ pictures = undefined, table = undefined }) {
      turn += 1;
      if (!worker) start(true);
      worker?.postMessage({ type: "make", job, turn, pictures: pictures ?? null, table: table ?? null });
    },

    close,
  };
}

/** The archive's name, or the folder's, or that of the only file. @param {File[]} files @param {string[]} paths */
function titleOf(files, paths) {
  const folder = paths[0]?.includes("/") ? paths[0].split("/")[0] : "";
  if (folder) return folder;
  return files.length === 1 ? files[0].name.replace(/\.(zip|gz|idx)$/i, "") : OWN.titleOfFiles(files.map(({ name }) => name));
}

/** Files and folders out of a drop, with their paths. @param {DataTransfer} transfer
 * @returns {Promise<{files: File[], paths: string[]}>} */
export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  /** @type {File[]} */
  const files = [];
  /** @type {string[]} */
  const paths = [];
  if (entries.every((entry) => entry === null)) return { files: plain, paths: plain.map(({ name }) => name) };

  /** @param {FileSystemEntry} entry */
  async function walk(entry) {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
      files.push(file);
      paths.push(entry.fullPath.replace(/^\//, ""));
      return;
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    for (;;) {
      /** A reader gives a hundred at a time, and none at the end. @type {FileSystemEntry[]} */
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const inner of some) await walk(inner);
    }
  }
  for (const entry of entries) if (entry) await walk(entry);
  return { files, paths };
}
