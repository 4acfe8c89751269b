// Pictures of nothing but noise, of any size, in the form in which the page keeps what a visitor brought. What they show does
// not matter where a step is only timed.
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** As many as the largest batch needs. */
const COUNT = 256;

/** Writes them to where a folder's pages look for them. @param {string} folder @param {number} side
 * @returns {{kind: "own-pictures", id: string, only: number[]}} the data of an experiment on them */
export function writeNoisePictures(folder, side) {
  const id = `noise-${side}`;
  mkdirSync(join(folder, "own"), { recursive: true });
  writeFileSync(join(folder, "own", id), packed(side));
  return { kind: "own-pictures", id, only: [] };
}

/** As `src/data/packed.rs` has it: pixels, classes, a description, its length, and what the file is. @param {number} side */
function packed(side) {
  const manifest = Buffer.from(JSON.stringify({
    name: "own", title: "Noise", image: { width: side, height: side, channels: 1 }, count: COUNT, sheets: [],
    labels: [{ name: "folder", file: "", classes: ["noise"], counts: [COUNT] }],
    source: { registry: "", package: "", version: "", sha256: "", part: "" },
    licence: { name: "", url: "" }, credit: "",
  }));
  const pixels = randomBytes(COUNT * side * side);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(manifest.length);
  return Buffer.concat([pixels, Buffer.alloc(COUNT), manifest, length, Buffer.from("GANPICS1")]);
}
