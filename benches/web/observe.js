// Put into the page before its own scripts: notes when things are first seen, and the main thread's long tasks. It
// reads the page once a frame and changes nothing in it.
/* global window, document, requestAnimationFrame */

/**
 * Moments are milliseconds since navigation; null has not come yet.
 * @typedef {object} Observed
 * @property {number | null} firstPicture  the run stands and its picture has been on screen for a frame
 * @property {number | null} firstReport  the first frame that shows a step done
 * @property {number | null} allModes  the first frame that shows every mode captured
 * @property {() => void} play  presses play
 * @property {() => {firstPicture: number, played: number, firstReport: number, allModes: number | null,
 *   longTasks: {start: number, duration: number}[], news: News[], now: number}} result
 *
 * A frame that showed more steps than the one before it.
 * @typedef {{time: number, steps: number}} News
 */

/** Sent to the page as text, so it may use nothing from outside itself.
 * @param {{modes: number, playAtOnce: boolean}} what  how many modes are all; whether play is pressed once it can be */
export function observe({ modes, playAtOnce }) {
  /** @type {{start: number, duration: number}[]} */
  const longTasks = [];
  /** @type {News[]} */
  const news = [];
  /** @param {PerformanceEntryList} entries */
  const take = (entries) => entries.forEach(({ startTime, duration }) => longTasks.push({ start: startTime, duration }));
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  /** @param {string} id */
  const find = (id) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid="${id}"]`));
  let played = NaN;
  window.observed = {
    firstPicture: null,
    firstReport: null,
    allModes: null,
    play() {
      const button = find("play");
      if (!button) throw new Error("the page has no play button");
      played = performance.now();
      button.click();
    },
    result() {
      take(observer.takeRecords());
      const { firstPicture, firstReport, allModes } = window.observed;
      if (firstPicture === null || firstReport === null) throw new Error("the page was asked before it had trained");
      return { firstPicture, played, firstReport, allModes, longTasks, news, now: performance.now() };
    },
  };

  function look() {
    const now = performance.now();
    const { observed } = window;
    // The page sets its status in the frame that draws the picture; here it is seen in the one after.
    if (document.body?.dataset.status === "ready") observed.firstPicture ??= now;
    const button = /** @type {HTMLButtonElement | null} */ (find("play"));
    if (playAtOnce && Number.isNaN(played) && button && !button.disabled) observed.play();
    const steps = Number(find("step-count")?.textContent);
    if (steps > 0) observed.firstReport ??= now;
    if (steps > (news[news.length - 1]?.steps ?? 0)) news.push({ time: now, steps });
    if (observed.firstReport !== null && Number(find("modes")?.textContent) === modes) observed.allModes ??= now;
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}
