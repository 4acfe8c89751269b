// Plays a walk, place by place, at most so many a second and never faster than G draws. It stops by itself as soon as the
// visitor changes anything. No DOM.

/** @typedef {import("./walk.js").Place} Place */

const FPS = 30;
/** For who asked the system for less motion: so many milliseconds from one place to the next. */
const CALM = 700;
/** Places from one corner to the next. */
export const LEG = { lively: 45, calm: 6 };
/** A place that something newer has taken the turn of is tried again. */
const TRIES = 3;

/** @param {Pick<import("./studio.js").Studio, "preview" | "asked">} studio @param {() => void} changed  called when it stops */
export function createPlayer(studio, changed) {
  let turn = 0;
  /** @type {string | null} */
  let playing = null;

  function stop() {
    turn += 1;
    if (playing === null) return;
    playing = null;
    changed();
  }

  return {
    /** What is being played. */
    get playing() { return playing; },
    stop,

    /** @param {string} name @param {() => Place} next  asked for one place after another @param {boolean} calm */
    async play(name, next, calm) {
      turn += 1;
      const mine = turn;
      playing = name;
      changed();
      const { asked } = studio;
      while (mine === turn) {
        const start = performance.now();
        await studio.preview(next());
        do await frame();
        while (mine === turn && performance.now() - start < (calm ? CALM : 1000 / FPS - 4));
        if (studio.asked !== asked) stop();
      }
    },

    /**
     * Plays places once, each drawn before the next: for a film, which no pause of the machine shows in.
     * @param {Place[]} places @param {(i: number, count: number) => Promise<void>} onFrame  called when one is drawn
     * @returns {Promise<boolean>} whether all of it was played, and nothing came between
     */
    async once(places, onFrame) {
      turn += 1;
      const mine = turn;
      playing = "film";
      changed();
      const { asked } = studio;
      try {
        for (const [i, place] of places.entries()) {
          let drawn = false;
          for (let tries = 0; tries < TRIES && !drawn; tries += 1) drawn = await studio.preview(place);
          if (mine !== turn || studio.asked !== asked || !drawn) return false;
          await onFrame(i, places.length);
        }
        return mine === turn;
      } finally {
        if (mine === turn) stop();
      }
    },
  };
}

/** A hidden page has no frames, and needs none. @returns {Promise<number>} */
const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
