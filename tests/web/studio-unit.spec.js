// The studio's pure modules, without a page: the arithmetic of codes, walks, what the visitor has set, and the way to the
// worker, which is a make-believe one here.
import { expect, test } from "@playwright/test";
import * as codes from "../../www/studio/codes.js";
import { Glide } from "../../www/studio/glide.js";
import { createPlayer } from "../../www/studio/player.js";
import { createStudioSession } from "../../www/studio/session.js";
import { COUNT, StudioState } from "../../www/studio/state.js";
import { accuracies, percent, problemText, signed, steeringText } from "../../www/studio/texts.js";
import { between, endless, round, square, strip } from "../../www/studio/walk.js";

/** @param {...number} numbers */
const code = (...numbers) => Float32Array.of(...numbers);
/** @param {...number} numbers */
const place = (...numbers) => ({ code: code(...numbers), classes: new Float32Array() });

/** @param {Float32Array} actual @param {number[]} expected */
function near(actual, expected, within = 1e-5) {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => expect(Math.abs(actual[k] - value), `${actual} and ${expected}`).toBeLessThan(within));
}

/** @param {Float32Array} values */
function moments(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

test.describe("codes", () => {
  for (const distribution of /** @type {const} */ (["gaussian", "uniform"])) {
    test(`${distribution} noise has mean 0 and variance 1, and follows from its seed`, () => {
      const some = codes.randomCode(40_000, distribution, codes.seededRandom(5));
      const { mean, variance } = moments(some);
      expect(Math.abs(mean)).toBeLessThan(0.02);
      expect(Math.abs(variance - 1)).toBeLessThan(0.03);
      expect(codes.randomCode(40_000, distribution, codes.seededRandom(5))).toEqual(some);
      expect(codes.randomCode(40_000, distribution, codes.seededRandom(6))).not.toEqual(some);
      const most = Math.max(...some.map(Math.abs));
      if (distribution === "uniform") expect(most).toBeLessThanOrEqual(Math.fround(Math.sqrt(3)));
      // Of 40,000 Gaussian numbers one in 16 thousand is beyond 4.
      else expect(most).toBeGreaterThan(3.5);
    });
  }

  test("a spherical way turns evenly, and its length goes evenly", () => {
    near(codes.slerp(code(1, 0), code(0, 1), 0.5), [Math.SQRT1_2, Math.SQRT1_2]);
    near(codes.slerp(code(1, 0), code(0, 1), 1 / 3), [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]);
    near(codes.slerp(code(2, 0), code(0, 4), 0.5), [3 * Math.SQRT1_2, 3 * Math.SQRT1_2]);
    const [a, b] = [3, 4].map((seed) => codes.randomCode(32, "gaussian", codes.seededRandom(seed)));
    near(codes.slerp(a, b, 0), [...a]);
    near(codes.slerp(a, b, 1), [...b]);
    const ends = [codes.lengthOf(a), codes.lengthOf(b)].sort((x, y) => x - y);
    for (const t of codes.evenly(0, 1, 11)) {
      const length = codes.lengthOf(codes.slerp(a, b, t));
      expect(length).toBeGreaterThan(ends[0] - 1e-4);
      expect(length).toBeLessThan(ends[1] + 1e-4);
    }
    // The straight one falls short in the middle.
    expect(codes.lengthOf(codes.lerp(a, b, 0.5))).toBeLessThan(0.85 * ends[0]);
  });

  test("parallel and opposite codes, and none, are joined straight", () => {
    near(codes.slerp(code(1, 2), code(2, 4), 0.5), [1.5, 3]);
    near(codes.slerp(code(1, 0), code(-1, 0), 0.5), [0, 0]);
    near(codes.slerp(code(0, 0), code(2, 2), 0.25), [0.5, 0.5]);
    near(codes.slerp(code(3), code(-1), 0.5), [1]);
  });

  test("arithmetic is an analogy, and stays as long as codes are", () => {
    near(codes.arithmetic(code(5, 1), code(2, 2), code(2, 2)), [5, 1]);
    near(codes.arithmetic(code(0, 3), code(0, 1), code(1, 0)), [1, 2]);
    // 3, 0 and 0, −4 and 0, 3: the sum 3, 7 is longer than 4.
    const sum = codes.arithmetic(code(3, 0), code(0, -4), code(0, 3));
    near(sum, [12 / Math.hypot(3, 7), 28 / Math.hypot(3, 7)]);
  });

  test("truncation comes before directions", () => {
    near(codes.moved(code(2, -4), 0.5, [{ vector: code(1, 0), alpha: 3 }, { vector: code(0, 1), alpha: -1 }]), [4, -3]);
    near(codes.moved(code(2, -4), 1, []), [2, -4]);
  });

  test("a noise grid goes over two axes and leaves the others", () => {
    const grid = codes.noiseGrid(code(9, 8, 7), 2, 0, 3, 2);
    expect(grid).toHaveLength(9);
    expect(grid.map((one) => [...one])).toEqual([-2, 0, 2].flatMap((up) => [-2, 0, 2].map((across) => [up, 8, across])));
    expect(codes.noiseGrid(code(9), 0, 0, 3, 1).map((one) => one[0])).toEqual([-1, 0, 1]);
  });

  test("classes are shares", () => {
    near(codes.mixture(code(1, 0, 3)), [0.25, 0, 0.75]);
    near(codes.mixture(code(0, 0)), [0.5, 0.5]);
    near(codes.mixture(code(-1, 2)), [0, 1]);
    near(codes.oneHot(3, 1), [0, 1, 0]);
  });
});

test.describe("walks", () => {
  const corners = [place(1, 0), place(0, 1), place(-1, 0), place(0, -1)];

  test("a strip begins and ends at its corners", () => {
    const three = strip(corners.slice(0, 3), 5, false).map(({ code: one }) => [...one]);
    expect(three).toEqual([[1, 0], [0.5, 0.5], [0, 1], [-0.5, 0.5], [-1, 0]]);
  });

  test("a square has its four corners in its corners, going round", () => {
    const all = square(corners, 5, true);
    near(all[0].code, [1, 0]);
    near(all[4].code, [0, 1]);
    near(all[24].code, [-1, 0]);
    near(all[20].code, [0, -1]);
    near(all[2].code, [Math.SQRT1_2, Math.SQRT1_2]);
  });

  test("a round goes to each corner and closes", () => {
    const all = round(corners, 10, true);
    expect(all).toHaveLength(40);
    corners.forEach((corner, i) => near(all[10 * i].code, [...corner.code]));
    // Slow at corners, and never a jump, not from the last to the first either.
    const steps = all.map(({ code: one }, i) => Math.hypot(...one.map((value, k) => value - all[(i + 1) % 40].code[k])));
    expect(Math.max(...steps)).toBeLessThan(0.25);
    expect(steps[0]).toBeLessThan(0.1);
  });

  test("classes are mixed on the way", () => {
    const [a, b] = [0, 1].map((i) => ({ code: code(i), classes: codes.oneHot(2, i) }));
    near(between(a, b, 0.25, true).classes, [0.75, 0.25]);
  });

  test("an endless walk begins where it is, has no jumps and stays as long as codes are", () => {
    const start = { code: codes.randomCode(64, "gaussian", codes.seededRandom(1)), classes: codes.oneHot(3, 2) };
    const next = endless(start, "gaussian", codes.seededRandom(2), 20);
    /** @type {Float32Array} */
    let last = start.code;
    for (let i = 0; i < 200; i += 1) {
      const { code: one, classes } = next();
      expect(classes).toEqual(start.classes);
      expect(Math.hypot(...one.map((value, k) => value - last[k]))).toBeLessThan(2);
      // 8 is usual; of 64 dimensions the deviation is 0.7.
      expect(Math.abs(codes.lengthOf(one) - 8)).toBeLessThan(3);
      last = one;
    }
    const even = endless(start, "uniform", codes.seededRandom(2), 20);
    for (let i = 0; i < 20; i += 1) even();
    for (let i = 0; i < 100; i += 1) expect(Math.max(...even().code.map(Math.abs))).toBeLessThanOrEqual(1.7321);
  });
});

/** @param {{noise?: number, classes?: number, distribution?: "gaussian" | "uniform", seed?: number}} how
 * @returns {import("../../www/studio/protocol.js").ModelAbout} */
const about = ({ noise = 3, classes = 0, distribution = "gaussian", seed = 7 } = {}) => ({
  version: 1, step: 0, shape: { kind: "row", numbers: 2 }, noise, classes, class_names: [], units: [[0, 1]], directions: [],
  experiment: /** @type {any} */ ({ seed, noise: { dims: noise, distribution }, data: { kind: "ring" } }),
});

/** @param {Parameters<typeof about>[0]} [how] */
function opened(how) {
  const state = new StudioState();
  state.open(about(how), []);
  return state;
}

test.describe("the studio’s state", () => {
  test("codes stay when a run of the same noise takes the place of another", () => {
    const state = opened();
    const before = state.codes.map((one) => [...one]);
    expect(before).toHaveLength(COUNT);
    state.setCoordinate(1, 2.5);
    state.open(about({ seed: 9 }), []);
    expect(state.codes[0][1]).toBe(2.5);
    expect([...state.codes[1]]).toEqual(before[1]);
    state.open(about({ noise: 4 }), []);
    expect(state.codes[0]).toHaveLength(4);
    state.open(about({ noise: 4, distribution: "uniform" }), []);
    expect(Math.max(...state.codes.flatMap((one) => [...one.map(Math.abs)]))).toBeLessThan(1.7321);
    expect(state.spherical).toBe(false);
  });

  test("a slider moves the chosen one, or all", () => {
    const state = opened();
    state.choose(3);
    state.setCoordinate(0, 1.25);
    expect(state.codes.filter((one) => one[0] === 1.25)).toHaveLength(1);
    state.moveAll = true;
    state.setCoordinate(0, -1);
    expect(state.codes.every((one) => one[0] === -1)).toBe(true);
  });

  test("locked dimensions stay through random and reset", () => {
    const state = opened();
    state.locks[2] = true;
    const before = state.codes.map((one) => [...one]);
    state.randomise();
    state.codes.forEach((one, i) => {
      expect(one[2]).toBe(before[i][2]);
      expect(one[0]).not.toBe(before[i][0]);
    });
    state.moveAll = true;
    state.reset();
    state.codes.forEach((one, i) => expect([...one]).toEqual([0, 0, before[i][2]]));
  });

  test("directions keep their sliders, turned back if they have turned round", () => {
    const state = opened();
    state.takeDirections("sefa", code(1, 0, 0, 0, 1, 0), code(0.6, 0.3));
    const [first] = state.directions.sefa;
    state.setAlpha(first, 2);
    near(state.place(0).code, [state.codes[0][0] + 2, state.codes[0][1], state.codes[0][2]]);
    state.takeDirections("sefa", code(-0.8, 0.6, 0, 0.6, 0.8, 0), code(0.5, 0.4));
    near(state.directions.sefa[0].vector, [0.8, -0.6, 0]);
    near(state.directions.sefa[1].vector, [0.6, 0.8, 0]);
    expect(state.directions.sefa[0].alphas[0]).toBe(2);
    expect(state.directions.sefa[0].share).toBeCloseTo(0.5);
  });

  test("a named direction takes over what the sample is moved by, and goes into the file", () => {
    const state = opened();
    state.takeDirections("pca", code(0, 0, 1), code(1));
    state.setAlpha(state.directions.pca[0], -1.5);
    const before = [...state.place(0).code];
    state.keep(state.directions.pca[0], "bold");
    near(state.place(0).code, before);
    expect(state.directions.pca[0].alphas[0]).toBe(0);
    expect(state.namedForFile).toEqual([{ name: "bold", vector: [0, 0, 1] }]);
    // It comes back with the model, but not twice.
    state.open(about({ seed: 8 }), state.namedForFile);
    expect(state.named.map(({ name }) => name)).toEqual(["bold"]);
    const other = opened();
    other.open(about({ seed: 8 }), [...state.namedForFile, { name: "of other noise", vector: [1] }]);
    expect(other.named.map(({ name }) => name)).toEqual(["bold"]);
    other.forget(other.named[0]);
    expect(other.named).toEqual([]);
  });

  test("what is taken is what is then shown, whatever had moved it", () => {
    const state = opened({ classes: 4 });
    state.takeDirections("sefa", code(1, 0, 0), code(1));
    state.setAlpha(state.directions.sefa[0], 3);
    state.setPsi(0.5);
    const other = [...state.place(1).code];
    state.take({ code: code(1, 2, 3), classes: code(0.5, 0.5, 0, 0) });
    near(state.place(0).code, [1, 2, 3]);
    near(state.place(0).classes, [0.5, 0.5, 0, 0]);
    expect(state.psi).toBe(1);
    near(state.place(1).code, other);
  });

  test("a preview is shown until something is set", () => {
    const state = opened();
    state.preview = place(1, 1, 1);
    expect(state.shown).toBe(state.preview);
    expect(state.places()[0]).toBe(state.preview);
    state.setCoordinate(0, 0);
    expect(state.preview).toBeNull();
  });

  test("classes are dealt out, picked and mixed", () => {
    const state = opened({ classes: 3 });
    near(state.shares(4), [0, 1, 0]);
    state.pickClass(2);
    near(state.shares(0), [0, 0, 1]);
    state.setWeight(0, 1);
    near(state.shares(0), [0.5, 0, 0.5]);
    expect(state.corners.map((corner) => corner !== null)).toEqual([true, true, false, false]);
  });
});

/** Workers that do nothing by themselves. */
function fakeWorkers() {
  /** @type {{sent: any[], say(event: any): void, fail(message: string): void, dead: boolean}[]} */
  const workers = [];
  const make = () => {
    /** @type {Record<string, (event: any) => void>} */
    const on = {};
    const worker = {
      sent: /** @type {any[]} */ ([]), dead: false,
      say: (/** @type {any} */ data) => on.message({ data }),
      fail: (/** @type {string} */ message) => on.error({ message }),
      addEventListener(/** @type {string} */ type, /** @type {(event: any) => void} */ listener) { on[type] = listener; },
      postMessage(/** @type {any} */ command) { worker.sent.push(command); },
      terminate() { worker.dead = true; },
    };
    workers.push(worker);
    return /** @type {Worker} */ (/** @type {unknown} */ (worker));
  };
  return { workers, make };
}

function session() {
  const { workers, make } = fakeWorkers();
  /** @type {any[]} */
  const events = [];
  /** @type {(string | null)[]} */
  const deaths = [];
  const made = createStudioSession({ receive: (event) => events.push(event), died: (detail) => deaths.push(detail), make });
  made.start();
  const draws = () => workers[workers.length - 1].sent.filter(({ type }) => type === "draw");
  /** Answers the last drawing with its codes as rows. */
  const answer = () => {
    const worker = workers[workers.length - 1];
    const last = draws()[draws().length - 1];
    worker.say({ type: "drawn", id: last.id, rows: last.codes, pixels: new Uint8Array(), probabilities: new Float32Array() });
  };
  const ready = (run = 1) => {
    made.model(run, new Uint8Array(1));
    workers[workers.length - 1].say({ type: "opened", run, about: about() });
  };
  return { made, workers, events, deaths, draws, answer, ready };
}

test.describe("the way to the studio’s worker", () => {
  test("one drawing at a time, and the newest wish instead of all that wait", async () => {
    const { made, draws, answer, ready } = session();
    ready();
    const wishes = [1, 2, 3, 4].map((value) => made.draw("samples", [place(value)]));
    expect(draws()).toHaveLength(1);
    answer();
    expect(draws()).toHaveLength(2);
    answer();
    const got = await Promise.all(wishes);
    expect(got.map((drawing) => drawing && drawing.rows[0])).toEqual([1, null, null, 4]);
    expect(draws()).toHaveLength(2);
  });

  test("what is under the hand comes before what lies behind", () => {
    const { made, draws, answer, ready } = session();
    ready();
    void made.draw("ground", [place(1)]);
    void made.draw("strip", [place(2)]);
    void made.draw("seen", [place(3)], true);
    void made.draw("samples", [place(4)]);
    for (let i = 0; i < 3; i += 1) answer();
    expect(draws().map(({ codes: [first] }) => first)).toEqual([1, 4, 3, 2]);
    expect(draws().map(({ seen }) => seen)).toEqual([false, false, true, false]);
  });

  test("many are drawn in lots, which others may come between, and come as one", async () => {
    const { made, draws, answer, ready } = session();
    ready();
    const grid = made.draw("ground", Array.from({ length: 441 }, (_, i) => place(i)));
    void made.draw("samples", [place(-1)]);
    // A newer wish does not break off what has begun.
    const newer = made.draw("ground", [place(7)]);
    for (let i = 0; i < 4; i += 1) answer();
    expect(draws().map(({ codes: all }) => all.length)).toEqual([256, 1, 185, 1]);
    expect([...(await grid)?.rows ?? []]).toEqual(Array.from({ length: 441 }, (_, i) => i));
    expect((await newer)?.rows[0]).toBe(7);
  });

  test("one model at a time, and the newest, with a rest between; that of another run at once", async () => {
    const { made, workers: [worker] } = session();
    const sent = () => worker.sent.map(({ bytes }) => bytes[0]);
    for (let i = 1; i <= 4; i += 1) made.model(1, Uint8Array.of(i));
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    worker.say({ type: "opened", run: 1, about: about() });
    made.model(1, Uint8Array.of(5));
    expect(sent()).toEqual([1]);
    await expect.poll(sent).toEqual([1, 5]);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    worker.say({ type: "opened", run: 1, about: about() });
    made.model(2, Uint8Array.of(6));
    expect(sent()).toEqual([1, 5, 6]);
  });

  test("nothing is drawn of another run than the one that is open", async () => {
    const { made, workers: [worker], draws, ready } = session();
    const early = made.draw("samples", [place(1)]);
    expect(draws()).toHaveLength(0);
    ready();
    expect(await early).toBeNull();
    made.model(2, new Uint8Array(1));
    const late = made.draw("samples", [place(2)]);
    expect(draws()).toHaveLength(0);
    worker.say({ type: "opened", run: 2, about: about() });
    expect(await late).toBeNull();
    void made.draw("samples", [place(3)]);
    expect(draws().map(({ codes: [first] }) => first)).toEqual([3]);
  });

  test("what could not be drawn is not waited for", async () => {
    const { made, workers: [worker], draws, ready, events } = session();
    ready();
    const refused = made.draw("samples", [place(1)]);
    void made.draw("strip", [place(2)]);
    worker.say({ type: "studio-failed", during: "draw", detail: "no", dead: false });
    expect(await refused).toBeNull();
    expect(draws()).toHaveLength(2);
    expect(events[events.length - 1]).toMatchObject({ during: "draw", detail: "no" });
  });

  test("a worker that dies is replaced with all that it had; one that dies at once is not", async () => {
    const now = performance.now;
    let time = 0;
    performance.now = () => time;
    try {
      const { made, workers, deaths, draws, ready } = session();
      ready();
      made.send({ type: "eye", address: "there" });
      const lost = made.draw("samples", [place(1)]);
      time = 60_000;
      workers[0].say({ type: "studio-failed", during: "draw", detail: "trap", dead: true });
      expect(await lost).toBeNull();
      expect(workers).toHaveLength(2);
      expect(workers[0].dead).toBe(true);
      expect(workers[1].sent.map(({ type }) => type)).toEqual(["model", "eye"]);
      // What was under way in it is lost, and whoever waits is told so.
      expect(deaths).toEqual([null]);
      time += 100;
      workers[1].fail("");
      expect(workers).toHaveLength(2);
      expect(deaths).toEqual([null, "the script did not load"]);
      made.restart();
      expect(deaths).toEqual([null, "the script did not load", null]);
      workers[2].say({ type: "opened", run: 1, about: about() });
      void made.draw("samples", [place(2)]);
      expect(draws()).toHaveLength(1);
    } finally {
      performance.now = now;
    }
  });
});

test.describe("a glide", () => {
  /** @param {Glide<number>} glide */
  const all = (glide) => {
    const shown = [];
    for (let next = glide.next(); next; next = glide.next()) shown.push({ at: next.place.code[0], news: next.news });
    return shown;
  };

  test("makes few steps into a motion without jumps, and tells of each where it is reached", () => {
    const glide = new Glide(place(0));
    [6, 12].forEach((at, i) => glide.push(place(at), i));
    const shown = all(glide);
    expect(shown).toHaveLength(12);
    expect(shown.filter(({ news }) => news !== null)).toEqual([{ at: 6, news: 0 }, { at: 12, news: 1 }]);
    shown.reduce((last, { at }) => { expect(at - last).toBeGreaterThan(0); expect(at - last).toBeLessThan(2); return at; }, 0);
    expect(glide.next()).toBeNull();
  });

  test("shows the steps alone to who asked for less motion", () => {
    const glide = new Glide(place(0), true);
    [6, 12].forEach((at, i) => glide.push(place(at), i));
    expect(all(glide)).toEqual([{ at: 6, news: 0 }, { at: 12, news: 1 }]);
  });

  test("does not fall behind many, and never leaves out the last", () => {
    const glide = new Glide(place(0));
    for (let i = 1; i <= 100; i += 1) glide.push(place(i), i);
    const shown = all(glide);
    expect(shown.length).toBeLessThan(40);
    expect(shown[0]).toEqual({ at: 1, news: 1 });
    expect(shown[shown.length - 1]).toEqual({ at: 100, news: 100 });
  });
});

test.describe("the player", () => {
  test("a film has every place, drawn before it is taken, and ends when something is set", async () => {
    /** @type {string[]} */
    const log = [];
    let tries = 0;
    const studio = {
      asked: 0,
      async preview(/** @type {import("../../www/studio/walk.js").Place} */ { code: [at] }) {
        log.push(`draw ${at}`);
        tries += 1;
        return tries !== 2;
      },
    };
    const player = createPlayer(studio, () => log.push("changed"));
    const all = [0, 1, 2].map((i) => place(i));
    expect(await player.once(all, async (i, n) => { log.push(`frame ${i} of ${n}`); })).toBe(true);
    expect(log).toEqual(["changed", "draw 0", "frame 0 of 3", "draw 1", "draw 1", "frame 1 of 3", "draw 2", "frame 2 of 3", "changed"]);
    expect(await player.once(all, async () => { studio.asked += 1; })).toBe(false);
    expect(player.playing).toBeNull();
  });
});

test.describe("words", () => {
  test("numbers keep their form", () => {
    expect(signed(-0.001)).toBe("0.00");
    expect(signed(-1.5)).toBe("−1.50");
    expect(percent(0.9962)).toBe("99.6\u00a0%");
    expect(percent(0.9998)).toBe("100\u00a0%");
    expect(percent(NaN)).toBe("–");
  });

  test("how steering went is a sentence", () => {
    const steering = { wish: { attribute: 0, wanted: 1, hold: [] }, step: 1, probabilities: new Float32Array(), changes: new Float32Array() };
    expect(steeringText({ ...steering, state: "reached" }, "7", 0.93)).toBe("Reached in 1 step: the classifier is 93.0\u00a0% sure of “7”.");
    expect(steeringText({ ...steering, state: "stuck", step: 200 }, "7", 0.2)).toContain("Gave up after 200 steps");
  });

  test("accuracies and problems are told", () => {
    expect(accuracies([{ name: "hair-colour", classes: [], accuracy: 0.5 }, { name: "hat", classes: [], accuracy: null }]))
      .toBe("hair colour 50.0\u00a0%, hat not known");
    expect(problemText({ during: "model", detail: "it has no G." })).toBe("This G could not be opened (it has no G). The one before it stays.");
  });
});
