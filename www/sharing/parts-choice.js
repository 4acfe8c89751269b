// Which parts of the page a link hides, and which it locks: ready-made choices, and two boxes for every part that the page
// has. It only tells what was chosen.
import { h } from "../dom.js";
import { PARTS, elementOf, inFewWords, isAmong } from "../parts.js";
import { READY_MADE } from "./link.js";
import { PART_NAMES, SHARE } from "./texts.js";

/** @typedef {Pick<import("./link.js").Choice, "hidden" | "locked">} Chosen */
/** @typedef {keyof typeof READY_MADE} ReadyMade */

/** @param {(chosen: Chosen) => void} onChange */
export function createPartsChoice(onChange) {
  /** @type {Chosen} */
  let chosen = { hidden: [], locked: [] };
  /** @type {string[]} */
  let opened = [];

  const names = Object.keys(PARTS).filter((name) => elementOf(name) !== null);
  const rows = names.map((name) => ({ name, hide: box(name, "hidden"), lock: box(name, "locked") }));
  /** Parts below the one that they are within. @param {string} name @returns {HTMLElement} */
  const branch = (name) => {
    const row = rows.find((one) => one.name === name);
    const within = names.filter((one) => PARTS[one] === name).map(branch);
    return h("li", {}, h("div", { class: "part-row" }, h("span", { class: "part-name" }, PART_NAMES[name]),
      h("label", {}, row?.hide ?? "", SHARE.hide), h("label", {}, row?.lock ?? "", SHARE.lock)),
    ...(within.length > 0 ? [h("ul", {}, ...within)] : []));
  };
  const readyMade = /** @type {ReadyMade[]} */ (Object.keys(READY_MADE)).map((name) => ({
    name,
    button: h("button", { type: "button", "data-testid": `share-${name}`, click: () => change(READY_MADE[name](opened)) }, SHARE.presetNames[name]),
  }));
  const element = h("div", { class: "parts-choice" },
    h("p", { class: "help" }, SHARE.partsHelp),
    h("div", { class: "chips", role: "group", "aria-label": SHARE.presets }, ...readyMade.map(({ button }) => button)),
    h("ul", { class: "part-list" }, ...names.filter((name) => PARTS[name] === null).map(branch)));

  /** @param {string} name @param {keyof Chosen} list */
  function box(name, list) {
    const label = `${PART_NAMES[name]}: ${list === "hidden" ? SHARE.hide : SHARE.lock}`;
    const input = h("input", {
      type: "checkbox", "aria-label": label, "data-testid": `share-${list}-${name}`,
      change: () => change({ ...chosen, [list]: input.checked ? [...chosen[list], name] : chosen[list].filter((one) => one !== name) }),
    });
    return input;
  }

  /** @param {Chosen} next */
  function change(next) {
    set({ hidden: inFewWords(next.hidden), locked: inFewWords(next.locked) }, opened);
    onChange(chosen);
  }

  /** @param {Chosen} next @param {string[]} open  what the link opens by itself, which the ready-made choices leave free */
  function set(next, open) {
    chosen = next;
    opened = open;
    for (const { name, hide, lock } of rows) {
      hide.checked = isAmong(name, chosen.hidden);
      hide.disabled = isAmong(PARTS[name], chosen.hidden);
      // What cannot be seen cannot be used.
      lock.checked = isAmong(name, chosen.locked) && !hide.checked;
      lock.disabled = hide.checked || isAmong(PARTS[name], chosen.locked);
    }
    for (const { name, button } of readyMade) {
      const that = READY_MADE[name](opened);
      button.setAttribute("aria-pressed", String(same(that.hidden, chosen.hidden) && same(that.locked, chosen.locked)));
    }
  }

  return { element, set };
}

/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.join() === b.join();
