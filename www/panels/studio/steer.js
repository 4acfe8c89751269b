// The tab of steering: what the picture should become, what must stay as it is, and how that goes; below it how far
// directions are entangled with attributes.
import { h, setText } from "../../dom.js";
import { className } from "../../texts.js";
import { STEER, accuracies, attributeName, percent, plainName, steeringText } from "../../studio/texts.js";
import { kindOf } from "../../studio/studio.js";
import { createMatrix } from "./matrix.js";

/**
 * @typedef {import("../../studio/studio.js").Studio} Studio
 * @typedef {import("../../studio/protocol.js").Attribute} Attribute
 */

const calmly = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {Studio} studio */
export function createSteer(studio) {
  const none = h("p", { role: "status", "data-testid": "steer-none" });
  const learn = h("button", { type: "button", "data-testid": "learn-go", click: () => (studio.learning ? studio.stopLearning() : void studio.learn()) });
  const progress = h("progress", { max: "1", value: "0", "aria-label": STEER.progress });
  const learning = h("span", { class: "help learn-status", role: "status", "data-testid": "learn-status" });
  const learnRow = h("div", { class: "studio-row" }, learn, progress, learning);

  const about = h("p", { class: "help", "data-testid": "steer-eye" });
  const attribute = h("select", { "data-testid": "steer-attribute", "aria-label": STEER.attribute, change: () => { picked = null; studio.note(() => {}); } });
  const attributeRow = h("label", { class: "key" }, h("span", { class: "row-name" }, STEER.attribute), attribute);
  const chips = h("div", { class: "chips", role: "group", "aria-label": STEER.wanted, "data-testid": "steer-wanted" });
  const holds = h("div", { class: "holds", role: "group", "aria-label": STEER.hold });
  const holdAll = h("button", {
    type: "button", class: "quiet", "data-testid": "steer-hold-all",
    click: () => studio.note(() => {
      const all = held().length < boxes.length - 1;
      boxes.forEach((box, i) => { box.checked = all && i !== chosenAttribute(); });
    }),
  }, STEER.holdAll);
  const holdRow = h("div", { class: "named-chips", title: STEER.holdHelp }, h("span", { class: "row-name" }, STEER.hold), holds, holdAll);
  const go = h("button", { type: "button", class: "go", "data-testid": "steer-go", click: start }, STEER.go);
  const status = h("p", { class: "steer-status", role: "status", "data-testid": "steer-status" });
  const bars = h("div", { class: "steer-bars", role: "group", "aria-label": STEER.bars });
  const changes = h("div", { class: "steer-bars", role: "group", "aria-label": STEER.changes });
  const changesBox = h("div", {}, h("h3", {}, STEER.changes), changes);
  const matrix = createMatrix(studio, held);
  const seeing = h("div", { class: "studio-tab" }, about,
    h("div", { class: "studio-row" }, attributeRow, h("div", { class: "named-chips" }, h("span", { class: "row-name" }, STEER.wanted), chips)),
    holdRow, h("div", { class: "studio-row" }, go, status),
    h("div", { class: "steer-two" }, h("div", {}, h("h3", {}, STEER.bars), bars), changesBox), matrix.element);
  const element = h("div", { class: "studio-tab" }, none, learnRow, seeing);

  /** Index of the wanted class; null until the visitor has picked one, or steered. @type {number | null} */
  let picked = null;
  /** @type {HTMLInputElement[]} */
  let boxes = [];
  let madeOf = "";
  let madeFor = "";
  let seenAt = "";
  /** Of the chosen sample. @type {Float32Array} */
  let probabilities = new Float32Array();

  const chosenAttribute = () => Math.max(0, attribute.selectedIndex);

  /** Attributes that are held. */
  function held() {
    const steered = chosenAttribute();
    return boxes.flatMap((box, i) => (box.checked && i !== steered ? [i] : []));
  }

  function start() {
    if (studio.steering?.state === "moving") studio.stopSteering();
    else {
      picked = wanted();
      studio.steer({ attribute: chosenAttribute(), wanted: picked, hold: held() }, calmly.matches);
    }
  }

  /** Where the chosen attribute's classes begin among the probabilities. @param {Attribute[]} attributes */
  const firstOf = (attributes) => attributes.slice(0, chosenAttribute()).reduce((sum, { classes }) => sum + classes.length, 0);

  /** What the visitor has picked, or else the class after the one that the chosen sample is of: to make a thing what it is
   * already would show nothing. */
  function wanted() {
    const { eye } = studio;
    if (picked !== null || !eye || probabilities.length === 0) return picked ?? 0;
    const count = eye.attributes[chosenAttribute()].classes.length;
    const first = firstOf(eye.attributes);
    const own = [...probabilities.subarray(first, first + count)];
    return (own.indexOf(Math.max(...own)) + 1) % count;
  }

  /** @param {Attribute[]} attributes @param {number} at */
  function namesOf(attributes, at) {
    const kind = studio.about?.experiment.data.kind ?? "";
    return attributes[at].classes.map((given, i) => plainName(className(kind, i, given).name));
  }

  /** @param {Attribute[]} attributes */
  function make(attributes) {
    const of = JSON.stringify(attributes);
    if (of !== madeOf) {
      madeOf = of;
      madeFor = "";
      picked = null;
      probabilities = new Float32Array();
      attribute.replaceChildren(...attributes.map(({ name }, i) => h("option", { value: String(i) }, attributeName(name))));
      boxes = attributes.map(({ name }) => h("input", { type: "checkbox", "data-testid": `steer-hold-${name.replaceAll(" ", "-")}`, change: () => studio.note(() => {}) }));
      holds.replaceChildren(...attributes.map(({ name }, i) => h("label", { class: "hold" }, boxes[i], attributeName(name))));
      changes.replaceChildren(...attributes.map(({ name }) => bar(attributeName(name), STEER.changed(attributeName(name)))));
      widen(changes, attributes.map(({ name }) => attributeName(name)));
    }
    const at = chosenAttribute();
    if (madeFor === `${at}`) return;
    madeFor = `${at}`;
    const names = namesOf(attributes, at);
    chips.replaceChildren(...names.map((name, i) => h("button", {
      type: "button", "data-testid": `steer-class-${i}`, click: () => studio.note(() => { picked = i; }),
    }, name)));
    bars.replaceChildren(...names.map((name) => bar(name, name)));
    widen(bars, names);
  }

  /** What the classifier says of the chosen sample as it stands. */
  async function see() {
    const { state, model } = studio;
    const place = state.shown;
    const now = `${model} ${madeOf} ${place.code} ${place.classes}`;
    if (now === seenAt || studio.steering?.state === "moving") return;
    seenAt = now;
    const drawing = await studio.draw("seen", [place], true);
    if (drawing) {
      probabilities = drawing.probabilities;
      showBars();
    } else seenAt = "";
  }

  function showBars() {
    const { eye, steering } = studio;
    if (!eye) return;
    const all = steering?.state === "moving" && steering.probabilities.length > 0 ? steering.probabilities : probabilities;
    const at = chosenAttribute();
    const first = firstOf(eye.attributes);
    const asked = wanted();
    [...chips.children].forEach((chip, i) => chip.setAttribute("aria-pressed", String(i === asked)));
    [...bars.children].forEach((row, i) => setBar(row, all[first + i] ?? 0, i === asked));
    [...changes.children].forEach((row, i) => setBar(row, steering?.changes[i] ?? 0, i === (steering?.wish.attribute ?? at)));
    if (!steering || steering.probabilities.length === 0) {
      setText(status, steering ? "" : STEER.idle);
      return;
    }
    const { wish } = steering;
    const before = eye.attributes.slice(0, wish.attribute).reduce((sum, { classes }) => sum + classes.length, 0);
    setText(status, steeringText(steering, namesOf(eye.attributes, wish.attribute)[wish.wanted], steering.probabilities[before + wish.wanted]));
  }

  /** Why there is nothing to steer with, and what can be done. */
  function why() {
    const { about: model, learning: lesson } = studio;
    if (!model) return "";
    const kind = kindOf(model);
    if (kind !== "images") return STEER[kind];
    if (model.experiment.data.kind !== "own-pictures") return STEER.loading;
    return labelled || lesson ? STEER.own : STEER.unlabelled;
  }

  let labelled = false;

  return {
    element,
    /** Fetches what is missing, once more if it did not come. */
    opened: () => studio.needEye(true),

    /** @param {import("../../protocol.js").AboutData | null} data  what the run is trained on */
    update(data) {
      const { eye, about: model, learning: lesson, steering } = studio;
      if (!model) return;
      labelled = model.experiment.data.kind === "own-pictures" && (data?.classes.length ?? 0) > 1;
      studio.needEye();
      none.hidden = eye !== null;
      seeing.hidden = eye === null;
      setText(none, eye ? "" : why());
      learnRow.hidden = !(labelled || lesson) || (eye !== null && !lesson);
      setText(learn, lesson ? STEER.stopLearning : STEER.learn);
      progress.classList.toggle("idle", !lesson);
      progress.value = lesson && lesson.steps > 0 ? lesson.done / lesson.steps : 0;
      setText(learning, lesson ? STEER.learning(lesson.done, lesson.steps) : "");
      if (!eye) return;
      make(eye.attributes);
      const at = chosenAttribute();
      const stated = accuracies(eye.attributes);
      setText(about, `${eye.own ? STEER.ownEye(stated) : STEER.eye(STEER.eyes[model.experiment.data.kind] ?? "", stated)} ${STEER.help}`);
      attributeRow.hidden = eye.attributes.length < 2;
      holdRow.hidden = eye.attributes.length < 2;
      changesBox.hidden = eye.attributes.length < 2;
      boxes.forEach((box, i) => { box.disabled = i === at; });
      const moving = steering?.state === "moving";
      setText(go, moving ? STEER.stop : STEER.go);
      showBars();
      void see();
      studio.needDirections();
      matrix.update();
    },
  };
}

/** Room for the longest of the names, within reason. @param {HTMLElement} list @param {string[]} names */
function widen(list, names) {
  list.style.setProperty("--name", `${Math.min(14, Math.max(...names.map(({ length }) => length)) + 1)}ch`);
}

/** @param {string} name @param {string} label */
function bar(name, label) {
  return h("div", { class: "steer-bar" }, h("span", { class: "bar-label", title: label }, name), h("i", {}), h("output", { "aria-live": "off", "aria-label": label }));
}

/** @param {Element} row @param {number} share @param {boolean} marked */
function setBar(row, share, marked) {
  const [, fill, number] = row.children;
  /** @type {HTMLElement} */ (fill).style.setProperty("--share", String(share));
  setText(number, percent(share));
  row.classList.toggle("marked", marked);
}

