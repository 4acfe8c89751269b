// Dark or light: as the system says, until the visitor chooses. Canvases cannot follow CSS by themselves, so this
// also hands them the colours that are in force and tells when they change.

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

/** @param {Rgb} rgb @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** @param {() => void} listener */
export function onThemeChange(listener) {
  listeners.push(listener);
}

function changed() {
  colours = null;
  listeners.forEach((listener) => listener());
}

export function toggleTheme() {
  const isDark = (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const theme = isDark ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  rememberTheme(theme);
  changed();
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
  dark.addEventListener("change", changed);
}
