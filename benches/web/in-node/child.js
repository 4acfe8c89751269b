// A process of its own for each thing that is measured in Node: what one leaves in the module, on its heap or on the device
// must not be the next one's start. Both ends of it are here.
import { fork } from "node:child_process";
import { join } from "node:path";

/** @typedef {{value: any} | {error: string}} Answer */

/** @param {string} script  in this folder @param {unknown} order  what it is to do @param {number} seconds  at most
 * @returns {Promise<any>} what it found */
export function ask(script, order, seconds) {
  // What the crate says to the console is nothing to print; a panic's text comes back as the error.
  const child = fork(join(import.meta.dirname, script), {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // For what must know what is garbage.
    execArgv: ["--expose-gc"],
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`it took more than ${seconds} s`));
    }, seconds * 1000);
    child.once("message", (message) => {
      const answer = /** @type {Answer} */ (message);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.value);
    });
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      // After an answer this changes nothing.
      reject(new Error(`it ended without an answer (${signal ?? code})`));
    });
    child.send(/** @type {import("node:child_process").Serializable} */ (order));
  });
}

/** In the child. @param {(order: any) => Promise<unknown>} work */
export function answer(work) {
  /** @param {Answer} message */
  const end = (message) => process.send?.(message, undefined, undefined, () => {
    // A process with a GPU in it does not end by itself.
    process.exit();
  });
  keepFirstPanic();
  // A trap inside one of the module's promises surfaces here alone, for the promise itself never settles.
  process.on("uncaughtException", (cause) => end({ error: textOf(cause) }));
  process.once("message", (order) => work(order).then((value) => end({ value }), (cause) => end({ error: textOf(cause) })));
}

let panic = "";

/** The crate leaves a panic's text behind. Of several the first is the cause, and the others are what came of it. */
function keepFirstPanic() {
  Object.defineProperty(globalThis, "lastPanic", { set: (text) => { panic ||= text; } });
}

/** @param {unknown} cause */
function textOf(cause) {
  if (panic) return panic;
  // The crate rejects with {code, detail}.
  if (typeof cause === "object" && cause !== null && "detail" in cause) return String(cause.detail);
  return cause instanceof Error ? cause.message : String(cause);
}
