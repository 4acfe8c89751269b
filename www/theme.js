// Dark or light: as the system says, until the visitor chooses. Canvases cannot follow CSS by themselves, so this
// also hands them the colours and the size of letters that are in force, and tells when they change.

const KEY = "theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
/** @type {(() => void)[]} */
const listeners = [];

/** Names of the custom properties in `style.css` that canvases draw with. */
const NAMES = /** @type {const} */ (["ink", "muted", "line", "card", "stage", "neutral", "real", "fake", "d", "g"]);

/** @typedef {(typeof NAMES)[number]} ColourName */
/** @typedef {[number, number, number]} Rgb */

/** @type {Record<ColourName, Rgb> | null} */
let colours = null;

/** The colours in force. @returns {Record<ColourName, Rgb>} */
export function palette() {
  if (colours) return colours;
  // Only the colour of an element is computed down to numbers; a custom property's own value is not.
  const probe = document.createElement("i");
  document.body.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    const numbers = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    return [name, numbers.slice(0, 3).map(Number)];
  });
  probe.remove();
  colours = Object.fromEntries(entries);
  return /** @type {Record<ColourName, Rgb>} */ (colours);
}

/** Of letters in a canvas, in CSS pixels, on a desk. */
const DESK_LETTERS = 11;

/** @type {number | null} */
let scale = null;

/** How much larger than on a desk canvases draw their letters, lines and dots: a room looks at them from far away.
 * `--canvas-letters` in the style sheets says it. */
export function drawingScale() {
  if (scale !== null) return scale;
  // As with colours, only an element's own size is computed down to a number.
  const probe = document.createElement("i");
  document.body.append(probe);
  probe.style.fontSize = `var(--canvas-letters, ${DESK_LETTERS}px)`;
  scale = Number.parseFloat(getComputedStyle(probe).fontSize) / DESK_LETTERS;
  probe.remove();
  return scale;
}

/** @param {Rgb} rgb @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** @param {() => void} listener */
export function onThemeChange(listener) {
  listeners.push(listener);
}

/** To be called by whoever changes what the style sheets say of colours and sizes. */
export function themeChanged() {
  colours = null;
  scale = null;
  listeners.forEach((listener) => listener());
}

export function toggleTheme() {
  const isDark = (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const theme = isDark ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  rememberTheme(theme);
  themeChanged();
}

/** @param {string} theme */
function rememberTheme(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that forbids storage forgets the choice with the tab; nothing else depends on it.
  }
}

export function startTheme() {
  let kept = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // As above: without storage the system's choice holds.
  }
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  dark.addEventListener("change", themeChanged);
}
