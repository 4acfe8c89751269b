// The studio's worker: owns a wasm module of its own, always that of the CPU, and a copy of G. It is the only file that
// talks to `Studio`, and never calls it while a call of it is under way: commands wait in a queue, and what takes many
// steps, steering and learning, goes on between them.
import { breathe } from "../breathe.js";

/**
 * @typedef {import("./protocol.js").StudioCommand} StudioCommand
 * @typedef {import("./protocol.js").StudioEvent} StudioEvent
 * @typedef {import("./protocol.js").ModelAbout} ModelAbout
 * @typedef {import("./protocol.js").Attribute} Attribute
 * @typedef {{rows: Float32Array, pixels: Uint8Array, probabilities: Float32Array}} Drawn
 * @typedef {Omit<Extract<StudioEvent, {type: "steered"}>, "type" | "id">} Steered
 *
 * What the wasm module exports; `src/web/studio.rs` in the crate. All of it throws sentences.
 * @typedef {object} Studio
 * @property {(bytes: Uint8Array) => ModelAbout} inspect
 * @property {(bytes: Uint8Array) => ModelAbout} open
 * @property {(bytes: Uint8Array) => Attribute[]} look
 * @property {() => void} blind
 * @property {(codes: Float32Array, classes: Float32Array, seen: boolean) => Promise<Drawn>} draw
 * @property {(method: string, count: number, classes: Float32Array) => Promise<{vectors: Float32Array, values: Float32Array}>} directions
 * @property {(code: Float32Array, classes: Float32Array, attribute: number, wanted: number, hold: Uint32Array) => void} steer
 * @property {() => Promise<Steered>} steerStep
 * @property {() => void} stopSteering
 * @property {(directions: Float32Array, classes: Float32Array, hold: Uint32Array) =>
 *   Promise<{before: Float32Array, after: Float32Array | null}>} entangle
 * @property {(packed: Uint8Array) => number} learn
 * @property {() => number} learnStep
 * @property {() => Promise<{attributes: Attribute[], accuracy: number, bytes: Uint8Array}>} learned
 *
 * @typedef {{default: () => Promise<unknown>, Studio: {create: () => Promise<Studio>}}} StudioModule
 */

const scope = /** @type {{postMessage(event: StudioEvent, transfer?: Transferable[]): void, lastPanic?: string}} */ (
  /** @type {unknown} */ (self)
);

/** What steps may take in a row before commands are looked at, in milliseconds: a frame has hardly more. */
const TURN = 12;
/** Between two messages on how learning goes. */
const NEWS = 100;

/** @type {StudioCommand[]} */
const inbox = [];
let wake = () => {};
self.addEventListener("message", ({ data }) => {
  inbox.push(data);
  wake();
});

/** @param {StudioEvent} event @param {Transferable[]} [transfer] */
const post = (event, transfer = []) => scope.postMessage(event, transfer);

/** Once dead nothing more is called or said: the page replaces this worker. */
let dead = false;

/** @param {StudioCommand["type"] | "start"} during @param {unknown} cause */
function fail(during, cause) {
  if (dead) return;
  // A trap of the module leaves its text there, and nothing of the module stands after it.
  const sentence = typeof cause === "string" && !scope.lastPanic;
  dead = !sentence;
  if (during === "steer" || during === "stop-steering") steering = false;
  if (during === "learn") learning = null;
  post({ type: "studio-failed", during, detail: scope.lastPanic ?? String(cause), dead });
}

let steering = false;
/** @type {{steps: number, told: number} | null} */
let learning = null;
/** Classes that G is told apart, once a model is open. */
let classes = 0;
/** The run whose model is open. @type {number | null} */
let opened = null;
/** Which steering goes on. */
let steeringId = 0;

/** @param {Studio} studio @param {StudioCommand} command */
async function apply(studio, command) {
  switch (command.type) {
    case "model": {
      const about = studio.open(command.bytes);
      classes = about.classes;
      if (command.run !== opened) steering = false;
      opened = command.run;
      post({ type: "opened", run: command.run, about });
      break;
    }
    case "eye": {
      const response = await fetch(command.address).catch((cause) => { throw String(cause); });
      if (!response.ok) throw `the server answered ${response.status} for ${new URL(command.address).pathname}`;
      const attributes = studio.look(new Uint8Array(await response.arrayBuffer()));
      steering = false;
      post({ type: "seeing", attributes, own: false });
      break;
    }
    case "own-eye":
      post({ type: "seeing", attributes: studio.look(command.bytes), own: true });
      steering = false;
      break;
    case "no-eye":
      studio.blind();
      steering = false;
      post({ type: "blind" });
      break;
    case "draw": {
      const drawn = await studio.draw(command.codes, command.classes, command.seen);
      post({ type: "drawn", id: command.id, ...drawn }, [drawn.rows.buffer, drawn.pixels.buffer, drawn.probabilities.buffer]);
      break;
    }
    case "directions": {
      const found = await studio.directions(command.method, command.count, mixed(command.classes));
      post({ type: "directions", method: command.method, ...found });
      break;
    }
    case "steer":
      studio.steer(command.code, command.classes, command.attribute, command.wanted, Uint32Array.from(command.hold));
      steering = true;
      steeringId = command.id;
      break;
    case "stop-steering":
      if (steering) await steer(studio, "stopped");
      steering = false;
      studio.stopSteering();
      break;
    case "entangle":
      post({ type: "entangled", ...await studio.entangle(command.directions, mixed(command.classes), Uint32Array.from(command.hold)) });
      break;
    case "inspect":
      try {
        post({ type: "inspected", id: command.id, about: studio.inspect(command.bytes), bytes: command.bytes });
      } catch (cause) {
        if (typeof cause !== "string") throw cause;
        post({ type: "refused", id: command.id, detail: cause });
      }
      break;
    case "learn": {
      const packed = await command.own.arrayBuffer().catch((cause) => { throw String(cause); });
      const steps = studio.learn(new Uint8Array(packed));
      learning = { steps, told: performance.now() };
      post({ type: "learning", done: 0, steps });
      break;
    }
    case "stop-learning":
      learning = null;
      break;
  }
}

/** All classes alike, where none are named. @param {Float32Array} named */
const mixed = (named) => (named.length > 0 ? named : new Float32Array(classes).fill(1 / Math.max(1, classes)));

/** @param {Studio} studio @param {"stopped"} [state] */
async function steer(studio, state) {
  const step = await studio.steerStep();
  steering = step.state === "moving";
  post({ type: "steered", id: steeringId, ...step, state: state ?? step.state });
}

/** @param {Studio} studio @param {{steps: number, told: number}} lesson */
async function learn(studio, lesson) {
  const start = performance.now();
  let left = 1;
  while (left > 0 && performance.now() - start < TURN) left = studio.learnStep();
  const now = performance.now();
  if (left > 0 && now - lesson.told < NEWS) return;
  lesson.told = now;
  post({ type: "learning", done: lesson.steps - left, steps: lesson.steps });
  if (left > 0) return;
  learning = null;
  const { attributes, accuracy, bytes } = await studio.learned();
  post({ type: "seeing", attributes, own: true });
  post({ type: "learned", accuracy, bytes }, [bytes.buffer]);
}

async function live() {
  /** @type {Studio} */
  let studio;
  try {
    const loaded = await import("../pkg/cpu/gan_playground.js");
    const module = /** @type {StudioModule} */ (/** @type {unknown} */ (loaded));
    await module.default();
    studio = await module.Studio.create();
  } catch (cause) {
    dead = true;
    post({ type: "studio-failed", during: "start", detail: String(cause), dead });
    return;
  }
  while (!dead) {
    const command = inbox.shift();
    const during = command?.type ?? (steering ? "steer" : "learn");
    try {
      if (command) await apply(studio, command);
      else if (steering) await steer(studio);
      else if (learning) await learn(studio, learning);
      else await new Promise((resolve) => { wake = () => resolve(undefined); });
    } catch (cause) {
      fail(during, cause);
    }
    await breathe();
  }
}

// A trap inside one of the module's promises surfaces here alone, for the promise itself never settles.
self.addEventListener("error", (event) => {
  event.preventDefault();
  fail("start", event.error ?? event.message);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail("start", event.reason);
});

live();
