// Pointing at a part of the page: brings it into view and rings it for a while. The focus stays where it is.
import { elementOf } from "../parts.js";

const RINGED_FOR = 5000;

/** @type {{element: HTMLElement, timer: ReturnType<typeof setTimeout>} | null} */
let ringed = null;

/** @param {string} name  of `PARTS` @returns {boolean}  whether there is such a part to be seen */
export function pointAt(name) {
  const element = elementOf(name);
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  if (!element || element.getClientRects().length === 0) return false;
  if (ringed) {
    clearTimeout(ringed.timer);
    ringed.element.classList.remove("pointed");
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  element.classList.add("pointed");
  ringed = { element, timer: setTimeout(() => element.classList.remove("pointed"), RINGED_FOR) };
  return true;
}
