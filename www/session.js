// The page's end of the workers: passes commands and events on, starts a worker, replaces it when the device changes, after it
// died, or when it does not answer. A run whose GPU is lost goes on on the CPU, from how it stood a while ago. One worker trains. Where the experiment leaves the device to the page that is one on the
// CPU at first, and a second may come, the rival: it gets the GPU ready and takes the run over if it is faster. It is a
// worker of its own because that is what keeps a run going while kernels are compiled, and when the GPU or its module dies.
// This must not know what an experiment means beyond the device it asks for; `trial.js` knows what is worth trying.
import { probeAdapter } from "./device-choice.js";
import { AT_ONCE, Trial, kindOfWork } from "./trial.js";

/**
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("./protocol.js").DeviceName} DeviceName
 * @typedef {import("./protocol.js").Event} Event
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {import("./protocol.js").MoveCommand} MoveCommand
 * @typedef {import("./protocol.js").MoveEvent} MoveEvent
 * @typedef {import("./protocol.js").Shown} Shown
 * @typedef {import("./protocol.js").Standing} Standing
 * @typedef {Extract<Command, {type: "build"}>} Build
 *
 * A worker, and the device that it is of all its life.
 * @typedef {{device: DeviceName, send: (command: Command | MoveCommand) => void, close: () => void}} Seat
 *
 * What of `navigator` is looked at.
 * @typedef {{gpu?: GPU, connection?: {saveData?: boolean}}} Browser
 */

/** A worker that trains and has said nothing for this long is in a step that may take minutes: a new run does not wait
 * for it. */
const PATIENCE = 2000;
/** Who looks through the presets does not want a GPU got ready for each: it is looked for once a run has stood this long. */
const SETTLED = 500;
/** A rival that has not got ready by then never will: that is minutes more than a driver's compiler needs. */
const RIVAL_PATIENCE = 180_000;
/** Meanwhile nothing is trained. */
const ENTER_PATIENCE = 10_000;

/** @param {(event: Event) => void} receive @param {Browser} browser @returns {(command: Command) => void} */
export function createSession(receive, browser = navigator) {
  /** The worker that trains. @type {Seat | null} */
  let main = null;
  /** Always on the GPU. @type {Seat | null} */
  let rival = null;
  /** Whether the rival stands, and waits for what comes. */
  let rivalIdle = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rivalTimer;
  /** @type {Trial | null} */
  let trial = null;
  /** Commands that wait while the run is between two workers. @type {Command[] | null} */
  let waiting = null;
  /** How the run stood on the GPU a while ago. @type {Standing | null} */
  let keepsake = null;
  /** What it is built by. @type {Build | null} */
  let built = null;
  /** Whether the worker is to go on with what was kept, and has not begun. */
  let inheriting = false;
  /** What the visitor asked for last, which a worker that is about to die may never come to. */
  const asked = { plays: false, until: /** @type {number | null} */ (null), change: /** @type {Command | null} */ (null), save: /** @type {Command | null} */ (null) };
  /** What the trials of this page found, by kind of work. @type {Map<string, DeviceChoice>} */
  const found = new Map();
  /** @type {Shown} */
  const shown = { stepsPerSecond: null, transport: false, studio: false, hold: null };

  let run = 0;
  /** Whether the worker owes an answer to a build: something that it fetches may never come. */
  let building = false;
  let playing = false;
  let heard = 0;
  /** The kind of work of the run, where the device is left to the page. */
  let kind = "";

  function stopMain() {
    main?.close();
    main = null;
    building = false;
    playing = false;
  }

  function stopRival() {
    clearTimeout(rivalTimer);
    rival?.close();
    rival = null;
    rivalIdle = false;
  }

  /** @param {DeviceName} device */
  function start(device) {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    /** @type {Seat} */
    const seat = { device, send: (command) => worker.postMessage(command), close: () => worker.terminate() };
    /** @param {Event | MoveEvent} event */
    const hear = (event) => {
      // What a replaced worker still had to say is of no use.
      if (seat === main) fromMain(event);
      else if (seat === rival) fromRival(event);
    };
    worker.addEventListener("message", ({ data }) => hear(data));
    // The worker tells of its own errors; what arrives here is a script that did not load or could not be read.
    worker.addEventListener("error", (event) => {
      const detail = event.message || "the worker's script did not load";
      hear({ type: "failed", run, failure: { code: "worker", detail, dead: true } });
    });
    return seat;
  }

  /** @param {Event | MoveEvent} event */
  function fromMain(event) {
    heard = performance.now();
    switch (event.type) {
      case "warm":
      case "timed":
        break;
      case "entered":
        if (event.run !== run) break;
        [building, inheriting] = [false, false];
        release();
        break;
      case "kept":
        if (event.run === run) keepsake = event.standing;
        break;
      case "left":
        if (waiting && event.run === run && rival) {
          keepsake = event.standing;
          expectRival(ENTER_PATIENCE, "it did not take the run over in time");
          rival.send({ type: "enter", standing: event.standing, shown });
        }
        break;
      case "failed":
        mainFailed(event.failure, event.run);
        break;
      default:
        if (event.type === "playing") asked.plays = playing = event.playing;
        if (event.type === "saved") asked.save = null;
        if (event.type === "built" && event.run === run) building = false;
        receive(event);
        if (event.type === "report" && event.run === run) trial?.reported(event.stepping);
    }
  }

  /** @param {Failure} failure @param {number} of  the run */
  function mainFailed(failure, of) {
    const { plays } = asked;
    if (of === run) [building, asked.plays] = [false, false];
    if (inheriting && of === run) {
      notInherited(failure);
      return;
    }
    if (!failure.dead) {
      if (of === run && failure.code === "experiment") asked.change = null;
      // What went wrong with the nets themselves is in what was kept as well, or soon would be.
      else if (of === run) keepsake = null;
      receive({ type: "failed", run: of, failure });
      // A refused change leaves the run as it was, and does not keep it from leaving; nothing else is left of one.
      if (waiting && of === run && failure.code !== "experiment") {
        stay();
        stopRival();
      }
      return;
    }
    if (goesBack(failure.detail, plays)) return;
    // The GPU had its chance with this kind.
    if (main?.device === "webgpu" && kind) found.set(kind, { used: "cpu", reason: "gpu-failed", adapter: "", detail: failure.detail });
    stopMain();
    stopRival();
    trial?.stop();
    waiting = null;
    // A new run that it had not begun yet died with it.
    receive({ type: "failed", run, failure });
  }

  /** Goes on on the CPU with a run that was lost on the GPU, if it was handed out. @param {string} detail
   * @param {boolean} plays  whether the visitor wants it to */
  function goesBack(detail, plays) {
    if (main?.device !== "webgpu" || !built || !keepsake) return false;
    const device = /** @type {const} */ ({ used: "cpu", reason: "gpu-lost", adapter: "", detail });
    if (kind) found.set(kind, device);
    const standing = { ...keepsake, playing: plays, until: asked.until, stepsPerSecond: 0 };
    const late = [asked.change, ...(waiting ?? []), asked.save].filter((command) => command !== null);
    stopMain();
    stopRival();
    trial?.stop();
    keepsake = null;
    waiting = late;
    [building, inheriting] = [true, true];
    main = start("cpu");
    // Later settings follow as a change: they may be refused, and what was kept is known to be good.
    const { experiment, step } = standing;
    main.send({ type: "inherit", run, experiment, assets: built.assets, own: built.own, standing, shown });
    receive({ type: "went-back", run, step, device });
    return true;
  }

  /** @param {Failure} failure  for which the run could not be gone on with */
  function notInherited(failure) {
    inheriting = false;
    waiting = null;
    stopMain();
    // Whatever else is wrong with what was kept, to the visitor the run is lost with its GPU.
    const told = ["data", "module", "own-missing"].includes(failure.code) ? failure.code : "device-lost";
    receive({ type: "failed", run, failure: { ...failure, code: told, dead: true } });
  }

  /** @param {Event | MoveEvent} event */
  function fromRival(event) {
    if (event.type === "failed" && (event.failure.dead || event.run === run)) rivalFailed(event.failure);
    if (event.run !== run) return;
    if (event.type === "warm") main?.send({ type: "hush", on: true });
    if (event.type === "timed") {
      main?.send({ type: "hush", on: false });
      clearTimeout(rivalTimer);
      rivalIdle = true;
      trial?.timed(event.cost);
    }
    if (event.type === "entered" && waiting) {
      clearTimeout(rivalTimer);
      main?.close();
      [main, rival, rivalIdle] = [rival, null, false];
      trial?.moved();
      release();
    }
  }

  /** @param {Pick<Failure, "code" | "detail">} failure */
  function rivalFailed({ code, detail }) {
    stopRival();
    stay();
    trial?.failed(detail);
    // What did not arrive says nothing of the GPU: the next run may find it there.
    if (code === "module" || code === "data" || code === "own-missing") found.delete(kind);
  }

  /** @param {number} patience @param {string} detail */
  function expectRival(patience, detail) {
    rivalTimer = setTimeout(() => rivalFailed({ code: "worker", detail }), patience);
  }

  /** The run does not move after all, and goes on where it is. */
  function stay() {
    if (!waiting) return;
    main?.send({ type: "stay" });
    release();
  }

  function release() {
    const late = waiting ?? [];
    waiting = null;
    late.forEach((command) => main?.send(command));
  }

  /** @param {Build} command */
  function beginTrial({ experiment, assets, own }) {
    const wanted = run;
    trial = new Trial(experiment, found.get(kind), {
      async probe() {
        await new Promise((resolve) => { setTimeout(resolve, SETTLED); });
        if (browser.connection?.saveData) return "save-data";
        return probeAdapter(browser.gpu);
      },
      start() {
        rival ??= start("webgpu");
        rivalIdle = false;
        expectRival(RIVAL_PATIENCE, "it did not get ready in time");
        rival.send({ type: "rival", run: wanted, experiment, assets, own });
      },
      move() {
        waiting = [];
        main?.send({ type: "leave" });
      },
      end: stopRival,
      tell(device) {
        // Whether to save data may be another matter at the next run.
        if (device.reason !== "at-once" && device.reason !== "trying" && device.reason !== "save-data") found.set(kind, device);
        receive({ type: "device", run: wanted, device });
      },
    });
  }

  /** @param {Build} command */
  function build(command) {
    const { experiment } = command;
    const silent = playing && performance.now() - heard > PATIENCE;
    trial?.stop();
    trial = null;
    clearTimeout(rivalTimer);
    // A rival that has been sent the run would go on with it.
    if (waiting) stopRival();
    waiting = null;
    if (building || silent) stopMain();
    run = command.run;

    const automatic = experiment.device === "auto";
    kind = automatic ? kindOfWork(experiment) : "";
    const known = found.get(kind);
    // Where the GPU is known to be faster it is taken at once if it is at hand, and moved to otherwise.
    const ready = known?.used === "webgpu" && (main?.device === "webgpu" || rivalIdle);
    const tries = automatic && !ready && known?.used !== "cpu";
    main = workerFor(experiment.device === "auto" ? (ready ? "webgpu" : "cpu") : experiment.device, tries);
    if (!tries) stopRival();

    building = true;
    playing = false;
    [built, keepsake, inheriting] = [command, null, false];
    Object.assign(asked, { plays: false, until: null, change: null, save: null });
    main.send(automatic ? { ...command, choice: tries ? AT_ONCE : known } : command);
    if (tries) beginTrial(command);
  }

  /** Gives the workers back. */
  function end() {
    trial?.stop();
    trial = null;
    waiting = null;
    [built, keepsake, inheriting] = [null, null, false];
    stopMain();
    stopRival();
  }

  /** The worker for a run on that device. @param {DeviceName} device
   * @param {boolean} keep  whether what is on the GPU, with its kernels compiled, is wanted as a rival */
  function workerFor(device, keep) {
    if (main?.device === device) return main;
    if (main && keep) {
      [rival, rivalIdle] = [main, true];
      rival.send({ type: "rest" });
      return start(device);
    }
    main?.close();
    if (device !== "webgpu" || !rival || !rivalIdle) return start(device);
    const warm = rival;
    [rival, rivalIdle] = [null, false];
    return warm;
  }

  return (command) => {
    if (command.type === "speed") shown.stepsPerSecond = command.stepsPerSecond;
    if (command.type === "transport") shown.transport = command.shown;
    if (command.type === "studio") shown.studio = command.on;
    if (command.type === "hold") shown.hold = command.step;
    if (command.type === "play" || command.type === "pause" || command.type === "step" || command.type === "dissect") asked.plays = command.type === "play";
    if (command.type === "play") asked.until = command.until;
    if (command.type === "change") asked.change = command;
    if (command.type === "save") asked.save = command;
    if (command.type === "build") build(command);
    else if (command.type === "end") end();
    else if (waiting) waiting.push(command);
    else main?.send(command);
  };
}
