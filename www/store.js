// The page's one state, and the only way to change it. Panels call its actions, which become commands; the worker's
// events come in by `receive`; the address bar's hash follows the settings. It must not touch the DOM.
import { History } from "./charts/history.js";
import { findField, withField } from "./fields.js";
import { parseHash, writeHash } from "./hash.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").Event} Event
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {import("./protocol.js").Report} Report
 * @typedef {import("./fields.js").Catalogue} Catalogue
 * @typedef {import("./fields.js").DataKind} DataKind
 * @typedef {import("./fields.js").FieldValue} FieldValue
 * @typedef {import("./hash.js").Speed} Speed
 * @typedef {import("./hash.js").LinkProblem} LinkProblem
 *
 * Something a person must be told.
 * @typedef {{id: number, kind: "failure", failure: Failure}
 *   | {id: number, kind: "link", problems: LinkProblem[]}
 *   | {id: number, kind: "copy", link: string, detail: string}} Alert
 *
 * @typedef {object} State
 * @property {Experiment} experiment
 * @property {Speed} speed
 * @property {"loading" | "ready" | "playing" | "failed"} status
 * @property {"module" | "data" | "device"} loading  what is awaited while loading
 * @property {import("./protocol.js").DeviceChoice | null} device
 * @property {{generator: number, discriminator: number} | null} parameters
 * @property {number} stepsPerSecond
 * @property {Report | null} report  the last one
 * @property {{d: number, g: number} | null} losses  of the last step
 * @property {History} lossHistory  step, D's loss, G's loss
 * @property {History} accuracyHistory  step, accuracy on real, accuracy on fake
 * @property {Alert[]} alerts
 */

/**
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {(command: Command) => void} options.send
 * @param {string} options.datasets  the address that data files lie below
 */
export function createStore({ catalogue, send, datasets }) {
  let run = 0;
  let alertId = 0;
  /** What the person asked for last, which a run that is still loading does not show yet. */
  let wantsPlay = false;
  /** @type {((state: State) => void)[]} */
  const listeners = [];
  const { experiment, speed, problems } = parseHash(location.hash, catalogue);
  /** @type {State} */
  const state = {
    experiment,
    speed,
    status: "loading",
    loading: "module",
    device: null,
    parameters: null,
    stepsPerSecond: 0,
    report: null,
    losses: null,
    lossHistory: new History(3),
    accuracyHistory: new History(3),
    alerts: [],
  };

  const notify = () => listeners.forEach((listener) => listener(state));

  /** @param {Alert extends infer A ? A extends Alert ? Omit<A, "id"> : never : never} alert */
  function tell(alert) {
    alertId += 1;
    state.alerts = [...state.alerts, /** @type {Alert} */ ({ id: alertId, ...alert })];
  }

  function followHash() {
    history.replaceState(null, "", writeHash(state.experiment, state.speed, catalogue));
  }

  /** Starts the run over with the settings as they are. @param {"paused" | "playing" | "one-step"} then */
  function build(then = "paused") {
    run += 1;
    wantsPlay = then === "playing";
    Object.assign(state, { status: "loading", loading: "module", stepsPerSecond: 0, losses: null });
    // The last picture stays until the new run's first one takes its place, unless it shows other data.
    const points = state.report?.picture.kind === "points";
    if (points !== (state.experiment.data.kind === "ring")) state.report = null;
    state.lossHistory.clear();
    state.accuracyHistory.clear();
    state.alerts = state.alerts.filter(({ kind }) => kind === "link");
    send({ type: "build", run, experiment: state.experiment, datasets });
    send({ type: "speed", stepsPerSecond: state.speed });
    if (then === "playing") send({ type: "play" });
    if (then === "one-step") send({ type: "step" });
    followHash();
    notify();
  }

  /** @param {string} hash */
  function loadHash(hash) {
    const link = parseHash(hash, catalogue);
    state.experiment = link.experiment;
    state.speed = link.speed;
    state.alerts = [];
    if (link.problems.length > 0) tell({ kind: "link", problems: link.problems });
    build();
  }

  /** @param {Report} report */
  function take(report) {
    const first = report.step - report.lossesD.length + 1;
    report.lossesD.forEach((d, i) => state.lossHistory.push(first + i, d, report.lossesG[i]));
    if (report.lossesD.length > 0) {
      state.losses = { d: report.lossesD[report.lossesD.length - 1], g: report.lossesG[report.lossesG.length - 1] };
      if (Number.isFinite(report.accuracyReal) && Number.isFinite(report.accuracyFake)) {
        state.accuracyHistory.push(report.step, report.accuracyReal, report.accuracyFake);
      }
    }
    state.report = report;
  }

  if (problems.length > 0) tell({ kind: "link", problems });
  addEventListener("hashchange", () => loadHash(location.hash));

  return {
    /** @param {(state: State) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
      listener(state);
    },

    /** @param {Event} event */
    receive(event) {
      if (event.run !== run) return;
      switch (event.type) {
        case "loading":
          state.loading = event.what;
          break;
        case "built":
          state.device = event.device;
          state.parameters = event.parameters;
          break;
        case "report":
          take(event.report);
          state.stepsPerSecond = event.stepsPerSecond;
          if (state.status === "loading") state.status = "ready";
          break;
        case "playing":
          wantsPlay = event.playing;
          state.status = event.playing ? "playing" : "ready";
          if (!event.playing) state.stepsPerSecond = 0;
          break;
        case "failed": {
          const { failure } = event;
          tell({ kind: "failure", failure });
          // A refused change of a running experiment leaves it as it was, paused; all else ends the run.
          const goesOn = failure.code === "experiment" && state.status !== "loading";
          // Nothing of the run before stands for one that could not be built.
          if (state.status === "loading") Object.assign(state, { device: null, parameters: null, report: null });
          state.status = goesOn ? "ready" : "failed";
          state.stepsPerSecond = 0;
          wantsPlay = false;
          break;
        }
      }
      notify();
    },

    start: () => build(),

    togglePlay() {
      if (state.status === "failed") {
        build("playing");
        return;
      }
      // While loading the command waits in the worker, and takes effect once the new run stands.
      wantsPlay = !wantsPlay;
      send({ type: wantsPlay ? "play" : "pause" });
    },

    step() {
      wantsPlay = false;
      if (state.status === "failed") build("one-step");
      else send({ type: "step" });
    },

    reset: () => build(),

    /** @param {Speed} stepsPerSecond */
    setSpeed(stepsPerSecond) {
      state.speed = stepsPerSecond;
      followHash();
      send({ type: "speed", stepsPerSecond });
      notify();
    },

    /** @param {string} path @param {FieldValue} value  already checked against the field's range */
    setField(path, value) {
      state.experiment = withField(catalogue, state.experiment, path, value);
      if (findField(catalogue, path)?.rebuilds) {
        build(wantsPlay ? "playing" : "paused");
        return;
      }
      const { g_learning_rate: generator, d_learning_rate: discriminator } = state.experiment.training;
      followHash();
      send({ type: "rates", generator, discriminator });
      notify();
    },

    /** Every setting of this kind of data as it is at first. */
    useDefaults() {
      state.experiment = structuredClone(catalogue.presets[state.experiment.data.kind]);
      state.alerts = [];
      build();
    },

    /** Something of the page's own went wrong; the run, in its worker, goes on. @param {string} detail */
    pageFailed(detail) {
      tell({ kind: "failure", failure: { code: "page", detail, dead: false } });
      notify();
    },

    /** @param {string} link @param {string} detail  why it could not be copied */
    copyFailed(link, detail) {
      tell({ kind: "copy", link, detail });
      notify();
    },

    /** @param {number} id */
    dismiss(id) {
      state.alerts = state.alerts.filter((alert) => alert.id !== id);
      notify();
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
