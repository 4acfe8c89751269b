// What a browser keeps of a visitor's way through the lessons: answers to predictions and the steps that are finished.
// It stays in this browser; without storage it is kept as long as the page is open.

const KEY = "lessons";

/** Answers by the step's number, from 1; null is none given. @typedef {{answers: Record<number, number | null>, done: number[]}} Progress */

export function createKept() {
  /** @type {Record<string, Progress>} */
  let all = read();

  function write() {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      // Full, or not to be had: this visit remembers all the same.
    }
  }

  /** @param {string} lesson @returns {Progress} */
  const of = (lesson) => all[lesson] ?? { answers: {}, done: [] };

  return {
    of,

    /** @param {string} lesson @param {number} at @param {number | null} option */
    answer(lesson, at, option) {
      const progress = of(lesson);
      all = { ...all, [lesson]: { ...progress, answers: { ...progress.answers, [at]: option } } };
      write();
    },

    /** @param {string} lesson @param {number} at */
    finish(lesson, at) {
      const progress = of(lesson);
      if (progress.done.includes(at)) return;
      all = { ...all, [lesson]: { ...progress, done: [...progress.done, at] } };
      write();
    },

    any: () => Object.keys(all).length > 0,

    forget() {
      all = {};
      try {
        localStorage.removeItem(KEY);
      } catch {
        // Then nothing was kept.
      }
    },
  };
}

/** @returns {Record<string, Progress>} */
function read() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    return Object.fromEntries(kept.filter(([, progress]) => Array.isArray(progress?.done) && typeof progress.answers === "object" && progress.answers));
  } catch {
    // None, or none that can be read.
    return {};
  }
}

/** @typedef {ReturnType<typeof createKept>} Kept */
