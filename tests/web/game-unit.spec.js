// The game's rules, without a page: who is right, what a round comes to, the clock, and the best score.
import { expect, test } from "@playwright/test";
import { Clock } from "../../www/game/clock.js";
import { COUNT, bestOf, exampleOf, judge, keepBest, tally } from "../../www/game/round.js";
import { GAME } from "../../www/game/texts.js";
import { dealOf } from "./step-fixture.js";

/** @type {import("../../www/protocol.js").Deal} */
const four = {
  kind: "points", step: 7, examples: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), real: Uint8Array.of(1, 1, 0, 0),
  probabilities: Float32Array.of(0.9, 0.2, 0.8, 0.1), asked: [], width: 0, height: 0, channels: 0, extent: 10,
};

test("who is right: a person by the answer, D by which side of one half it is on", () => {
  expect(judge(four, 0, true)).toEqual({ real: true, person: "right", says: true, discriminator: true });
  expect(judge(four, 1, false)).toEqual({ real: true, person: "wrong", says: false, discriminator: false });
  expect(judge(four, 2, false)).toEqual({ real: false, person: "right", says: true, discriminator: false });
  expect(judge(four, 3, null)).toEqual({ real: false, person: "late", says: false, discriminator: true });
});

test("a round adds up: every example is in the score of whom it did not fool", () => {
  const answers = [true, false, false, null];
  expect(tally(answers.map((answer, i) => judge(four, i, answer)))).toEqual({
    person: 2, discriminator: 2, fooledBoth: 1, fooledPerson: 1, fooledDiscriminator: 1,
  });
  const deal = dealOf({ kind: "points", count: COUNT, step: 1 });
  const results = Array.from({ length: COUNT }, (_, i) => judge(deal, i, i % 3 === 0));
  const { person, discriminator, fooledBoth, fooledPerson, fooledDiscriminator } = tally(results);
  expect(person + fooledBoth + fooledPerson).toBe(COUNT);
  expect(discriminator + fooledBoth + fooledDiscriminator).toBe(COUNT);
});

test("an example is its own numbers", () => {
  expect([...exampleOf(four, 2)]).toEqual([5, 6]);
  const image = { width: 3, height: 2, channels: 3 };
  expect(exampleOf(dealOf({ kind: "images", count: COUNT, step: 1, image }), 11)).toHaveLength(18);
});

test("what a score means: near half of twelve it is a coin's", () => {
  const meanings = Array.from({ length: COUNT + 1 }, (_, score) => GAME.meaning(score, COUNT));
  expect(meanings.map((text) => text.includes("coin gives"))).toEqual(meanings.map((_, score) => Math.abs(score - 6) <= 1));
  expect(new Set(meanings).size).toBe(4);
});

test.describe("the clock", () => {
  test("runs down by what was seen of it, and ends once", () => {
    const clock = new Clock();
    clock.start(1);
    expect([0, 200, 400].map((now) => clock.tick(now))).toEqual([false, false, false]);
    expect(clock.left).toBe(600);
    // The page was hidden for a minute.
    expect(clock.tick(60_400)).toBe(false);
    expect(clock.left).toBe(350);
    expect([60_600, 60_800].map((now) => clock.tick(now))).toEqual([false, true]);
  });

  test("without one, time never runs out", () => {
    const clock = new Clock();
    clock.start(0);
    expect([0, 1e9].map((now) => clock.tick(now))).toEqual([false, false]);
  });
});

test.describe("the best score", () => {
  /** @param {any} storage */
  const within = (storage) => { Object.assign(globalThis, { localStorage: storage }); };
  test.afterEach(() => { Reflect.deleteProperty(globalThis, "localStorage"); });

  function memory(first = "") {
    let text = first;
    return { getItem: () => text || null, setItem: (/** @type {string} */ _, /** @type {string} */ next) => { text = next; } };
  }

  test("is kept for each kind of data, and only a better one takes its place", () => {
    within(memory());
    expect(bestOf("ring")).toBeNull();
    expect([keepBest("ring", 7), keepBest("ring", 7), keepBest("ring", 9), keepBest("digits", 4)]).toEqual([true, false, true, true]);
    expect([bestOf("ring"), bestOf("digits"), bestOf("faces")]).toEqual([9, 4, null]);
  });

  test("a browser that keeps nothing, or nonsense, spoils no round", () => {
    const forbidden = () => { throw new Error("denied"); };
    for (const storage of [{ getItem: forbidden, setItem: forbidden }, memory("{broken"), memory("3"), memory('{"ring":"many"}'), memory('{"ring":99}')]) {
      within(storage);
      expect(bestOf("ring")).toBeNull();
      expect(keepBest("ring", 5)).toBe(true);
    }
  });
});
