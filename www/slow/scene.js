// The picture of slow motion: all examples of a step at one stage, each in the colour of its noise, and the way from one
// stage to the next. Points are dots on their plane, rows lines across their columns, pictures tiles. It knows nothing of
// stages: it is told what to show.
import { context2d, fitCanvas, pixelRatio } from "../charts/canvas.js";
import { createLetters } from "../charts/letters.js";
import { paint } from "../charts/picture.js";
import { h } from "../dom.js";
import { css, onThemeChange, palette } from "../theme.js";
import { countOf, exampleOf, noiseColour, noisePlace, share } from "./examples.js";
import { heatOf, strongest } from "./heat.js";
import { SLOW } from "./texts.js";

/**
 * @typedef {Float32Array | Uint8Array} List
 *
 * What is on the scene. Shares, from 0 to 1, say how far a thing has come.
 * @typedef {object} Shown
 * @property {import("./examples.js").Kind} kind
 * @property {[number, number][]} ranges  of each column
 * @property {{noise: Float32Array, dims: number}} part
 * @property {List} fake
 * @property {number} made  share of the way from noise to fakes
 * @property {List | null} real
 * @property {boolean} faint  whether they only stand by, and are not judged
 * @property {Float32Array | null} pull
 * @property {number} pulled  share of the arrows' length
 * @property {List | null} after  fakes as they become
 * @property {number} moved  share of the way there
 * @property {number} chosen  the example that is followed
 */

/** Columns and rows of tiles in each half of the scene. */
const TILES = { columns: 6, rows: 3 };
/** The longest arrow, as a share of the plane. */
const LONGEST = 0.14;
/** CSS pixels beside a plane in which a half's name stands. */
const NAME = 18;

/** @param {(example: number) => void} choose */
export function createScene(choose) {
  const canvas = h("canvas", { role: "img", "data-testid": "slow-scene" });
  const element = h("div", { class: "slow-plane" }, canvas);
  const context = context2d(canvas);
  const letters = createLetters(context);
  const tile = context2d(h("canvas"));
  /** @type {Shown | null} */
  let last = null;
  /** Where each example was drawn last, in the canvas's own pixels. @type {{x: number, y: number}[]} */
  let places = [];

  /** @param {Shown} shown */
  function draw(shown) {
    last = shown;
    if (canvas.width === 0) return;
    const count = countOf(shown.part);
    const { stage } = palette();
    context.fillStyle = css(stage);
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (shown.made < 1) drawAxes(1 - shown.made);
    const colours = Array.from({ length: count }, (_, i) => noiseColour(exampleOf(shown.part.noise, count, i)));
    if (shown.kind.drawn === "images") places = drawPictures(shown, count, colours);
    else if (shown.kind.drawn === "table") places = drawRows(shown, count, colours);
    else places = drawPoints(shown, count, colours);
  }

  /** The noise's own plane: a cross through its middle. @param {number} strength */
  function drawAxes(strength) {
    const { line } = palette();
    const [w, t] = [canvas.width, canvas.height];
    context.strokeStyle = css(line, strength);
    context.lineWidth = pixelRatio();
    context.beginPath();
    context.moveTo(0, t / 2);
    context.lineTo(w, t / 2);
    context.moveTo(w / 2, 0);
    context.lineTo(w / 2, t);
    context.stroke();
  }

  /** @param {Shown} shown @param {number} count @param {number} i */
  function noiseAt({ part }, count, i) {
    const [x, y] = noisePlace(exampleOf(part.noise, count, i));
    return { x: x * canvas.width, y: (1 - y) * canvas.height };
  }

  /** @param {List} numbers  of one point @param {[number, number][]} ranges */
  const onPlane = (numbers, [across, up]) => ({
    x: share(numbers[0], across) * canvas.width,
    y: (1 - (up ? share(numbers[1], up) : 0.5)) * canvas.height,
  });

  /** @param {Shown} shown @param {number} count @param {string[]} colours */
  function drawPoints(shown, count, colours) {
    const { ranges, fake, real, faint, pull, after, made, moved, pulled, chosen } = shown;
    const colour = palette();
    const ratio = pixelRatio();
    const mixed = (/** @type {{x: number, y: number}} */ a, /** @type {{x: number, y: number}} */ b, /** @type {number} */ t) =>
      ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
    if (real) {
      context.strokeStyle = css(colour.real, faint ? 0.45 : 0.9);
      context.lineWidth = 1.6 * ratio;
      for (let i = 0; i < count; i += 1) {
        circle(onPlane(exampleOf(real, count, i), ranges), (i === chosen && !faint ? 5.5 : 3.4) * ratio);
        context.stroke();
      }
    }
    const before = Array.from({ length: count }, (_, i) => onPlane(exampleOf(fake, count, i), ranges));
    const now = before.map((place, i) => {
      if (after) return mixed(place, onPlane(exampleOf(after, count, i), ranges), moved);
      return mixed(noiseAt(shown, count, i), place, made);
    });
    if (after) {
      context.lineWidth = 1.2 * ratio;
      before.forEach((place, i) => {
        context.strokeStyle = colours[i];
        circle(place, 3 * ratio);
        context.stroke();
        context.beginPath();
        context.moveTo(place.x, place.y);
        context.lineTo(now[i].x, now[i].y);
        context.stroke();
      });
    }
    if (pull) drawArrows(pull, count, before, ranges, pulled, chosen);
    now.forEach((place, i) => {
      if (i !== chosen) dot(place, 4 * ratio, colours[i], css(colour.stage), 1 * ratio);
    });
    if (now[chosen]) dot(now[chosen], 6 * ratio, colours[chosen], css(colour.ink), 2.2 * ratio);
    return now;
  }

  /** All to one scale, so that the longest still fits. @param {Float32Array} pull @param {number} count
   * @param {{x: number, y: number}[]} from @param {[number, number][]} ranges @param {number} grown @param {number} chosen */
  function drawArrows(pull, count, from, ranges, grown, chosen) {
    const { ink } = palette();
    const steps = from.map((_, i) => {
      const [x, y = 0] = exampleOf(pull, count, i);
      const [across, up] = ranges;
      return { x: (x / (across[1] - across[0])) * canvas.width, y: (-y / (up ? up[1] - up[0] : 1)) * canvas.height };
    });
    const longest = Math.max(...steps.map(({ x, y }) => Math.hypot(x, y)).filter(Number.isFinite));
    const scale = longest > 0 ? (LONGEST * canvas.width * grown) / longest : 0;
    steps.forEach((step, i) => {
      const [x, y] = [step.x * scale, step.y * scale];
      const length = Math.hypot(x, y);
      if (!(length > 1)) return;
      const { x: left, y: top } = from[i];
      const head = Math.min(length * 0.45, 6 * pixelRatio());
      const [along, beside] = [{ x: (x / length) * head, y: (y / length) * head }, { x: (-y / length) * head * 0.6, y: (x / length) * head * 0.6 }];
      context.strokeStyle = css(ink, i === chosen ? 1 : 0.6);
      context.lineWidth = (i === chosen ? 2.4 : 1.3) * pixelRatio();
      context.beginPath();
      context.moveTo(left, top);
      context.lineTo(left + x, top + y);
      context.moveTo(left + x - along.x + beside.x, top + y - along.y + beside.y);
      context.lineTo(left + x, top + y);
      context.lineTo(left + x - along.x - beside.x, top + y - along.y - beside.y);
      context.stroke();
    });
  }

  /** Each row a line across its columns, which stand side by side, after it was a dot of noise. @param {Shown} shown
   * @param {number} count @param {string[]} colours */
  function drawRows(shown, count, colours) {
    const { kind, ranges, fake, real, after, made, moved, chosen } = shown;
    const { real: blue, stage, ink, muted, line } = palette();
    const ratio = pixelRatio();
    const k = kind.columns.length;
    const across = (/** @type {number} */ j) => (k === 1 ? 0.5 : 0.06 + (0.88 * j) / (k - 1)) * canvas.width;
    const down = (/** @type {number} */ value, /** @type {number} */ j) => (0.04 + 0.86 * (1 - share(value, ranges[j]))) * canvas.height;
    const trace = (/** @type {ArrayLike<number>} */ row) => {
      context.beginPath();
      for (let j = 0; j < k; j += 1) context.lineTo(across(j), down(row[j], j));
      context.stroke();
    };
    if (made > 0) {
      letters.use(11 * ratio);
      context.textAlign = "center";
      kind.columns.forEach((name, j) => {
        context.strokeStyle = css(line, made);
        context.lineWidth = ratio;
        context.beginPath();
        context.moveTo(across(j), 0.04 * canvas.height);
        context.lineTo(across(j), 0.9 * canvas.height);
        context.stroke();
        context.fillStyle = css(muted, made);
        context.fillText(letters.elided(name, (0.88 * canvas.width) / Math.max(1, k - 1) - 4 * ratio), across(j), 0.97 * canvas.height);
      });
    }
    if (real) {
      for (let i = 0; i < count; i += 1) {
        context.strokeStyle = css(blue, i === chosen ? 1 : 0.35);
        context.lineWidth = (i === chosen ? 2.5 : 1) * ratio;
        trace(exampleOf(real, count, i));
      }
    }
    const rows = Array.from({ length: count }, (_, i) => {
      const row = Array.from(exampleOf(fake, count, i));
      const to = after ? exampleOf(after, count, i) : row;
      return row.map((value, j) => value + (to[j] - value) * moved);
    });
    const order = [...rows.keys()].filter((i) => i !== chosen);
    for (const i of rows.length > chosen ? [...order, chosen] : order) {
      context.globalAlpha = made * (i === chosen ? 1 : 0.55);
      if (i === chosen) {
        context.strokeStyle = css(ink);
        context.lineWidth = 5 * ratio;
        trace(rows[i]);
      }
      context.strokeStyle = colours[i];
      context.lineWidth = (i === chosen ? 3 : 1.3) * ratio;
      trace(rows[i]);
      context.globalAlpha = 1 - made;
      if (made < 1) dot(noiseAt(shown, count, i), (i === chosen ? 6 : 4) * ratio, colours[i], css(i === chosen ? ink : stage), 1.5 * ratio);
      context.globalAlpha = 1;
    }
    return rows.map((row, i) => (made < 0.5 ? noiseAt(shown, count, i) : { x: across(0), y: down(row[0], 0) }));
  }

  /** Fakes above; below what stands beside them. @param {Shown} shown @param {number} count @param {string[]} colours */
  function drawPictures(shown, count, colours) {
    const { part, kind, fake, real, pull, after, made, moved, pulled, chosen } = shown;
    const image = kind.image;
    if (!image) return [];
    const ratio = pixelRatio();
    const { ink, muted, real: blue } = palette();
    const name = NAME * ratio;
    const half = canvas.height / 2;
    const pitch = Math.min(canvas.width / TILES.columns, (half - name) / TILES.rows);
    const left = (canvas.width - pitch * TILES.columns) / 2;
    const gap = 4 * ratio;
    const home = (/** @type {number} */ i, /** @type {number} */ below) => ({
      x: left + (i % TILES.columns) * pitch + gap / 2,
      y: below * half + name + Math.floor(i / TILES.columns) * pitch + gap / 2,
    });
    const title = (/** @type {string} */ text, /** @type {number} */ below, /** @type {string} */ colour) => {
      letters.use(12.5 * ratio, 600);
      context.textAlign = "left";
      context.fillStyle = colour;
      context.fillText(text, left + gap / 2, below * half + 13 * ratio);
    };
    context.imageSmoothingEnabled = false;
    if (made > 0.5) title(SLOW.halves.fakes, 0, css(muted));
    const whole = pitch - gap;
    const centres = [];
    for (let i = 0; i < count; i += 1) {
      // A tile grows out of its noise's dot.
      const [from, to] = [noiseAt({ ...shown, part }, count, i), home(i, 0)];
      const side = 9 * ratio + (whole - 9 * ratio) * made;
      const [x, y] = [from.x - side / 2 + (to.x - from.x + side / 2) * made, from.y - side / 2 + (to.y - from.y + side / 2) * made];
      frame(x, y, side, colours[i], i === chosen ? css(ink) : null);
      if (made > 0) {
        context.globalAlpha = made;
        put(exampleOf(fake, count, i), image, x, y, side);
        context.globalAlpha = 1;
      }
      centres.push({ x: x + side / 2, y: y + side / 2 });
    }
    const below = (/** @type {(i: number, x: number, y: number) => void} */ each, /** @type {(i: number) => string} */ colour) => {
      for (let i = 0; i < count; i += 1) {
        const { x, y } = home(i, 1);
        frame(x, y, whole, colour(i), i === chosen ? css(ink) : null);
        each(i, x, y);
      }
    };
    if (real) {
      title(SLOW.halves.reals, 1, css(blue));
      below((i, x, y) => put(exampleOf(real, count, i), image, x, y, whole), () => css(blue));
    } else if (after) {
      title(SLOW.halves.after, 1, css(muted));
      context.globalAlpha = moved;
      below((i, x, y) => put(exampleOf(after, count, i), image, x, y, whole), (i) => colours[i]);
      context.globalAlpha = 1;
    } else if (pull) {
      title(SLOW.halves.pull, 1, css(muted));
      const most = strongest(pull);
      context.globalAlpha = pulled;
      below((i, x, y) => put(heatOf(exampleOf(pull, count, i), image.channels, most), { ...image, channels: 3 }, x, y, whole), (i) => colours[i]);
      context.globalAlpha = 1;
    }
    return centres;
  }

  /** @param {number} x @param {number} y @param {number} side @param {string} colour @param {string | null} mark */
  function frame(x, y, side, colour, mark) {
    const edge = 2 * pixelRatio();
    if (mark) {
      context.fillStyle = mark;
      context.fillRect(x - 1.5 * edge, y - 1.5 * edge, side + 3 * edge, side + 3 * edge);
    }
    context.fillStyle = colour;
    context.fillRect(x - edge / 2, y - edge / 2, side + edge, side + edge);
  }

  /** @param {ArrayLike<number>} pixels @param {{width: number, height: number, channels: number}} image @param {number} x
   * @param {number} y @param {number} side */
  function put(pixels, image, x, y, side) {
    paint(tile, pixels, image);
    context.drawImage(tile.canvas, x, y, side, side);
  }

  /** @param {{x: number, y: number}} at @param {number} radius */
  function circle({ x, y }, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }

  /** @param {{x: number, y: number}} at @param {number} radius @param {string} fill @param {string} rim @param {number} width */
  function dot(at, radius, fill, rim, width) {
    circle(at, radius);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = rim;
    context.lineWidth = width;
    context.stroke();
  }

  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const [x, y] = [(offsetX / canvas.clientWidth) * canvas.width, (offsetY / canvas.clientHeight) * canvas.height];
    const far = places.map((place) => Math.hypot(place.x - x, place.y - y));
    if (far.length > 0) choose(far.indexOf(Math.min(...far)));
  });
  fitCanvas(element, canvas, () => { letters.refresh(); if (last) draw(last); });
  onThemeChange(() => { if (last) draw(last); });
  return { element, canvas, draw };
}
