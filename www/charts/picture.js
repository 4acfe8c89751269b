// One small picture on a canvas of its own size, pixel for pixel; what shows it makes it larger.

/** A picture's bytes onto a canvas of its size. @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} pixels
 * @param {{width: number, height: number, channels: number}} image */
export function paint(context, pixels, { width, height, channels }) {
  if (context.canvas.width !== width || context.canvas.height !== height) Object.assign(context.canvas, { width, height });
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at += 1) {
    for (let k = 0; k < 3; k += 1) image.data[4 * at + k] = pixels[at * channels + (channels === 3 ? k : 0)];
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
