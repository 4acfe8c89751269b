// What charts and pictures say in words, on lines and pictures of which the answer is known.
import { expect, test } from "@playwright/test";
import { History } from "../../www/charts/history.js";
import { describe } from "../../www/spoken/describe.js";
import { standOf, trendOf } from "../../www/spoken/trend.js";

const RAMP = Array.from({ length: 300 }, (_, i) => i / 300);
/** As noisy as losses are, and the same at every run of the test: of mean zero over every four. */
const noisy = (/** @type {number[]} */ line) => line.map((value, i) => value + [0.3, -0.3, -0.2, 0.2][i % 4]);

for (const { name, line, height, trend } of [
  { name: "a level line", line: Array(100).fill(0.7), height: 1, trend: "steady" },
  { name: "a level line with noise", line: noisy(Array(300).fill(0.7)), height: 1, trend: "steady" },
  { name: "a climb over the whole chart", line: RAMP.map((x) => 3 * x), height: 3, trend: "up" },
  { name: "a climb under noise", line: noisy(RAMP.map((x) => 3 * x)), height: 3, trend: "up" },
  { name: "a descent", line: RAMP.map((x) => 1 - x), height: 1, trend: "down" },
  { name: "a slight climb", line: RAMP.map((x) => 0.5 + 0.2 * x), height: 1, trend: "up-little" },
  { name: "a slight descent", line: RAMP.map((x) => 0.5 - 0.2 * x), height: 1, trend: "down-little" },
  { name: "a climb too slight to be seen", line: RAMP.map((x) => 0.5 + 0.01 * x), height: 1, trend: "steady" },
  { name: "a climb long ago, level since", line: RAMP.map((x) => Math.min(x, 0.5)), height: 1, trend: "steady" },
  { name: "a line below zero that falls on", line: RAMP.map((x) => -5 * x), height: 5, trend: "down" },
  { name: "a few entries", line: [1, 2, 3, 4, 5], height: 5, trend: "unknown" },
  { name: "nothing", line: [], height: 1, trend: "unknown" },
  { name: "a line with holes", line: RAMP.flatMap((x) => [x, NaN, Infinity]), height: 1, trend: "up" },
]) {
  test(`${name} is ${trend}`, () => {
    expect(trendOf(line, height)).toBe(trend);
  });
}

test("a noisy line stands where its end is on average", () => {
  expect(standOf(noisy(Array(480).fill(2)))).toBeCloseTo(2, 10);
  expect(standOf([4])).toBe(4);
  expect(standOf([])).toBeNaN();
});

/** @param {number} columns @param {(i: number) => number[]} row @param {number} length */
function filled(columns, row, length) {
  const history = new History(columns);
  for (let i = 0; i < length; i += 1) history.push(...row(i));
  return history;
}

/** A run in the plane, as far as it is described. @param {number} length @returns {any} */
const ring = (length) => ({
  experiment: { data: { kind: "ring" }, conditional: false },
  data: null,
  measures: null,
  report: null,
  lossHistory: filled(3, (i) => [i * 10, 1 + i / length, 0.7], length),
  accuracyHistory: filled(3, (i) => [i * 10, 0.9, 0.8], length),
  qualityHistory: filled(3, (i) => [i * 10, i < length / 2 ? 0.5 : 1, 0.25], length),
  gradientHistory: filled(3, (i) => [i * 10, 10 ** (-4 * (i / length)), 1], length),
  saturationHistory: filled(2, (i) => [i * 10, 0], length),
});

test("a run that has not begun says so, chart by chart", () => {
  const { charts, stage } = describe(ring(0));
  expect(charts.losses).toBe("Losses: nothing yet; press Play.");
  expect(stage).toEqual(["What the nets do: nothing yet; press Play."]);
  expect(Object.keys(charts)).toEqual(["losses", "quality", "accuracy", "gradients", "saturation", "balance"]);
});

test("a run's charts are said with their figures, ways and steps", () => {
  const { charts } = describe(ring(240));
  expect(charts.losses).toBe("Losses: D 1.96, rising a little; G 0.7, steady; steps 0 to 2,390.");
  expect(charts.accuracy).toBe("D’s accuracy: on real 90\u00a0%, steady; on fake 80\u00a0%, steady; steps 0 to 2,390. 50\u00a0% is a coin toss.");
  expect(charts.quality).toBe("Quality: modes found 100\u00a0%, steady; high quality 25\u00a0%, steady; steps 0 to 2,390.");
  expect(charts.balance).toBe("Balance: D’s accuracy 85\u00a0%, steady; steps 0 to 2,390. D is ahead.");
  expect(charts.gradients).toMatch(/^Gradients: D 0\.000104, falling; G 1, steady;/);
});

test("points are said by where they lie", () => {
  const points = (/** @type {number} */ x) => new Float32Array([x + 1, 0, x - 1, 0, x, 1, x, -1]);
  const measures = { figure: { captured: 3, total: 8, highQuality: 0.455 }, gradientsD: { layers: [] }, gradientsG: { layers: [] }, step: 5 };
  const report = { step: 5, accuracyReal: 0.75, accuracyFake: 0.5, picture: { kind: "points", real: points(0), fake: points(2) } };
  expect(describe({ ...ring(1), measures, report }).stage).toEqual([
    "4 real points lie around 0, 0, on average 1 from there; 4 fakes around 2, 0, 1 from there. "
    + "The fakes are on 3 of 8 parts, and 46\u00a0% of them lie on one. D takes 75\u00a0% of the reals for real and 50\u00a0% of the fakes for fake.",
  ]);
});

test("pictures are said by D's scores, and a table by its columns", () => {
  const scores = new Float32Array([0, 0.25, 0.5, 0.25]);
  const images = { kind: "images", rowClasses: ["zero", "one"], fakeScores: scores, realScores: new Float32Array([1, 1, 1, 1]) };
  const digits = { ...ring(0), experiment: { data: { kind: "digits" }, conditional: true }, report: { step: 0, picture: images } };
  expect(describe(digits).stage).toEqual([
    "Fakes by G: 4 pictures, which D finds real by 0.25 on average, from 0 to 0.5. A row each: zero, one.",
    "Real data: 4 pictures, which D finds real by 1 on average, from 1 to 1. A row each: zero, one.",
  ]);
  const table = {
    kind: "table", columns: [{ name: "height", centre: 170, scale: 10 }, { name: "weight", centre: 70, scale: 5 }, { name: "age", centre: 0, scale: 1 }],
    real: new Float32Array([-1, 0, 0, 1, 0, 0]), fake: new Float32Array([2, 0, 0, 2, 0, 0]),
  };
  const [said] = describe({ ...ring(0), experiment: { data: { kind: "own-table" }, conditional: false }, report: { step: 0, picture: table } }).stage;
  expect(said).toContain("height: real 170 ± 14.1, fake 190 ± 0.");
  expect(said).toContain("weight: real 70 ± 0, fake 70 ± 0.");
});
