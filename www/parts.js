// The parts of the page that others can speak of by name: a lesson points at one, a teacher's link hides or locks one. An
// element says which part it is by `data-part`; what has no name here can be neither.

/** Names, each with what it is within, if anything. @type {Record<string, string | null>} */
export const PARTS = {
  controls: null, play: "controls", step: "controls", reset: "controls", speed: "controls",
  counters: null,
  device: null,
  share: null,
  preset: null,
  settings: null,
  "settings-data": "settings", noise: "settings", generator: "settings", discriminator: "settings", objective: "settings",
  lipschitz: "settings", optimiser: "settings", training: "settings", schedule: "settings", stabilisers: "settings",
  stage: null,
  imitate: "stage", own: "imitate", record: "stage",
  diagnosis: null,
  values: null,
  studio: null,
  about: null,
  charts: null,
  losses: "charts", quality: "charts", frechet: "charts", accuracy: "charts", gradients: "charts", layers: "charts",
  classes: "charts", saturation: "charts", balance: "charts",
  lessons: null,
  slow: null,
  game: null,
  compare: null,
  export: null,
};

/** Whether a part, or one that it is within, is among those named. @param {string | null} name @param {readonly string[]} names */
export function isAmong(name, names) {
  for (let at = name; at !== null; at = PARTS[at] ?? null) if (names.includes(at)) return true;
  return false;
}

/** The same parts in fewer words, and in the page's order: what is within one that is named needs no name.
 * @param {readonly string[]} names */
export const inFewWords = (names) =>
  Object.keys(PARTS).filter((name) => names.includes(name) && !isAmong(PARTS[name], names));

/** The first element of a part that is on the page. @param {string} name @returns {HTMLElement | null} */
export const elementOf = (name) => document.querySelector(`[data-part="${name}"]`);
