// The page's one state, and the only way to change it. Panels call its actions, which become commands; the worker's
// events come in by `receive`; the address bar's hash follows the settings. It must not touch the DOM. A comparison makes a second
// one, which has no address bar.
import { History } from "./charts/history.js";
import { drawnAs, findField, formatValue, knownPreset, presetNamed, readField, sameNets, withField } from "./fields.js";
import { addressBar } from "./address-bar.js";
import { parseHash, tellsExperiment, writeHash } from "./hash.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").Event} Event
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {import("./protocol.js").Report} Report
 * @typedef {import("./protocol.js").Measures} Measures
 * @typedef {import("./fields.js").Catalogue} Catalogue
 * @typedef {import("./fields.js").FieldValue} FieldValue
 * @typedef {import("./hash.js").Speed} Speed
 * @typedef {import("./hash.js").LinkProblem} LinkProblem
 * @typedef {import("./hash.js").View} View
 *
 * Something a person must be told.
 * @typedef {{id: number, kind: "failure", failure: Failure}
 *   | {id: number, kind: "link", problems: LinkProblem[]}
 *   | {id: number, kind: "model", name: string, detail: string}
 *   | {id: number, kind: "language", language: import("./language.js").Language}
 *   | {id: number, kind: "copy", link: string, detail: string}} Alert
 *
 * A model that the visitor opened.
 * @typedef {{name: string, bytes: Uint8Array, about: import("./studio/protocol.js").ModelAbout}} Loaded
 *
 * @typedef {object} State
 * @property {number} run  counts the runs: another number is another run, even of the same experiment
 * @property {string} preset  the preset that the experiment was begun from
 * @property {Experiment} experiment
 * @property {Loaded | null} loaded  what the run was begun from in place of the preset
 * @property {boolean} trained  whether the run goes on from a model
 * @property {boolean} studioOpen
 * @property {{path: string, detail: string} | null} refusal  the field that the crate did not take, and why
 * @property {Speed} speed
 * @property {boolean} transport  whether the earth mover's way is shown
 * @property {View} view  what of the page is shown
 * @property {boolean} linked  whether the link that was opened told an experiment: a lesson's own is not to take its place
 * @property {number | null} goal  the step at which playing pauses by itself, if it is still ahead
 * @property {"loading" | "ready" | "playing" | "failed"} status
 * @property {"module" | "data" | "device"} loading  what is awaited while loading
 * @property {import("./protocol.js").DeviceChoice | null} device
 * @property {{generator: number, discriminator: number} | null} parameters
 * @property {number} stepsPerSecond
 * @property {Report | null} report  the last one
 * @property {Measures | null} measures  the last ones
 * @property {import("./protocol.js").AboutData | null} data  what the run is trained on
 * @property {Uint8Array | null} mean  of its pictures, once it was asked for
 * @property {{fake: number, nearest: import("./protocol.js").Nearest} | null} nearest  to a fake that was asked about
 * @property {import("./protocol.js").Anatomy | null} anatomy  of the last step that was taken apart
 * @property {import("./protocol.js").Deal | null} dealt  the last examples that were dealt
 * @property {string[]} columns  of the table that the visitor brought
 * @property {boolean} choosingOwn  whether the visitor is choosing data of their own
 * @property {{d: number, g: number} | null} losses  of the last step
 * @property {History} lossHistory  step, D's loss, G's loss
 * @property {History} accuracyHistory  step, accuracy on real, accuracy on fake
 * @property {History} qualityHistory  step, then of points captured modes and high quality as shares, of pictures the
 *   Frechet distance and its floor
 * @property {History} gradientHistory  step, norm of D's gradient, norm of G's
 * @property {History} saturationHistory  step, share
 * @property {Alert[]} alerts
 */

/**
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {(command: Command) => void} options.send
 * @param {string} options.assets  the address that data files lie below
 * @param {Pick<import("./own/library.js").Library, "find">} options.own  what the visitor brought
 * @param {import("./address-bar.js").Place} [options.link]  where the link stands
 */
export function createStore({ catalogue, send, assets, own, link: place = addressBar }) {
  let alertId = 0;
  /** What the run that stands is of: by the time that it ends, the state speaks of the next one.
   * @type {Pick<State, "preset" | "experiment" | "loaded"> | null} */
  let running = null;
  /** The step that playing does not go beyond. @type {number | null} */
  let held = null;
  /** What the person asked for last, which a run that is still loading does not show yet. */
  let wantsPlay = false;
  /** @type {((state: State) => void)[]} */
  const listeners = [];
  /** @type {((event: Extract<Event, {type: "snapshot" | "saved"}>) => void)[]} */
  const modelListeners = [];
  /** @type {((state: State) => void)[]} */
  const endListeners = [];
  const { problems, ...link } = parseHash(place.read(), catalogue);
  /** @type {State} */
  const state = {
    ...link,
    linked: tellsExperiment(place.read()),
    run: 0,
    loaded: null,
    trained: false,
    studioOpen: false,
    goal: null,
    refusal: null,
    status: "loading",
    loading: "module",
    device: null,
    parameters: null,
    data: null,
    mean: null,
    columns: [],
    choosingOwn: false,
    nearest: null,
    anatomy: null,
    dealt: null,
    stepsPerSecond: 0,
    report: null,
    measures: null,
    losses: null,
    lossHistory: new History(3),
    accuracyHistory: new History(3),
    qualityHistory: new History(3),
    gradientHistory: new History(3),
    saturationHistory: new History(2),
    alerts: [],
  };

  const notify = () => listeners.forEach((listener) => listener(state));

  /** @param {Alert extends infer A ? A extends Alert ? Omit<A, "id"> : never : never} alert */
  function tell(alert) {
    alertId += 1;
    state.alerts = [...state.alerts, /** @type {Alert} */ ({ id: alertId, ...alert })];
  }

  function followHash() {
    place.write(writeHash(state, catalogue));
  }

  const histories = () =>
    [state.lossHistory, state.accuracyHistory, state.qualityHistory, state.gradientHistory, state.saturationHistory];

  /** Whoever keeps what has been hears of the run before it is forgotten. */
  function finish() {
    const ended = running;
    if (ended) endListeners.forEach((listener) => listener({ ...state, ...ended }));
    running = null;
  }

  /** Starts the run over with the settings as they are. @param {"paused" | "playing" | "one-step"} then */
  function build(then = "paused") {
    finish();
    running = { preset: state.preset, experiment: state.experiment, loaded: state.loaded };
    state.run += 1;
    wantsPlay = then === "playing";
    Object.assign(state, { status: "loading", loading: "module", stepsPerSecond: 0, losses: null, measures: null, refusal: null, nearest: null, anatomy: null, dealt: null });
    // The last picture stays until the new run's first one takes its place, unless it shows other data.
    if (state.report?.picture.kind !== drawnAs(state.experiment)) state.report = null;
    histories().forEach((past) => past.clear());
    state.alerts = state.alerts.filter(({ kind }) => kind === "link");
    const { data } = state.experiment;
    if (!("id" in data)) sendBuild(then, null);
    else {
      const wanted = state.run;
      own.find(data.id).then((found) => {
        if (state.run !== wanted) return;
        state.columns = found?.about.columns ?? [];
        sendBuild(then, found?.blob ?? null);
      });
    }
    followHash();
    notify();
  }

  /** A kind of data's own preset, on the data that the visitor brought, if they did.
   * @param {import("./protocol.js").DataKind} kind */
  function startAgain(kind) {
    const experiment = knownPreset(catalogue, catalogue.starts[kind]);
    const { data } = state.experiment;
    if (data.kind !== kind || !("id" in data)) return experiment;
    return { ...experiment, data: data.kind === "own-pictures" ? { ...data, only: [] } : data };
  }

  /** What the run goes on from: a model of the preset's, or one that was opened, as long as the nets are still its.
   * @returns {string | Uint8Array | null} */
  function beginning() {
    const { experiment, loaded, preset } = state;
    if (loaded) return sameNets(loaded.about.experiment, experiment) ? loaded.bytes : null;
    const { model, experiment: base } = presetNamed(catalogue, preset);
    return model !== null && sameNets(base, experiment) ? model : null;
  }

  /** @param {"paused" | "playing" | "one-step"} then @param {Blob | null} blob  of data that the visitor brought */
  function sendBuild(then, blob) {
    const model = beginning();
    state.trained = model !== null;
    send({ type: "build", run: state.run, experiment: state.experiment, assets, own: blob, model });
    send({ type: "studio", on: state.studioOpen });
    send({ type: "speed", stepsPerSecond: state.speed });
    send({ type: "transport", shown: state.transport });
    if (held !== null) send({ type: "hold", step: held });
    if (then === "playing") send({ type: "play", until: state.goal });
    if (then === "one-step") send({ type: "step" });
  }

  /** Goes on with settings of which others than before are in force. @param {boolean} rebuilds  whether one of them is not live */
  function change(rebuilds) {
    if (rebuilds || state.status === "failed") {
      build(wantsPlay ? "playing" : "paused");
      return;
    }
    if (running) running.experiment = state.experiment;
    state.refusal = null;
    state.alerts = state.alerts.filter((alert) => !(alert.kind === "failure" && alert.failure.code === "experiment"));
    followHash();
    send({ type: "change", experiment: state.experiment });
    notify();
  }

  /** @param {boolean} wanted */
  function setPlaying(wanted) {
    if (wanted === wantsPlay) return;
    // While loading the command waits in the worker, and takes effect once the new run stands.
    wantsPlay = wanted;
    // Whoever plays is done with choosing, and wants to see.
    if (wantsPlay && state.choosingOwn) {
      state.choosingOwn = false;
      notify();
    }
    send(wantsPlay ? { type: "play", until: state.goal } : { type: "pause" });
  }

  /** @param {string} hash */
  function loadHash(hash) {
    const { problems: found, ...next } = parseHash(hash, catalogue);
    Object.assign(state, next, { alerts: [], loaded: null, linked: tellsExperiment(hash) });
    if (found.length > 0) tell({ kind: "link", problems: found });
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

  /** @param {Measures} measures */
  function takeMeasures(measures) {
    const { step, figure, pictures, gradientsD, gradientsG } = measures;
    if (figure) state.qualityHistory.push(step, figure.captured / figure.total, figure.highQuality);
    if (pictures) state.qualityHistory.push(step, pictures.frechet, pictures.frechetFloor);
    // A mean with an infinity in it would stay infinite.
    if (Number.isFinite(gradientsD.total) && Number.isFinite(gradientsG.total)) {
      state.gradientHistory.push(step, gradientsD.total, gradientsG.total);
    }
    state.saturationHistory.push(step, measures.saturation);
    state.measures = measures;
  }

  if (problems.length > 0) tell({ kind: "link", problems });
  place.onChange(loadHash);

  return {
    /** As it is now; only actions change it. */
    get state() { return state; },

    /** @param {(state: State) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
      listener(state);
    },

    /** Tells of G's snapshots while the studio is open, and of files that were asked for. They are too large to be state.
     * @param {(event: Extract<Event, {type: "snapshot" | "saved"}>) => void} listener */
    onModel(listener) {
      modelListeners.push(listener);
    },

    /** Tells of a run that ends, as it stood: another begins, or none. @param {(state: State) => void} listener */
    onRunEnd(listener) {
      endListeners.push(listener);
    },

    /** @param {Event} event */
    receive(event) {
      if (event.run !== state.run) return;
      switch (event.type) {
        case "snapshot":
        case "saved":
          modelListeners.forEach((listener) => listener(event));
          return;
        case "loading":
          state.loading = event.what;
          break;
        case "built":
          state.device = event.device;
          state.parameters = event.parameters;
          state.data = event.data;
          state.mean = null;
          break;
        case "device":
          state.device = event.device;
          break;
        case "went-back":
          state.device = event.device;
          state.stepsPerSecond = 0;
          histories().forEach((past) => past.rewind(event.step));
          tell({ kind: "failure", failure: { code: "gpu-gone", detail: event.device.detail ?? "", dead: false } });
          break;
        case "mean":
          state.mean = event.mean;
          break;
        case "nearest":
          state.nearest = { fake: event.fake, nearest: event.nearest };
          break;
        case "anatomy":
          state.anatomy = event.anatomy;
          break;
        case "dealt":
          state.dealt = event.deal;
          break;
        case "report":
          take(event.report);
          state.stepsPerSecond = event.stepsPerSecond;
          if (state.status === "loading") state.status = "ready";
          break;
        case "measures":
          takeMeasures(event.measures);
          break;
        case "playing":
          wantsPlay = event.playing;
          state.status = event.playing ? "playing" : "ready";
          if (!event.playing) state.stepsPerSecond = 0;
          break;
        case "failed": {
          const { failure } = event;
          tell({ kind: "failure", failure });
          if (failure.field) state.refusal = { path: failure.field, detail: failure.detail };
          // A refused change of a running experiment leaves it as it was, paused; all else ends the run.
          const goesOn = failure.code === "experiment" && state.status !== "loading";
          // Nothing of the run before stands for one that could not be built.
          if (state.status === "loading") Object.assign(state, { device: null, parameters: null, report: null, measures: null, data: null });
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
      if (state.status === "failed") build("playing");
      else setPlaying(!wantsPlay);
    },

    setPlaying,

    step() {
      wantsPlay = false;
      if (state.status === "failed") build("one-step");
      else send({ type: "step" });
    },

    reset: () => build(),

    /** The next step, taken apart: `state.anatomy`. */
    dissect() {
      wantsPlay = false;
      send({ type: "dissect" });
    },

    /** Fresh examples to tell apart: `state.dealt`. @param {number} count  2 to 64 */
    deal: (count) => send({ type: "deal", count }),

    /** Where playing is to pause by itself from now on, in this run and those that follow. A run that plays goes on to there.
     * @param {number | null} step */
    setGoal(step) {
      if (step === state.goal) return;
      state.goal = step;
      if (wantsPlay) send({ type: "play", until: step });
      notify();
    },

    /** Playing goes no further than to that step until it is told more, and is playing all the while: so a run waits for
     * another one. @param {number | null} step */
    hold(step) {
      if (step === held) return;
      held = step;
      send({ type: "hold", step });
    },

    /** Follows another run, from where that began. Where live settings alone differ the run goes on with them.
     * @param {Pick<State, "preset" | "experiment" | "loaded">} next @param {boolean} anew  whether to begin anew in any case */
    adopt(next, anew) {
      const { experiment: before, preset, loaded } = state;
      const differs = catalogue.fields.some((field) => field.rebuilds
        && formatValue(readField(before, field.path) ?? "") !== formatValue(readField(next.experiment, field.path) ?? ""));
      Object.assign(state, next);
      change(anew || differs || preset !== next.preset || loaded !== next.loaded);
    },

    /** The run ends, and no other begins: the workers are given back. */
    end() {
      finish();
      state.run += 1;
      wantsPlay = false;
      send({ type: "end" });
    },

    /** Something that is no part of the state has come, and wants the panels to look. */
    touch: notify,

    /** Shows more or less of the page, or another lesson; the run goes on. @param {Partial<View>} change */
    setView(change) {
      state.view = { ...state.view, ...change };
      followHash();
      notify();
    },

    /** Another experiment, as a link tells it, and what it is compared with, on the visitor's device; what else is shown of
     * the page stays. The run begins anew, and paused. @param {string} hash */
    openExperiment(hash) {
      const { preset, experiment, speed, transport, view: { versus }, problems: found } = parseHash(hash, catalogue);
      const { device } = state.experiment;
      const view = { ...state.view, versus };
      Object.assign(state, { preset, experiment: { ...experiment, device }, speed, transport, view, alerts: [], loaded: null });
      if (found.length > 0) tell({ kind: "link", problems: found });
      build();
    },

    /** @param {Speed} stepsPerSecond */
    setSpeed(stepsPerSecond) {
      state.speed = stepsPerSecond;
      followHash();
      send({ type: "speed", stepsPerSecond });
      notify();
    },

    /** @param {boolean} shown */
    setTransport(shown) {
      state.transport = shown;
      followHash();
      send({ type: "transport", shown });
      notify();
    },

    /** The preset's own seed comes with it; the device is the visitor's. @param {string} name */
    choosePreset(name) {
      const { device } = state.experiment;
      state.loaded = null;
      state.preset = name;
      state.experiment = { ...knownPreset(catalogue, name), device };
      state.alerts = [];
      build(wantsPlay ? "playing" : "paused");
    },

    /** @param {string} path @param {FieldValue} value  already checked against the field's range */
    setField(path, value) {
      if (value === "own-pictures" || value === "own-table") {
        // It is not known which yet. A fresh copy brings the menu back to where it was.
        state.experiment = { ...state.experiment };
        state.choosingOwn = true;
        notify();
        return;
      }
      const kind = state.experiment.data.kind;
      state.experiment = withField(catalogue, state.experiment, path, value);
      if (state.experiment.data.kind !== kind) {
        state.preset = catalogue.starts[state.experiment.data.kind];
        state.loaded = null;
      }
      change(findField(catalogue, path).rebuilds);
    },

    /** @param {boolean} choosing */
    setChoosingOwn(choosing) {
      state.choosingOwn = choosing;
      notify();
    },

    /** Trains on what the visitor brought. @param {"own-pictures" | "own-table"} kind @param {string} id
     * @param {number[]} [columns]  of a table */
    useOwn(kind, id, columns) {
      state.loaded = null;
      state.preset = catalogue.starts[kind];
      let experiment = withField(catalogue, state.experiment, "data.kind", kind);
      experiment = withField(catalogue, experiment, "data.id", id);
      if (columns) experiment = withField(catalogue, experiment, "data.columns", columns);
      state.experiment = experiment;
      state.alerts = [];
      build(wantsPlay ? "playing" : "paused");
    },

    /** Goes on from a model that was looked at and found good. @param {Loaded} loaded */
    openModel(loaded) {
      const { device } = state.experiment;
      state.loaded = loaded;
      state.preset = catalogue.starts[loaded.about.experiment.data.kind];
      state.experiment = { ...loaded.about.experiment, device };
      state.alerts = [];
      build();
    },

    /** A file that is no model: the run is as it was. @param {string} name @param {string} detail */
    modelRefused(name, detail) {
      tell({ kind: "model", name, detail });
      notify();
    },

    /** Asks for the run's file; `onModel` brings it. @param {{name: string, vector: number[]}[]} directions */
    save: (directions) => send({ type: "save", directions }),

    /** Warns of another language where loading the page again loses something: a run that has begun, or what is held for
     * this visit. @param {import("./language.js").Language} language @returns {boolean}  whether it did */
    warnOfLanguage(language) {
      const atStake = state.losses !== null || state.loaded !== null || state.studioOpen || "id" in state.experiment.data;
      if (!atStake) return false;
      state.alerts = state.alerts.filter(({ kind }) => kind !== "language");
      tell({ kind: "language", language });
      notify();
      return true;
    },

    /** @param {boolean} open */
    setStudio(open) {
      state.studioOpen = open;
      send({ type: "studio", on: open });
      notify();
    },

    askMean: () => send({ type: "mean" }),

    /** Asks which picture of the data is nearest to a fake. @param {number} fake */
    askNearest(fake) {
      const picture = state.report?.picture;
      if (picture?.kind !== "images") return;
      const size = picture.width * picture.height * picture.channels;
      send({ type: "nearest", fake, pixels: picture.fake.slice(fake * size, (fake + 1) * size) });
    },

    /** Every setting as the data's own preset has it. */
    useDefaults() {
      const { data } = state.experiment;
      // Own data that are not there cannot be gone back to.
      const kind = "id" in data && state.data === null ? "ring" : data.kind;
      state.loaded = null;
      state.preset = catalogue.starts[kind];
      state.experiment = startAgain(kind);
      state.alerts = [];
      build();
    },

    /** The preset as it was, on the same own data; or the model that was opened. */
    undoChanges() {
      const { device, data } = state.experiment;
      const preset = "id" in data ? startAgain(data.kind) : knownPreset(catalogue, state.preset);
      const again = state.loaded?.about.experiment ?? preset;
      state.experiment = { ...again, device };
      state.alerts = [];
      build(wantsPlay ? "playing" : "paused");
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
