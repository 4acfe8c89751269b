// The page for a whole room: its keys, the dialog that lists them, and the line below that names the way out. Single
// letters are keys here alone, where no one types; presenter.css is how it looks.
import "./presenter.css";
import { ALL_LESSONS } from "../activities.js";
import { h } from "../dom.js";
import { isAmong } from "../parts.js";
import { themeChanged } from "../theme.js";
import { PRESENT } from "./texts.js";

/** Presses of a hand-held clicker are Page Up and Page Down. @type {Record<keyof typeof PRESENT.actions, string[]>} */
const KEYS = {
  play: [" "],
  next: ["ArrowRight", "n", "PageDown"],
  previous: ["ArrowLeft", "p", "PageUp"],
  step: ["s"],
  reset: ["r"],
  "full-screen": ["f"],
  lessons: ["l"],
  keys: ["?"],
  leave: ["Escape"],
};
/** What a key is called where its own name is too long. @type {Record<string, string>} */
const KEY_NAMES = { " ": PRESENT.space, ArrowRight: "→", ArrowLeft: "←", PageDown: "Page ↓", PageUp: "Page ↑", Escape: "Esc" };
/** Where keys mean something else already. */
const TYPING = "input:not([type='checkbox'], [type='radio']), select, textarea, [contenteditable], [role='application'], dialog";
const ARROWS_TAKEN = "input, [role='radio'], [role='tab']";

/** @typedef {import("../store.js").State} State */

/** @param {import("../store.js").Store} store */
export function startPresenter(store) {
  /** @type {State["view"] | null} */
  let view = null;
  const said = h("span", { role: "status" });

  const close = h("button", { type: "button", click: () => dialog.close() }, PRESENT.close);
  const list = h("dl", { class: "keys" }, ...Object.entries(KEYS).flatMap(([action, keys]) => [
    h("dt", {}, ...keys.map((key) => h("kbd", {}, KEY_NAMES[key] ?? key.toUpperCase()))),
    h("dd", {}, PRESENT.actions[/** @type {keyof typeof KEYS} */ (action)]),
  ]));
  const dialog = h("dialog", { class: "keys-dialog", "aria-labelledby": "keys-title", "data-testid": "keys" },
    h("h2", { id: "keys-title" }, PRESENT.keysTitle), list, close);
  const foot = h("p", { class: "present-foot", "data-testid": "present-foot" }, PRESENT.footer,
    h("button", { type: "button", class: "quiet", click: () => dialog.showModal() }, h("kbd", {}, "?"), PRESENT.keys),
    h("button", { type: "button", class: "quiet", click: leave }, h("kbd", {}, KEY_NAMES.Escape), PRESENT.leave),
    said);
  document.querySelector(".page-foot")?.append(foot);
  document.body.append(dialog);

  function leave() {
    if (document.fullscreenElement) void document.exitFullscreen();
    store.setView({ mode: "page" });
  }

  async function fillScreen() {
    said.textContent = "";
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      said.textContent = PRESENT.noFullScreen;
    }
  }

  /** The lesson's panel knows how many steps there are. @param {number} by */
  function turn(by) {
    if (view?.lesson && view.lesson !== ALL_LESSONS) store.setView({ at: Math.max(1, view.at + by) });
  }

  /** What a link locks is locked for keys as well. @param {string} part @param {() => void} act */
  const unlessLocked = (part, act) => () => { if (!isAmong(part, view?.locked ?? [])) act(); };

  /** Space plays on the whole page too, and is taken there. @type {Record<Exclude<keyof typeof KEYS, "play">, () => void>} */
  const ACTIONS = {
    next: unlessLocked("lessons", () => turn(1)),
    previous: unlessLocked("lessons", () => turn(-1)),
    step: unlessLocked("step", () => store.step()),
    reset: unlessLocked("reset", () => store.reset()),
    "full-screen": () => void fillScreen(),
    lessons: unlessLocked("lessons", () => store.setView({ lesson: view?.lesson === ALL_LESSONS ? null : ALL_LESSONS, at: 1 })),
    keys: () => dialog.showModal(),
    leave,
  };

  addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (view?.mode !== "present" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    if (event.key.startsWith("Arrow") && target.closest(ARROWS_TAKEN)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = /** @type {keyof typeof KEYS | undefined} */ (Object.keys(KEYS).find((name) => KEYS[/** @type {keyof typeof KEYS} */ (name)].includes(key)));
    if (action === undefined || action === "play" || (event.repeat && action !== "step")) return;
    event.preventDefault();
    ACTIONS[action]();
  });
  // Letters of canvases follow the window's size, as all others do.
  addEventListener("resize", () => { if (view?.mode === "present") themeChanged(); });
  store.subscribe((state) => {
    ({ view } = state);
    foot.hidden = view.mode !== "present";
  });
}
