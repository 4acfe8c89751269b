// Which stage is shown, and when the next one follows: back and forth by hand, or by itself at a chosen pace. It knows
// nothing of what a stage is, nor of the page; the clock is handed in.

/** Seconds that a stage may be shown. */
export const PACES = [0.5, 1, 1.5, 2, 3];
export const PACE = 1.5;

/**
 * @param {() => void} changed  called whenever something is to be shown anew
 * @param {{set(call: () => void, milliseconds: number): unknown, clear(timer: any): void}} [clock]
 */
export function createReel(changed, clock = { set: (call, wait) => setTimeout(call, wait), clear: (timer) => clearTimeout(timer) }) {
  let [at, count, pace, playing] = [0, 0, PACE, false];
  /** @type {unknown} */
  let timer = null;

  function wait() {
    clock.clear(timer);
    timer = playing ? clock.set(onward, 1000 * pace) : null;
  }

  function onward() {
    at += 1;
    // The last stage stays.
    if (at >= count - 1) playing = false;
    wait();
    changed();
  }

  /** @param {number} stage */
  function go(stage) {
    at = Math.max(0, Math.min(count - 1, stage));
    if (at === count - 1) playing = false;
    wait();
    changed();
  }

  function pause() {
    playing = false;
    wait();
    changed();
  }

  return {
    get at() { return at; },
    get count() { return count; },
    get pace() { return pace; },
    get playing() { return playing; },
    /** Another step, from its first stage. @param {number} stages */
    load(stages) {
      [at, count, playing] = [0, stages, false];
      wait();
    },
    go,
    next: () => go(at + 1),
    previous: () => go(at - 1),
    pause,
    toggle() {
      if (playing) {
        pause();
        return;
      }
      if (count < 2) return;
      if (at === count - 1) at = 0;
      playing = true;
      wait();
      changed();
    },
    /** @param {number} seconds  a stage */
    setPace(seconds) {
      pace = seconds;
      wait();
    },
  };
}
