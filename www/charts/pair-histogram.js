// How often the values of one column occur, real as an outline and fake as an area.
import { css, palette } from "../theme.js";
import { pixelRatio } from "./canvas.js";
import { histogram } from "./columns.js";

/** How much higher than its highest bar for reals a histogram is. What fakes have above that is cut off: a scale that
 * followed them would jump in training. */
const HEADROOM = 1.4;

/** How often values occur, and the share that a plot of it ends at. @param {import("./pair-table.js").Shown} table
 * @param {number} j  of the column @param {number} bins */
export function histogramsOf({ ranges, real, fake }, j, bins) {
  const [reals, fakes] = [real, fake].map(({ values }) => histogram(values[j], ranges[j], bins));
  return { reals, fakes, top: HEADROOM * Math.max(...reals, 1e-9) };
}

/** @param {CanvasRenderingContext2D} context @param {ReturnType<typeof histogramsOf>} histograms
 * @param {import("./pair-table.js").Box} at */
export function drawHistograms(context, { reals, fakes, top }, at) {
  const { real, fake } = palette();
  const bins = reals.length;
  const x = (/** @type {number} */ bin) => at.left + Math.round((bin / bins) * at.width);
  const y = (/** @type {number} */ share) => at.top + at.height * (1 - Math.min(1, share / top));
  const trace = (/** @type {Float64Array} */ shares) => {
    context.beginPath();
    context.moveTo(x(0), y(0));
    shares.forEach((share, bin) => {
      context.lineTo(x(bin), y(share));
      context.lineTo(x(bin + 1), y(share));
    });
    context.lineTo(x(bins), y(0));
  };
  trace(fakes);
  context.fillStyle = css(fake, 0.75);
  context.fill();
  trace(reals);
  context.strokeStyle = css(real);
  context.lineWidth = 1.5 * pixelRatio();
  context.lineJoin = "miter";
  context.stroke();
}
