// Thousands of small marks, written into an image pixel by pixel: some ten times as quick as to have a canvas draw them.

/** Where marks stand on the way from one end of a range to the other, in whole pixels; -1 for those beyond it.
 * @param {Float32Array} column @param {[number, number]} range  or downwards, from high to low @param {number} room */
export function offsets(column, [from, to], room) {
  const places = new Int32Array(column.length);
  const scale = 1 / (to - from);
  for (let i = 0; i < column.length; i += 1) {
    const share = (column[i] - from) * scale;
    places[i] = share >= 0 && share <= 1 ? Math.round(share * Math.max(0, room)) : -1;
  }
  return places;
}

/** The pixels of a round mark, as steps from its corner. A hollow one has a rim of a third of its radius, and none
 * where it is too small for one. @param {number} side @param {boolean} hollow @param {number} stride */
export function markOf(side, hollow, stride) {
  const radius = side / 2;
  const steps = [];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const distance = Math.hypot(x + 0.5 - radius, y + 0.5 - radius);
      const within = side < 4 || distance <= radius;
      if (within && !(hollow && side > 4 && distance < radius * 0.62)) steps.push(y * stride + x);
    }
  }
  return Int32Array.from(steps);
}

/** Marks of one plot. @param {Uint32Array} words  the image's pixels @param {Int32Array} shape  by `markOf`
 * @param {number} corner  where the plot begins @param {number} stride  pixels in a row of the image
 * @param {Int32Array} across  by `offsets` @param {Int32Array} down  likewise @param {number} colour  by `wordOf` */
export function writeMarks(words, shape, corner, stride, across, down, colour) {
  for (let i = 0; i < across.length; i += 1) {
    if (across[i] < 0 || down[i] < 0) continue;
    const start = corner + down[i] * stride + across[i];
    for (let step = 0; step < shape.length; step += 1) words[start + shape[step]] = colour;
  }
}

/** A pixel as one number, in the machine's own order of bytes. @param {import("../theme.js").Rgb} rgb */
export const wordOf = (rgb) => new Uint32Array(Uint8ClampedArray.of(...rgb, 255).buffer)[0];
