// What a pen or an eraser does to a drawing between coming down and lifting, without saying what moves it. Pure. All
// lengths are in units of the square, whose side is 2.
import { MAX_POINTS, countPoints, erase, simplify } from "../strokes.js";

/**
 * @typedef {import("../strokes.js").Point} Point
 * @typedef {import("../strokes.js").Stroke} Stroke
 *
 * A stroke or an erasure under way: `strokes` is the whole drawing as it would be if it ended now.
 * @typedef {{strokes: () => readonly Stroke[], move: (to: Point) => void}} Gesture
 */

/** Radius of the eraser. */
export const ERASER = 0.09;
/** How far a point may lie off the line that is kept in its place. */
const TOLERANCE = 2 / 400;
/** A stroke that stays as near as this to where it began is a tap, and becomes a dot. */
const TAP = 0.015;
/** Raw points after which the beginning of a long stroke is settled. */
const SETTLE = 200;

/**
 * A stroke under way. It may leave the square and come back, which makes it several; and it ends early where the
 * drawing is full.
 * @param {readonly Stroke[]} before @param {Point} first @returns {Gesture}
 */
export function startStroke(before, first) {
  const room = MAX_POINTS - countPoints(before);
  /** @type {Stroke[]} */
  let done = [];
  /** The line being drawn: its beginning is settled, the rest as it came. @type {Point[]} */
  let line = [first];
  let settled = 0;
  let previous = first;
  let full = room === 0;
  /** @type {Stroke[] | null} */
  let drawn = null;

  /** The strokes so far, thinned out, and no more than there is room for. */
  function thinned() {
    drawn ??= withinRoom([...done, ...(line.length > 0 ? [tidy(line, settled)] : [])], room);
    return drawn;
  }

  return {
    strokes: () => [...before, ...thinned()],
    /** @param {Point} to */
    move(to) {
      if (full) return;
      if (isInside(to)) {
        if (line.length === 0) line.push(edgeBetween(to, previous));
        line.push(to);
      } else if (line.length > 0) {
        line.push(edgeBetween(previous, to));
        done = [...done, tidy(line, settled)];
        line = [];
        settled = 0;
      }
      previous = to;
      if (line.length - settled > SETTLE) {
        line = [...line.slice(0, settled), ...simplify(line.slice(settled), TOLERANCE)];
        settled = line.length - 1;
      }
      drawn = null;
      full = countPoints(thinned()) === room;
    },
  };
}

/** @param {Point} point */
const isInside = ([x, y]) => Math.max(Math.abs(x), Math.abs(y)) <= 1;

/** Where a line leaves the square. @param {Point} inside @param {Point} outside @returns {Point} */
function edgeBetween([x, y], [toX, toY]) {
  const shares = [[x, toX], [y, toY]].filter(([, to]) => Math.abs(to) > 1).map(([from, to]) => (Math.sign(to) - from) / (to - from));
  const share = Math.min(...shares);
  return [x + share * (toX - x), y + share * (toY - y)];
}

/** A raw line, as it is kept. @param {Point[]} line @param {number} settled  index of the last point that is thinned out */
function tidy(line, settled) {
  const [x, y] = line[0];
  if (line.every((point) => Math.hypot(point[0] - x, point[1] - y) < TAP)) return [line[0]];
  const thin = [...line.slice(0, settled), ...simplify(line.slice(settled), TOLERANCE)];
  if (thin.length > 2) return thin;
  // A straight line gets a middle, so that by itself it is a drawing: two points are none, see MIN_POINTS.
  const [from, to] = thin;
  return [from, /** @type {Point} */ ([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), to];
}

/** @param {Stroke[]} strokes @param {number} room */
function withinRoom(strokes, room) {
  /** @type {Stroke[]} */
  const taken = [];
  for (const stroke of strokes) {
    const part = stroke.slice(0, room - countPoints(taken));
    if (part.length > 0) taken.push(part);
  }
  return taken;
}

/** An erasure under way. @param {readonly Stroke[]} before @param {Point} first @returns {Gesture} */
export function startErasure(before, first) {
  let left = erase(before, first, first, ERASER);
  let previous = first;
  return {
    strokes: () => left,
    /** @param {Point} to */
    move(to) {
      left = erase(left, previous, to, ERASER);
      previous = to;
    },
  };
}
