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
  imitate: null,
  stage: null,
  record: null,
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

/** The first element of a part that is on the page. @param {string} name @returns {HTMLElement | null} */
export const elementOf = (name) => document.querySelector(`[data-part="${name}"]`);
