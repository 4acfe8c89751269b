// What a training step costs on either device, in milliseconds. Runs and clocks come in as arguments, so that a test can
// stand in for both; nothing here knows a worker or decides anything.

/** The first steps are of code that the browser has not compiled well yet, and say little of the rest. */
const WARM = { samples: 2, time: 500 };
/** What is seen after that is enough. */
const ENOUGH = { samples: 3, time: 250 };

/** On the CPU, where a step is done when it returns: from turns of a run that goes on meanwhile. */
export class StepCost {
  #warm = { samples: 0, time: 0 };
  #time = 0;
  /** @type {number[]} */
  #costs = [];

  /** @param {import("./protocol.js").Stepping} stepping */
  add({ steps, time }) {
    if (steps === 0) return;
    if (this.#warm.samples < WARM.samples || this.#warm.time < WARM.time) {
      this.#warm.samples += 1;
      this.#warm.time += time;
    } else {
      this.#costs.push(time / steps);
      this.#time += time;
    }
  }

  /** @returns {number | null} null as long as too little was seen */
  value() {
    return this.#costs.length < ENOUGH.samples || this.#time < ENOUGH.time ? null : median(this.#costs);
  }
}

/** A first step compiles what it needs, and a few more settle how it is put together: until one takes about as long as the
 * one before. */
const SETTLED = 0.7;
const WARM_ROUNDS = 8;
/** Rounds are timed for this long, and no longer than the limit where each of them is slow. */
const TIMED = 350;
const TIMED_LIMIT = 2000;
const ROUNDS = 3;
/** A round takes about this long, but no more steps than a run from scratch can take without going astray. */
const ROUND = 60;
const ROUND_STEPS = 12;

/**
 * On the GPU, where a step is only queued when it returns: from rounds of steps and the readback that shows them done, less
 * what a readback alone takes. Its first rounds compile all kernels of the run, so that it is warm afterwards.
 * @param {Pick<import("./protocol.js").Playground, "step" | "report" | "measure">} run  of its own: its steps go nowhere
 * @param {() => number} now
 * @param {() => boolean} stopped  asked after each round
 * @param {() => void} warm  called before the rounds that count
 * @returns {Promise<number | null>} null where it was stopped
 */
export async function timeQueued(run, now, stopped, warm) {
  const round = async (/** @type {number} */ steps) => {
    const start = now();
    for (let i = 0; i < steps; i += 1) run.step();
    await run.report();
    return now() - start;
  };

  let before = await round(1);
  // Its kernels are wanted as soon as the run has moved.
  await run.measure();
  for (let i = 0; i < WARM_ROUNDS && !stopped(); i += 1) {
    const taken = await round(1);
    if (taken >= SETTLED * before) break;
    before = taken;
  }

  warm();
  /** @type {number[]} */
  const costs = [];
  const start = now();
  let steps = 1;
  while (!stopped()) {
    const readback = await round(0);
    const cost = Math.max(0.05, ((await round(steps)) - readback) / steps);
    costs.push(cost);
    const spent = now() - start;
    if ((spent >= TIMED && costs.length >= ROUNDS) || spent >= TIMED_LIMIT) return median(costs.slice(-ROUNDS));
    steps = Math.max(1, Math.min(2 * steps, ROUND_STEPS, Math.round(ROUND / cost)));
  }
  return null;
}

/** @param {number[]} values  one at least */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
