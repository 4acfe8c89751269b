// The diagram: noise, G, fakes, real data, D and the loss, and the ways between them. It shows which of them a stage is
// about, which way things flow, and which net is frozen. What it is told, it shows; it decides nothing.
import { h, icon, setText } from "../dom.js";
import { BOXES, LOCK, SLOW } from "./texts.js";

/**
 * @typedef {import("./stages.js").Stage} Stage
 * @typedef {import("./stages.js").Box} Box
 * @typedef {import("./stages.js").Way} Way
 * @typedef {import("./stages.js").Net} Net
 */

const PADLOCK = "M6.5 11h11v8.5h-11zM8.8 11V8a3.2 3.2 0 0 1 6.4 0v3";

/** @type {Box[]} */
const BOX_NAMES = ["noise", "g", "fake", "real", "d", "loss"];
/** @type {Way[]} */
const WAYS = ["noise-g", "g-fake", "fake-d", "real-d", "d-loss"];

/** @param {ReturnType<typeof import("./explain.js").createExplainer>} explainer */
export function createDiagram(explainer) {
  const boxes = BOX_NAMES.map((name) => {
    const below = h("span", { class: "box-sign" }, BOXES[name].sign);
    const lock = name === "g" || name === "d" ? h("span", { class: "box-lock", hidden: true }, icon(PADLOCK), h("span", {}, LOCK.frozen)) : null;
    const element = h("button", { type: "button", class: "box", "data-box": name, "data-testid": `slow-box-${name}` },
      h("span", { class: "box-name" }, BOXES[name].name), below, ...(lock ? [lock] : []));
    let hint = BOXES[name].hint;
    explainer.attach(element, () => hint);
    return { name, element, below, lock, tell: (/** @type {string} */ more) => { hint = more ? `${BOXES[name].hint} ${more}` : BOXES[name].hint; } };
  });
  const ways = WAYS.map((name) => ({ name, element: h("i", { class: "way", "data-way": name }) }));
  const element = h("div", { class: "slow-diagram", role: "group", "aria-label": SLOW.diagram },
    ...boxes.map((box) => box.element), ...ways.map((way) => way.element));

  return {
    element,
    /** @param {Stage | null} stage  none before a step was taken apart @param {string} loss  where it is known */
    show(stage, loss) {
      const frozen = stage ? (stage.phase === "d" ? "g" : "d") : null;
      element.dataset.phase = stage?.phase ?? "";
      for (const { name, element: box, below, lock, tell } of boxes) {
        box.classList.toggle("lit", stage?.boxes.includes(name) ?? false);
        if (name === "loss") setText(below, loss);
        if (!lock) continue;
        lock.hidden = name !== frozen;
        box.classList.toggle("frozen", name === frozen);
        tell(name === frozen ? LOCK.hints[/** @type {Net} */ (name)] : "");
        setText(below, stage && name !== frozen ? LOCK.learns : BOXES[name].sign);
        below.hidden = name === frozen;
      }
      for (const { name, element: way } of ways) {
        way.classList.toggle("lit", stage?.ways.includes(name) ?? false);
        way.classList.toggle("back", stage?.back ?? false);
        way.classList.toggle("stop", stage?.stop === name);
      }
    },
  };
}
