// How much each direction changes each attribute, as a table: the darker, the more.
import { h, setText } from "../../dom.js";
import { number } from "../../language.js";
import { DIRECTIONS, ENTANGLE, attributeName } from "../../studio/texts.js";

/** @typedef {import("../../studio/studio.js").Studio} Studio */

/** @param {Studio} studio @param {() => number[]} held  the attributes that are to be held */
export function createMatrix(studio, held) {
  const go = h("button", { type: "button", "data-testid": "entangle-go", click: measure }, ENTANGLE.measure);
  const note = h("p", { class: "help", role: "status" });
  const head = h("tr", {});
  const body = h("tbody", {});
  const box = h("div", { class: "matrix", role: "region", tabindex: "0", "aria-label": ENTANGLE.table, hidden: true },
    h("table", { "data-testid": "entangle-table" }, h("thead", {}, head), body));
  const element = h("section", { class: "entangle", "aria-label": ENTANGLE.title },
    h("h3", {}, ENTANGLE.title), h("p", { class: "help" }, ENTANGLE.help), h("div", { class: "studio-row" }, go, note), box);

  /** Names of those that were held when it was measured. @type {string[]} */
  let heldNames = [];
  /** @type {import("../../studio/studio.js").Entanglement | null} */
  let shown = null;

  function rows() {
    const { state } = studio;
    return [
      ...state.directions[state.method].map(({ vector }, j) => ({ name: DIRECTIONS.name(state.method, j), vector })),
      ...state.named.map(({ name, vector }) => ({ name, vector })),
    ];
  }

  function measure() {
    const hold = held();
    heldNames = hold.map((i) => attributeName(studio.eye?.attributes[i].name ?? ""));
    studio.entangle(rows(), hold);
  }

  /** @param {import("../../studio/studio.js").Entanglement} measured */
  function show({ names, attributes, before, after }) {
    head.replaceChildren(h("th", { scope: "col" }, ENTANGLE.direction), ...attributes.map((name) => h("th", { scope: "col" }, h("span", {}, attributeName(name)))));
    const most = before.reduce((a, b) => Math.max(a, b), 1e-6);
    const width = attributes.length;
    box.classList.toggle("many", width > 4);
    body.replaceChildren(...names.map((name, i) => h("tr", {}, h("th", { scope: "row", title: name }, name), ...attributes.map((_, j) => {
      const at = i * width + j;
      const cell = h("td", {}, number(before[at].toFixed(2)), ...(after ? [h("small", {}, number(after[at].toFixed(2)))] : []));
      cell.style.setProperty("--shade", String(Math.round(55 * (before[at] / most))));
      return cell;
    }))));
  }

  return {
    element,
    update() {
      const { entanglement, entangling } = studio;
      go.disabled = entangling || rows().length === 0;
      if (entanglement !== shown) {
        shown = entanglement;
        if (shown) show(shown);
      }
      box.hidden = shown === null;
      setText(note, entangling ? ENTANGLE.measuring : rows().length === 0 ? ENTANGLE.noDirections
        : shown?.after ? ENTANGLE.held(heldNames) : "");
    },
  };
}
