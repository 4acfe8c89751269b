// The studio without its looks: what the visitor has set, the worker that draws it, and what that worker has found out.
// Panels change the state by `change`, and are told when something is drawn or known. No DOM.
import { hasClassifier } from "../fields.js";
import { pack } from "./codes.js";
import { Glide } from "./glide.js";
import { createStudioSession } from "./session.js";
import { DIRECTIONS, StudioState } from "./state.js";
import { STUDIO } from "./texts.js";

/**
 * @typedef {import("./protocol.js").StudioEvent} StudioEvent
 * @typedef {import("./protocol.js").StudioCommand} StudioCommand
 * @typedef {import("./protocol.js").ModelAbout} ModelAbout
 * @typedef {import("./protocol.js").Attribute} Attribute
 * @typedef {import("./session.js").Drawing} Drawing
 * @typedef {import("./session.js").Lane} Lane
 * @typedef {import("./walk.js").Place} Place
 *
 * What went wrong: while something was done, or because the worker has died.
 * @typedef {{during: StudioCommand["type"] | "start" | "dead", detail: string}} Problem
 *
 * @typedef {{attribute: number, wanted: number, hold: number[]}} Wish
 *
 * How steering stands, or how it ended.
 * @typedef {object} Steering
 * @property {Wish} wish
 * @property {"moving" | "reached" | "stuck" | "stopped"} state
 * @property {number} step
 * @property {Float32Array} probabilities  of all attributes' classes; empty before the first step
 * @property {Float32Array} changes  of each attribute, 0 to 1
 *
 * @typedef {{names: string[], attributes: string[], before: Float32Array, after: Float32Array | null}} Entanglement
 *
 * Who looks on.
 * @typedef {object} Viewer
 * @property {(drawing: Drawing) => void} samples  all sixteen were drawn
 * @property {(drawing: Drawing) => void} moving  the chosen one was drawn on its way
 * @property {() => void} changed  anything else is not as it was
 */

/** Directions are found anew no sooner than this, in milliseconds. */
const DIRECTIONS_GAP = 1000;
/** Between two pictures of a sample that is being steered, likewise. */
const PICTURE_GAP = 1000 / 30;

/** How what G makes is shown. @param {ModelAbout} about @returns {"images" | "points" | "table"} */
export function kindOf({ shape }) {
  if (shape.kind === "image") return "images";
  return shape.numbers === 2 ? "points" : "table";
}

/**
 * @param {object} options
 * @param {string} options.assets  the address that classifiers lie below
 * @param {Pick<import("../own/library.js").Library, "find" | "teach">} options.library  the pictures that the visitor brought, with
 *   the classifier that learnt their labels
 * @param {() => import("./protocol.js").NamedDirection[]} options.broughtDirections  of a model that was opened; asked once a run
 * @param {Viewer} options.viewer
 */
export function createStudio({ assets, library, broughtDirections, viewer }) {
  const state = new StudioState();
  const session = createStudioSession({
    receive,
    died(detail) {
      const lost = learning ? "learn" : steering?.state === "moving" ? "steer" : null;
      problem = detail !== null ? { during: "dead", detail } : lost ? { during: lost, detail: STUDIO.restarted } : null;
      forget();
      viewer.changed();
    },
  });
  /** @type {ModelAbout | null} */
  let about = null;
  /** Counts models, so that what was made from an older one is known. */
  let model = 0;
  /** @type {Problem | null} */
  let problem = null;
  /** Changes that the visitor has made, and how many of them the last drawing has in it. */
  let asked = 0;
  let shown = 0;

  /** @type {{attributes: Attribute[], own: boolean} | null} */
  let eye = null;
  /** Which eye was asked for last. */
  let eyeWish = "none";
  /** What was learnt, and from which of the visitor's data. @type {{id: string, bytes: Uint8Array} | null} */
  let learnt = null;
  /** The visitor's data for which a classifier was looked for among what this browser keeps. */
  let lookedFor = "";
  /** @type {{id: string, done: number, steps: number} | null} */
  let learning = null;

  /** @type {Steering | null} */
  let steering = null;
  /** The way that is shown of it, which comes behind the worker's. @type {Glide<Extract<StudioEvent, {type: "steered"}>> | null} */
  let glide = null;
  let gliding = 0;
  let stopping = false;
  /** Counts them, so that what an earlier one still had to say is told apart. */
  let steerings = 0;
  /** @type {Pick<Entanglement, "names" | "attributes"> | null} */
  let entangling = null;
  /** @type {Entanglement | null} */
  let entanglement = null;

  /** The model that directions were found from, and when. */
  const found = { sefa: { model: -1, at: -Infinity }, pca: { model: -1, at: -Infinity } };
  let finding = false;
  let findTimer = 0;

  /** What went wrong with this before is over. @param {Problem["during"]} during */
  function settle(during) {
    if (problem?.during === during) problem = null;
  }

  /** What was under way in a worker is not any more. */
  function forget() {
    learning = null;
    entangling = null;
    finding = false;
    if (steering?.state === "moving") {
      steering = null;
      state.preview = null;
    }
  }

  // --- Drawing ---

  function drawSamples() {
    if (!about) return;
    const including = asked;
    void session.draw("samples", state.places()).then((drawing) => {
      if (!drawing) return;
      shown = including;
      viewer.samples(drawing);
    });
  }

  /** @returns {Promise<boolean>} whether it was drawn, and not something newer in its place */
  async function drawMoving() {
    if (!state.preview) return false;
    const drawing = await session.draw("moving", [state.preview]);
    if (drawing && state.preview) viewer.moving(drawing);
    return drawing !== null;
  }

  function redraw() {
    drawSamples();
    void drawMoving();
  }

  // --- What the worker says ---

  /** @param {StudioEvent} event */
  function receive(event) {
    switch (event.type) {
      case "opened": {
        const fresh = event.run !== openedRun;
        openedRun = event.run;
        about = event.about;
        model += 1;
        if (problem?.during === "model" || problem?.during === "start") problem = null;
        if (fresh) {
          state.open(about, [...about.directions, ...broughtDirections()]);
          stopSteering();
          steering = null;
          entanglement = null;
          found.sefa.model = -1;
          found.pca.model = -1;
        }
        redraw();
        break;
      }
      case "seeing":
        // A worker that has it again, or the page's own word on what was learnt, changes nothing.
        if (JSON.stringify(eye) === JSON.stringify({ attributes: event.attributes, own: event.own })) break;
        seeWith({ attributes: event.attributes, own: event.own });
        break;
      case "blind":
        seeWith(null);
        break;
      case "directions":
        finding = false;
        settle("directions");
        state.takeDirections(event.method, event.vectors, event.values);
        if (state.directions[event.method].some(({ alphas }) => alphas.some((alpha) => alpha !== 0))) drawSamples();
        break;
      case "steered":
        // A last word of what was broken off.
        if (event.id !== steerings || !glide || (event.state === "stopped" && !stopping)) break;
        glide.push({ code: event.code, classes: state.shares(state.chosen) }, event);
        gliding ||= Number(setTimeout(followSteering));
        break;
      case "entangled":
        settle("entangle");
        if (entangling) entanglement = { ...entangling, before: event.before, after: event.after };
        entangling = null;
        break;
      case "learning":
        if (learning) learning = { ...learning, done: event.done, steps: event.steps };
        break;
      case "learned":
        if (!learning) break;
        learnt = { id: learning.id, bytes: event.bytes };
        learning = null;
        settle("learn");
        eyeWish = `own ${learnt.id}`;
        void library.teach(learnt.id, event.bytes);
        // For a worker that takes this one's place.
        session.send({ type: "own-eye", bytes: event.bytes });
        break;
      case "studio-failed":
        problem = { during: event.during, detail: event.detail };
        if (event.during === "directions") finding = false;
        if (event.during === "entangle") entangling = null;
        if (event.during === "learn") learning = null;
        if ((event.during === "steer" || event.during === "stop-steering") && steering?.state === "moving") {
          steering = null;
          state.preview = null;
          drawSamples();
        }
        break;
    }
    viewer.changed();
  }
  /** @type {number | null} */
  let openedRun = null;

  /** What an earlier eye has seen is over. @param {typeof eye} next */
  function seeWith(next) {
    eye = next;
    stopSteering();
    steering = null;
    entanglement = null;
  }

  /** Shows the next picture of the way. */
  function followSteering() {
    gliding = 0;
    const next = glide?.next();
    if (!next || steering?.state !== "moving") return;
    const { place, news } = next;
    if (news) {
      const { step, probabilities, changes } = news;
      steering = { ...steering, state: news.state, step, probabilities, changes };
    }
    if (steering.state === "moving") {
      state.preview = place;
      gliding = Number(setTimeout(followSteering, PICTURE_GAP));
      void drawMoving();
    } else {
      glide = null;
      state.take(place);
      drawSamples();
    }
    viewer.changed();
  }

  /** Breaks it off; the sample goes back to where it was. */
  function stopSteering() {
    if (steering?.state !== "moving") return;
    session.send({ type: "stop-steering" });
    steering = null;
    glide = null;
    state.preview = null;
  }

  /** Looks once for what was learnt from the visitor's pictures on an earlier visit. */
  function findTaught() {
    const id = ownId();
    if (id === null || id === learnt?.id || id === lookedFor) return;
    lookedFor = id;
    void library.find(id).then((entry) => {
      if (!entry?.classifier || ownId() !== id || learnt?.id === id) return;
      learnt = { id, bytes: entry.classifier };
      viewer.changed();
    });
  }

  /** The visitor's own pictures that the run is of, if it is. */
  function ownId() {
    const data = about?.experiment.data;
    return data?.kind === "own-pictures" ? data.id : null;
  }

  return {
    state,
    get about() { return about; },
    get model() { return model; },
    get problem() { return problem; },
    get asked() { return asked; },
    get shown() { return shown; },
    get eye() { return eye; },
    get learning() { return learning; },
    get steering() { return steering; },
    get entangling() { return entangling !== null; },
    get entanglement() { return entanglement; },

    open() { session.start(); },

    close() {
      forget();
      session.stop();
      about = null;
      eye = null;
      eyeWish = "none";
      problem = null;
    },

    /** After a death. */
    restart() { session.restart(); },

    /** A newer state of G. @param {Extract<import("../protocol.js").Event, {type: "snapshot"}>} event */
    snapshot({ run, bytes }) { session.model(run, bytes); },

    /** Changes what the visitor has set, and draws it. @param {(state: StudioState) => void} act */
    change(act) {
      stopSteering();
      // How it ended was said of the sample as it was.
      steering = null;
      act(state);
      asked += 1;
      drawSamples();
      viewer.changed();
    },

    /** Changes what has no part in what the sixteen look like. @param {(state: StudioState) => void} act */
    note(act) {
      act(state);
      viewer.changed();
    },

    /** Shows the chosen sample elsewhere for the time being. @param {Place} place
     * @returns {Promise<boolean>} whether it was drawn */
    preview(place) {
      stopSteering();
      state.preview = place;
      return drawMoving();
    },

    /** @param {Lane} lane @param {Place[]} places @param {boolean} [seen] */
    draw: (lane, places, seen) => session.draw(lane, places, seen),

    /** Sees to it that directions are of the newest model; call it as long as they are shown. */
    needDirections() {
      const { method } = state;
      const last = found[method];
      if (finding || !about || last.model === model) return;
      const wait = DIRECTIONS_GAP - (performance.now() - last.at);
      clearTimeout(findTimer);
      if (wait > 0 && last.model >= 0) {
        findTimer = Number(setTimeout(() => viewer.changed(), wait));
        return;
      }
      finding = true;
      last.model = model;
      last.at = performance.now();
      session.send({ type: "directions", method, count: Math.min(DIRECTIONS, state.dims), classes: new Float32Array() });
    },

    /** Sees to it that the classifier is the one of what the run is of. @param {boolean} [again]  even if it failed */
    needEye(again = false) {
      if (!about) return;
      findTaught();
      const { data } = about.experiment;
      const own = learnt !== null && learnt.id === ownId() ? learnt : null;
      const wish = hasClassifier(about.experiment) ? data.kind : own ? `own ${own.id}` : "none";
      if (wish === eyeWish && !(again && problem?.during === "eye")) return;
      eyeWish = wish;
      eye = null;
      problem = problem?.during === "eye" ? null : problem;
      if (wish === data.kind) session.send({ type: "eye", address: `${assets}classifiers/${data.kind}.safetensors` });
      else if (own) session.send({ type: "own-eye", bytes: own.bytes });
      else session.send({ type: "no-eye" });
    },

    /** @param {Wish} wish @param {boolean} calm  without what lies between the steps */
    steer(wish, calm) {
      if (!about || !eye) return;
      state.preview = null;
      steering = { wish, state: "moving", step: 0, probabilities: new Float32Array(), changes: new Float32Array() };
      const start = state.place(state.chosen);
      glide = new Glide(start, calm);
      stopping = false;
      steerings += 1;
      session.send({ type: "steer", id: steerings, ...start, ...wish });
      viewer.changed();
    },

    /** Leaves the sample where it has come to. */
    stopSteering() {
      stopping = true;
      session.send({ type: "stop-steering" });
    },

    /** @param {{name: string, vector: Float32Array}[]} directions @param {number[]} hold */
    entangle(directions, hold) {
      if (!eye || directions.length === 0) return;
      entangling = { names: directions.map(({ name }) => name), attributes: eye.attributes.map(({ name }) => name) };
      session.send({ type: "entangle", directions: pack(directions.map(({ vector }) => vector)), classes: state.shares(state.chosen), hold });
      viewer.changed();
    },

    /** Trains a classifier on the visitor's own pictures. */
    async learn() {
      const id = ownId();
      if (id === null || learning) return;
      learning = { id, done: 0, steps: 0 };
      viewer.changed();
      const own = await library.find(id);
      if (own) {
        session.send({ type: "learn", own: own.blob });
        return;
      }
      learning = null;
      problem = { during: "learn", detail: STUDIO.forgotten };
      viewer.changed();
    },

    stopLearning() {
      session.send({ type: "stop-learning" });
      learning = null;
      viewer.changed();
    },
  };
}

/** @typedef {ReturnType<typeof createStudio>} Studio */
