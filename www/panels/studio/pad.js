// A square in which two directions are moved at once, by pointer or by arrow keys. Either may be a dimension of the noise
// or a direction that has a slider: the pad is both of their sliders in one.
import { h, setText } from "../../dom.js";
import { reachOf } from "../../studio/codes.js";
import { DIRECTIONS, WALK, axisName, signed } from "../../studio/texts.js";

/** @typedef {import("../../studio/studio.js").Studio} Studio */

/** How far a key moves, as a share of the reach. */
const KEY_STEP = 1 / 30;

/** @param {Studio} studio */
export function createPad(studio) {
  const { state } = studio;
  const knob = h("i", { class: "pad-knob" });
  const square = h("div", {
    class: "pad", role: "application", tabindex: "0", "data-testid": "pad", "aria-label": WALK.padLabel,
    pointerdown: onPointer, pointermove: onPointer, keydown: onKey,
  }, h("i", { class: "pad-cross" }), knob);
  const across = h("select", { "data-testid": "pad-across", "aria-label": WALK.padAcross, change: () => update() });
  const up = h("select", { "data-testid": "pad-up", "aria-label": WALK.padUp, change: () => update() });
  const place = h("p", { class: "help pad-place", role: "status" });
  const element = h("section", { class: "pad-box", "aria-label": WALK.pad },
    h("h3", {}, WALK.pad), h("div", { class: "pad-row" }, square,
      h("div", { class: "pad-axes" },
        h("label", {}, h("span", {}, WALK.padAcross), across), h("label", {}, h("span", {}, WALK.padUp), up), place)),
    h("p", { class: "help" }, WALK.padHelp));
  let offered = "";

  function offer() {
    const { method, named, dims } = state;
    const found = state.directions[method];
    const now = JSON.stringify([dims, method, found.length, named.map(({ name }) => name)]);
    if (now === offered) return;
    const first = offered === "";
    offered = now;
    const groups = [
      { title: WALK.padDims, options: Array.from({ length: dims }, (_, k) => ({ value: `z ${k}`, text: axisName(k) })) },
      { title: DIRECTIONS.methods[method].name, options: found.map((_, j) => ({ value: `${method} ${j}`, text: DIRECTIONS.name(method, j) })) },
      { title: WALK.padNamed, options: named.map(({ name }, j) => ({ value: `named ${j}`, text: name })) },
    ].filter(({ options }) => options.length > 0);
    for (const [select, fallback] of /** @type {const} */ ([[across, "z 0"], [up, dims > 1 ? "z 1" : "z 0"]])) {
      const before = first ? fallback : select.value;
      select.replaceChildren(...groups.map(({ title, options }) => h("optgroup", { label: title },
        ...options.map(({ value, text }) => h("option", { value }, text)))));
      select.value = before;
      if (select.value === "") select.value = fallback;
    }
  }

  /** What an axis of the pad moves. @param {string} value  of a menu @returns {{reach: number, at: number, set: (value: number) => void}} */
  function axis(value) {
    const [kind, number] = value.split(" ");
    const k = Number(number);
    const direction = kind === "named" ? state.named[k] : kind === "z" ? undefined : state.directions[kind === "pca" ? "pca" : "sefa"][k];
    if (direction) return { reach: 3, at: direction.alphas[state.chosen], set: (alpha) => state.setAlpha(direction, alpha) };
    return { reach: reachOf(state.distribution), at: state.codes[state.chosen][k] ?? 0, set: (sigmas) => state.setCoordinate(k, sigmas) };
  }

  /** @param {number} x  −1 to 1 @param {number} y  upwards, likewise */
  function go(x, y) {
    const [first, second] = [axis(across.value), axis(up.value)];
    studio.change(() => {
      first.set(within(x) * first.reach);
      second.set(within(y) * second.reach);
    });
  }

  /** @param {PointerEvent} event */
  function onPointer(event) {
    if (event.type === "pointerdown") square.setPointerCapture(event.pointerId);
    else if (!square.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = square.getBoundingClientRect();
    go((2 * (event.clientX - left)) / width - 1, 1 - (2 * (event.clientY - top)) / height);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: null }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    if (move === null) return go(0, 0);
    const [first, second] = [axis(across.value), axis(up.value)];
    go(first.at / first.reach + move[0] * KEY_STEP, second.at / second.reach + move[1] * KEY_STEP);
  }

  function update() {
    offer();
    const [first, second] = [axis(across.value), axis(up.value)];
    knob.style.left = `${50 * (1 + within(first.at / first.reach))}%`;
    knob.style.top = `${50 * (1 - within(second.at / second.reach))}%`;
    setText(place, WALK.padAt(signed(first.at), signed(second.at)));
  }

  return { element, update };
}

/** @param {number} share */
const within = (share) => Math.max(-1, Math.min(1, share));
