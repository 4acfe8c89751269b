// The worker: owns the wasm module and the time it gets. It is the only file that talks to the module, and it must
// never call it while a report is under way, which is why commands wait in a queue and one loop does all in turn.
import { breathe } from "./breathe.js";
import { forcedDevice } from "./device-choice.js";
import { watchGpuDevice } from "./gpu-watch.js";
import { Allowance, GpuTurn, MEASURES, PaidClock, RateMeter, ReportClock, SNAPSHOTS, STANDINGS, TURN } from "./pacing.js";
import { packerFor } from "./shipped.js";
import { timeQueued } from "./step-cost.js";

/**
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").Event} Event
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {import("./protocol.js").DeviceName} DeviceName
 * @typedef {import("./protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").MoveCommand} MoveCommand
 * @typedef {import("./protocol.js").MoveEvent} MoveEvent
 * @typedef {import("./protocol.js").Standing} Standing
 * @typedef {import("./protocol.js").Playground} Playground
 * @typedef {import("./protocol.js").PlaygroundModule} PlaygroundModule
 * @typedef {import("./protocol.js").Report} Report
 * @typedef {import("./protocol.js").Measures} Measures
 *
 * What others may look at: the crate leaves a panic's text here, tests reach for the device and the module.
 * @typedef {object} Shared
 * @property {string} [lastPanic]
 * @property {GPUDevice} [gpuDevice]
 * @property {PlaygroundModule} [wasmModule]
 */

const scope = /** @type {{postMessage(event: Event | MoveEvent, transfer?: Transferable[]): void} & Shared} */ (
  /** @type {unknown} */ (self)
);

/** Where the crate says that a visitor's own data lie. */
const OWN = "own/";

/** Milliseconds that training stands still for a rival, at most. */
const HUSH = 500;

/** Milliseconds without a command after which a paused run is measured. */
const IDLE = 120;

let run = 0;
/** @type {Playground | null} */
let playground = null;
/** What the run was built by, with all live changes since. @type {Experiment | null} */
let experiment = null;
/** A worker has one in its life: the session starts another for the other. @type {DeviceName} */
let device = "cpu";
/** What the visitor's own choice came to. @type {DeviceChoice | null} */
let forced = null;
let playing = false;
/** The step at which playing pauses by itself. @type {number | null} */
let until = null;
/** The step that playing does not go beyond, for another run is to keep up. @type {number | null} */
let hold = null;
/** The step that the page was last told of. */
let told = 0;
/** Where training stands still for a rival. @type {{until: number, stepsPerSecond: number} | null} */
let hushed = null;
/** Whether a run that has left for another worker is to play if it stays after all. */
let playsIfItStays = false;
/** Whether the run has changed since it was last measured. */
let unmeasured = false;
let transportShown = false;
/** Whether the studio is open, and wants to be told of G. */
let studioOn = false;
/** Once dead nothing more is called or said: the page replaces this worker. */
let dead = false;

const allowance = new Allowance();
const meter = new RateMeter();
/** On the CPU, since the last report. */
let stepping = { steps: 0, time: 0 };
let reportClock = new ReportClock();
let gpuTurn = new GpuTurn();
let measureClock = new PaidClock(MEASURES);
let snapshotClock = new PaidClock(SNAPSHOTS);
let standingClock = new PaidClock(STANDINGS);

// --- Commands in ---------------------------------------------------------------------------------------------

/** @type {(Command | MoveCommand)[]} */
const inbox = [];
let wake = () => {};

self.addEventListener("message", ({ data }) => {
  inbox.push(data);
  wake();
});

/** @param {number} [atMost] milliseconds @returns {Promise<void>} when a command is there, or the time is up */
function commandOr(atMost) {
  return new Promise((resolve) => {
    const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** @param {Command | MoveCommand} command */
async function apply(command) {
  switch (command.type) {
    case "build":
      await build(command);
      break;
    case "speed":
      allowance.set(command.stepsPerSecond, performance.now());
      break;
    case "hold":
      hold = command.step;
      break;
    case "change":
      try {
        playground?.change(command.experiment);
        experiment = command.experiment;
      } catch (cause) {
        // The run is as it was, but paused.
        fail(failureOf(cause));
      }
      // Some settings are of what is shown, and what is shown is where the run stands.
      if (playground && !playing && !dead) {
        await report(0);
        await snapshot();
        unmeasured = true;
      }
      break;
    case "transport":
      if (command.shown === transportShown) break;
      transportShown = command.shown;
      playground?.showTransport(transportShown);
      // A run that stands still would go on showing the picture from before.
      if (playground && !playing) await report(0);
      break;
    case "nearest": {
      const nearest = playground?.nearest(command.pixels);
      if (nearest) post({ type: "nearest", run, fake: command.fake, nearest });
      break;
    }
    case "mean":
      if (playground) post({ type: "mean", run, mean: playground.mean() });
      break;
    case "studio":
      if (command.on === studioOn) break;
      studioOn = command.on;
      if (studioOn) await snapshot();
      break;
    case "save": {
      if (!playground) break;
      const bytes = await playground.save(command.directions);
      post({ type: "saved", run, step: playground.steps(), bytes }, [bytes.buffer]);
      break;
    }
    case "play":
      if (playground) {
        until = command.until !== null && command.until > playground.steps() ? command.until : null;
        setPlaying(true);
      }
      break;
    case "pause":
      await pause();
      break;
    case "step":
      if (!playground) break;
      setPlaying(false);
      playground.step();
      unmeasured = true;
      await report(0);
      await snapshot();
      if (standingClock.due(performance.now())) await handOut();
      break;
    case "dissect": {
      if (!playground) break;
      setPlaying(false);
      const anatomy = await playground.dissect();
      unmeasured = true;
      post({ type: "anatomy", run, anatomy });
      await report(0);
      await snapshot();
      if (standingClock.due(performance.now())) await handOut();
      break;
    }
    case "deal":
      if (playground) post({ type: "dealt", run, deal: await playground.deal(command.count) });
      break;
    case "rival":
      await compete(command);
      break;
    case "rest":
      rest();
      break;
    case "hush":
      hush(command.on);
      break;
    case "leave":
      await leave();
      break;
    case "stay":
      playing = playsIfItStays;
      allowance.start(performance.now());
      break;
    case "enter":
      await enter(command);
      break;
    case "inherit":
      await inherit(command);
      break;
  }
}

async function pause() {
  if (!playground) return;
  setPlaying(false);
  // Steps since the last report are done: what is shown is where the run really stands.
  await report(0);
  await snapshot();
  await handOut();
}

/** @param {boolean} wanted */
function setPlaying(wanted) {
  playing = wanted;
  hushed = null;
  allowance.start(performance.now());
  meter.start(performance.now());
  post({ type: "playing", run, playing });
}

// --- A new run -----------------------------------------------------------------------------------------------

/** @type {Promise<PlaygroundModule> | null} */
let loading = null;
/** Data files by address, kept once a run was built from them. @type {Map<string, Uint8Array>} */
const files = new Map();
let distrustCache = false;

/** @param {Extract<Command, {type: "build"}>} command */
async function build(command) {
  rest();
  run = command.run;
  post({ type: "loading", run, what: "module" });
  const wanted = command.experiment.device;
  const choice = command.choice ?? forced ?? await forcedDevice(wanted === "auto" ? "cpu" : wanted, navigator.gpu);
  if ("code" in choice) {
    fail(choice);
    return;
  }
  if (!command.choice) forced = choice;
  const made = await make(command, choice.used, (what) => post({ type: "loading", run, what }));
  playground = made;
  fresh();
  made.showTransport(transportShown);
  post({ type: "built", run, device: choice, parameters: made.parameters(), data: made.about() });
  await report(0);
  await snapshot();
  unmeasured = true;
}

/** Nothing of a run is left but the module. */
function rest() {
  playing = false;
  hushed = null;
  unmeasured = false;
  playground?.free();
  playground = null;
}

/** What is known of how long things take is of the run before. */
function fresh() {
  reportClock = new ReportClock();
  gpuTurn = new GpuTurn();
  measureClock = new PaidClock(MEASURES);
  snapshotClock = new PaidClock(SNAPSHOTS);
  standingClock = new PaidClock(STANDINGS);
  stepping = { steps: 0, time: 0 };
}

/**
 * @param {Pick<Extract<Command, {type: "build"}>, "experiment" | "assets" | "own" | "model">} command
 * @param {DeviceName} on
 * @param {(what: "data" | "device") => void} say  what is awaited
 */
async function make(command, on, say) {
  device = on;
  experiment = command.experiment;
  loading ??= load(on);
  const module = await loading;

  say("data");
  const paths = module.dataFiles(experiment);
  const addresses = paths.filter((path) => !path.startsWith(OWN)).map((path) => new URL(path, command.assets).href);
  const fetched = addresses.length < paths.length ? [ownFile(command.own)] : addresses.map(fetchFile);
  const [packer, ...contents] = await Promise.all([packerFor(paths), ...fetched]);

  const model = typeof command.model === "string"
    ? await fetchFile(new URL(command.model, command.assets).href)
    : command.model ?? undefined;

  try {
    const data = packer ? packer.packShipped(experiment, contents) : contents;
    say("device");
    const made = await module.Playground.create(experiment, on, data, model);
    addresses.forEach((address, i) => files.set(address, contents[i]));
    return made;
  } catch (cause) {
    // Bytes that did not make a data set may have come from the browser's cache: ask the server the next time.
    distrustCache = true;
    const { code, detail } = /** @type {{code?: string, detail?: string}} */ (cause ?? {});
    if (code === "data" && command.own) throw { code: "own-data", detail, dead: false };
    throw cause;
  }
}

/** @param {DeviceName} name @returns {Promise<PlaygroundModule>} */
async function load(name) {
  if (name === "webgpu") {
    watchGpuDevice({
      given: (given) => { scope.gpuDevice = given; },
      refused: (detail) => fail({ code: "adapter-refused", detail, dead: true }),
      lost: (detail) => fail({ code: "device-lost", detail, dead: true }),
      error: (detail) => fail({ code: "worker", detail, dead: true }),
    });
  }
  try {
    // Two literal imports, so that the bundler makes two files and a visitor fetches one.
    const loaded = name === "webgpu"
      ? await import("./pkg/webgpu/gan_playground.js")
      : await import("./pkg/cpu/gan_playground.js");
    const module = /** @type {PlaygroundModule} */ (/** @type {unknown} */ (loaded));
    await module.default();
    scope.wasmModule = module;
    return module;
  } catch (cause) {
    throw { code: "module", detail: String(cause), dead: true };
  }
}

/** What the visitor brought stays where the page keeps it: it may be too large to be held twice. @param {Blob | null} own */
async function ownFile(own) {
  if (!own) throw { code: "own-missing", detail: "this browser keeps no data of that name", dead: false };
  try {
    return new Uint8Array(await own.arrayBuffer());
  } catch (cause) {
    throw { code: "own-missing", detail: String(cause), dead: false };
  }
}

/** @param {string} address @returns {Promise<Uint8Array>} */
async function fetchFile(address) {
  const kept = files.get(address);
  if (kept) return kept;
  const name = new URL(address).pathname;
  try {
    const response = await fetch(address, { cache: distrustCache ? "reload" : "default" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw { code: "data", detail: `${name}: ${cause}`, dead: false };
  }
}

// --- A run that moves ----------------------------------------------------------------------------------------

/** Builds what another worker trains, which warms all that the GPU needs for it, and says how fast it is here.
 * @param {Extract<MoveCommand, {type: "rival"}>} command */
async function compete(command) {
  rest();
  run = command.run;
  playground = await make({ ...command, model: null }, "webgpu", () => {});
  fresh();
  const outdated = () => inbox.some(({ type }) => type === "rival" || type === "rest" || type === "build");
  const cost = await timeQueued(playground, () => performance.now(), outdated, () => post({ type: "warm", run }));
  if (cost !== null) post({ type: "timed", run, cost });
}

/** Stands still while the rival is timed, or goes on, and then as if nothing had been. @param {boolean} on */
function hush(on) {
  const now = performance.now();
  if (on) {
    hushed = { until: now + HUSH, stepsPerSecond: meter.rate() };
  } else if (hushed) {
    meter.resume(now, hushed.stepsPerSecond);
    allowance.start(now);
    hushed = null;
  }
}

/** Hands the run out as it is, and stands still with it until the session says more. */
async function leave() {
  if (!playground || !experiment) return;
  // The losses of steps that were not reported yet do not travel.
  await report(playing ? meter.rate() : 0);
  const standing = await standingOf(playground, experiment);
  post({ type: "left", run, standing }, [standing.state.buffer]);
  playsIfItStays = playing;
  playing = false;
}

/** Hands out a copy of a run that is on a GPU, in case that is lost. */
async function handOut() {
  if (!playground || !experiment || device !== "webgpu") return;
  const start = performance.now();
  const standing = await standingOf(playground, experiment);
  standingClock.paid(start, performance.now());
  post({ type: "kept", run, standing }, [standing.state.buffer]);
}

/** @param {Playground} of @param {Experiment} as @returns {Promise<import("./protocol.js").Standing>} */
async function standingOf(of, as) {
  const step = of.steps();
  return { step, state: await of.state(), experiment: as, playing, until, unmeasured, stepsPerSecond: meter.rate() };
}

/** Goes on with a run whose worker and device are gone. @param {Extract<MoveCommand, {type: "inherit"}>} command */
async function inherit(command) {
  rest();
  run = command.run;
  playground = await make({ ...command, model: null }, "cpu", () => {});
  await enter(command);
  // The page may have heard more of it than was kept, and does not know what became of its last commands.
  post({ type: "playing", run, playing });
  if (!playing) {
    await report(0);
    await snapshot();
  }
}

/** Goes on with a run that trained elsewhere. @param {Pick<Extract<MoveCommand, {type: "enter"}>, "standing" | "shown">} how */
async function enter({ standing, shown }) {
  if (!playground) return;
  playground.change(standing.experiment);
  playground.restore(standing.state);
  experiment = standing.experiment;
  transportShown = shown.transport;
  studioOn = shown.studio;
  hold = shown.hold;
  playground.showTransport(transportShown);
  // What it shows is on the screen already, unless the run was lost. That it can be read says that the device is there and
  // the numbers are sound.
  await playground.report();
  const now = performance.now();
  fresh();
  allowance.set(shown.stepsPerSecond, now);
  meter.resume(now, standing.stepsPerSecond);
  ({ playing, until, unmeasured } = standing);
  post({ type: "entered", run });
}

// --- Training ------------------------------------------------------------------------------------------------

/** Some steps, and a report and measures when they are due. */
async function turn() {
  if (!playground) return;
  const start = performance.now();
  if (hushed) {
    if (start < hushed.until) await commandOr(hushed.until - start);
    else hush(false);
    return;
  }
  const held = hold === null ? Infinity : hold - playground.steps();
  if (held < 1) {
    // Whoever waits for this run must hear how far it is.
    if (told !== playground.steps()) await report(meter.rate());
    else await commandOr();
    return;
  }
  const left = until === null ? Infinity : until - playground.steps();
  const allowed = Math.min(allowance.available(start), left, held);
  if (allowed < 1) {
    await commandOr(allowance.wait());
    return;
  }
  let done = 0;
  const onGpu = device === "webgpu";
  if (!onGpu) {
    do {
      playground.step();
      done += 1;
    } while (done < allowed && performance.now() - start < TURN);
    stepping.steps += done;
    stepping.time += performance.now() - start;
  } else {
    for (; done < Math.min(allowed, gpuTurn.steps); done += 1) playground.step();
  }
  allowance.spend(done);
  if (onGpu) {
    await report(meter.rate());
    gpuTurn.turned(done, performance.now() - start);
    if (gpuTurn.wantsReportCost) gpuTurn.reported(await report(meter.rate()));
  } else if (reportClock.due(performance.now())) {
    await report(meter.rate());
  }
  unmeasured = true;
  meter.add(performance.now(), done);
  if (done === left) {
    await pause();
    return;
  }
  if (measureClock.due(performance.now())) await measure();
  if (studioOn && snapshotClock.due(performance.now())) await snapshot();
  if (onGpu && standingClock.due(performance.now())) await handOut();
}

/** @param {number} stepsPerSecond @returns {Promise<number>} milliseconds that it took */
async function report(stepsPerSecond) {
  if (!playground) return 0;
  const start = performance.now();
  const result = await playground.report();
  const end = performance.now();
  reportClock.reported(start, end);
  told = result.step;
  post({ type: "report", run, report: result, stepsPerSecond, stepping }, buffersOf(result));
  stepping = { steps: 0, time: 0 };
  return end - start;
}

/** Tells the studio, where it is open, of G as it is now. */
async function snapshot() {
  if (!playground || !studioOn) return;
  const start = performance.now();
  const bytes = await playground.snapshot();
  snapshotClock.paid(start, performance.now());
  post({ type: "snapshot", run, step: playground.steps(), bytes }, [bytes.buffer]);
}

/** While paused, for figures of now. Whoever clicks step after step is not kept waiting. */
async function measureWhenIdle() {
  await commandOr(IDLE);
  if (inbox.length === 0) await measure();
}

async function measure() {
  unmeasured = false;
  if (!playground) return;
  const start = performance.now();
  const measures = await playground.measure();
  measureClock.paid(start, performance.now());
  post({ type: "measures", run, measures });
}

/** @param {Report} report @returns {Transferable[]} */
function buffersOf({ lossesD, lossesG, picture }) {
  /** @type {(Float32Array | Uint8Array)[]} */
  const arrays = [lossesD, lossesG, picture.real, picture.fake];
  if (picture.kind === "points") arrays.push(picture.surface);
  if (picture.kind === "images") arrays.push(picture.realScores, picture.fakeScores);
  const way = picture.kind === "points" && picture.transport ? [picture.transport.realOf.buffer] : [];
  return [...arrays.map((array) => array.buffer), ...way];
}

// --- Events out ----------------------------------------------------------------------------------------------

/** @param {Event | MoveEvent} event @param {Transferable[]} [transfer] */
function post(event, transfer = []) {
  if (!dead) scope.postMessage(event, transfer);
}

/** @param {Failure} failure */
function fail(failure) {
  playing = false;
  playsIfItStays = false;
  unmeasured = false;
  post({ type: "failed", run, failure });
  dead ||= failure.dead;
}

/** Whatever was thrown, as a failure. A trap of the module is a panic if the crate left a text.
 * @param {unknown} cause @returns {Failure} */
function failureOf(cause) {
  if (scope.lastPanic) return { code: "panic", detail: scope.lastPanic, dead: true };
  if (typeof cause === "object" && cause !== null && "code" in cause && "detail" in cause) {
    const known = /** @type {Failure} */ (cause);
    return { ...known, dead: known.dead ?? known.code === "device-lost" };
  }
  return { code: "worker", detail: String(cause), dead: true };
}

// A trap inside one of the module's promises surfaces here alone, for the promise itself never settles.
self.addEventListener("error", (event) => {
  event.preventDefault();
  fail(failureOf(event.error ?? event.message));
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(failureOf(event.reason));
});

async function live() {
  while (!dead) {
    try {
      const command = inbox.shift();
      if (command) await apply(command);
      else if (playing) await turn();
      // Paused, and nothing else is wanted: the figures become those of now.
      else if (unmeasured) await measureWhenIdle();
      else await commandOr();
    } catch (cause) {
      fail(failureOf(cause));
    }
    await breathe();
  }
}

live();
