// The comparison's pure parts, without a page: what B differs in and the link that says so, how B keeps up with A, and the runs that
// are kept.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { nameOf } from "../../www/compare/describe.js";
import { MOST_KEPT, createKeptRuns, thin } from "../../www/compare/kept.js";
import { PAIRS as PAIR_LINKS } from "../../www/compare/pairs.js";
import { createTandem } from "../../www/compare/tandem.js";
import { PAIRS } from "../../www/compare/texts.js";
import { knownPreset, readField } from "../../www/fields.js";
import { parseHash, writeHash } from "../../www/hash.js";
import { createStore } from "../../www/store.js";
import { linkProblem } from "../../www/texts.js";
import { differencesThatApply, differingIn, withDifferences } from "../../www/versus.js";

/** @typedef {import("../../www/protocol.js").Command} Command */

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const ring = knownPreset(catalogue, "healthy");
/** @type {import("../../www/protocol.js").AboutData} */
const ABOUT = {
  title: "", count: null, attribute: "", classes: [], columns: [], image: null, licence: { name: "", url: "" }, credit: "",
  source: { registry: "", package: "", version: "", sha256: "", part: "" },
};

/** A store with a link of its own, and what it sent. @param {string} hash */
function storeAt(hash) {
  /** @type {Command[]} */
  const sent = [];
  const place = { hash };
  const link = { read: () => place.hash, write: (/** @type {string} */ next) => { place.hash = next; }, onChange: () => {} };
  const store = createStore({ catalogue, send: (command) => sent.push(command), assets: "http://localhost/", own: { find: async () => null }, link });
  /** @type {import("../../www/store.js").State[]} */
  const states = [];
  store.subscribe((state) => states.push(state));
  return { store, sent, place, state: states[0] };
}

/** What a worker says of a run that stands, and has done so many steps more.
 * @param {{receive: (event: import("../../www/protocol.js").Event) => void}} to @param {number} run @param {number} step @param {number} [more] */
function report(to, run, step, more = 0) {
  const losses = Float32Array.from({ length: more }, (_, i) => step - more + i + 1);
  to.receive({ type: "report", run, stepsPerSecond: 0, stepping: { steps: more, time: 1 }, report: {
    step, lossesD: losses, lossesG: losses, accuracyReal: 0.5, accuracyFake: 0.5,
    picture: { kind: "points", columns: [], extent: 1, real: new Float32Array(0), fake: new Float32Array(0), surface: new Float32Array(0), surfaceSize: 0, transport: null },
  } });
}

/** @param {{receive: (event: import("../../www/protocol.js").Event) => void}} to @param {number} run */
function built(to, run) {
  to.receive({ type: "built", run, device: { used: "cpu", reason: "forced", adapter: "" }, parameters: { generator: 1, discriminator: 1 }, data: ABOUT });
  report(to, run, 0);
}

test.describe("what B differs in", () => {
  test("a link says it, readably, and survives a round trip", () => {
    const hash = "#preset=minimax&open=compare&versus=objective:non-saturating;discriminator.hidden:8,8;lipschitz.r1:0.5";
    const { problems, ...link } = parseHash(hash, catalogue);
    expect(problems).toEqual([]);
    expect([...link.view.versus].sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "discriminator.hidden", value: [8, 8] }, { path: "lipschitz.r1", value: 0.5 }, { path: "objective.kind", value: "non-saturating" }]);
    expect(link.experiment).toEqual(knownPreset(catalogue, "minimax"));
    expect(parseHash(writeHash(link, catalogue), catalogue)).toEqual({ ...link, problems: [] });
  });

  for (const [part, reason] of [
    ["lipschitz.r9:1", "unknown"], ["lipschitz.r1", "unreadable"], ["lipschitz.r1:-1", "range"], ["objective:magic", "range"],
    ["data.side:3", "not-here"], ["generator:conv", "mismatch"], ["device:cpu", "not-here"], ["data:grid", "not-here"],
  ]) {
    test(`${part} is told as ${reason}, and the others are kept`, () => {
      const { view, experiment, problems } = parseHash(`#versus=training.batch:64;${part}`, catalogue);
      expect(problems.map((problem) => problem.reason)).toEqual([reason]);
      expect(linkProblem(problems[0])).toContain(`versus=${part}`);
      expect(view.versus).toEqual([{ path: "training.batch", value: 64 }]);
      expect(experiment).toEqual(ring);
    });
  }

  test("what goes with B's own kind is read beside it, in whatever order", () => {
    const { view, problems } = parseHash("#versus=optimiser.momentum:0.5;optimiser:momentum", catalogue);
    expect(problems).toEqual([]);
    expect(withDifferences(catalogue, ring, view.versus).optimiser).toEqual({ kind: "momentum", momentum: 0.5 });
  });

  test("B is A but for that, and follows A in all else", () => {
    const versus = [{ path: "lipschitz.r1", value: 5 }];
    expect(withDifferences(catalogue, ring, versus)).toEqual({ ...ring, lipschitz: { ...ring.lipschitz, r1: 5 } });
    const other = { ...ring, seed: 9, lipschitz: { ...ring.lipschitz, r1: 1, r2: 2 } };
    expect(withDifferences(catalogue, other, versus)).toEqual({ ...other, lipschitz: { ...other.lipschitz, r1: 5 } });
  });

  test("a difference that means nothing beside this A waits until it does", () => {
    const versus = [{ path: "objective.label_smoothing", value: 0.1 }];
    const hinge = parseHash("#objective=hinge", catalogue).experiment;
    expect(withDifferences(catalogue, hinge, versus)).toEqual(hinge);
    expect(differencesThatApply(catalogue, hinge, versus)).toEqual([]);
    expect(writeHash({ ...parseHash("#objective=hinge", catalogue), view: { ...parseHash("", catalogue).view, versus } }, catalogue)).toBe("#preset=healthy&objective=hinge");
    expect(differencesThatApply(catalogue, ring, versus)).toEqual(versus);
  });

  test("another value takes the place of the one before", () => {
    const one = differingIn([{ path: "seed", value: 1 }, { path: "lipschitz.r1", value: 1 }], { path: "seed", value: 2 });
    expect(one).toEqual([{ path: "seed", value: 2 }, { path: "lipschitz.r1", value: 1 }]);
  });

  test("every ready-made pair can be opened, differs, and says what to watch", () => {
    expect(PAIR_LINKS.map(({ name }) => name).sort()).toEqual(Object.keys(PAIRS).sort());
    for (const { hash } of PAIR_LINKS) {
      const { experiment, view, problems } = parseHash(hash, catalogue);
      expect(problems, hash).toEqual([]);
      const b = withDifferences(catalogue, experiment, view.versus);
      for (const { path } of view.versus) expect(readField(b, path), path).not.toEqual(readField(experiment, path));
      expect(view.versus.length).toBeGreaterThan(0);
    }
  });
});

test.describe("the store of either", () => {
  test("follows another's live settings in the middle of a run, and any other by a new one", () => {
    const { store, sent, state } = storeAt("");
    store.start();
    built(store, 1);
    sent.length = 0;
    const live = { ...ring, lipschitz: { ...ring.lipschitz, r1: 1 } };
    store.adopt({ preset: "healthy", experiment: live, loaded: null }, false);
    expect(sent).toEqual([{ type: "change", experiment: live }]);
    store.adopt({ preset: "healthy", experiment: { ...live, seed: 2 }, loaded: null }, false);
    expect(sent[1]).toMatchObject({ type: "build", run: 2, experiment: { seed: 2 } });
    store.adopt({ preset: "healthy", experiment: { ...live, seed: 2 }, loaded: null }, true);
    expect(state.run).toBe(3);
  });

  test("tells of a run that ends as it was, with the live settings of its end, though the next one is of something else", () => {
    const { store } = storeAt("");
    /** @type {[string, number, number][]} */
    const ended = [];
    store.onRunEnd(({ preset, experiment, lossHistory }) => ended.push([preset, experiment.lipschitz.r1, lossHistory.length]));
    store.start();
    expect(ended).toEqual([]);
    built(store, 1);
    report(store, 1, 20, 20);
    store.setField("lipschitz.r1", 0.5);
    store.choosePreset("digits");
    expect(ended).toEqual([["healthy", 0.5, 20]]);
  });

  test("another experiment by its link brings what it is compared with, and leaves the rest of what is shown", () => {
    const { store, state } = storeAt("#lesson=b&open=compare&versus=seed:2");
    store.openExperiment("#preset=minimax&versus=objective:hinge");
    expect(state.view).toMatchObject({ lesson: "b", open: "compare", versus: [{ path: "objective.kind", value: "hinge" }] });
  });
});

test.describe("A and B", () => {
  /** @param {string} hash */
  function pair(hash) {
    const a = storeAt(hash);
    /** @type {Command[]} */
    const toB = [];
    const own = /** @type {any} */ ({ find: async () => null });
    const tandem = createTandem({ store: a.store, catalogue, assets: "", library: own }, () => (command) => { toB.push(command); });
    a.store.start();
    tandem.setOpen(true);
    /** The last of a kind. @param {Command[]} commands @param {string} type @returns {any} */
    const last = (commands, type) => commands.filter((command) => command.type === type).at(-1);
    return { a, b: tandem.b, tandem, toB, toA: a.sent, last, runB: () => tandem.state().run };
  }

  test("B is built once A stands, on A's device, with what differs", () => {
    const { a, toB, last } = pair("#versus=lipschitz.r1:5");
    expect(toB).toEqual([]);
    built(a.store, 1);
    expect(last(toB, "build").experiment).toEqual({ ...ring, device: "cpu", lipschitz: { ...ring.lipschitz, r1: 5 } });
  });

  test("while A trains neither gets far from the other, and where A pauses B pauses at the same step", () => {
    const { a, b, toA, toB, last, runB } = pair("");
    built(a.store, 1);
    built(b, runB());
    a.store.receive({ type: "playing", run: 1, playing: true });
    expect(last(toB, "play")).toBeDefined();
    b.receive({ type: "playing", run: runB(), playing: true });
    report(a.store, 1, 7, 7);
    expect(last(toB, "hold").step).toBe(7);
    expect(last(toA, "hold").step).toBe(2);
    report(b, runB(), 4, 4);
    expect(last(toA, "hold").step).toBe(6);
    a.store.receive({ type: "playing", run: 1, playing: false });
    report(a.store, 1, 9, 2);
    expect(last(toB, "pause")).toBeUndefined();
    report(b, runB(), 9, 5);
    expect(last(toB, "hold").step).toBe(9);
    expect(toB.at(-1)).toEqual({ type: "pause" });
  });

  test("a new A is a new B; a live setting of A's is one of B's", () => {
    const { a, b, toB, last, runB } = pair("#versus=lipschitz.r1:5");
    built(a.store, 1);
    built(b, runB());
    a.store.setField("lipschitz.r2", 1);
    expect(last(toB, "change").experiment.lipschitz).toMatchObject({ r1: 5, r2: 1 });
    const before = runB();
    a.store.reset();
    expect(runB()).toBe(before);
    built(a.store, 2);
    expect(runB()).toBe(before + 1);
  });

  test("what B differs in holds from its first step on", () => {
    const { a, b, runB } = pair("");
    built(a.store, 1);
    built(b, runB());
    const before = runB();
    a.store.setView({ versus: [{ path: "lipschitz.r1", value: 0 }] });
    expect(runB(), "the same as A").toBe(before);
    a.store.setView({ versus: [{ path: "lipschitz.r1", value: 3 }] });
    expect(runB()).toBe(before + 1);
    expect(a.state.run).toBe(1);
  });

  test("a B that fails or is closed does not hold A back", () => {
    const { a, b, tandem, toA, toB, last, runB } = pair("");
    built(a.store, 1);
    built(b, runB());
    expect(last(toA, "hold").step).toBe(2);
    b.receive({ type: "failed", run: runB(), failure: { code: "not-finite", detail: "", dead: false } });
    expect(last(toA, "hold").step).toBeNull();
    expect(a.state.alerts).toEqual([]);
    b.reset();
    built(b, runB());
    expect(last(toA, "hold").step).toBe(2);
    tandem.setOpen(false);
    expect(last(toA, "hold").step).toBeNull();
    expect(toB.at(-1)).toEqual({ type: "end" });
  });
});

test.describe("the runs that are kept", () => {
  /** @param {Record<string, string>} [kept] */
  const storage = (kept = {}) => /** @type {Storage} */ (/** @type {unknown} */ ({
    getItem: (/** @type {string} */ key) => kept[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => { kept[key] = value; },
  }));
  const forbidden = () => { throw new Error("the browser forbids it"); };

  /** Ends a run after so many steps. @param {ReturnType<typeof createKeptRuns>} runs @param {string} hash @param {number} steps */
  function end(runs, hash, steps) {
    const { store } = storeAt(hash);
    store.onRunEnd(runs.keep);
    store.start();
    built(store, 1);
    report(store, 1, steps, steps);
    store.reset();
  }

  test("have a link that opens them, a name, their last figures, and outlast the page", () => {
    const place = storage();
    end(createKeptRuns(catalogue, () => place), "#preset=minimax&seed=4&device=cpu&speed=5&open=compare&versus=seed:1", 150);
    const [run, ...others] = createKeptRuns(catalogue, () => place).list();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: 1, link: "#preset=minimax&seed=4", steps: 150, last: { lossD: 150, lossG: 150 } });
    expect(run.curves.losses.map((column) => [column[0], column.at(-1)])).toEqual([[1, 150], [1, expect.any(Number)], [1, expect.any(Number)]]);
    expect(nameOf(run, catalogue)).toBe("Minimax loss, Seed 4");
  });

  test("have gone on for a while, and are the last few", () => {
    const runs = createKeptRuns(catalogue, () => place);
    const place = storage();
    end(runs, "", 99);
    expect(runs.list()).toEqual([]);
    for (let seed = 1; seed <= MOST_KEPT + 2; seed += 1) end(runs, `#seed=${seed}`, 100);
    expect(runs.list().map(({ id }) => id)).toEqual([8, 7, 6, 5, 4, 3]);
    runs.remove(5);
    expect(runs.list().map(({ link }) => link)).toEqual(["#preset=healthy&seed=8", "#preset=healthy&seed=7", "#preset=healthy&seed=6", "#preset=healthy&seed=4", "#preset=healthy&seed=3"]);
  });

  test("last as long as the page where the browser stores nothing, and nonsense in its storage breaks nothing", () => {
    const runs = createKeptRuns(catalogue, forbidden);
    end(runs, "", 120);
    expect(runs.list()).toHaveLength(1);
    expect(runs.isStored()).toBe(false);
    for (const nonsense of ["{", "7", "[1, null, {}]", "null"]) {
      expect(createKeptRuns(catalogue, () => storage({ "last-runs": nonsense })).list(), nonsense).toEqual([]);
    }
  });

  test("a long curve is thinned to what a chart can show, its ends among it", () => {
    const [steps, values] = thin([Float64Array.from({ length: 2000 }, (_, i) => i + 1), Float64Array.from({ length: 2000 }, () => 1 / 3)]);
    expect(steps).toHaveLength(300);
    expect([steps[0], steps.at(-1)]).toEqual([1, 2000]);
    expect(values[7]).toBe(0.3333);
  });
});
