// The page's pure modules, without a page: links, a chart's memory, the choice of a device, the pace of training.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { History } from "../../www/charts/history.js";
import { smooth } from "../../www/charts/smooth.js";
import { forcedDevice, probeAdapter } from "../../www/device-choice.js";
import { familyOf, fieldApplies, fieldDiffers, findField, knownPreset, readField, withField } from "../../www/fields.js";
import { WHOLE_PAGE, parseHash, writeHash } from "../../www/hash.js";
import { Allowance, GpuTurn, MEASURES, PaidClock, RateMeter, ReportClock } from "../../www/pacing.js";
import { createStore } from "../../www/store.js";
import * as texts from "../../www/texts.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const [ring, grid, digits] = ["healthy", "grid", "digits"].map((name) => knownPreset(catalogue, name));
const page = { speed: null, transport: false, view: WHOLE_PAGE };
/** @type {import("../../www/protocol.js").AboutData} */
const ABOUT = {
  title: "", count: null, attribute: "", classes: [], columns: [], image: null, licence: { name: "", url: "" }, credit: "",
  source: { registry: "", package: "", version: "", sha256: "", part: "" },
};

test("the page knows the family of every kind of data", () => {
  for (const [kind, family] of Object.entries(catalogue.families)) {
    expect(familyOf(/** @type {any} */ ({ data: { kind } })), kind).toBe(family);
  }
});

test.describe("links", () => {
  for (const { name, experiment } of catalogue.presets) {
    test(`the preset ${name} is its name in a link, and survives a round trip`, () => {
      expect(writeHash({ ...page, preset: name, experiment }, catalogue)).toBe(`#preset=${name}`);
      const link = { preset: name, experiment, speed: 20, transport: experiment.data.kind === "ring", view: WHOLE_PAGE };
      expect(parseHash(writeHash(link, catalogue), catalogue)).toEqual({ ...link, problems: [] });
    });
  }

  test("an empty link is the first preset at full speed", () => {
    expect(parseHash("", catalogue)).toEqual({ preset: "healthy", experiment: ring, ...page, problems: [] });
  });

  test("a link tells a preset and what differs from it, kinds before what belongs to them", () => {
    const changes = /** @type {const} */ ([["seed", 9], ["optimiser.kind", "rms-prop"], ["lipschitz.spectral_norm", true],
      ["objective.kind", "hinge"], ["optimiser.decay", 0.9], ["discriminator.hidden", [8, 8]]]);
    const experiment = changes.reduce((before, [path, value]) => withField(catalogue, before, path, /** @type {any} */ (value)),
      knownPreset(catalogue, "wgan-gp"));
    const hash = writeHash({ ...page, preset: "wgan-gp", experiment }, catalogue);
    expect(hash.split("&").sort()).toEqual(["#preset=wgan-gp", "discriminator.hidden=8,8", "lipschitz.spectral_norm=true",
      "objective=hinge", "optimiser.decay=0.9", "optimiser=rms-prop", "seed=9"]);
    expect(parseHash(hash, catalogue)).toMatchObject({ preset: "wgan-gp", experiment, problems: [] });
  });

  test("a kind that has gone and come back needs no words", () => {
    const there = withField(catalogue, ring, "optimiser.kind", "sgd");
    const back = withField(catalogue, there, "optimiser.kind", "adam");
    expect(writeHash({ ...page, preset: "healthy", experiment: back }, catalogue)).toBe("#preset=healthy");
  });

  test("a preset that is not there is told, and the rest is kept", () => {
    const link = parseHash("#preset=magic&seed=4", catalogue);
    expect(link.experiment).toEqual({ ...ring, seed: 4 });
    expect(texts.linkProblem(link.problems[0])).toContain("“preset=magic”: the setting takes healthy, collapse");
  });

  test("what a link leaves out comes from the preset of its data", () => {
    expect(parseHash("#data=digits&seed=9", catalogue)).toMatchObject({ preset: "digits", experiment: { ...digits, seed: 9 } });
    expect(parseHash("#data=grid", catalogue)).toMatchObject({ preset: "grid", experiment: grid });
    expect(parseHash("#preset=wgan-gp&data=digits", catalogue)).toMatchObject({ preset: "digits", experiment: digits });
  });

  test("links of the first version keep their meaning", () => {
    const { experiment, problems } = parseHash("#seed=7&device=cpu&data=ring&data.modes=5&data.radius=1&data.sigma=0.05&noise.dims=4"
      + "&generator=mlp&generator.hidden=32,16&discriminator=mlp&discriminator.hidden=24&objective=non-saturating&training.batch=64"
      + "&training.d_updates=2&training.g_updates=1&training.d_learning_rate=0.001&training.g_learning_rate=0.002"
      + "&training.beta1=0.4&training.beta2=0.99&speed=max", catalogue);
    expect(problems).toEqual([]);
    expect(experiment).toMatchObject({ seed: 7, data: { kind: "ring", modes: 5 }, generator: { hidden: [32, 16] },
      optimiser: { kind: "adam", beta1: 0.4, beta2: 0.99 }, training: { batch: 64, d_updates: 2, g_learning_rate: 0.002 } });
  });

  test("another kind of net brings that kind's fields, in whatever order the link has them", () => {
    const { experiment, problems } = parseHash("#generator.hidden=100,200&generator=mlp&data=digits", catalogue);
    expect(problems).toEqual([]);
    expect(experiment.generator).toEqual({ kind: "mlp", hidden: [100, 200], activation: "leaky-relu" });
    expect(experiment.discriminator).toEqual(digits.discriminator);
  });

  test("the earth mover's way is for points alone", () => {
    expect(parseHash("#transport=true", catalogue)).toMatchObject({ transport: true, problems: [] });
    expect(parseHash("#data=digits&transport=true", catalogue).problems).toMatchObject([{ reason: "not-here" }]);
    expect(writeHash({ ...page, preset: "digits", experiment: digits, transport: true }, catalogue)).toBe("#preset=digits");
  });

  test("a link carries what of the page is shown", () => {
    const view = { lesson: "balance", at: 3, open: /** @type {const} */ ("slow"), mode: /** @type {const} */ ("embed"), hidden: ["settings", "share"], locked: ["training"], language: "en", versus: [] };
    const hash = writeHash({ ...page, preset: "healthy", experiment: ring, view }, catalogue);
    expect(hash).toBe("#preset=healthy&lesson=balance&at=3&open=slow&mode=embed&hide=settings,share&lock=training&lang=en");
    expect(parseHash(hash, catalogue)).toMatchObject({ view, problems: [] });
  });

  test("a part that the page does not have is told of, and the others are taken", () => {
    const { view, problems } = parseHash("#hide=settings,sauna&mode=upright&at=0&lesson=b", catalogue);
    expect(view).toEqual({ ...WHOLE_PAGE, lesson: "b", hidden: ["settings"] });
    expect(problems.map(({ key, value }) => `${key}=${value}`).sort()).toEqual(["at=0", "hide=sauna", "mode=upright"]);
  });

  test("a net may have no hidden layers", () => {
    const { experiment } = parseHash("#generator.hidden=", catalogue);
    expect(experiment.generator).toEqual({ kind: "mlp", hidden: [], activation: "leaky-relu" });
    const hash = writeHash({ ...page, preset: "healthy", experiment }, catalogue);
    expect(parseHash(hash, catalogue).experiment).toEqual(experiment);
  });

  const problems = [
    ["seed=1.5", "unreadable"], ["seed=", "unreadable"], ["seed=-1", "range"], ["seed=4294967296", "range"],
    ["data=cats", "range"], ["training.batch=1", "range"], ["training.d_learning_rate=1e9", "range"],
    ["training.d_learning_rate=NaN", "unreadable"], ["training.d_learning_rate=Infinity", "unreadable"],
    ["generator.hidden=64,x", "unreadable"], ["generator.hidden=0", "range"], ["generator.hidden=1,1,1,1,1,1", "range"],
    ["generator=conv", "mismatch"], ["generator.channels=8", "not-here"], ["__proto__=1", "unknown"],
    ["constructor=1", "unknown"], ["speed=0", "range"], ["speed=fast", "range"], ["conditional=yes", "range"],
    ["transport=1", "range"], ["objective=wasserstein-2", "range"], ["optimiser.momentum=0.5", "not-here"],
    ["data.side=3", "not-here"], ["lipschitz.r1=-1", "range"], ["generator=residual", "mismatch"],
  ];
  for (const [part, reason] of problems) {
    test(`${part} is told as ${reason}, and the rest is kept`, () => {
      const link = parseHash(`#noise.dims=3&${part}`, catalogue);
      expect(link.problems.map((problem) => problem.reason)).toEqual([reason]);
      expect(link.experiment).toEqual({ ...ring, noise: { ...ring.noise, dims: 3 } });
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
    for (const kind of findField(catalogue, "objective.kind").options ?? []) expect(texts.OBJECTIVES[kind], kind).toBeDefined();
  });

  test("every preset has a title, a place in the menu, and something to watch for; others are shown by name", () => {
    for (const { name } of catalogue.presets) {
      expect(texts.presetText(name).watch, name).not.toBe("");
      const hidden = texts.HIDDEN_PRESETS.includes(name) ? 1 : 0;
      expect(texts.PRESET_GROUPS.filter(({ presets }) => presets.includes(name)), name).toHaveLength(1 - hidden);
    }
    expect(texts.presetText("something-new").title).toBe("something-new");
  });

  test("every field has a value in every preset that it applies to", () => {
    for (const { experiment } of catalogue.presets) {
      for (const field of catalogue.fields) {
        expect(readField(experiment, field.path) !== undefined, field.path).toBe(fieldApplies(field, experiment));
      }
    }
  });

  test("another kind brings its own fields at their defaults, and keeps those that both have", () => {
    const slow = withField(catalogue, ring, "optimiser.beta1", 0.3);
    expect(withField(catalogue, slow, "optimiser.kind", "adam-w").optimiser)
      .toEqual({ kind: "adam-w", beta1: 0.3, beta2: 0.999, weight_decay: 0.01 });
    expect(withField(catalogue, slow, "optimiser.kind", "sgd").optimiser).toEqual({ kind: "sgd" });
    expect(withField(catalogue, ring, "schedule.kind", "cosine").schedule)
      .toEqual({ kind: "cosine", learning_rate_end: 0, penalty_end: 1 });
  });

  test("what differs from a healthy game is found, in fields that it has not as well", () => {
    const differing = (/** @type {import("../../www/protocol.js").Experiment} */ experiment) =>
      catalogue.fields.filter((field) => fieldDiffers(field, experiment, ring)).map(({ path }) => path);
    expect(differing(ring)).toEqual([]);
    expect(differing(withField(catalogue, ring, "training.g_updates", 5))).toEqual(["training.g_updates"]);
    const grown = withField(catalogue, withField(catalogue, grid, "data.side", 3), "training.batch", 64);
    expect(differing(grown)).toEqual(expect.arrayContaining(["data.kind", "data.side", "training.batch"]));
    expect(differing(grid)).not.toContain("data.side");
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

test.describe("the store", () => {
  /** The page's own surroundings, as far as the store knows them. @param {string} hash */
  function storeAt(hash) {
    /** @type {import("../../www/protocol.js").Command[]} */
    const sent = [];
    const place = { hash };
    Object.assign(globalThis, {
      location: place,
      addEventListener: () => {},
      history: { replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ next) => { place.hash = next; } },
    });
    const store = createStore({ catalogue, send: (command) => sent.push(command), assets: "http://localhost/", own: { find: async () => null } });
    /** @type {import("../../www/store.js").State[]} */
    const states = [];
    store.subscribe((state) => states.push(state));
    store.start();
    return { store, sent, place, state: states[0], types: () => sent.splice(0).map(({ type }) => type) };
  }

  test("a live field changes the run, any other starts a new one", () => {
    const { store, state, place, types, sent } = storeAt("");
    expect(types()).toEqual(["build", "studio", "speed", "transport"]);
    store.setField("lipschitz.r1", 0.5);
    expect(sent).toEqual([{ type: "change", experiment: { ...ring, lipschitz: { ...ring.lipschitz, r1: 0.5 } } }]);
    expect(types()).toEqual(["change"]);
    expect(place.hash).toBe("#preset=healthy&lipschitz.r1=0.5");
    store.setField("objective.kind", "hinge");
    expect(types()).toEqual(["build", "studio", "speed", "transport"]);
    expect(state.experiment.lipschitz.r1).toBe(0.5);
  });

  test("a preset keeps the device that the visitor chose, and other data changes the preset", () => {
    const { store, state, place } = storeAt("#device=cpu&seed=8");
    store.choosePreset("wgan-gp");
    expect(place.hash).toBe("#preset=wgan-gp&device=cpu");
    store.setField("data.kind", "digits");
    expect(state.preset).toBe("digits");
    expect(place.hash).toBe("#preset=digits&device=cpu");
  });

  test("a refused live change names its field until another one is sent", () => {
    const { store, state } = storeAt("");
    store.receive({ type: "built", run: 1, device: { used: "cpu", reason: "forced", adapter: "" }, parameters: { generator: 1, discriminator: 1 }, data: ABOUT });
    state.status = "playing";
    store.setField("training.d_updates", 0);
    store.receive({ type: "failed", run: 1, failure: { code: "experiment", detail: "it is 0", field: "training.g_updates", dead: false } });
    expect(state).toMatchObject({ status: "ready", refusal: { path: "training.g_updates", detail: "it is 0" } });
    expect(state.alerts).toHaveLength(1);
    store.setField("training.d_updates", 1);
    expect(state).toMatchObject({ refusal: null, alerts: [] });
  });

  test("measures fill the charts of what they hold, and a new run forgets them", () => {
    const { store, state } = storeAt("");
    const gradients = (/** @type {number} */ total) => ({ total, layers: [{ name: "output", norm: total }] });
    store.receive({ type: "measures", run: 1, measures: { step: 10, diagnosis: { kind: "healthy" }, accuracyReal: 0.5, accuracyFake: 0.5,
      saturation: 0.25, diversity: 1, sliced: 0.1, slicedFloor: 0.01, gradientsD: gradients(2), gradientsG: gradients(Infinity),
      labels: null, pictures: null, figure: { captured: 6, total: 8, highQuality: 0.75, width: 1, counts: new Float32Array(8), jensenShannon: 0.1, askedFor: null } } });
    expect(state.qualityHistory.view().map(([value]) => value)).toEqual([10, 0.75, 0.75]);
    expect(state.saturationHistory.view().map(([value]) => value)).toEqual([10, 0.25]);
    expect(state.gradientHistory.length).toBe(0);
    store.reset();
    expect(state.measures).toBeNull();
    expect(state.qualityHistory.view()[0]).toHaveLength(0);
  });
});

test.describe("a chart's memory", () => {
  test("keeps all values until it is full", () => {
    const history = new History(2, 8);
    for (let i = 0; i < 7; i += 1) history.push(i, i * i);
    expect([...history.view()[1]]).toEqual([0, 1, 4, 9, 16, 25, 36]);
  });

  test("forgets what came after a step, and goes on from there", () => {
    const history = new History(2, 8);
    for (let step = 1; step <= 20; step += 1) history.push(step, 1);
    history.rewind(10);
    history.push(11, 2);
    const [steps, values] = history.view();
    expect(Math.max(...steps)).toBe(11);
    expect([...steps]).toEqual([...steps].sort((a, b) => a - b));
    expect(values[values.length - 1]).toBe(2);
    history.rewind(0);
    expect(history.view()[0]).toHaveLength(0);
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

  test("the CPU needs no asking", async () => {
    expect(await forcedDevice("cpu", undefined)).toEqual({ used: "cpu", reason: "forced", adapter: "" });
  });
  test("a forced GPU is used, software adapters included, or it fails with the cause", async () => {
    expect(await forcedDevice("webgpu", gpu({ ...card, architecture: "swiftshader" }))).toMatchObject({ used: "webgpu", reason: "forced" });
    expect(await forcedDevice("webgpu", undefined)).toMatchObject({ code: "no-webgpu", dead: false });
    expect(await forcedDevice("webgpu", nobody)).toMatchObject({ code: "adapter-refused" });
    expect(await forcedDevice("webgpu", gpu(card, []))).toMatchObject({ code: "no-timestamp-query" });
  });
  test("an adapter in software is known from a real one", async () => {
    expect(await probeAdapter(gpu(card))).toEqual({ ok: true, name: "acme rocket", software: false });
    for (const software of [{ ...card, isFallbackAdapter: true }, { ...card, architecture: "swiftshader" },
      { ...card, description: "llvmpipe (LLVM 15)" }]) {
      expect(await probeAdapter(gpu(software))).toMatchObject({ ok: true, software: true });
    }
  });
});

test.describe("the pace of training", () => {
  test("cheap reports come at screen rate, dear ones leave most of the time to training", () => {
    const clock = new ReportClock();
    clock.reported(0, 1);
    expect(clock.due(20)).toBe(false);
    expect(clock.due(35)).toBe(true);
    clock.reported(100, 120);
    expect(clock.due(399)).toBe(false);
    expect(clock.due(400)).toBe(true);
    clock.reported(1000, 3000);
    expect(clock.due(4900)).toBe(false);
    expect(clock.due(5001)).toBe(true);
  });

  test("measures take one part of thirty-three of the time at most, and come three times a second at most", () => {
    const clock = new PaidClock(MEASURES);
    expect(clock.due(0)).toBe(true);
    clock.paid(0, 10);
    expect(clock.due(300)).toBe(false);
    expect(clock.due(343)).toBe(true);
    clock.paid(1000, 1200);
    expect(clock.due(7599)).toBe(false);
    expect(clock.due(7600)).toBe(true);
  });

  test("a turn on the GPU grows until reports take a small part of it", () => {
    const turn = new GpuTurn();
    turn.reported(20);
    for (let i = 0; i < 10; i += 1) turn.turned(turn.steps, 20 + 5 * turn.steps);
    expect(turn.steps).toBe(56);
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

  test("a run that comes from elsewhere keeps its rate, and then has its own", () => {
    const meter = new RateMeter();
    meter.resume(0, 100);
    expect(meter.rate()).toBeCloseTo(100, 5);
    for (let now = 50; now <= 3000; now += 50) meter.add(now, 10);
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
