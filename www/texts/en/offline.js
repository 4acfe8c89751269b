// The sentences of the page that works with no network, in English; see page.js.

export const OFFLINE = {
  label: "Offline",
  ready: "Works offline now.",
  everything: "Works offline: all of it is kept in this browser.",
  opened: "Works offline, with the data that you have opened: your browser saves data, so the rest is fetched when you choose it.",
  update: "A new version is ready.",
  /** What it costs where something was trained. */
  updateCost: "Loading it begins this run anew, with the same settings. To keep what it learnt, save the model first.",
  updateFree: "Your settings stay.",
  load: "Load it now",
  later: "Later",
  /** @param {number} others */
  othersOpen: (others) =>
    `This page is open in ${others === 1 ? "another tab" : `${others} other tabs`} too, and would change there in the middle of a run. Close ${others === 1 ? "it" : "them"}, then load again.`,
};
