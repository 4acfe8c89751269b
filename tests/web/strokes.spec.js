// Drawings as text, and what is done to strokes, without a page.
import { expect, test } from "@playwright/test";
import { startErasure, startStroke } from "../../www/panels/gestures.js";
import { MAX_POINTS, countPoints, decodeStrokes, encodeStrokes, erase, simplify } from "../../www/strokes.js";

/** @typedef {import("../../www/strokes.js").Point} Point */

/** Numbers from 0 to 1, the same in every run. @param {number} seed */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {() => number} random @param {number} count @param {number} reach  of one step */
function randomWalk(random, count, reach) {
  /** @type {Point[]} */
  const points = [];
  let [x, y] = [random() * 2 - 1, random() * 2 - 1];
  for (let i = 0; i < count; i += 1) {
    points.push([x, y]);
    x = Math.max(-1, Math.min(1, x + (random() - 0.5) * reach));
    y = Math.max(-1, Math.min(1, y + (random() - 0.5) * reach));
  }
  return points;
}

/** By trying many places on the line. @param {Point} point @param {Point} from @param {Point} to */
function distanceByTrial([x, y], from, to, trials = 2000) {
  let least = Infinity;
  for (let i = 0; i <= trials; i += 1) {
    const t = i / trials;
    least = Math.min(least, Math.hypot(x - from[0] - t * (to[0] - from[0]), y - from[1] - t * (to[1] - from[1])));
  }
  return least;
}

/** Places along strokes, evenly, each with the length of line that it stands for.
 * @param {readonly (readonly Point[])[]} strokes @param {number} apart */
function placesAlong(strokes, apart) {
  /** @type {{at: Point, length: number}[]} */
  const places = [];
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i += 1) {
      const [[x, y], [toX, toY]] = [stroke[i - 1], stroke[i]];
      const length = Math.hypot(toX - x, toY - y);
      const count = Math.max(1, Math.round(length / apart));
      for (let k = 0; k < count; k += 1) {
        const t = (k + 0.5) / count;
        places.push({ at: [x + t * (toX - x), y + t * (toY - y)], length: length / count });
      }
    }
  }
  return places;
}

test.describe("drawings as text", () => {
  test("corners, the middle, dots and strokes, by hand", () => {
    expect(encodeStrokes([])).toBe("");
    expect(encodeStrokes([[[-1, -1]]])).toBe("AAAA");
    expect(encodeStrokes([[[1, -1], [-1, 1]]])).toBe("__AAAA__");
    // 0 is 2047.5 of 4095, which rounds to 2048 = 32 * 64; 0.5 is 3071.25, and 3071 = 47 * 64 + 63.
    expect(encodeStrokes([[[0, 0]], [[0.5, -1], [-1, 0.5]]])).toBe("gAgA.v_AAAAv_");
    expect(decodeStrokes("AAAA.____AA__")).toEqual([[[-1, -1]], [[1, 1], [-1, 1]]]);
    expect(decodeStrokes("")).toEqual([]);
  });

  test("every coordinate that a text can tell survives a round trip, and lies where it should", () => {
    for (let i = 0; i < 4096; i += 512) {
      const stroke = Array.from({ length: 512 }, (_, k) => /** @type {Point} */ ([-1 + (2 * (i + k)) / 4095, 1 - (2 * (i + k)) / 4095]));
      const text = encodeStrokes([stroke]);
      const [read] = decodeStrokes(text) ?? [];
      expect(read).toHaveLength(512);
      expect(Math.max(...read.map(([x, y], k) => Math.max(Math.abs(x - stroke[k][0]), Math.abs(y - stroke[k][1]))))).toBeLessThan(1e-12);
      expect(encodeStrokes([read])).toBe(text);
    }
  });

  test("what lies beyond the square comes to its edge", () => {
    expect(encodeStrokes([[[-7, 3]]])).toBe("AA__");
  });

  for (const text of [".", "AAAA.", ".AAAA", "AAAA..AAAA", "AAA", "AAAAA", "AA A", "AAA+", "AAA/", "AAA=", "AAAÄ", "AAAA,AAAA", "AAAA\n"]) {
    test(`${JSON.stringify(text)} is no drawing`, () => expect(decodeStrokes(text)).toBeNull());
  }

  test("as many points as a drawing may have, and no more", () => {
    expect(countPoints(decodeStrokes("AAAA".repeat(MAX_POINTS)) ?? [])).toBe(MAX_POINTS);
    expect(countPoints(decodeStrokes(Array(MAX_POINTS).fill("AAAA").join(".")) ?? [])).toBe(MAX_POINTS);
    expect(decodeStrokes("AAAA".repeat(MAX_POINTS + 1))).toBeNull();
    expect(decodeStrokes(Array(MAX_POINTS + 1).fill("AAAA").join("."))).toBeNull();
    expect(decodeStrokes("AAAA".repeat(1_000_000))).toBeNull();
  });
});

test.describe("thinning out", () => {
  test("what lies on a line goes, and corners stay", () => {
    expect(simplify([[0, 0], [0.1, 0.001], [0.2, -0.001], [0.3, 0]], 0.005)).toEqual([[0, 0], [0.3, 0]]);
    expect(simplify([[0, 0], [0.5, 0.01], [1, 0], [1, 0.5], [1, 1]], 0.005)).toEqual([[0, 0], [0.5, 0.01], [1, 0], [1, 1]]);
  });

  test("a way there and back keeps its far end, though both ends are one", () => {
    expect(simplify([[0, 0], [0.5, 0], [1, 0], [0.5, 0], [0, 0]], 0.005)).toEqual([[0, 0], [1, 0], [0, 0]]);
  });

  test("dots and short lines stay as they are", () => {
    expect(simplify([], 1)).toEqual([]);
    expect(simplify([[0.5, 0.5]], 1)).toEqual([[0.5, 0.5]]);
    expect(simplify([[0.5, 0.5], [0.5, 0.5]], 1)).toEqual([[0.5, 0.5], [0.5, 0.5]]);
  });

  test("each point that goes lies within the tolerance of the line in its place", () => {
    const random = randomNumbers(5);
    for (const tolerance of [0.005, 0.02, 0.1]) {
      const points = randomWalk(random, 400, 0.06);
      const kept = simplify(points, tolerance);
      expect(kept.length).toBeLessThan(points.length);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      let next = 1;
      for (const point of points) {
        if (point === kept[next]) next += 1;
        else if (point !== kept[next - 1]) expect(distanceByTrial(point, kept[next - 1], kept[next])).toBeLessThan(tolerance + 1e-4);
      }
      expect(next).toBe(kept.length);
    }
  });

  test("a stroke that is split at its very beginning, time and again, does not exhaust the stack", () => {
    const points = Array.from({ length: 12_000 }, (_, i) => /** @type {Point} */ ([i, (i % 2 ? -1 : 1) / (i + 1)]));
    expect(simplify(points, 0)).toHaveLength(points.length);
  });
});

test.describe("erasing", () => {
  test("a line is cut where the rim of the eraser passes", () => {
    const [left, right, ...others] = erase([[[-1, 0], [1, 0]]], [0, 0], [0, 0], 0.25);
    expect(others).toEqual([]);
    expect([left[0], right[1]]).toEqual([[-1, 0], [1, 0]]);
    expect(left[1][0]).toBeCloseTo(-0.25, 6);
    expect(right[0][0]).toBeCloseTo(0.25, 6);
    const [above] = erase([[[0, 0], [0, 1]]], [-1, 0.1], [1, 0.1], 0.2);
    expect(above[0][1]).toBeCloseTo(0.3, 6);
  });

  test("dots go when they are touched, strokes that are not touched stay the same", () => {
    const strokes = /** @type {Point[][]} */ ([[[0, 0]], [[0.5, 0]], [[-1, 0.5], [1, 0.5]]]);
    const left = erase(strokes, [-0.2, 0], [0.2, 0], 0.1);
    expect(left).toHaveLength(2);
    expect(left[0]).toBe(strokes[1]);
    expect(left[1]).toBe(strokes[2]);
  });

  test("what is covered goes and all else stays, as many small places say", () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 12; round += 1) {
      const strokes = [1, 2, 3].map(() => randomWalk(random, 40, 0.5));
      const [from, to] = randomWalk(random, 2, round % 3 === 0 ? 0 : 1.5);
      const radius = 0.05 + 0.15 * random();
      const left = erase(strokes, from, to, radius);
      expect(Math.min(...placesAlong(left, 0.01).map(({ at }) => distanceByTrial(at, from, to, 300)))).toBeGreaterThan(radius - 1e-4);
      const lengthOf = (/** @type {{length: number}[]} */ places) => places.reduce((sum, { length }) => sum + length, 0);
      const before = placesAlong(strokes, 0.005).filter(({ at }) => distanceByTrial(at, from, to, 300) > radius);
      expect(Math.abs(lengthOf(placesAlong(left, 0.005)) - lengthOf(before))).toBeLessThan(0.06);
      expect(left.every((stroke) => stroke.length > 1)).toBe(true);
    }
  });

  test("a full drawing can be erased, and never gets too many points by it", () => {
    const random = randomNumbers(3);
    let strokes = Array.from({ length: MAX_POINTS / 2 }, () => randomWalk(random, 2, 3));
    let [place] = randomWalk(random, 1, 0);
    for (let i = 0; i < 60; i += 1) {
      const [next] = randomWalk(random, 1, 0);
      strokes = erase(strokes, place, next, 0.05).map((stroke) => [...stroke]);
      expect(countPoints(strokes)).toBeLessThanOrEqual(MAX_POINTS);
      const nearest = Math.min(...placesAlong(strokes, 0.02).map(({ at }) => distanceByTrial(at, place, next, 100)));
      expect(nearest).toBeGreaterThan(0.05 - 1e-3);
      place = next;
    }
  });
});

test.describe("gestures", () => {
  /** @param {Point[]} path @param {Point[][]} [before] */
  function draw([first, ...rest], before = []) {
    const gesture = startStroke(before, first);
    rest.forEach((point) => gesture.move(point));
    return gesture.strokes();
  }

  test("a tap is a dot, though the finger trembles", () => {
    expect(draw([[0.3, 0.3]])).toEqual([[[0.3, 0.3]]]);
    expect(draw([[0.3, 0.3], [0.305, 0.3], [0.31, 0.305]])).toEqual([[[0.3, 0.3]]]);
  });

  test("a straight line is a drawing by itself", () => {
    expect(draw([[-1, 0], [-0.3, 0], [0.1, 0], [1, 0]])).toEqual([[[-1, 0], [0, 0], [1, 0]]]);
  });

  test("a pen that leaves the square goes on where it comes back", () => {
    // Out through the right side at a height of 0.25, back in through the top at 0.5 from the middle.
    expect(draw([[0.5, 0], [1.5, 0.5], [1.5, 3], [0.5, 1.5], [0.5, 0.5]])).toEqual([
      [[0.5, 0], [0.75, 0.125], [1, 0.25]],
      [[0.5, 1], [0.5, 0.75], [0.5, 0.5]],
    ]);
  });

  test("long strokes are thinned out on the way, and stay near what was drawn", () => {
    const circle = Array.from({ length: 2000 }, (_, i) => /** @type {Point} */ ([0.8 * Math.cos(i / 300), 0.8 * Math.sin(i / 300)]));
    const [kept] = draw(circle);
    expect(kept.length).toBeLessThan(120);
    expect(Math.max(...placesAlong([kept], 0.01).map(({ at: [x, y] }) => Math.abs(Math.hypot(x, y) - 0.8)))).toBeLessThan(0.006);
    expect([kept[0], kept.at(-1)]).toEqual([circle[0], circle.at(-1)]);
  });

  test("a full drawing takes no more, and the stroke that fills it is cut", () => {
    const zigzag = Array.from({ length: 1500 }, (_, i) => /** @type {Point} */ ([-0.9 + i / 1000, i % 2 ? 0.5 : -0.5]));
    const before = /** @type {Point[][]} */ ([[[0, 0]], [[0.5, 0.5]]]);
    const strokes = draw(zigzag, before);
    expect(strokes.slice(0, 2)).toEqual(before);
    expect(countPoints(strokes)).toBe(MAX_POINTS);
    const taken = strokes[2].map((point) => zigzag.indexOf(/** @type {any} */ (point)));
    expect(taken[0]).toBe(0);
    expect(taken.every((at, i) => i === 0 || at > taken[i - 1])).toBe(true);
    expect(taken.at(-1)).toBeLessThan(1400);
    const full = strokes.map((stroke) => [...stroke]);
    expect(draw([[0.9, 0.9], [0.9, 0]], full)).toEqual(full);
  });

  test("erasing moves along a line, not from place to place", () => {
    const gesture = startErasure([[[-0.5, 0.9], [-0.5, -0.9]], [[0.5, 0.9], [0.5, -0.9]]], [-0.9, 0]);
    gesture.move([0.9, 0]);
    expect(gesture.strokes()).toHaveLength(4);
  });
});
