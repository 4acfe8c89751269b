// Slow motion's pure modules, without a page: what each example adds to a loss, the stages, the reel, numbers and places. Losses
// are held against the textbook formulas of the fixture, and against values by hand.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { knownPreset } from "../../www/fields.js";
import { countOf, exampleOf, noiseColour, noisePlace, packOf, rangesOf, totalOf } from "../../www/slow/examples.js";
import { valuesOf } from "../../www/slow/follow.js";
import { lossOf } from "../../www/slow/formula.js";
import { chance, inBrackets, three } from "../../www/slow/numbers.js";
import { createReel } from "../../www/slow/reel.js";
import { isKnown, stagesOf } from "../../www/slow/stages.js";
import { discriminatorTerms, generatorTerms, mean } from "../../www/slow/terms.js";
import { OWN, STAGES, TERMS } from "../../www/slow/texts.js";
import { OBJECTIVES } from "../../www/texts.js";
import { anatomyOf } from "./step-fixture.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const ring = knownPreset(catalogue, "healthy");
const KINDS = /** @type {const} */ (["minimax", "non-saturating", "least-squares", "hinge", "wasserstein", "relativistic"]);
/** @type {import("../../www/protocol.js").Objective[]} */
const objectives = [
  ...KINDS.map((kind) => /** @type {import("../../www/protocol.js").Objective} */ ({ kind, label_smoothing: 0 })),
  .../** @type {const} */ (["minimax", "non-saturating", "least-squares"]).map((kind) => ({ kind, label_smoothing: 0.1 })),
];
/** @type {import("../../www/slow/examples.js").Kind} */
const POINTS = { drawn: "points", columns: ["x", "y"], image: null, extent: 1.5, packing: 1 };

/** @param {{values: number[]}[]} terms */
const total = (terms) => terms.reduce((sum, { values }) => sum + mean(values), 0);

test.describe("terms of a loss", () => {
  for (const objective of objectives) {
    const name = "label_smoothing" in objective && objective.label_smoothing > 0 ? `smoothed ${objective.kind}` : objective.kind;
    test(`${name}: what the examples add makes the loss that the step had, with and without packs`, () => {
      for (const packing of [1, 4]) {
        const experiment = { ...ring, objective, stabilisers: { ...ring.stabilisers, packing } };
        const anatomy = anatomyOf({ kind: "points", experiment, step: 41 });
        for (const net of /** @type {const} */ (["d", "g"])) {
          const { terms, symbols, loss } = lossOf(anatomy, experiment, net);
          expect(total(terms)).toBeCloseTo(loss, 6);
          // A formula, an explanation and a way to put numbers in for each.
          for (const all of [symbols, OBJECTIVES[objective.kind][net], TERMS[objective.kind][net], OWN[objective.kind][net]]) expect(all).toHaveLength(terms.length);
          terms.forEach(({ values }) => expect(values).toHaveLength(128 / packing));
        }
      }
    });
  }

  test("by hand, as the crate's own tests have them", () => {
    const d = (/** @type {any} */ objective, /** @type {number[]} */ real, /** @type {number[]} */ fake) => total(discriminatorTerms(objective, real, fake));
    const g = (/** @type {any} */ objective, /** @type {number[]} */ fake, /** @type {number[]} */ [...real]) => total(generatorTerms(objective, fake, real));
    expect(d({ kind: "non-saturating", label_smoothing: 0 }, [2], [1])).toBeCloseTo(0.126928 + 1.313262, 5);
    expect(d({ kind: "minimax", label_smoothing: 0.1 }, [2], [0])).toBeCloseTo(0.114235 + 0.212693 + Math.LN2, 5);
    expect(g({ kind: "minimax", label_smoothing: 0 }, [1, -3], [])).toBeCloseTo(-(1.313262 + 0.048587) / 2, 5);
    expect(g({ kind: "non-saturating", label_smoothing: 0 }, [1, -3], [])).toBeCloseTo((0.313262 + 3.048587) / 2, 5);
    expect(d({ kind: "least-squares", label_smoothing: 0.1 }, [2, 0], [3, -1])).toBeCloseTo(3.005, 5);
    expect(d({ kind: "hinge" }, [2, -0.5], [2, -4])).toBeCloseTo(2.25, 5);
    expect(d({ kind: "wasserstein" }, [2, 4], [-1, 2])).toBeCloseTo(-2.5, 5);
    expect(d({ kind: "relativistic" }, [3, 1], [2, 4])).toBeCloseTo((0.313262 + 3.048587) / 2, 5);
    expect(g({ kind: "relativistic" }, [2, 4], [3, 1])).toBeCloseTo((1.313262 + 0.048587) / 2, 5);
    // Scores that no exponential function can take.
    expect(d({ kind: "non-saturating", label_smoothing: 0 }, [-500], [500])).toBeCloseTo(1000, 5);
  });

  test("Wasserstein's terms stand in the formula's order: fakes first", () => {
    expect(discriminatorTerms({ kind: "wasserstein" }, [5], [3])).toEqual([{ of: "fake", values: [3] }, { of: "real", values: [-5] }]);
  });

});

test.describe("stages", () => {
  test("D's phase, then G's; every stage has its words, and one net is frozen in each", () => {
    const all = stagesOf({ learns: true, pairs: false });
    expect(all.map(({ name }) => name)).toEqual([
      "d-noise", "d-fakes", "d-reals", "d-scores", "d-loss", "d-gradients", "d-update",
      "g-noise", "g-fakes", "g-scores", "g-loss", "g-pull", "g-gradients", "g-update", "g-after",
    ]);
    expect(Object.keys(STAGES).sort()).toEqual(all.map(({ name }) => name).sort());
    expect(stagesOf({ learns: false, pairs: false }).every(({ phase }) => phase === "d")).toBe(true);
  });

  test("D's gradient stops at the fakes and never reaches G; G's goes through D to the noise and no further", () => {
    const [d, g] = /** @type {const} */ (["d", "g"]).map((phase) => stagesOf({ learns: true, pairs: false }).filter((stage) => stage.phase === phase && stage.back));
    expect(d.flatMap(({ ways }) => ways)).toEqual(["d-loss"]);
    expect(d.map(({ stop }) => stop)).toEqual(["fake-d"]);
    expect(g.flatMap(({ ways }) => ways)).toEqual(["d-loss", "fake-d", "g-fake"]);
    expect(g.map(({ stop }) => stop)).toEqual([null, "noise-g"]);
  });

  test("reals are judged in G's phase where pairs are compared, and only there", () => {
    const judged = (/** @type {boolean} */ pairs) => stagesOf({ learns: true, pairs }).find(({ name }) => name === "g-scores")?.ways;
    expect(judged(true)).toEqual(["fake-d", "real-d"]);
    expect(judged(false)).toEqual(["fake-d"]);
  });

  test("nothing is told before the stage that makes it", () => {
    const at = (/** @type {string} */ name) => /** @type {any} */ (stagesOf({ learns: true, pairs: false }).find((stage) => stage.name === name));
    expect(isKnown(at("d-noise"), "fakes")).toBe(false);
    expect(isKnown(at("d-reals"), "scores")).toBe(false);
    expect(isKnown(at("d-update"), "loss")).toBe(true);
    expect(isKnown(at("g-loss"), "pull")).toBe(false);
    for (const name of ["g-pull", "g-gradients", "g-update"]) {
      expect(isKnown(at(name), "pull"), name).toBe(true);
      expect(isKnown(at(name), "after"), name).toBe(false);
    }
    expect(isKnown(at("g-after"), "after")).toBe(true);
  });
});

test.describe("the reel", () => {
  function reelOf(stages = 4) {
    /** @type {{call: () => void, wait: number} | null} */
    let due = null;
    let changes = 0;
    const reel = createReel(() => { changes += 1; }, { set: (call, wait) => { due = { call, wait }; return due; }, clear: () => { due = null; } });
    reel.load(stages);
    return { reel, changes: () => changes, wait: () => due?.wait, pass: () => { const { call } = /** @type {any} */ (due); due = null; call(); } };
  }

  test("plays forwards at its pace and stops at the last stage; playing again begins anew", () => {
    const { reel, wait, pass, changes } = reelOf();
    reel.setPace(0.5);
    reel.toggle();
    expect([reel.playing, wait()]).toEqual([true, 500]);
    pass();
    reel.setPace(3);
    expect([reel.at, wait()]).toEqual([1, 3000]);
    pass();
    pass();
    expect([reel.at, reel.playing, wait()]).toEqual([3, false, undefined]);
    reel.toggle();
    expect([reel.at, reel.playing, wait()]).toEqual([0, true, 3000]);
    expect(changes()).toBe(5);
  });

  test("by hand it stays within its ends; another step stops it", () => {
    const { reel, wait } = reelOf();
    reel.previous();
    expect(reel.at).toBe(0);
    reel.go(99);
    expect(reel.at).toBe(3);
    reel.previous();
    reel.toggle();
    reel.load(7);
    expect([reel.at, reel.count, reel.playing, wait()]).toEqual([0, 7, false, undefined]);
    reelOf(0).reel.toggle();
  });
});

test.describe("numbers", () => {
  test("have three significant digits", () => {
    expect([0.523456, 1.2, 12.345, -0.00123, 999.6, 1234.5, 0, NaN, -Infinity].map(three)).toEqual(
      ["0.523", "1.20", "12.3", "−0.00123", "1000", "1235", "0", "–", "−∞"]);
    expect([0.000123, -1.5e-7, 2.5e6].map(three)).toEqual(["1.23 · 10⁻⁴", "−1.50 · 10⁻⁷", "2.50 · 10⁶"]);
    expect([-0.5, 0.5].map(inBrackets)).toEqual(["(−0.500)", "0.500"]);
  });

  test("a probability that is all but 1 does not read as 1", () => {
    expect(chance(0)).toBe("0.500");
    expect(chance(12)).toBe(`(1 − ${three(1 / (1 + Math.exp(12)))})`);
    expect(chance(-800)).toBe("0");
  });
});

test.describe("examples", () => {
  const anatomy = anatomyOf({ kind: "points", experiment: ring, step: 9 });

  test("are cut out of what lies behind one another, and packs of those that follow", () => {
    expect(countOf(anatomy.discriminator)).toBe(64);
    expect([...exampleOf(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 1)]).toEqual([3, 4]);
    expect([0, 3, 4, 11].map((i) => packOf(i, 4))).toEqual([0, 0, 1, 2]);
  });

  test("noise that is near has a colour that is near, and any noise has one and a place on its plane", () => {
    const hue = (/** @type {number[]} */ noise) => Number(noiseColour(Float32Array.from(noise)).match(/(\d+)\)$/)?.[1]);
    expect([hue([1, 0]), hue([0, 1]), hue([-1, 0]), hue([0, -1])]).toEqual([0, 90, 180, 270]);
    expect(Math.abs(hue([1, 0.1]) - hue([1, 0.12]))).toBeLessThan(3);
    expect(hue([-2])).toBeLessThan(hue([2]));
    expect(noisePlace(Float32Array.of(0, 0))).toEqual([0.5, 0.5]);
    for (const place of noisePlace(Float32Array.of(99, -99))) expect(place > 0 && place < 1).toBe(true);
  });

  test("a figure's plane is the stage's; a table's shows all that is there", () => {
    expect(rangesOf(POINTS, [anatomy.discriminator.fake])).toEqual([[-1.5, 1.5], [-1.5, 1.5]]);
    const [[low, high]] = rangesOf({ ...POINTS, columns: ["a", "b"], extent: null }, [Float32Array.of(10, 0, 20, 1)]);
    expect([low, high]).toEqual([expect.closeTo(9.4), expect.closeTo(20.6)]);
  });

  test("one is followed through with its own numbers", () => {
    const { discriminator: d, generator: g } = anatomy;
    const own = valuesOf(anatomy, ring, POINTS, "d", 5);
    expect(own.score).toEqual({ fake: three(d.fakeScores[5]), real: three(d.realScores[5]) });
    expect(own.example?.real).toBe(`(${three(d.real[10])}, ${three(d.real[11])})`);
    expect(String(own.term?.fake)).toMatch(new RegExp(`= ${three(-Math.log(1 - d.fakeProbabilities[5])).replace(".", "\\.")}$`));
    const later = valuesOf(anatomy, ring, POINTS, "g", 5);
    expect(later.score).toEqual({ fake: three(/** @type {any} */ (g).scores[5]) });
    expect(String(later.pull?.fake)).toContain(three(/** @type {any} */ (g).pull[10]));
  });

  test("in packs, the pack's score is each member's", () => {
    const packed = { ...ring, stabilisers: { ...ring.stabilisers, packing: 4 } };
    const of = anatomyOf({ kind: "points", experiment: packed, step: 2 });
    const score = (/** @type {number} */ i) => valuesOf(of, packed, { ...POINTS, packing: 4 }, "d", i).score?.fake;
    expect([4, 5, 7].map(score)).toEqual(Array(3).fill(three(of.discriminator.fakeScores[1])));
  });

  test("a net's norm is that of all its layers as one vector", () => {
    const layer = { name: "", weights: 0, change: 0 };
    expect(totalOf([{ ...layer, gradient: 3 }, { ...layer, gradient: 4 }], "gradient")).toBe(5);
  });
});
