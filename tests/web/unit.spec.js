// The page's pure modules, without a page: links, a chart's memory, the choice of a device, the pace of training.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { History } from "../../www/charts/history.js";
import { smooth } from "../../www/charts/smooth.js";
import { chooseDevice, deviceWish } from "../../www/device-choice.js";
import { fieldApplies, readField, withField } from "../../www/fields.js";
import { parseHash, writeHash } from "../../www/hash.js";
import { Allowance, GpuTurn, RateMeter, ReportClock } from "../../www/pacing.js";
import * as texts from "../../www/texts.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const { ring, digits } = catalogue.presets;

test.describe("links", () => {
  for (const [name, preset] of Object.entries(catalogue.presets)) {
    test(`the ${name} preset survives a round trip`, () => {
      const link = parseHash(writeHash(preset, 20, catalogue), catalogue);
      expect(link).toEqual({ experiment: preset, speed: 20, problems: [] });
    });
  }

  test("an empty link is the ring at full speed", () => {
    expect(parseHash("", catalogue)).toEqual({ experiment: ring, speed: null, problems: [] });
  });

  test("what a link leaves out comes from the preset of its data", () => {
    const { experiment } = parseHash("#data=digits&seed=9", catalogue);
    expect(experiment).toEqual({ ...digits, seed: 9 });
  });

  test("another kind of net brings that kind's fields, in whatever order the link has them", () => {
    const { experiment, problems } = parseHash("#generator.hidden=100,200&generator=mlp&data=digits", catalogue);
    expect(problems).toEqual([]);
    expect(experiment.generator).toEqual({ kind: "mlp", hidden: [100, 200] });
    expect(experiment.discriminator).toEqual(digits.discriminator);
  });

  test("a net may have no hidden layers", () => {
    const { experiment } = parseHash("#generator.hidden=", catalogue);
    expect(experiment.generator).toEqual({ kind: "mlp", hidden: [] });
    expect(parseHash(writeHash(experiment, null, catalogue), catalogue).experiment).toEqual(experiment);
  });

  const problems = [
    ["seed=1.5", "unreadable"], ["seed=", "unreadable"], ["seed=-1", "range"], ["seed=4294967296", "range"],
    ["data=cats", "range"], ["training.batch=1", "range"], ["training.d_learning_rate=1e9", "range"],
    ["training.d_learning_rate=NaN", "unreadable"], ["training.d_learning_rate=Infinity", "unreadable"],
    ["generator.hidden=64,x", "unreadable"], ["generator.hidden=0", "range"], ["generator.hidden=1,1,1,1,1,1", "range"],
    ["generator=conv", "mismatch"], ["generator.channels=8", "not-here"], ["__proto__=1", "unknown"],
    ["constructor=1", "unknown"], ["speed=0", "range"], ["speed=fast", "range"],
  ];
  for (const [part, reason] of problems) {
    test(`${part} is told as ${reason}, and the rest is kept`, () => {
      const link = parseHash(`#noise.dims=3&${part}`, catalogue);
      expect(link.problems.map((problem) => problem.reason)).toEqual([reason]);
      expect(link.experiment).toEqual({ ...ring, noise: { dims: 3 } });
      const sentence = texts.linkProblem(link.problems[0]);
      expect(sentence).toContain(part);
    });
  }
});

test.describe("settings", () => {
  test("every field of the catalogue has a label, and every option a name", () => {
    for (const { path, options } of catalogue.fields) {
      expect(texts.FIELDS[path], path).toBeDefined();
      for (const option of options ?? []) expect(texts.OPTIONS[path]?.[option], `${path}=${option}`).toBeDefined();
      const places = texts.GROUPS.filter(({ paths }) => paths.some((start) => path.startsWith(start)));
      expect(places.length, path).toBe(path === "device" ? 0 : 1);
    }
  });

  test("every field has a value in every preset that it applies to", () => {
    for (const preset of Object.values(catalogue.presets)) {
      for (const field of catalogue.fields) {
        expect(readField(preset, field.path) !== undefined, field.path).toBe(fieldApplies(field, preset));
      }
    }
  });

  test("other data brings its preset and keeps seed and device", () => {
    const start = { ...ring, seed: 5, device: /** @type {const} */ ("cpu") };
    expect(withField(catalogue, start, "data.kind", "digits")).toEqual({ ...digits, seed: 5, device: "cpu" });
  });

  test("a change leaves the experiment before it alone", () => {
    const before = structuredClone(ring);
    withField(catalogue, ring, "training.batch", 2);
    expect(ring).toEqual(before);
  });
});

test.describe("a chart's memory", () => {
  test("keeps all values until it is full", () => {
    const history = new History(2, 8);
    for (let i = 0; i < 7; i += 1) history.push(i, i * i);
    expect([...history.view()[1]]).toEqual([0, 1, 4, 9, 16, 25, 36]);
  });

  test("then stays bounded, and every entry is the mean of what it stands for", () => {
    const history = new History(1, 8);
    for (let i = 0; i < 1000; i += 1) history.push(i);
    const [values] = history.view();
    expect(values.length).toBeLessThanOrEqual(8);
    expect(values.length).toBeGreaterThanOrEqual(4);
    const means = [...values].map((_, k) => {
      const from = k * history.stride;
      const to = Math.min(1000, from + history.stride);
      return (from + to - 1) / 2;
    });
    expect([...values]).toEqual(means);
  });

  test("shows the newest value at once, even in an entry that is still filling", () => {
    const history = new History(1, 4);
    for (const value of [1, 1, 1, 1, 5]) history.push(value);
    expect([...history.view()[0]]).toEqual([1, 1, 5]);
    history.push(7);
    expect([...history.view()[0]]).toEqual([1, 1, 6]);
  });

  test("smoothing leaves a constant alone from the very first value", () => {
    for (const value of smooth(Float64Array.of(3, 3, 3, 3))) expect(value).toBeCloseTo(3, 12);
  });
});

test.describe("the device", () => {
  /** @param {Record<string, unknown>} info @param {string[]} features */
  const gpu = (info, features = ["timestamp-query"]) =>
    /** @type {GPU} */ (/** @type {unknown} */ ({ requestAdapter: async () => ({ info, features: new Set(features) }) }));
  const card = { vendor: "acme", architecture: "rocket", device: "", description: "" };
  const nobody = /** @type {GPU} */ (/** @type {unknown} */ ({ requestAdapter: async () => null }));
  const forced = { ...ring, device: /** @type {const} */ ("webgpu") };

  test("small nets run on the CPU, whatever card there is", async () => {
    expect(await chooseDevice(ring, gpu(card))).toMatchObject({ used: "cpu", reason: "small-net" });
  });
  test("images run on a real graphics card", async () => {
    expect(await chooseDevice(digits, gpu(card))).toEqual({ used: "webgpu", reason: "images", adapter: "acme rocket" });
  });
  test("images do so with fully connected nets as well", async () => {
    const mlp = { kind: /** @type {const} */ ("mlp"), hidden: [512] };
    expect(await chooseDevice({ ...digits, generator: mlp, discriminator: mlp }, gpu(card)))
      .toMatchObject({ used: "webgpu", reason: "images" });
  });
  test("images run on the CPU without one, and it says why", async () => {
    expect(await chooseDevice(digits, undefined)).toMatchObject({ used: "cpu", reason: "no-webgpu" });
    expect(await chooseDevice(digits, nobody)).toMatchObject({ used: "cpu", reason: "no-adapter" });
    expect(await chooseDevice(digits, gpu(card, []))).toMatchObject({ used: "cpu", reason: "no-timestamp-query" });
    for (const software of [{ ...card, isFallbackAdapter: true }, { ...card, architecture: "swiftshader" },
      { ...card, description: "llvmpipe (LLVM 15)" }]) {
      expect(await chooseDevice(digits, gpu(software))).toMatchObject({ used: "cpu", reason: "software-adapter" });
    }
  });
  test("a forced device is used, software adapters included, or it fails with the cause", async () => {
    expect(await chooseDevice({ ...digits, device: "cpu" }, gpu(card))).toMatchObject({ used: "cpu", reason: "forced" });
    expect(await chooseDevice(forced, gpu({ ...card, architecture: "swiftshader" }))).toMatchObject({ used: "webgpu", reason: "forced" });
    expect(await chooseDevice(forced, undefined)).toMatchObject({ code: "no-webgpu", dead: false });
    expect(await chooseDevice(forced, nobody)).toMatchObject({ code: "adapter-refused" });
    expect(await chooseDevice(forced, gpu(card, []))).toMatchObject({ code: "no-timestamp-query" });
  });
  test("a wish tells apart what needs another worker", () => {
    expect(deviceWish(ring)).not.toBe(deviceWish(digits));
    expect(deviceWish(ring)).not.toBe(deviceWish(forced));
    expect(deviceWish(ring)).toBe(deviceWish({ ...ring, seed: 99 }));
  });
});

test.describe("the pace of training", () => {
  test("cheap reports come at screen rate, dear ones leave most of the time to training", () => {
    const clock = new ReportClock();
    clock.reported(0, 1);
    expect(clock.due(20)).toBe(false);
    expect(clock.due(35)).toBe(true);
    clock.reported(100, 120);
    expect(clock.due(200)).toBe(false);
    expect(clock.due(261)).toBe(true);
    clock.reported(1000, 3000);
    expect(clock.due(4900)).toBe(false);
    expect(clock.due(5001)).toBe(true);
  });

  test("a turn on the GPU grows until reports take a small part of it", () => {
    const turn = new GpuTurn();
    turn.reported(20);
    for (let i = 0; i < 10; i += 1) turn.turned(turn.steps, 20 + 5 * turn.steps);
    expect(turn.steps).toBe(28);
    turn.turned(1, 8000);
    expect(turn.steps).toBe(1);
  });

  test("the wanted speed is kept, and time lost is not made up in a burst", () => {
    const allowance = new Allowance();
    allowance.set(10, 0);
    let steps = 0;
    for (let now = 0; now <= 1000; now += 10) {
      const some = allowance.available(now);
      allowance.spend(some);
      steps += some;
    }
    expect(steps).toBe(11);
    expect(allowance.available(60_000)).toBeLessThanOrEqual(3);
  });

  test("the rate is that of the last second", () => {
    const meter = new RateMeter();
    meter.start(0);
    for (let now = 10; now <= 5000; now += 10) meter.add(now, now <= 2500 ? 1 : 2);
    expect(meter.rate()).toBeCloseTo(200, 0);
  });

  test("a step of many seconds still has a rate", () => {
    const meter = new RateMeter();
    meter.start(0);
    meter.add(4000, 1);
    meter.add(8000, 1);
    expect(meter.rate()).toBeCloseTo(0.25, 5);
  });
});
