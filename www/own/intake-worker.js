// Reads what a visitor brings, in a worker of its own, so that neither the page nor the training waits for it. Bytes are
// parsed by the crate, and pictures decoded by the browser. The page ends this worker when the data are made, and its
// memory with it. It speaks no language: what there is to say is sent as remarks, of which the page makes sentences. Only why a
// file was skipped, and what the crate says, are English.

/**
 * @typedef {import("./protocol.js").IntakeCommand} IntakeCommand
 * @typedef {import("./protocol.js").IntakeEvent} IntakeEvent
 * @typedef {import("./protocol.js").Found} Found
 * @typedef {import("./protocol.js").FoundTable} FoundTable
 * @typedef {import("./protocol.js").PictureOptions} PictureOptions
 * @typedef {import("./protocol.js").Skipped} Skipped
 * @typedef {import("./protocol.js").Remark} Remark
 *
 * A picture that is to be tried.
 * @typedef {{path: string, size: [number, number] | null, bytes: () => Promise<Blob>}} Source
 */

const scope = /** @type {{postMessage(event: IntakeEvent): void}} */ (/** @type {unknown} */ (self));

/** Enough of a picture's beginning to find its size in, whatever cameras put before it. */
const HEAD = 1 << 18;
/** Larger files are not even read; the crate's own limits are at most this. */
const LARGEST_FILE = 512 << 20;
/** A picture larger than this many times the target is made smaller by the browser first. */
const SHRINK_FROM = 16;
const MOST_PICTURES = 50_000;
const PROGRESS_GAP = 100;
/** What a transparent picture lies on. */
const PAPER = [255, 255, 255];

/** Of what else than pictures is looked at in an archive. */
const OTHERS = /\.(csv|tsv|tab|txt|dat|data|gz|idx)$|ubyte$/i;
const NO_PICTURES = /\.(md|html?|json|xml|ya?ml|pdf|docx?|py|js|ipynb|npy|npz|mp[34]|zip|tar|7z|rar)$/i;

const crate = /** @type {Promise<import("./protocol.js").IntakeModule>} */ (/** @type {unknown} */ (import("../pkg/files/gan_playground.js")));

let job = 0;
/** @type {import("./protocol.js").Intake | null} */
let intake = null;
/** @type {Source[]} */
let sources = [];
/** @type {{count: number, width: number, height: number, channels: number} | null} */
let idx = null;
let idxLabels = false;
/** @type {FoundTable | null} */
let table = null;
let title = "";
/** What was left out when the files were looked at. @type {Skipped[]} */
let skipped = [];
/** About all that is there. @type {Remark[]} */
let notes = [];

self.addEventListener("message", ({ data }) => { void handle(data); });
self.addEventListener("unhandledrejection", ({ reason }) => scope.postMessage({ type: "died", job, detail: String(reason) }));

/** Nothing is made before all files are looked at. */
let opened = Promise.resolve();

/** @param {IntakeCommand} command */
async function handle(command) {
  try {
    if (command.type === "open") opened = open(command);
    await opened;
    if (command.type === "make") await make(command);
  } catch (cause) {
    scope.postMessage({ type: "died", job: command.job, detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

// --- Looking -------------------------------------------------------------------------------------------------

/** @param {Extract<IntakeCommand, {type: "open"}>} command */
async function open(command) {
  job = command.job;
  const { Intake, default: start } = await crate;
  await start();
  intake = new Intake();
  [sources, skipped, notes, idx, idxLabels, table] = [[], [], [], null, false, null];
  title = command.title;
  for (let i = 0; i < command.files.length; i += 1) {
    await look(command.files[i], command.paths[i]);
    tellProgress(i, command.files.length);
  }
  const all = found();
  if (!command.again) scope.postMessage({ type: "found", job, found: all, report: await report(skipped) });
}

/** @param {File} file @param {string} path */
async function look(file, path) {
  if (file.size > LARGEST_FILE) {
    skipped.push({ what: path, why: `it has ${Math.round(file.size / 1e6)} MB, and at most 536 are read: bring it in parts`, reason: "too-large" });
    return;
  }
  if (/(^|\/)(\.|__MACOSX|Thumbs\.db|desktop\.ini)/i.test(path)) return;
  if (file.size === 0) {
    skipped.push({ what: path, why: "it is empty", reason: "broken" });
    return;
  }
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const parsed = OTHERS.test(path) || (head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0x1f && head[1] === 0x8b)
    || (head[0] === 0 && head[1] === 0 && head[2] === 8);
  const bytes = new Uint8Array(await (parsed ? file : file.slice(0, HEAD)).arrayBuffer());
  inspect(path, bytes, async () => file);
}

/** @param {string} path @param {Uint8Array} bytes @param {() => Promise<Blob>} whole */
function inspect(path, bytes, whole) {
  if (!intake) return;
  let seen;
  try {
    seen = intake.inspect(path, bytes);
  } catch (cause) {
    if (typeof cause !== "string") throw cause;
    skipped.push({ what: path, why: cause, reason: /\.txt$/i.test(path) ? "no-picture" : "broken" });
    return;
  }
  switch (seen.kind) {
    case "archive":
      skipped.push(...seen.skipped);
      if (seen.endsEarly) notes.push({ kind: "ends-early", path });
      seen.paths.forEach((inner, index) => lookInto(seen.archive, inner, index));
      break;
    case "idx-pictures":
      idx = seen;
      break;
    case "idx-labels":
      idxLabels = true;
      break;
    case "table":
      table = { kind: "table", title: path.replace(/^.*\//, ""), rows: seen.rows, columns: seen.columns, labels: seen.labels, leftOut: seen.leftOut };
      if (seen.skipped) notes.push({ kind: "rows", path, line: seen.skipped });
      if (seen.leftOut.length > 0) notes.push({ kind: "columns", names: seen.leftOut });
      break;
    case "picture":
      addSource({ path, size: seen.size, bytes: whole });
      break;
  }
}

/** @param {number} archive @param {string} path @param {number} index */
function lookInto(archive, path, index) {
  const unpack = () => /** @type {import("./protocol.js").Intake} */ (intake).entry(archive, index);
  if (OTHERS.test(path)) {
    try {
      inspect(path, unpack(), async () => new Blob([unpack()]));
    } catch (cause) {
      if (typeof cause !== "string") throw cause;
      skipped.push({ what: path, why: cause, reason: "broken" });
    }
    return;
  }
  addSource({ path, size: null, bytes: async () => new Blob([unpack()]) });
}

/** @param {Source} source */
function addSource(source) {
  if (NO_PICTURES.test(source.path)) {
    skipped.push({ what: source.path, why: "it is no picture, and no table of numbers", reason: "no-picture" });
  } else {
    sources.push(source);
  }
}

/** @returns {Found | null} */
function found() {
  const count = sources.length + (idx?.count ?? 0);
  if (count === 0) return table;
  if (table) notes.push({ kind: "table", title: table.title });
  const [first] = sources;
  const single = count === 1 && first?.size ? { width: first.size[0], height: first.size[1] } : null;
  const tile = single ? guessTile(single.width, single.height) : null;
  const longest = idx ? Math.max(idx.width, idx.height) : Math.max(...sources.slice(0, 64).map(({ size }) => Math.max(...(size ?? [32]))), 1);
  return {
    kind: "pictures", title, count, single,
    guess: {
      side: tile ?? (longest <= 16 ? 16 : longest === 28 ? 28 : 32),
      channels: idx?.channels === 1 && sources.length === 0 ? "grey" : "colour",
      fit: "crop",
      tile: tile ? { width: tile, height: tile } : null,
      labelled: true,
    },
  };
}

/** The side of a sheet's tiles, if its size is that of a sheet. @param {number} width @param {number} height
 * @returns {16 | 28 | 32 | null} */
function guessTile(width, height) {
  const fits = (/** @type {number} */ side) => width % side === 0 && height % side === 0 && (width * height) / side ** 2 >= 16;
  return /** @type {const} */ ([32, 28, 16]).find(fits) ?? null;
}

// --- Making --------------------------------------------------------------------------------------------------

/** @param {Extract<IntakeCommand, {type: "make"}>} command */
async function make(command) {
  if (!intake || command.job !== job) return;
  const { turn } = command;
  /** @type {Skipped[]} */
  const left = [...skipped];
  try {
    if (command.pictures) await makePictures(command.pictures, turn, left);
    else await makeTable(command.table?.labels ?? null, turn);
  } catch (cause) {
    if (typeof cause !== "string") throw cause;
    scope.postMessage({ type: "refused", job, sentence: cause, report: await report(left) });
  }
}

let making = 0;

/** @param {PictureOptions} options @param {number} turn @param {Skipped[]} left */
async function makePictures(options, turn, left) {
  if (!intake) return;
  making = turn;
  intake.begin({ side: options.side, channels: options.channels, fit: options.fit === "crop" ? "crop" : { whole: null }, under: PAPER },
    sources.length + (idx?.count ?? 0));
  /** @type {Remark[]} */
  const said = [];
  intake.addIdx(MOST_PICTURES);
  if (idx && idx.count > MOST_PICTURES) said.push({ kind: "first", count: idx.count, taken: MOST_PICTURES });
  let taken = Math.min(idx?.count ?? 0, MOST_PICTURES);
  for (let i = 0; i < sources.length; i += 1) {
    // Somebody changed an option: this is not wanted any more.
    if (making !== turn) return;
    const source = sources[i];
    if (taken >= MOST_PICTURES) {
      left.push(...sources.slice(i).map(({ path }) => ({ what: path, why: `a set has at most ${MOST_PICTURES.toLocaleString("en")} pictures`, reason: "beyond" })));
      break;
    }
    try {
      const { pixels, width, height } = await decode(source, options);
      if (making !== turn) return;
      if (options.tile) said.push({ kind: "cut", into: intake.addSheet(pixels, width, height, options.tile.width, options.tile.height) });
      else intake.add(source.path, pixels, width, height);
      taken += 1;
    } catch (cause) {
      if (typeof cause === "string") left.push({ what: source.path, why: cause, reason: options.tile ? "broken" : reasonOf(cause) });
      else throw cause;
    }
    tellProgress(i, sources.length);
  }
  if (making !== turn) return;
  const labels = intake.labels();
  if (idxLabels && !(labels && labels.name !== "folder")) said.push({ kind: "labels" });
  const packed = intake.packPictures({ title, labels: options.labelled && labels ? labels.name : null });
  await tellMade("own-pictures", turn, packed, { columns: [], labels, said, left });
}

/** Sentences of the crate about one picture. @param {string} why */
const reasonOf = (why) => (/pixels, and/.test(why) ? "too-large" : /encrypted/.test(why) ? "encrypted" : /no picture/.test(why) ? "no-picture" : "broken");

/** @param {string | null} labels @param {number} turn */
async function makeTable(labels, turn) {
  if (!intake || !table) return;
  const packed = intake.packTable({ title: table.title, labels });
  await tellMade("own-table", turn, packed, { columns: table.columns.map(({ name }) => name), labels: null, said: [], left: skipped });
}

/** @param {"own-pictures" | "own-table"} kind @param {number} turn @param {import("./protocol.js").Packed} packed
 * @param {{columns: string[], labels: {name: string, classes: string[]} | null, said: Remark[], left: Skipped[]}} rest */
async function tellMade(kind, turn, { id, count, bytes }, { columns, labels, said, left }) {
  const blob = new Blob([bytes]);
  const name = kind === "own-table" && table ? table.title : title;
  scope.postMessage({ type: "made", job, turn, made: { kind, id, title: name, count, columns, labels, blob }, report: [...said, ...await report(left)] });
}

/** A picture's pixels, as red, green, blue and alpha. Throws a sentence. @param {Source} source @param {PictureOptions} options
 * @returns {Promise<{pixels: Uint8ClampedArray, width: number, height: number}>} */
async function decode(source, { side, tile }) {
  if (source.size) intake?.checkSize(...source.size);
  const blob = await source.bytes();
  if (!source.size) {
    // An archive does not say how large its pictures are.
    const seen = intake?.inspect("picture", new Uint8Array(await blob.slice(0, HEAD).arrayBuffer()));
    if (seen?.kind === "picture" && seen.size) intake?.checkSize(...seen.size);
    else if (seen && seen.kind !== "picture") throw "it is no picture";
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
  } catch {
    throw "it is no picture that this browser can read";
  }
  try {
    intake?.checkSize(bitmap.width, bitmap.height);
    const short = Math.min(bitmap.width, bitmap.height);
    const scale = !tile && short > SHRINK_FROM * side ? (SHRINK_FROM * side) / short : 1;
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (!context) throw "this browser gave no room to decode it in: close other tabs";
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    return { pixels: context.getImageData(0, 0, width, height).data, width, height };
  } finally {
    bitmap.close();
  }
}

// --- Telling -------------------------------------------------------------------------------------------------

let toldAt = 0;

/** @param {number} done @param {number} total */
function tellProgress(done, total) {
  const now = performance.now();
  if (now - toldAt < PROGRESS_GAP) return;
  toldAt = now;
  scope.postMessage({ type: "progress", job, done: done + 1, total });
}

/** @param {Skipped[]} left @returns {Promise<Remark[]>} */
async function report(left) {
  const { reportSkipped } = await crate;
  const line = reportSkipped(left);
  return [...notes, ...(line ? [/** @type {const} */ ({ kind: "skipped", files: left, line })] : [])];
}
