// What a word, a box or a stage means, told beside it: on pointing at it, on reaching it by keyboard, and on a tap. It goes
// with Escape, with leaving, and with a tap elsewhere, and stays while the pointer is on it (WCAG 1.4.13).
import { h, setText } from "../dom.js";

/** Milliseconds in which a pointer may cross from what is explained to the explanation. */
const LEAVING = 250;
const GAP = 6;
const EDGE = 8;

/** @param {string} id  of the element, for who is described by it */
export function createExplainer(id) {
  const element = h("div", { class: "explained", role: "tooltip", id, hidden: true, pointerenter: keep, pointerleave: leave });
  /** @type {HTMLElement | null} */
  let about = null;
  let timer = 0;

  /** @param {HTMLElement} trigger @param {string} text */
  function show(trigger, text) {
    if (!text) return;
    clearTimeout(timer);
    about?.removeAttribute("aria-describedby");
    about = trigger;
    setText(element, text);
    element.hidden = false;
    trigger.setAttribute("aria-describedby", id);
    place(trigger.getBoundingClientRect());
  }

  /** Below what it explains, or above where there is no room, and always within the window. @param {DOMRect} box */
  function place({ left, top, bottom, width }) {
    const own = element.getBoundingClientRect();
    const fits = bottom + GAP + own.height <= innerHeight - EDGE;
    element.style.top = `${fits ? bottom + GAP : Math.max(EDGE, top - GAP - own.height)}px`;
    element.style.left = `${Math.max(EDGE, Math.min(innerWidth - EDGE - own.width, left + width / 2 - own.width / 2))}px`;
  }

  function hide() {
    clearTimeout(timer);
    about?.removeAttribute("aria-describedby");
    about = null;
    element.hidden = true;
  }

  function keep() {
    clearTimeout(timer);
  }

  function leave() {
    clearTimeout(timer);
    timer = window.setTimeout(hide, LEAVING);
  }

  /** What it stands beside has moved under it, as it does when the focus comes to something out of sight. */
  function follow() {
    if (!about) return;
    const box = about.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight || box.width === 0) hide();
    else place(box);
  }

  addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("resize", follow);
  addEventListener("pointerdown", ({ target }) => {
    if (about && target instanceof Node && !element.contains(target) && !about.contains(target)) hide();
  });
  addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });

  return {
    element,
    hide,
    /** Explains a button from now on. A tap, which neither points nor stays, shows it by the focus it gives and takes it
     * away again. @param {HTMLElement} trigger @param {() => string} text */
    attach(trigger, text) {
      let shownBefore = false;
      trigger.addEventListener("pointerenter", ({ pointerType }) => { if (pointerType !== "touch") show(trigger, text()); });
      trigger.addEventListener("pointerleave", ({ pointerType }) => { if (pointerType !== "touch") leave(); });
      trigger.addEventListener("pointerdown", () => { shownBefore = about === trigger; });
      trigger.addEventListener("focus", () => show(trigger, text()));
      trigger.addEventListener("blur", hide);
      trigger.addEventListener("click", (event) => {
        const { pointerType } = /** @type {PointerEvent} */ (event);
        if (pointerType === "touch" && shownBefore) hide();
        else show(trigger, text());
      });
    },
  };
}
