// Which device a run goes to when nobody said: the figures, the trial, and the session that moves a run from one worker to
// another. Without a browser: workers, GPUs and clocks are stood in for.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { knownPreset, withField } from "../../www/fields.js";
import { createSession } from "../../www/session.js";
import { StepCost, timeQueued } from "../../www/step-cost.js";
import { whyDevice } from "../../www/texts.js";
import { Trial, kindOfWork, verdict } from "../../www/trial.js";

/** @typedef {import("../../www/protocol.js").DeviceChoice} DeviceChoice */

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const [ring, digits] = ["healthy", "digits"].map((name) => knownPreset(catalogue, name));
/** @param {string} path @param {import("../../www/fields.js").FieldValue} value */
const digitsWith = (path, value) => withField(catalogue, digits, path, value);

const CARD = { ok: /** @type {const} */ (true), name: "acme rocket", software: false };

/** Long enough for promises that are settled already. */
const settle = () => new Promise((resolve) => { setTimeout(resolve); });

test.describe("what a step costs", () => {
  test("on the CPU: nothing of slow first steps, and one hiccup is not believed", () => {
    const cost = new StepCost();
    for (const time of [400, 300]) cost.add({ steps: 1, time });
    cost.add({ steps: 0, time: 0 });
    for (const time of [100, 900, 100]) {
      expect(cost.value()).toBeNull();
      cost.add({ steps: 50, time });
    }
    expect(cost.value()).toBeCloseTo(2, 10);
  });

  /** A GPU whose first rounds compile; what it takes shows at the readback. @param {number} step @param {number} readback */
  function gpu(step, readback) {
    let [now, steps, rounds, queued, measured] = [0, 0, 0, 0, 0];
    return {
      now: () => now,
      steps: () => steps,
      measured: () => measured,
      run: /** @type {any} */ ({
        step: () => { queued += 1; steps += 1; },
        report: async () => {
          rounds += 1;
          now += readback + queued * step + (rounds < 3 ? 2000 / rounds : 0);
          queued = 0;
        },
        measure: async () => { measured += 1; },
      }),
    };
  }

  for (const step of [0.4, 6, 900]) {
    test(`on the GPU: ${step} ms are found behind readbacks of 15, and compiling is not counted`, async () => {
      const { run, now, steps, measured } = gpu(step, 15);
      let warmed = 0;
      expect(await timeQueued(run, now, () => false, () => { warmed = now(); })).toBeCloseTo(step, 5);
      expect(warmed).toBeGreaterThan(3000);
      expect(measured()).toBe(1);
      expect(steps()).toBeLessThan(150);
      expect(now()).toBeLessThan(2000 + 1000 + 3 * 15 + 8 * step + 2000 + 500);
    });
  }

  test("on the GPU: it stops when asked to", async () => {
    const { run, now, steps } = gpu(5, 15);
    expect(await timeQueued(run, now, () => true, () => {})).toBeNull();
    expect(steps()).toBe(1);
  });
});

test.describe("kinds of work", () => {
  test("what makes no difference to a step's cost is of one kind", () => {
    for (const same of [{ ...digits, seed: 99 }, digitsWith("training.g_learning_rate", 0.01), digitsWith("optimiser.beta1", 0.1)]) {
      expect(kindOfWork(same)).toBe(kindOfWork(digits));
    }
  });
  test("other nets, batches, data and penalties are of another", () => {
    for (const other of [ring, digitsWith("generator.channels", 8), digitsWith("training.batch", 8), digitsWith("lipschitz.r1", 1),
      digitsWith("conditional", true), digitsWith("training.d_updates", 3)]) {
      expect(kindOfWork(other)).not.toBe(kindOfWork(digits));
    }
  });
});

test("the GPU takes over where it is clearly faster, and the badge says by how much", () => {
  const faster = verdict(6.5, 2.1, "acme rocket");
  expect(faster).toMatchObject({ used: "webgpu", adapter: "acme rocket" });
  expect(whyDevice(faster)).toBe("3.1 times as fast as the CPU (2.1 against 6.5 ms a step)");
  expect(whyDevice(verdict(6.5, 15.6, ""))).toBe("2.4 times as fast as the GPU (6.5 against 16 ms a step)");
  expect(verdict(6.5, 6, "").used).toBe("cpu");
  expect(whyDevice(verdict(6.5, 6, ""))).toBe("about as fast as the GPU (6.5 against 6.0 ms a step)");
  expect(whyDevice({ used: "cpu", reason: "small-net", adapter: "", times: { cpu: 0.9 } }))
    .toBe("0.9 ms a step: too small for a graphics card");
});

test.describe("a trial", () => {
  /** @param {import("../../www/protocol.js").Experiment} experiment @param {{probe?: any, known?: DeviceChoice}} [how] */
  function trialOf(experiment, { probe = CARD, known } = {}) {
    /** @type {string[]} */
    const done = [];
    /** @type {DeviceChoice[]} */
    const told = [];
    const trial = new Trial(experiment, known, {
      probe: async () => { done.push("probe"); return probe; },
      start: () => done.push("start"),
      move: () => done.push("move"),
      end: () => done.push("end"),
      tell: (choice) => told.push(choice),
    });
    /** The run on the CPU goes on at so many milliseconds a step. @param {number} cost */
    const play = (cost) => {
      for (let i = 0; i < 30; i += 1) trial.reported({ steps: 100 / cost, time: 100 });
    };
    const stand = () => trial.reported({ steps: 0, time: 0 });
    return { trial, done, told, play, stand, last: () => told.at(-1) };
  }

  test("of pictures: the GPU gets ready while the run is paused, and is judged once it has played", async () => {
    const { trial, done, told, play, stand, last } = trialOf(digits);
    stand();
    await settle();
    expect(done).toEqual(["probe", "start"]);
    expect(last()).toMatchObject({ used: "cpu", reason: "trying" });
    play(30);
    expect(done).toHaveLength(2);
    trial.timed(5);
    stand();
    expect(done).toHaveLength(2);
    play(20);
    expect(done).toEqual(["probe", "start", "move"]);
    expect(told).toHaveLength(1);
    trial.moved();
    expect(last()).toEqual({ used: "webgpu", reason: "measured", adapter: "acme rocket", times: { cpu: 20, webgpu: 5 } });
  });

  test("of pictures that the CPU is faster at: the rival goes", async () => {
    const { trial, done, play, stand, last } = trialOf(digits);
    stand();
    await settle();
    trial.timed(40);
    play(20);
    expect(done).toEqual(["probe", "start", "end"]);
    expect(last()).toMatchObject({ used: "cpu", reason: "measured", times: { cpu: 20, webgpu: 40 } });
  });

  test("of points: nothing is looked for until they are seen to be slow", async () => {
    const quick = trialOf(ring);
    quick.stand();
    quick.play(1);
    await settle();
    expect(quick.done).toEqual(["end"]);
    expect(quick.last()).toMatchObject({ used: "cpu", reason: "small-net", times: { cpu: 1 } });
    const slow = trialOf(ring);
    slow.stand();
    slow.play(20);
    await settle();
    expect(slow.done).toEqual(["probe", "start"]);
  });

  test("of a kind that the GPU has won before: it moves as soon as the GPU is ready", async () => {
    const known = verdict(20, 5, "acme rocket");
    const { trial, done, stand, last } = trialOf(ring, { known });
    stand();
    await settle();
    trial.timed(7);
    expect(done).toEqual(["probe", "start", "move"]);
    trial.moved();
    expect(last()).toEqual(known);
  });

  const REASONS = /** @type {const} */ ([
    ["save-data", "save-data"],
    [{ ok: false, code: "no-webgpu", detail: "" }, "no-webgpu"],
    [{ ok: false, code: "adapter-refused", detail: "" }, "no-adapter"],
    [{ ok: false, code: "no-timestamp-query", detail: "" }, "no-timestamp-query"],
    [{ ...CARD, software: true }, "software-adapter"],
  ]);
  for (const [probe, reason] of REASONS) {
    test(`without a GPU to try it stays on the CPU and says why: ${reason}`, async () => {
      const { done, stand, last } = trialOf(digits, { probe });
      stand();
      await settle();
      expect(done).toEqual(["probe", "end"]);
      expect(last()).toMatchObject({ used: "cpu", reason });
    });
  }

  test("that fails says so, whenever it does", async () => {
    const { trial, done, play, stand, last } = trialOf(digits);
    stand();
    await settle();
    trial.timed(5);
    play(20);
    trial.failed("lost");
    expect(done.at(-1)).toBe("end");
    expect(last()).toMatchObject({ used: "cpu", reason: "gpu-failed", detail: "lost" });
    trial.moved();
    expect(last()).toMatchObject({ reason: "gpu-failed" });
  });

  test("that is stopped does nothing any more", async () => {
    const { trial, done, told, play, stand } = trialOf(digits);
    stand();
    trial.stop();
    await settle();
    trial.timed(1);
    play(50);
    expect(done).toEqual(["probe"]);
    expect(told).toEqual([]);
  });
});

test.describe("the session", () => {
  /** @typedef {{sent: any[], types: () => string[], say: (event: any) => void, alive: boolean}} Stub */
  /** @type {Stub[]} */
  let workers = [];

  /** @param {any} [browser] */
  function sessionIn(browser = { gpu: { requestAdapter: async () => ({ info: { vendor: "acme" }, features: new Set(["timestamp-query"]) }) } }) {
    workers = [];
    globalThis.Worker = /** @type {any} */ (class {
      constructor() {
        /** @type {any[]} */
        const sent = [];
        /** @type {Record<string, (event: any) => void>} */
        const listeners = {};
        /** @type {Stub} */
        const stub = {
          sent,
          types: () => sent.splice(0).map(({ type }) => type),
          say: (data) => listeners.message({ data }),
          alive: true,
        };
        workers.push(stub);
        this.addEventListener = (/** @type {string} */ name, /** @type {any} */ listener) => { listeners[name] = listener; };
        this.postMessage = (/** @type {any} */ command) => sent.push(structuredClone(command));
        this.terminate = () => { stub.alive = false; };
      }
    });
    /** @type {any[]} */
    const received = [];
    const send = createSession((event) => received.push(event), browser);
    /** @param {number} run @param {Partial<typeof digits>} [change] */
    const build = (run, change = {}) =>
      send({ type: "build", run, experiment: { ...digits, ...change }, assets: "http://localhost/", own: null, model: null });
    return { send, build, received, device: () => received.findLast(({ type }) => type === "device" || type === "built")?.device };
  }

  /** @param {Stub} worker @param {number} run @param {number} cost  milliseconds a step */
  function play(worker, run, cost) {
    for (let i = 0; i < 20; i += 1) worker.say({ type: "report", run, report: {}, stepsPerSecond: 1, stepping: { steps: 100 / cost, time: 100 } });
  }

  /** The run stands, and the GPU is looked for. @param {Stub} worker @param {number} run */
  async function built(worker, run) {
    worker.say({ type: "built", run, device: worker.sent.findLast(({ type }) => type === "build").choice });
    worker.say({ type: "report", run, report: {}, stepsPerSecond: 0, stepping: { steps: 0, time: 0 } });
    await new Promise((resolve) => { setTimeout(resolve, 550); });
  }

  const STANDING = { step: 60, state: new Uint8Array(3), experiment: digits, playing: true, until: null, unmeasured: true, stepsPerSecond: 40 };

  /** As far as the run's worker having been asked to leave. */
  async function leaving() {
    const session = sessionIn();
    session.build(1);
    const [cpu] = workers;
    session.send({ type: "speed", stepsPerSecond: 20 });
    await built(cpu, 1);
    const [, gpu] = workers;
    cpu.types();
    gpu.say({ type: "warm", run: 1 });
    expect(cpu.sent).toEqual([{ type: "hush", on: true }]);
    gpu.say({ type: "timed", run: 1, cost: 5 });
    expect(cpu.sent[1]).toEqual({ type: "hush", on: false });
    cpu.types();
    play(cpu, 1, 50);
    expect(cpu.types()).toEqual(["leave"]);
    gpu.types();
    return { ...session, cpu, gpu };
  }

  /** On the GPU. */
  async function moved() {
    const session = await leaving();
    session.cpu.say({ type: "left", run: 1, standing: STANDING });
    session.gpu.say({ type: "entered", run: 1 });
    session.gpu.types();
    return session;
  }

  test("moves a run, and holds commands back meanwhile", async () => {
    const { cpu, gpu, send, received, device } = await leaving();
    send({ type: "pause" });
    cpu.say({ type: "left", run: 1, standing: STANDING });
    expect(gpu.sent).toEqual([{ type: "enter", standing: STANDING, shown: { stepsPerSecond: 20, transport: false, studio: false, hold: null } }]);
    expect(cpu.alive).toBe(true);
    gpu.say({ type: "entered", run: 1 });
    expect(gpu.types()).toEqual(["enter", "pause"]);
    expect(cpu.alive).toBe(false);
    expect(device()).toMatchObject({ used: "webgpu", reason: "measured", times: { cpu: 50, webgpu: 5 } });
    gpu.say({ type: "playing", run: 1, playing: false });
    expect(received.at(-1)).toEqual({ type: "playing", run: 1, playing: false });
  });

  test("a GPU that fails in the middle of a move: the run goes on where it was", async () => {
    const { cpu, gpu, send, received, device } = await leaving();
    cpu.say({ type: "left", run: 1, standing: STANDING });
    send({ type: "step" });
    gpu.say({ type: "failed", run: 1, failure: { code: "device-lost", detail: "gone", dead: true } });
    expect(gpu.alive).toBe(false);
    expect(cpu.types()).toEqual(["stay", "step"]);
    expect(device()).toMatchObject({ used: "cpu", reason: "gpu-failed", detail: "gone" });
    expect(received.some(({ type }) => type === "failed")).toBe(false);
    // It is not tried again for the like.
    cpu.sent.length = 0;
    const count = workers.length;
    send({ type: "build", run: 2, experiment: digits, assets: "", own: null, model: null });
    await built(cpu, 2);
    expect(workers).toHaveLength(count);
    expect(device()).toMatchObject({ reason: "gpu-failed" });
  });

  test("code that did not arrive for the GPU is fetched again for the next run", async () => {
    const { build } = sessionIn();
    build(1);
    await built(workers[0], 1);
    workers[1].say({ type: "failed", run: 1, failure: { code: "module", detail: "offline", dead: true } });
    build(2);
    await built(workers[0], 2);
    expect(workers).toHaveLength(3);
  });

  test("a new run ends a move, and the GPU does not go on with the old one", async () => {
    const { cpu, gpu, build, received } = await leaving();
    build(2);
    expect(gpu.alive).toBe(false);
    cpu.say({ type: "left", run: 1, standing: STANDING });
    gpu.say({ type: "entered", run: 1 });
    expect(cpu.types()).toEqual(["build"]);
    expect(received.filter(({ type, device }) => type === "device" && device.used === "webgpu")).toEqual([]);
  });

  test("a run that diverges as it leaves stays, and is told", async () => {
    const { cpu, gpu, received } = await leaving();
    cpu.say({ type: "failed", run: 1, failure: { code: "not-finite", detail: "", dead: false } });
    expect(gpu.alive).toBe(false);
    expect(received.at(-1)).toMatchObject({ type: "failed" });
  });

  test("the next run of the kind begins on the GPU, another on the CPU, with the same rival", async () => {
    const { gpu, build, device } = await moved();
    build(2, { seed: 5 });
    expect(workers).toHaveLength(2);
    expect(gpu.sent.at(-1)).toMatchObject({ type: "build", run: 2, choice: { used: "webgpu", reason: "measured" } });
    await built(gpu, 2);
    gpu.types();
    build(3, { conditional: true });
    expect(gpu.types()).toEqual(["rest"]);
    const other = workers[2];
    expect(other.sent[0]).toMatchObject({ type: "build", run: 3, choice: { used: "cpu", reason: "at-once" } });
    await built(other, 3);
    expect(workers).toHaveLength(3);
    expect(gpu.types()).toEqual(["rival"]);
    gpu.say({ type: "timed", run: 3, cost: 100 });
    play(other, 3, 50);
    expect(gpu.alive).toBe(false);
    expect(device()).toMatchObject({ used: "cpu", reason: "measured" });
    // What is known now needs no trial.
    build(4, { conditional: true, seed: 8 });
    await built(other, 4);
    expect(workers).toHaveLength(3);
    expect(device()).toMatchObject({ used: "cpu", reason: "measured" });
  });

  const LOST = { type: "failed", run: 1, failure: { code: "device-lost", detail: "gone", dead: true } };

  test("a GPU lost after the move: the run goes back to the CPU as it was handed out last, and the next one stays there", async () => {
    const { gpu, send, build, received } = await moved();
    gpu.say({ type: "playing", run: 1, playing: true });
    gpu.say({ type: "kept", run: 1, standing: { ...STANDING, step: 70, playing: false } });
    const changed = { ...digits, seed: 9 };
    send({ type: "change", experiment: changed });
    gpu.say(LOST);
    expect(gpu.alive).toBe(false);
    const heir = workers[workers.length - 1];
    // As it was then, and then with what the visitor has done since.
    expect(heir.sent[0]).toMatchObject({ type: "inherit", run: 1, experiment: digits, standing: { ...STANDING, step: 70, playing: true, stepsPerSecond: 0 } });
    expect(received.at(-1)).toMatchObject({ type: "went-back", run: 1, step: 70, device: { used: "cpu", reason: "gpu-lost", detail: "gone" } });
    send({ type: "pause" });
    expect(heir.types()).toEqual(["inherit"]);
    heir.say({ type: "entered", run: 1 });
    expect(heir.sent.splice(0)).toEqual([{ type: "change", experiment: changed }, { type: "pause" }]);
    build(2);
    expect(heir.sent[0]).toMatchObject({ type: "build", choice: { used: "cpu", reason: "gpu-lost" } });
  });

  test("a GPU lost just after the move: the run goes on from there", async () => {
    const { gpu, received } = await moved();
    gpu.say(LOST);
    expect(workers[workers.length - 1].sent[0]).toMatchObject({ type: "inherit", standing: { step: STANDING.step } });
    expect(received.at(-1)).toMatchObject({ type: "went-back" });
  });

  test("what a lost GPU never came to is done after it: a pause, a file; and a change that was refused is not made again", async () => {
    const { gpu, send } = await moved();
    gpu.say({ type: "playing", run: 1, playing: true });
    send({ type: "change", experiment: { ...digits, seed: 9 } });
    gpu.say({ type: "failed", run: 1, failure: { code: "experiment", detail: "", dead: false } });
    send({ type: "play", until: null });
    send({ type: "pause" });
    send({ type: "save", directions: [] });
    gpu.say(LOST);
    const heir = workers[workers.length - 1];
    expect(heir.sent[0]).toMatchObject({ type: "inherit", standing: { playing: false } });
    heir.types();
    heir.say({ type: "entered", run: 1 });
    expect(heir.types()).toEqual(["save"]);
  });

  test("a run that diverged is not gone back to when its GPU is lost", async () => {
    const { gpu, received } = await moved();
    gpu.say({ type: "failed", run: 1, failure: { code: "not-finite", detail: "", dead: false } });
    gpu.say(LOST);
    expect(received.at(-1)).toMatchObject(LOST);
  });

  test("what cannot be gone on with is told, and the next run is begun by a worker of its own", async () => {
    const { gpu, send, build, received } = await moved();
    gpu.say(LOST);
    const heir = workers[workers.length - 1];
    send({ type: "pause" });
    heir.say({ type: "failed", run: 1, failure: { code: "state", detail: "other nets", dead: false } });
    expect(heir.alive).toBe(false);
    expect(received.at(-1)).toMatchObject({ type: "failed", failure: { code: "device-lost", detail: "other nets" } });
    build(2);
    expect(workers[workers.length - 1].types()).toEqual(["build"]);
  });

  test("a new run does not wait for one that is being gone back to", async () => {
    const { gpu, build } = await moved();
    gpu.say(LOST);
    const heir = workers[workers.length - 1];
    build(2);
    expect(heir.alive).toBe(false);
    expect(workers[workers.length - 1].types()).toEqual(["build"]);
  });

  test("a GPU lost before a run on it was handed out is told", async () => {
    const { send, received } = sessionIn();
    send({ type: "build", run: 1, experiment: { ...digits, device: "webgpu" }, assets: "", own: null, model: null });
    workers[0].say({ type: "built", run: 1 });
    workers[0].say(LOST);
    expect(received.at(-1)).toMatchObject(LOST);
    expect(workers).toHaveLength(1);
  });

  test("nothing is fetched for a browser that saves data, nor tried for a device that was chosen", async () => {
    const saving = sessionIn({ connection: { saveData: true } });
    saving.build(1);
    await built(workers[0], 1);
    expect(saving.device()).toMatchObject({ used: "cpu", reason: "save-data" });
    expect(workers).toHaveLength(1);
    const { build } = sessionIn();
    build(1, { device: "cpu" });
    await built(workers[0], 1);
    expect(workers).toHaveLength(1);
    expect(workers[0].sent[0].choice).toBeUndefined();
    build(2, { device: "webgpu" });
    expect(workers).toHaveLength(2);
    expect(workers[0].alive).toBe(false);
  });
});
