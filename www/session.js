// The page's end of the worker: starts one, replaces it when the device changes, after it died, or when it does not
// answer, and passes commands and events on. It must not know what an experiment means beyond the device it asks for.
import { deviceWish } from "./device-choice.js";

/**
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").Event} Event
 */

/** A worker that trains and has said nothing for this long is in a step that may take minutes: a new run does not wait
 * for it. */
const PATIENCE = 2000;

/** @param {(event: Event) => void} receive @returns {(command: Command) => void} */
export function createSession(receive) {
  /** @type {Worker | null} */
  let worker = null;
  let wish = "";
  let run = 0;
  /** Whether the worker owes an answer to a build: something that it fetches may never come. */
  let building = false;
  let playing = false;
  let heard = 0;

  function stop() {
    worker?.terminate();
    worker = null;
    building = false;
    playing = false;
  }

  function start() {
    const started = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }) => {
      // What a replaced worker still had to say is of no use.
      if (worker !== started) return;
      heard = performance.now();
      if (data.type === "playing") playing = data.playing;
      if (data.run === run && (data.type === "built" || data.type === "failed")) building = false;
      if (data.type === "failed" && data.failure.dead) {
        stop();
        // A new run that it had not begun yet died with it.
        receive({ ...data, run });
      } else {
        receive(data);
      }
    });
    // The worker tells of its own errors; what arrives here is a script that did not load or could not be read.
    started.addEventListener("error", (event) => {
      if (worker !== started) return;
      stop();
      const detail = event.message || "the worker's script did not load";
      receive({ type: "failed", run, failure: { code: "worker", detail, dead: true } });
    });
    return started;
  }

  return (command) => {
    if (command.type === "build") {
      run = command.run;
      const nextWish = deviceWish(command.experiment);
      const silent = playing && performance.now() - heard > PATIENCE;
      if (nextWish !== wish || building || silent) stop();
      wish = nextWish;
      worker ??= start();
      building = true;
    }
    worker?.postMessage(command);
  };
}
