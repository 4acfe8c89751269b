// The page's end of the studio's worker: starts one when the studio opens, ends it when it folds, replaces one that died,
// and keeps the way to it short: one drawing and one model at a time are under way, and of each kind the newest wish
// takes the place of an older one that waits. It must not know what is drawn.
import { pack } from "./codes.js";

/**
 * @typedef {import("./protocol.js").StudioCommand} StudioCommand
 * @typedef {import("./protocol.js").StudioEvent} StudioEvent
 * @typedef {import("./protocol.js").ModelAbout} ModelAbout
 * @typedef {import("./walk.js").Place} Place
 *
 * What was drawn: of pictures pixels, of all else rows; see `drawn` in protocol.js.
 * @typedef {{rows: Float32Array, pixels: Uint8Array, probabilities: Float32Array}} Drawing
 *
 * @typedef {{places: Place[], seen: boolean, parts: Drawing[], done: number, resolve: (drawing: Drawing | null) => void}} Job
 *
 * Kinds of drawings, the most urgent first: the sixteen, which are under the visitor's hand; a sample on its way; what a
 * classifier says of the chosen one; a strip beside it; small pictures that stand for what was kept; what lies behind.
 * @typedef {"samples" | "moving" | "seen" | "strip" | "kept" | "ground"} Lane
 */

/** @type {Lane[]} */
const LANES = ["samples", "moving", "seen", "strip", "kept", "ground"];
/** What the worker draws at a time. */
const MOST = 256;
/** A worker that dies again within this time, in milliseconds, would go on dying. */
const LIFE = 10_000;
/** Newer states of one G come no closer than so many times as long as one took: the cores are for training. */
const REST = 8;

/**
 * @param {object} options
 * @param {(event: StudioEvent) => void} options.receive  everything but what was drawn
 * @param {(dead: string | null) => void} options.died  told why no worker is left, and null when another has taken its place
 * @param {() => Worker} [options.make]
 */
export function createStudioSession({
  receive, died,
  make = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
}) {
  /** @type {Worker | null} */
  let worker = null;
  let startedAt = 0;
  let nextId = 0;
  /** @type {Map<Lane, {current: Job | null, next: Job | null}>} */
  const lanes = new Map(LANES.map((lane) => [lane, { current: null, next: null }]));
  /** What the worker draws now. @type {{id: number, lane: Lane, job: Job, count: number} | null} */
  let drawing = null;
  /** The last that was handed over, for a worker that takes another's place. @type {{run: number, bytes: Uint8Array} | null} */
  let model = null;
  /** Whether a model is on its way, and whether a newer one waits. */
  let opening = false;
  let newer = false;
  let sentAt = 0;
  let resting = 0;
  /** The run whose model the worker has. @type {number | null} */
  let opened = null;
  /** The last of these, likewise. @type {StudioCommand | null} */
  let eye = null;

  function start() {
    const started = make();
    worker = started;
    startedAt = performance.now();
    started.addEventListener("message", ({ data }) => { if (worker === started) take(data); });
    // The worker tells of its own errors; what arrives here is a script that did not load or could not be read.
    started.addEventListener("error", (event) => {
      if (worker === started) bury(event.message || "the script did not load");
    });
    if (model) sendModel();
    if (eye) started.postMessage(eye);
  }

  /** @param {string} detail */
  function bury(detail) {
    const short = performance.now() - startedAt < LIFE;
    stop();
    if (short) {
      died(detail);
    } else {
      died(null);
      start();
    }
  }

  function stop() {
    worker?.terminate();
    worker = null;
    opening = false;
    newer = false;
    opened = null;
    drawing = null;
    rest(0);
    clear();
  }

  /** @param {number} time  in milliseconds until the next model */
  function rest(time) {
    clearTimeout(resting);
    resting = time === 0 ? 0 : Number(setTimeout(() => {
      resting = 0;
      if (newer) sendModel();
    }, time));
  }

  /** Nobody waits for what was wished of another model. */
  function clear() {
    for (const lane of lanes.values()) {
      lane.current?.resolve(null);
      lane.next?.resolve(null);
      lane.current = null;
      lane.next = null;
    }
  }

  function sendModel() {
    if (!worker || !model) return;
    opening = true;
    newer = false;
    sentAt = performance.now();
    rest(0);
    if (model.run !== opened) clear();
    // A copy: this one stays, for a worker that takes the other's place.
    worker.postMessage({ type: "model", run: model.run, bytes: model.bytes });
  }

  /** @param {StudioEvent} event */
  function take(event) {
    if (event.type === "drawn") {
      drawn(event);
      return;
    }
    if (event.type === "opened") {
      opening = false;
      if (event.run !== opened) clear();
      opened = event.run;
      if (newer && model?.run !== opened) sendModel();
      else rest(REST * (performance.now() - sentAt));
    }
    if (event.type === "studio-failed") {
      if (event.dead) {
        bury(event.detail);
        return;
      }
      if (event.during === "model") {
        opening = false;
        if (newer) sendModel();
      }
      if (event.during === "draw" && drawing) {
        const failed = drawing;
        drawing = null;
        finish(failed, null);
      }
    }
    receive(event);
    pump();
  }

  /** @param {Lane} name */
  const laneOf = (name) => /** @type {{current: Job | null, next: Job | null}} */ (lanes.get(name));

  /** @param {{lane: Lane, job: Job}} over @param {Drawing | null} result */
  function finish({ lane, job }, result) {
    const place = laneOf(lane);
    if (place.current === job) {
      place.current = place.next;
      place.next = null;
    }
    // The next one is on its way before this one is painted.
    pump();
    job.resolve(result);
  }

  /** @param {Extract<StudioEvent, {type: "drawn"}>} event */
  function drawn({ id, rows, pixels, probabilities }) {
    if (drawing?.id !== id) return;
    const answered = drawing;
    const { job, count } = answered;
    drawing = null;
    job.parts.push({ rows, pixels, probabilities });
    job.done += count;
    if (job.done === job.places.length) finish(answered, join(job.parts));
    else pump();
  }

  function pump() {
    if (!worker || drawing || opened === null || (opening && model?.run !== opened)) return;
    const name = LANES.find((lane) => laneOf(lane).current);
    if (!name) return;
    const job = /** @type {Job} */ (laneOf(name).current);
    const places = job.places.slice(job.done, job.done + MOST);
    nextId += 1;
    drawing = { id: nextId, lane: name, job, count: places.length };
    const codes = pack(places.map(({ code }) => code));
    const classes = pack(places.map((place) => place.classes));
    const command = /** @type {StudioCommand} */ ({ type: "draw", id: nextId, codes, classes, seen: job.seen });
    worker.postMessage(command, [codes.buffer, classes.buffer]);
  }

  return {
    start() { if (!worker) start(); },

    /** Tries it again after a death. */
    restart() {
      stop();
      died(null);
      start();
    },

    stop() {
      stop();
      model = null;
      eye = null;
    },

    /** Hands over a model, or a newer state of it. @param {number} run @param {Uint8Array} bytes */
    model(run, bytes) {
      model = { run, bytes };
      newer = true;
      if (!opening && (resting === 0 || run !== opened)) sendModel();
    },

    /** @param {StudioCommand} command  any but those that have a function of their own here */
    send(command) {
      if (command.type === "eye" || command.type === "own-eye" || command.type === "no-eye") eye = command;
      worker?.postMessage(command);
    },

    /** Gives what was drawn, or null where a newer wish has taken this one's place. @param {Lane} name
     * @param {Place[]} places  one or more @param {boolean} [seen]  with the classifier's probabilities
     * @returns {Promise<Drawing | null>} */
    draw(name, places, seen = false) {
      return new Promise((resolve) => {
        /** @type {Job} */
        const job = { places, seen, parts: [], done: 0, resolve };
        const lane = laneOf(name);
        // One that has begun is finished, else a hand that never rests would see nothing of what takes two turns.
        const begun = lane.current && (lane.current.done > 0 || drawing?.job === lane.current);
        const replaced = begun ? lane.next : lane.current;
        replaced?.resolve(null);
        if (begun) lane.next = job;
        else lane.current = job;
        pump();
      });
    },
  };
}

/** @param {Drawing[]} parts @returns {Drawing} */
const join = (parts) => (parts.length === 1 ? parts[0] : {
  rows: pack(parts.map(({ rows }) => rows)),
  pixels: Uint8Array.from(parts.flatMap(({ pixels }) => [...pixels])),
  probabilities: pack(parts.map(({ probabilities }) => probabilities)),
});

/** @typedef {ReturnType<typeof createStudioSession>} StudioSession */
