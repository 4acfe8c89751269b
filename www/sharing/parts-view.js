// What a link hides and locks, carried out on the page: whatever says by `data-part` which part it is, now or later. It knows
// nothing of what the parts do. A locked part can be read, by ear as well, and folded; it cannot be used. The line that
// says so, with the way out, is its one element.
import { h } from "../dom.js";
import { isAmong } from "../parts.js";
import { PARTS_VIEW } from "./texts.js";

const CONTROLS = "button, input, select, textarea";
/** What takes a pointer and keys without being a control. */
const SURFACES = "[role='application']";
/** In a locked part these are free: they show, and change nothing. */
const READING = "summary, a[href]";
/** Pointing alone shows, and changes nothing. */
const PRESSED = ["pointerdown", "mousedown", "touchstart", "click", "dblclick"];
const WHY = "locked-by-link";

/** The part that an element belongs to. @param {Element} element */
const partOf = (element) => element.closest("[data-part]")?.getAttribute("data-part") ?? null;

/** @typedef {HTMLButtonElement | HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} FormControl */

/** @param {import("../store.js").Store} store */
export function createPartsView(store) {
  /** @type {string[]} */
  let hidden = [];
  /** @type {string[]} */
  let locked = [];
  /** What is held, with what its panel had said of it. @type {Map<Element, {disabled: boolean, title: string | null, described: string | null}>} */
  const held = new Map();

  const element = h("p", { class: "withheld", "data-testid": "withheld", hidden: true }, `${PARTS_VIEW.text} `,
    h("button", { type: "button", class: "link", click: () => store.setView({ hidden: [], locked: [] }) }, PARTS_VIEW.showAll),
    h("span", { id: WHY, hidden: true }, PARTS_VIEW.locked));

  /** @param {Element} one */
  const isLocked = (one) => locked.length > 0 && isAmong(partOf(one), locked);

  /** @param {Element} one */
  function hold(one) {
    if (held.has(one) || !isLocked(one)) return;
    const title = one.getAttribute("title");
    const described = one.getAttribute("aria-describedby");
    held.set(one, { disabled: one.hasAttribute("disabled"), title, described });
    one.setAttribute("data-locked", "");
    one.setAttribute("title", title ? `${PARTS_VIEW.locked}. ${title}` : PARTS_VIEW.locked);
    one.setAttribute("aria-describedby", described ? `${described} ${WHY}` : WHY);
    if (one.matches(CONTROLS)) one.toggleAttribute("disabled", true);
    else one.setAttribute("aria-disabled", "true");
  }

  function release() {
    for (const [one, { disabled, title, described }] of held) {
      one.removeAttribute("data-locked");
      put(one, "title", title);
      put(one, "aria-describedby", described);
      if (one.matches(CONTROLS)) one.toggleAttribute("disabled", disabled);
      else one.removeAttribute("aria-disabled");
    }
    held.clear();
  }

  /** @param {Element} root  which is new, or is to be looked at anew */
  function apply(root) {
    for (const one of [root, ...root.querySelectorAll("[data-part]")]) {
      if (one.hasAttribute("data-part")) one.toggleAttribute("data-hidden", isAmong(one.getAttribute("data-part"), hidden));
    }
    for (const one of [root, ...root.querySelectorAll(`${CONTROLS}, ${SURFACES}`)]) {
      if (one.matches(`${CONTROLS}, ${SURFACES}`)) hold(one);
    }
  }

  // Panels make elements as they need them, and say thirty times a second which of their controls can be used. What they
  // say is noted, and holds once the lock is gone.
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "childList") {
        for (const node of addedNodes) if (node instanceof Element) apply(node);
      } else {
        const one = /** @type {FormControl} */ (target);
        const before = held.get(one);
        if (before) before.disabled = one.disabled;
      }
    }
    for (const one of held.keys()) if (one.matches(CONTROLS)) /** @type {FormControl} */ (one).disabled = true;
    observer.takeRecords();
  });

  /** Canvases and the like cannot be disabled, so that what is done to them does not reach them. What the browser itself
   * makes of it - to scroll, to go on by Tab - stays. @param {Event} event */
  function keepOut(event) {
    const { target } = event;
    if (!(target instanceof Element) || !isLocked(target) || target.closest(READING)) return;
    if (event.type === "keydown" && !target.closest(SURFACES)) return;
    event.stopImmediatePropagation();
  }

  /** A file can be dropped anywhere on the page. @param {DragEvent} event */
  function keepFilesOut(event) {
    if (!isAmong("own", locked)) return;
    // Without this the browser would open the file in the page's place.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
  }

  for (const type of [...PRESSED, "keydown"]) addEventListener(type, keepOut, { capture: true, passive: true });
  addEventListener("dragover", keepFilesOut, { capture: true });
  addEventListener("drop", keepFilesOut, { capture: true });

  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ view }) {
      if (view.hidden === hidden && view.locked === locked) return;
      ({ hidden, locked } = view);
      observer.disconnect();
      release();
      apply(document.body);
      const some = hidden.length + locked.length > 0;
      element.hidden = !some;
      if (some) observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    },
  };
}

/** @param {Element} element @param {string} name @param {string | null} value */
function put(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
