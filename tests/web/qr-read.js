// Reads a QR code by the standard (ISO/IEC 18004), to hold the page's codes against something that did not make them. It
// takes modules, not photographs, and expects no damage: error correction is left out, and only bytes are read.

/** How many of a version's codewords are data, and in how many blocks, by level: [short blocks, their data, long blocks].
 * Of the standard's table 9, the versions that the tests' links need. @type {Record<string, Record<number, [number, number, number]>>} */
const BLOCKS = {
  M: { 3: [1, 44, 0], 4: [2, 32, 0], 5: [2, 43, 0], 6: [4, 27, 0], 7: [4, 31, 0], 8: [2, 38, 2], 9: [3, 36, 2], 10: [4, 43, 1] },
  L: { 3: [1, 55, 0], 4: [1, 80, 0], 5: [1, 108, 0], 6: [2, 68, 0], 7: [2, 78, 0], 8: [2, 97, 0], 9: [2, 116, 0], 10: [2, 68, 2] },
};
const LEVELS = ["M", "L", "H", "Q"];
/** Centres of alignment patterns, of the standard's table E.1. @type {Record<number, number[]>} */
const ALIGNED = { 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42], 9: [6, 26, 46], 10: [6, 28, 50] };
/** What the format's fifteen bits are masked with. */
const FORMAT_MASK = 0b101010000010010;

/** @type {((row: number, column: number) => boolean)[]} */
const MASKS = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (i, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** @param {boolean[][]} modules  rows of them; true is dark @returns {string} */
export function readCode(modules) {
  const size = modules.length;
  const version = (size - 17) / 4;
  // The format's upper five bits stand along the finder in the upper left corner: two of level, three of mask.
  const format = [0, 1, 2, 3, 4].reduce((bits, column) => (bits << 1) | Number(modules[8][column]), 0) ^ (FORMAT_MASK >> 10);
  const level = LEVELS[format >> 3];
  const mask = MASKS[format & 7];
  const blocks = BLOCKS[level]?.[version];
  if (!blocks) throw new Error(`no table for version ${version} at level ${level}`);

  const codewords = [];
  let bits = [];
  for (const [row, column] of path(size, version)) {
    bits.push(Number(modules[row][column] !== mask(row, column)));
    if (bits.length < 8) continue;
    codewords.push(Number.parseInt(bits.join(""), 2));
    bits = [];
  }
  return bytesOf(inOrder(codewords, blocks), version);
}

/** Where data lie, in the order in which they are written. @param {number} size @param {number} version */
function* path(size, version) {
  const centres = ALIGNED[version];
  const aligned = (/** @type {number} */ row, /** @type {number} */ column) => centres.some((y, i) => centres.some((x, j) => {
    const last = centres.length - 1;
    const onFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
    return !onFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
  }));
  const reserved = (/** @type {number} */ row, /** @type {number} */ column) =>
    (row <= 8 && (column <= 8 || column >= size - 8)) || (row >= size - 8 && column <= 8) || row === 6 || column === 6
    || aligned(row, column) || (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11)));
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let i = 0; i < size; i += 1) {
      const row = upwards ? size - 1 - i : i;
      for (const column of [right, right - 1]) if (!reserved(row, column)) yield /** @type {const} */ ([row, column]);
    }
    upwards = !upwards;
  }
}

/** The blocks' codewords lie in turn. @param {number[]} codewords @param {[number, number, number]} blocks */
function inOrder(codewords, [short, data, long]) {
  const parts = Array.from({ length: short + long }, () => /** @type {number[]} */ ([]));
  let at = 0;
  for (let i = 0; i < data + (long > 0 ? 1 : 0); i += 1) {
    parts.forEach((part, k) => { if (i < data || k >= short) part.push(codewords[at++]); });
  }
  return parts.flat();
}

/** @param {number[]} data @param {number} version */
function bytesOf(data, version) {
  const bits = data.map((word) => word.toString(2).padStart(8, "0")).join("");
  if (!bits.startsWith("0100")) throw new Error("not in bytes");
  const counter = version < 10 ? 8 : 16;
  const count = Number.parseInt(bits.slice(4, 4 + counter), 2);
  return Array.from({ length: count }, (_, i) => String.fromCharCode(Number.parseInt(bits.slice(4 + counter + 8 * i, 12 + counter + 8 * i), 2))).join("");
}
