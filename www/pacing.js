// How training shares the worker's time: how many steps in a turn, when to report, how fast it goes. Pure
// arithmetic on times in milliseconds that callers pass in; it must not read a clock or call the module.

/** A turn on the CPU ends after this long, so that a command is never kept waiting. */
export const TURN = 25;
/** Reports come no closer than this: about the rate of a screen that has other things to draw as well. */
const REPORT_GAP = 33;
/** For one part of the time that goes to reports, at least this many go to training: with what measures take, training
 * has nine tenths of the worker's time. */
const TRAINING_PER_REPORT = 14;
/** A picture older than this no longer feels live, whatever a report costs. */
const REPORT_GAP_LIMIT = 500;
const RATE_WINDOW = 1000;

/** Nobody reads figures faster. */
export const MEASURES = { gap: 333, share: 32 };
/** A snapshot of G, for the studio: no closer than a hand notices, and with little of the time. */
export const SNAPSHOTS = { gap: 150, share: 30 };
/** A GPU may be lost at any moment, and with it what was trained since the run was last handed out. */
export const STANDINGS = { gap: 10_000, share: 50 };

/** @param {number} reportCost @returns {number} how long to train between two reports */
const trainingTime = (reportCost) =>
  Math.max(REPORT_GAP, Math.min(REPORT_GAP_LIMIT, TRAINING_PER_REPORT * reportCost), reportCost);

/** On the CPU a step is done when it returns, so reports are spaced by the clock. */
export class ReportClock {
  #last = -Infinity;
  #gap = REPORT_GAP;

  /** @param {number} now */
  due(now) {
    return now - this.#last >= this.#gap;
  }

  /** @param {number} start @param {number} end  of a report */
  reported(start, end) {
    this.#last = end;
    this.#gap = trainingTime(end - start);
  }
}

/** What costs time on either device and is not owed to anybody: it comes no closer than a gap, and for one part of the time
 * that goes to it so many go to all else. */
export class PaidClock {
  #next = -Infinity;
  #gap;
  #share;

  /** @param {{gap: number, share: number}} terms  the gap in milliseconds */
  constructor({ gap, share }) {
    this.#gap = gap;
    this.#share = share;
  }

  /** @param {number} now */
  due(now) {
    return now >= this.#next;
  }

  /** @param {number} start @param {number} end  of what was done */
  paid(start, end) {
    this.#next = end + Math.max(this.#gap, this.#share * (end - start));
  }
}

/**
 * On the GPU a step is only queued when it returns, and nothing but a report's readback holds the queue back: each
 * turn is some steps and one report. How many follows from what a step and a report were seen to take.
 */
export class GpuTurn {
  /** Steps in the next turn. */
  steps = 1;
  #turns = 0;
  #reportCost = 0;

  /** Whether a report with nothing queued before it should be timed now: not in the first turn, which compiles
   * the kernels, and then now and again. */
  get wantsReportCost() {
    return this.#turns % 50 === 2;
  }

  /** @param {number} cost  of a report with nothing queued before it */
  reported(cost) {
    this.#reportCost = cost;
  }

  /** @param {number} steps @param {number} elapsed  of a whole turn, its report included */
  turned(steps, elapsed) {
    this.#turns += 1;
    const stepCost = Math.max(0.1, (elapsed - this.#reportCost) / steps);
    const wanted = Math.round(trainingTime(this.#reportCost) / stepCost);
    this.steps = Math.max(1, Math.min(2 * this.steps, wanted));
  }
}

/** How many steps the wanted speed allows. */
export class Allowance {
  /** @type {number | null} */
  #stepsPerSecond = null;
  #credit = 0;
  #last = 0;

  /** @param {number | null} stepsPerSecond  null: no limit @param {number} now */
  set(stepsPerSecond, now) {
    this.#stepsPerSecond = stepsPerSecond;
    this.start(now);
  }

  /** Time that passed while paused earns nothing; the first step may come at once. @param {number} now */
  start(now) {
    this.#credit = 1;
    this.#last = now;
  }

  /** @param {number} now @returns {number} whole steps that may be done now */
  available(now) {
    if (this.#stepsPerSecond === null) return Infinity;
    const earned = ((now - this.#last) / 1000) * this.#stepsPerSecond;
    // A device that is too slow for the wish must not build up a debt that a later burst pays back.
    const most = Math.max(1, this.#stepsPerSecond / 4);
    this.#credit = Math.min(most, this.#credit + earned);
    this.#last = now;
    return Math.floor(this.#credit + 1e-6);
  }

  /** @param {number} steps */
  spend(steps) {
    if (this.#stepsPerSecond !== null) this.#credit -= steps;
  }

  /** @returns {number} milliseconds until another step may be done */
  wait() {
    return this.#stepsPerSecond === null ? 0 : Math.max(1, ((1 - this.#credit) / this.#stepsPerSecond) * 1000);
  }
}

/** Steps a second over about the last second. */
export class RateMeter {
  /** @type {{time: number, steps: number}[]} */
  #turns = [];

  /** @param {number} now */
  start(now) {
    this.#turns = [{ time: now, steps: 0 }];
  }

  /** Goes on with a run that was at this rate elsewhere, as if its last second had been here.
   * @param {number} now @param {number} stepsPerSecond */
  resume(now, stepsPerSecond) {
    this.#turns = [{ time: now - RATE_WINDOW, steps: 0 }, { time: now, steps: (stepsPerSecond * RATE_WINDOW) / 1000 }];
  }

  /** @param {number} now @param {number} steps done since the call before */
  add(now, steps) {
    this.#turns.push({ time: now, steps });
    while (this.#turns.length > 2 && this.#turns[1].time < now - RATE_WINDOW) this.#turns.shift();
  }

  rate() {
    const first = this.#turns[0];
    const last = this.#turns.at(-1);
    if (!first || !last || last.time <= first.time) return 0;
    const steps = this.#turns.slice(1).reduce((sum, turn) => sum + turn.steps, 0);
    return (steps / (last.time - first.time)) * 1000;
  }
}
