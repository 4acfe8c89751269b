// In a process of its own: trains for long, with reports and measures as the page has them, and notes what is held.
import { setTimeout as after } from "node:timers/promises";
import { answer } from "./child.js";
import { watchGpuBuffers } from "./gpu-buffers.js";
import { emptyReading, giveNullGpu, makePlayground } from "./playground.js";

/**
 * @typedef {{experiment: import("./playground.js").Experiment, device: import("./playground.js").DeviceName, steps: number,
 *   seconds: number, samples: number, stepsPerReport: number}} Order
 *
 * What is held after some steps; a GPU's buffers only where there is one.
 * @typedef {{step: number, heap: number, buffers: import("./gpu-buffers.js").Buffers | null}} Sample
 */

/** Milliseconds in which what was collected is heard of. */
const FINALISERS = 20;

/** @param {Order} order @returns {Promise<Sample[]>}  fewer where the time ran out */
async function memory({ experiment, device, steps, seconds, samples, stepsPerReport }) {
  const onGpu = device === "webgpu";
  if (onGpu) giveNullGpu();
  const buffers = onGpu ? watchGpuBuffers() : null;
  const { playground, memory } = await makePlayground(experiment, device);
  /** @param {Promise<unknown>} reading */
  const read = (reading) => (onGpu ? emptyReading(reading) : reading);
  const end = performance.now() + seconds * 1000;
  /** @type {Sample[]} */
  const found = [];
  for (let step = 1; step <= steps && performance.now() < end; step += 1) {
    playground.step();
    if (step % stepsPerReport === 0) await read(playground.report());
    if (step % (steps / samples) === 0) {
      await read(playground.measure());
      globalThis.gc?.();
      await after(FINALISERS);
      found.push({ step, heap: memory.buffer.byteLength, buffers: buffers?.() ?? null });
    }
  }
  return found;
}

answer(memory);
