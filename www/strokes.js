// A drawing, as strokes and as text: the text is what a link carries and what training gets. Also what one does to
// strokes without seeing them: thin them out, and rub out a part. Pure; the pad that draws is panels/draw-pad.js.
//
// Strokes are separated by "."; a point is four characters of the URL-safe base64 alphabet, two for x and two for y,
// each pair a number of 12 bits, high bits first, that goes from 0 at -1 to 4095 at 1. No strokes are the empty text.

/**
 * A place in the square from -1 to 1, y upwards.
 * @typedef {readonly [number, number]} Point
 *
 * At least one point; a stroke of one point is a dot.
 * @typedef {readonly Point[]} Stroke
 */

/** Points of a whole drawing: with 4 characters each, a link of them still fits where links are pasted. */
export const MAX_POINTS = 1000;
/** Fewer leave nothing to learn; the crate asks for as many. */
export const MIN_POINTS = 3;

/** What is left of a stroke beside an erased part is let go where it is shorter than this: it would look like a dot. */
const CRUMB = 0.005;

/** The largest number in two characters. */
const TOP = 4095;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CODES = new Map([...ALPHABET].map((letter, code) => [letter, code]));
const FORM = /^(?:[\w-]{4})+(?:\.(?:[\w-]{4})+)*$/;

/** @param {readonly Stroke[]} strokes */
export const countPoints = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

/** Coordinates beyond the square are moved to its edge. @param {readonly Stroke[]} strokes */
export function encodeStrokes(strokes) {
  const pair = (/** @type {number} */ coordinate) => {
    const number = Math.round(((Math.max(-1, Math.min(1, coordinate)) + 1) / 2) * TOP);
    return ALPHABET[number >> 6] + ALPHABET[number & 63];
  };
  return strokes.map((stroke) => stroke.map(([x, y]) => pair(x) + pair(y)).join("")).join(".");
}

/** Null for text that is not of the form, or that has more than MAX_POINTS points.
 * @param {string} text @returns {Stroke[] | null} */
export function decodeStrokes(text) {
  if (text === "") return [];
  if (text.length > 5 * MAX_POINTS || !FORM.test(text)) return null;
  const strokes = text.split(".").map((part) => {
    const coordinate = (/** @type {number} */ at) =>
      ((((CODES.get(part[at]) ?? 0) << 6) | (CODES.get(part[at + 1]) ?? 0)) / TOP) * 2 - 1;
    return Array.from({ length: part.length / 4 }, (_, i) => /** @type {Point} */ ([coordinate(4 * i), coordinate(4 * i + 2)]));
  });
  return countPoints(strokes) > MAX_POINTS ? null : strokes;
}

/**
 * Leaves out the points that a line through the others passes within `tolerance` of. The two ends stay. (Ramer 1972;
 * Douglas and Peucker 1973; with a list of what is still to do in place of recursion, which long strokes would exhaust.)
 * @param {Stroke} points @param {number} tolerance @returns {Point[]}
 */
export function simplify(points, tolerance) {
  const last = points.length - 1;
  const kept = new Set([0, last]);
  const open = [[0, last]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    let farthest = from;
    let distance = tolerance;
    for (let i = from + 1; i < to; i += 1) {
      const here = distanceToSegment(points[i], points[from], points[to]);
      if (here > distance) {
        distance = here;
        farthest = i;
      }
    }
    if (farthest === from) continue;
    kept.add(farthest);
    open.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, i) => kept.has(i));
}

/** @param {Point} point @param {Point} from @param {Point} to */
function distanceToSegment([x, y], [fromX, fromY], [toX, toY]) {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / length2));
  const [awayX, awayY] = [x - fromX - t * dx, y - fromY - t * dy];
  // Several times as quick as Math.hypot, and nothing here is large enough to overflow.
  return Math.sqrt(awayX * awayX + awayY * awayY);
}

/**
 * What is left after a round eraser has gone straight from one place to another. Strokes are cut where its rim passes.
 * A cut adds points; once the drawing is full, a piece of line that would need new ends goes as a whole.
 * @param {readonly Stroke[]} strokes @param {Point} from @param {Point} to @param {number} radius
 * @returns {Stroke[]}
 */
export function erase(strokes, from, to, radius) {
  let room = MAX_POINTS - countPoints(strokes);
  const covered = (/** @type {Point} */ point) => distanceToSegment(point, from, to) <= radius;
  return strokes.flatMap((stroke) => {
    if (stroke.length === 1) return covered(stroke[0]) ? [] : [stroke];
    /** @type {Point[][]} */
    const pieces = [covered(stroke[0]) ? [] : [stroke[0]]];
    let cut = pieces[0].length === 0;
    for (let i = 1; i < stroke.length; i += 1) {
      const [start, end] = [stroke[i - 1], stroke[i]];
      const gap = coveredPart(start, end, from, to, radius);
      if (gap === null) {
        pieces[pieces.length - 1].push(end);
        continue;
      }
      cut = true;
      const [goes, comes] = gap;
      const ends = [goes > 0, comes < 1];
      // A covered end of the line goes and makes room for the new one, unless the line before has counted it.
      const added = Number(ends[0]) + Number(ends[1]) - Number(covered(end));
      const fits = added <= room;
      if (fits) room -= added;
      if (ends[0] && fits) pieces[pieces.length - 1].push(between(start, end, goes));
      pieces.push(ends[1] && fits ? [between(start, end, comes), end] : covered(end) ? [] : [end]);
    }
    return cut ? pieces.filter((piece) => piece.length > 1 && lengthOf(piece) >= CRUMB) : [stroke];
  });
}

/** @param {Stroke} stroke */
const lengthOf = (stroke) =>
  stroke.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - stroke[i][0], y - stroke[i][1]), 0);

/** @param {Point} from @param {Point} to @param {number} t @returns {Point} */
const between = ([fromX, fromY], [toX, toY], t) => [fromX + t * (toX - fromX), fromY + t * (toY - fromY)];

/**
 * The part of a line that an eraser covers, as two shares of its length; null where it covers none. The distance to
 * the eraser's way is convex along the line, so that the part is one, and lies around the nearest spot.
 * @param {Point} start @param {Point} end @param {Point} from @param {Point} to @param {number} radius
 * @returns {[number, number] | null}
 */
function coveredPart(start, end, from, to, radius) {
  const apart = (/** @type {0 | 1} */ axis) =>
    Math.min(start[axis], end[axis]) > Math.max(from[axis], to[axis]) + radius
    || Math.max(start[axis], end[axis]) < Math.min(from[axis], to[axis]) - radius;
  if (apart(0) || apart(1)) return null;
  const beyond = (/** @type {number} */ t) => distanceToSegment(between(start, end, t), from, to) - radius;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i += 1) {
    const third = (high - low) / 3;
    if (beyond(low + third) <= beyond(high - third)) high -= third;
    else low += third;
  }
  const nearest = (low + high) / 2;
  if (beyond(nearest) > 0) return null;
  return [crossing(beyond, nearest, 0), crossing(beyond, nearest, 1)];
}

/** Where a function that is not positive at `inside` passes zero on the way to `outside`; `outside` if it does not.
 * @param {(t: number) => number} f @param {number} inside @param {number} outside */
function crossing(f, inside, outside) {
  if (f(outside) <= 0) return outside;
  for (let i = 0; i < 40; i += 1) {
    const middle = (inside + outside) / 2;
    if (f(middle) <= 0) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Whether a drawing has enough to learn from, and not more than a link carries. @param {string} text */
export function isDrawing(text) {
  const points = countPoints(decodeStrokes(text) ?? []);
  return points >= MIN_POINTS && points <= MAX_POINTS;
}
