// Real examples and noise for Burn's peers, drawn on the CPU and uploaded at each step, as the crate does. Not seeded:
// speed is measured, and not a run repeated.
/* global createImageBitmap, OffscreenCanvas */

/**
 * @typedef {import("../../../www/protocol.js").Experiment} Experiment
 * @typedef {import("../../../www/protocol.js").RingData} RingData
 * @typedef {object} Batches
 * @property {number[]} shape  of an example
 * @property {(count: number) => Float32Array<ArrayBuffer>} next
 */

/** Independent Gaussians, two at a time by Box and Muller. @param {number} count @param {number} sigma */
export function normals(count, sigma) {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = sigma * Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    values[i] = radius * Math.cos(angle);
    // Past the end of an odd count this is a write that a typed array ignores.
    values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}

/** @param {Experiment} experiment @param {string} assets @returns {Promise<Batches>} */
export async function createBatches({ data }, assets) {
  return data.kind === "ring" ? ringBatches(data) : sheetBatches(new URL(`datasets/${data.kind}/`, assets));
}

/** @param {RingData} ring @returns {Batches} */
function ringBatches({ modes, radius, sigma }) {
  return {
    shape: [2],
    next(count) {
      const points = normals(2 * count, sigma);
      for (let i = 0; i < points.length; i += 2) {
        const angle = (2 * Math.PI * Math.floor(modes * Math.random())) / modes;
        points[i] += radius * Math.cos(angle);
        points[i + 1] += radius * Math.sin(angle);
      }
      return points;
    },
  };
}

/** Grey pictures from the first sheet of a data set. @param {URL} folder @returns {Promise<Batches>} */
async function sheetBatches(folder) {
  const { image, sheets: [sheet] } = await (await get(new URL("manifest.json", folder))).json();
  const { width, height } = image;
  const size = width * height;
  const picture = await createImageBitmap(await (await get(new URL(sheet.file, folder))).blob(), { colorSpaceConversion: "none" });
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  if (!context) throw new Error("the browser gives no canvas to read the sheet with");
  context.drawImage(picture, 0, 0);
  const { data: rgba } = context.getImageData(0, 0, picture.width, picture.height);

  const pixels = new Float32Array(sheet.count * size);
  for (let i = 0; i < pixels.length; i += 1) {
    const example = Math.floor(i / size);
    const x = (example % sheet.columns) * width + (i % width);
    const y = Math.floor(example / sheet.columns) * height + Math.floor((i % size) / width);
    pixels[i] = rgba[4 * (y * picture.width + x)] / 127.5 - 1;
  }
  return {
    shape: [height, width, 1],
    next(count) {
      const batch = new Float32Array(count * size);
      for (let i = 0; i < count; i += 1) {
        const example = Math.floor(Math.random() * sheet.count);
        batch.set(pixels.subarray(example * size, (example + 1) * size), i * size);
      }
      return batch;
    },
  };
}

/** @param {URL} address */
async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname}: the server answered ${response.status}`);
  return response;
}
