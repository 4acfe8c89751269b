// What pair plots compute of a table, without a page.
import { expect, test } from "@playwright/test";
import { columnsOf, correlation, histogram, meanOf, rangeOf, tickText, ticksOf, unitColumn } from "../../www/charts/columns.js";

/** @param {number[]} a @param {number[]} b */
const correlate = (a, b) => correlation(unitColumn(Float32Array.from(a)), unitColumn(Float32Array.from(b)));

test("rows become columns", () => {
  expect(columnsOf(Float32Array.of(1, 2, 3, 4, 5, 6), 3)).toEqual([Float32Array.of(1, 4), Float32Array.of(2, 5), Float32Array.of(3, 6)]);
});

test("a range leaves strange values out, and has a margin", () => {
  const column = Float32Array.from({ length: 201 }, (_, i) => i / 100 - 1);
  column[0] = -1000;
  column[200] = 1000;
  // The 1st percentile is the value at 2 of 200, which is -0.98; the margin is 0.15 of 1.96.
  const [low, high] = rangeOf(column);
  expect(low).toBeCloseTo(-0.98 - 0.294, 5);
  expect(high).toBeCloseTo(0.98 + 0.294, 5);
});

test("a column of one value, of none, or with gaps has a range as well", () => {
  expect(rangeOf(Float32Array.of(3, 3, 3))).toEqual([2.5, 3.5]);
  expect(rangeOf(new Float32Array())).toEqual([-0.5, 0.5]);
  expect(rangeOf(Float32Array.of(NaN, 1, Infinity, 1))).toEqual([0.5, 1.5]);
});

test("a histogram counts each value once, and none beyond the range", () => {
  expect([...histogram(Float32Array.of(-1, 0, 0.5, 1, 1.5, 1.75, 2, NaN), [0, 2], 4)]).toEqual([1 / 8, 1 / 8, 1 / 8, 2 / 8]);
});

test("correlations by hand", () => {
  expect(correlate([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 6);
  expect(correlate([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 6);
  expect(correlate([1, 0, -1, 0], [0, 1, 0, -1])).toBeCloseTo(0, 6);
  // Centred: (-1.5, -0.5, 0.5, 1.5) and (-0.5, -1.5, 1.5, 0.5); 3 of 5.
  expect(correlate([1, 2, 3, 4], [2, 1, 4, 3])).toBeCloseTo(0.6, 6);
  expect(correlate([1, 2, 3], [5, 5, 5])).toBeNaN();
  expect(correlate([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN();
  expect(correlate([1, NaN, 3], [1, 2, 3])).toBeNaN();
  expect(meanOf(Float32Array.of(1, 2, 6))).toBe(3);
});

test("ticks are round, within the range, and about as many as asked for", () => {
  expect(ticksOf(-1.2, 1.2, 5)).toEqual({ step: 0.5, values: [-1, -0.5, 0, 0.5, 1] });
  expect(ticksOf(9.9, 31, 4)).toEqual({ step: 10, values: [10, 20, 30] });
  expect(ticksOf(5, 5, 4).values).toEqual([]);
  expect(ticksOf(NaN, 1, 4).values).toEqual([]);
});

test("the numbers of an axis are as short as they can be", () => {
  expect(tickText(0, 0.5, 1)).toBe("0");
  expect(tickText(-0.5, 0.5, 1)).toBe("−0.5");
  expect(tickText(0.1 + 0.2, 0.1, 1)).toBe("0.3");
  expect(tickText(1990, 10, 2000)).toBe("1990");
  expect(tickText(52000, 2000, 60000)).toBe("52,000");
  expect(tickText(50000, 50000, 150000)).toBe("50K");
  expect(tickText(1_234_500, 500, 1_236_000)).toBe("1.2345M");
  expect(tickText(0.0000012, 0.0000002, 0.000002)).toBe("0.0000012");
});
