// The pad on which a visitor draws data: mouse, pen, touch or keys; an eraser; undo and redo. What is drawn leaves it
// as text (see ../strokes.js), which is also all that its history keeps.
import { context2d } from "../charts/canvas.js";
import { h, icon, setText } from "../dom.js";
import { MAX_POINTS, MIN_POINTS, countPoints, decodeStrokes, encodeStrokes } from "../strokes.js";
import { DRAW_PAD } from "../texts.js";
import { css, onThemeChange, palette } from "../theme.js";
import { ERASER, startErasure, startStroke } from "./gestures.js";

/** @typedef {import("../strokes.js").Point} Point */
/** @typedef {import("../strokes.js").Stroke} Stroke */
/** @typedef {"pen" | "eraser"} Tool */

const ICONS = {
  pen: "M4 20l1-4.6L16.2 4.2a1.8 1.8 0 0 1 2.5 0l1.1 1.1a1.8 1.8 0 0 1 0 2.5L8.6 19zM14 6.5l3.5 3.5",
  eraser: "M8.5 19.5h11M5 14.2l8.7-8.7a1.9 1.9 0 0 1 2.7 0l3.1 3.1a1.9 1.9 0 0 1 0 2.7l-8.2 8.2H8.5L5 16.9a1.9 1.9 0 0 1 0-2.7zM9.5 9.7l5.8 5.8",
  undo: "M4.5 5v5h5M5 10a7.6 7.6 0 1 1 .2 5.4",
  redo: "M19.5 5v5h-5M19 10a7.6 7.6 0 1 0-.2 5.4",
  clear: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7",
};

/** How far a key moves, in units of the square, whose side is 2. */
const KEY_STEP = 0.05;
const SMALL_KEY_STEP = 0.01;
/** Steps that can be undone. */
const HISTORY = 200;
/** The bit of PointerEvent.buttons that says that a pen's other end is used. */
const PEN_ERASER = 32;
/** In CSS pixels. */
const LINE_WIDTH = 2.5;

/**
 * @param {{onChange: (text: string) => void}} on  called with the whole drawing when a stroke or an erasure has ended,
 *   and on undo, redo and clear
 */
export function createDrawPad({ onChange }) {
  const canvas = h("canvas", {
    role: "application", tabindex: "0", "data-testid": "draw-pad", "aria-label": DRAW_PAD.canvas, "aria-describedby": "draw-keys",
  });
  const context = context2d(canvas);
  const hint = h("p", { class: "draw-hint", "aria-hidden": "true" }, DRAW_PAD.hint);
  const place = h("p", { class: "visually-hidden", role: "status" });
  const status = h("p", { class: "draw-status", role: "status", "data-testid": "draw-status" });
  const tools = {
    pen: button("draw-pen", DRAW_PAD.penHint, ICONS.pen, () => choose("pen")),
    eraser: button("draw-erase", DRAW_PAD.eraserHint, ICONS.eraser, () => choose("eraser")),
  };
  tools.pen.append(DRAW_PAD.pen);
  tools.eraser.append(DRAW_PAD.eraser);
  const undoButton = button("draw-undo", DRAW_PAD.undo, ICONS.undo, undo);
  const redoButton = button("draw-redo", DRAW_PAD.redo, ICONS.redo, redo);
  const clearButton = button("draw-clear", DRAW_PAD.clear, ICONS.clear, clear);
  const element = h("section", { class: "draw", "aria-label": DRAW_PAD.label, keydown: onShortcut },
    h("div", { class: "draw-tools", role: "group", "aria-label": DRAW_PAD.tools },
      h("span", { class: "draw-choice" }, tools.pen, tools.eraser), undoButton, redoButton, clearButton),
    h("div", { class: "draw-box" }, canvas, hint),
    status,
    h("p", { class: "draw-keys", id: "draw-keys" }, DRAW_PAD.keys), place);

  /** What is drawn, without what is under way. */
  let text = "";
  /** What `set` was told last. */
  let told = "";
  /** @type {string[]} */
  let past = [];
  /** @type {string[]} */
  let future = [];
  /** @type {readonly Stroke[]} */
  let strokes = [];
  /** @type {Tool} */
  let tool = "pen";
  /** @type {import("./gestures.js").Gesture | null} */
  let gesture = null;
  /** The pointer that draws. @type {number | null} */
  let pointer = null;
  /** Where a pointer hovers or draws. @type {{at: Point, tool: Tool} | null} */
  let hover = null;
  /** Where keys draw; shown while they do. @type {Point} */
  let cursor = [0, 0];
  let keys = false;
  let frame = 0;

  // --- What is drawn ---

  /** @param {readonly Stroke[]} next */
  function change(next) {
    const nextText = encodeStrokes(next);
    if (nextText === text) return show(text);
    past = [...past, text].slice(-HISTORY);
    future = [];
    show(nextText);
    onChange(text);
  }

  /** What is shown is what the text says, rounded as it is. @param {string} next */
  function show(next) {
    text = next;
    strokes = decodeStrokes(text) ?? [];
    refresh();
  }

  function undo() {
    stop();
    const before = past.pop();
    if (before === undefined) return;
    future.push(text);
    show(before);
    onChange(text);
  }

  function redo() {
    stop();
    const after = future.pop();
    if (after === undefined) return;
    past.push(text);
    show(after);
    onChange(text);
  }

  function clear() {
    stop();
    change([]);
  }

  /** @param {Tool} next */
  function choose(next) {
    stop();
    tool = next;
    refresh();
  }

  function refresh() {
    const shown = gesture?.strokes() ?? strokes;
    const count = countPoints(shown);
    const sentence = count < MIN_POINTS && !gesture ? DRAW_PAD.few : count < MAX_POINTS ? DRAW_PAD.count(count, MAX_POINTS) : DRAW_PAD.full;
    // Thirty announcements a second help nobody; the last one comes when the pen lifts.
    status.setAttribute("aria-live", pointer === null ? "polite" : "off");
    setText(status, sentence);
    status.classList.toggle("warn", !gesture && count < MIN_POINTS ? count > 0 : count >= MAX_POINTS);
    hint.hidden = count > 0 || gesture !== null || keys;
    for (const [name, one] of Object.entries(tools)) one.setAttribute("aria-pressed", String(name === tool));
    disable(undoButton, past.length === 0);
    disable(redoButton, future.length === 0);
    disable(clearButton, text === "");
    canvas.dataset.tool = tool;
    frame ||= requestAnimationFrame(paint);
  }

  /** Keys must not fall silent because the button that had them has nothing more to do.
   * @param {HTMLButtonElement} button @param {boolean} disabled */
  function disable(button, disabled) {
    if (disabled && document.activeElement === button) canvas.focus();
    button.disabled = disabled;
  }

  // --- Gestures ---

  /** @param {Point} at @param {Tool} with_ */
  function start(at, with_) {
    gesture = with_ === "pen" ? startStroke(strokes, at) : startErasure(strokes, at);
  }

  /** Ends what is under way, if anything is; what is drawn of it stays. */
  function stop() {
    if (!gesture) return;
    const next = gesture.strokes();
    gesture = null;
    pointer = null;
    change(next);
  }

  /** @param {PointerEvent} event @returns {Point} */
  function placeOf({ clientX, clientY }) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * 2 - 1, 1 - ((clientY - top) / height) * 2];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || pointer !== null || (event.pointerType === "mouse" && event.button !== 0)) return;
    stop();
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    keys = false;
    const used = event.buttons & PEN_ERASER ? "eraser" : tool;
    hover = { at: placeOf(event), tool: used };
    start(hover.at, used);
    refresh();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pointer !== null && event.pointerId !== pointer) return;
    hover = { at: placeOf(event), tool: pointer === null ? tool : hover?.tool ?? tool };
    if (pointer !== null) {
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) gesture?.move(placeOf(move));
    }
    refresh();
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(name, (event) => {
      if (event.pointerId !== pointer) return;
      if (event.pointerType !== "mouse") hover = null;
      stop();
    });
  }
  canvas.addEventListener("pointerleave", () => {
    if (pointer !== null) return;
    hover = null;
    refresh();
  });
  // A long press of a finger is a part of drawing.
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || pointer !== null) return;
    const step = event.shiftKey ? SMALL_KEY_STEP : KEY_STEP;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (way) {
      const within = (/** @type {number} */ value) => Math.max(-1, Math.min(1, Math.round(value * 100) / 100));
      cursor = [within(cursor[0] + way[0]), within(cursor[1] + way[1])];
      gesture?.move(cursor);
    } else if (event.key === " ") {
      // Elsewhere on the page the space bar plays.
      event.stopPropagation();
      if (!event.repeat && gesture) stop();
      else if (!event.repeat) start(cursor, tool);
    } else if (event.key === "Escape" && gesture) {
      stop();
    } else {
      return;
    }
    event.preventDefault();
    keys = true;
    hover = null;
    setText(place, DRAW_PAD.cursor(cursor, gesture !== null, tool));
    refresh();
  });
  canvas.addEventListener("blur", () => {
    keys = false;
    if (pointer === null) stop();
    refresh();
  });

  /** @param {KeyboardEvent} event */
  function onShortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || pointer !== null) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  }

  // --- Painting ---

  /** The pad is drawn seldom and looked at closely, so it takes all pixels that the screen has, and looks for a new
   * number of them each time: zooming changes it without changing any size. */
  function paint() {
    frame = 0;
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (canvas.width !== side || canvas.height !== side) {
      canvas.width = side;
      canvas.height = side;
    }
    const { ink, line, stage, neutral, real } = palette();
    context.fillStyle = css(stage);
    context.fillRect(0, 0, side, side);
    for (const share of [1, 2, 3, 5, 6, 7]) rule(share / 8, side, css(line));
    rule(1 / 2, side, css(neutral));
    drawStrokes(gesture?.strokes() ?? strokes, side, css(real));
    if (hover?.tool === "eraser") ring(hover.at, side, css(ink, 0.8));
    if (keys) {
      if (tool === "eraser") ring(cursor, side, css(ink, 0.8));
      cross(cursor, side, css(ink));
    }
  }

  /** A thin line across and one upwards. @param {number} share @param {number} side @param {string} colour */
  function rule(share, side, colour) {
    const thickness = Math.max(1, Math.round(devicePixelRatio));
    const at = Math.round(share * side - thickness / 2);
    context.fillStyle = colour;
    context.fillRect(at, 0, thickness, side);
    context.fillRect(0, at, side, thickness);
  }

  /** @param {readonly Stroke[]} shown @param {number} side @param {string} colour */
  function drawStrokes(shown, side, colour) {
    const width = LINE_WIDTH * devicePixelRatio;
    const places = shown.map((stroke) => stroke.map((point) => pixelOf(point, side)));
    context.beginPath();
    for (const [[x, y], ...rest] of places) {
      context.moveTo(x, y);
      for (const [toX, toY] of rest) context.lineTo(toX, toY);
    }
    context.lineWidth = width;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = colour;
    context.stroke();
    context.beginPath();
    for (const [[x, y]] of places.filter(({ length }) => length === 1)) {
      context.moveTo(x + width, y);
      context.arc(x, y, width * 0.8, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.fill();
  }

  /** @param {Point} at @param {number} side @param {string} colour */
  function ring(at, side, colour) {
    const [x, y] = pixelOf(at, side);
    context.beginPath();
    context.arc(x, y, (ERASER / 2) * side, 0, 2 * Math.PI);
    context.lineWidth = 1.5 * devicePixelRatio;
    context.strokeStyle = colour;
    context.stroke();
  }

  /** @param {Point} at @param {number} side @param {string} colour */
  function cross(at, side, colour) {
    const [x, y] = pixelOf(at, side);
    const [near, far] = [4 * devicePixelRatio, 10 * devicePixelRatio];
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + near * dx, y + near * dy);
      context.lineTo(x + far * dx, y + far * dy);
    }
    context.lineWidth = 1.5 * devicePixelRatio;
    context.strokeStyle = colour;
    context.stroke();
  }

  new ResizeObserver(paint).observe(canvas);
  addEventListener("resize", refresh);
  onThemeChange(refresh);
  refresh();

  return {
    element,
    /**
     * Shows a drawing that comes from elsewhere: a link, a preset. `onChange` is not called. It may be called with
     * every new state of the page: what it was told before, or shows already, changes nothing, so that a drawing that
     * the page did not take (one of too few points) stays while something else changes. Other text ends undo, and what
     * is under way. Text that is no drawing is left alone.
     * @param {string} next
     */
    set(next) {
      if (next === told || decodeStrokes(next) === null) return;
      told = next;
      if (next === text) return;
      gesture = null;
      pointer = null;
      past = [];
      future = [];
      show(next);
    },
  };
}

/** @param {Point} point @param {number} side @returns {Point} */
const pixelOf = ([x, y], side) => [((x + 1) / 2) * side, ((1 - y) / 2) * side];

/** @param {string} testid @param {string} title @param {string} path @param {() => void} click */
const button = (testid, title, path, click) => h("button", { type: "button", "data-testid": testid, title, click }, icon(path));
