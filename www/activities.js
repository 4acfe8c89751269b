// What can be opened beside the run: lessons, a step in slow motion, the game, a comparison. Each has a folder of its own,
// is fetched when it is first wanted, and is part of the link. This knows which there are and where they stand on the page,
// and nothing of what they do.
import { h } from "./dom.js";
import { ACTIVITY } from "./texts.js";

/**
 * @typedef {import("./store.js").State} State
 * @typedef {import("./store.js").Store} Store
 * @typedef {{store: Store, catalogue: import("./fields.js").Catalogue, assets: string,
 *   library: import("./own/library.js").Library, runs: import("./compare/kept.js").KeptRuns}} Context
 * @typedef {{element: HTMLElement, update(state: State, now: number): void}} Panel
 *
 * @typedef {object} Activity
 * @property {"side" | "centre"} place  in the left column, before the settings, or in the middle, before the stage
 * @property {() => Promise<{createPanel: (context: Context) => Panel}>} load
 * @property {(state: State) => boolean} wanted
 */

/** In place of a lesson's name: the list of all. */
export const ALL_LESSONS = "all";

/** @type {Record<string, Activity>} */
export const ACTIVITIES = {
  lessons: { place: "side", load: () => import("./lessons/panel.js"), wanted: ({ view }) => view.lesson !== null },
  compare: { place: "centre", load: () => import("./compare/panel.js"), wanted: ({ view }) => view.open === "compare" },
  slow: { place: "centre", load: () => import("./slow/panel.js"), wanted: ({ view }) => view.open === "slow" },
  game: { place: "centre", load: () => import("./game/panel.js"), wanted: ({ view }) => view.open === "game" },
};

/** @param {Context} context @param {Record<Activity["place"], HTMLElement>} places  which get the panels, in front */
export function createActivities(context, places) {
  /** @type {Map<string, Panel>} */
  const panels = new Map();
  /** What is on its way, or failed to come. @type {Map<string, HTMLElement>} */
  const waiting = new Map();

  /** @param {string} name @param {Activity} activity */
  function fetchPanel(name, { place, load }) {
    const element = h("section", { class: "card activity-waiting", role: "status" }, ACTIVITY.loading);
    waiting.set(name, element);
    places[place].prepend(element);
    load().then(({ createPanel }) => {
      const panel = createPanel(context);
      panels.set(name, panel);
      element.replaceWith(panel.element);
      waiting.delete(name);
      context.store.touch();
    }, (cause) => {
      const again = h("button", { type: "button", click: () => { element.remove(); waiting.delete(name); context.store.touch(); } }, ACTIVITY.retry);
      element.replaceChildren(h("p", {}, ACTIVITY.failed(String(cause))), again);
    });
  }

  return {
    /** @param {State} state @param {number} now */
    update(state, now) {
      // The layout goes by it, and so is settled before a panel has come.
      for (const [place, element] of Object.entries(places)) {
        const open = Object.entries(ACTIVITIES).filter(([, activity]) => activity.place === place && activity.wanted(state));
        element.dataset.open = open.map(([name]) => name).join(" ");
      }
      for (const [name, activity] of Object.entries(ACTIVITIES)) {
        const wanted = activity.wanted(state);
        const panel = panels.get(name);
        if (panel) {
          panel.element.hidden = !wanted;
          panel.update(state, now);
        } else if (wanted && !waiting.has(name)) {
          fetchPanel(name, activity);
        }
        const notYet = waiting.get(name);
        if (notYet) notYet.hidden = !wanted;
      }
    },
  };
}
