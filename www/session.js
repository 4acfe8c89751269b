// The page's end of the worker: starts one, replaces it when the device changes or after it died, and passes
// commands and events on. It must not know what an experiment means beyond the device that it asks for.
import { deviceWish } from "./device-choice.js";

/**
 * @typedef {import("./protocol.js").Command} Command
 * @typedef {import("./protocol.js").Event} Event
 */

/** @param {(event: Event) => void} receive @returns {(command: Command) => void} */
export function createSession(receive) {
  /** @type {Worker | null} */
  let worker = null;
  let wish = "";
  let run = 0;

  function stop() {
    worker?.terminate();
    worker = null;
  }

  function start() {
    const started = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }) => {
      if (data.type === "failed" && data.failure.dead) stop();
      receive(data);
    });
    // The worker tells of its own errors; what arrives here is a script that did not load or could not be read.
    started.addEventListener("error", (event) => {
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
      if (nextWish !== wish) stop();
      wish = nextWish;
      worker ??= start();
    }
    worker?.postMessage(command);
  };
}
