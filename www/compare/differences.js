// The table of what differs: a row a setting, with A's value, B's as a control, and a way to take it back; and below it how far each
// came. What a change means the store decides.
import { h, icon, setText } from "../dom.js";
import { fieldApplies, findField, hasClassifier, isOfFigure, readField } from "../fields.js";
import { number } from "../language.js";
import { createControl } from "../panels/control.js";
import { GROUPS } from "../texts.js";
import { canDiffer, differencesThatApply, differingIn, withDifferences } from "../versus.js";
import { settingText, valueText } from "./describe.js";
import { stepOf } from "./tandem.js";
import { COMPARE } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../fields.js").Catalogue} Catalogue
 * @typedef {import("../fields.js").FieldValue} FieldValue
 */

const CROSS = "M6 6l12 12M18 6L6 18";
/** Before the handles of B's controls, for the settings panel has the same of A. */
const SCOPE = "b-";

/** A row of one or two figures, each with its handle. @type {{text: string, when?: (state: State) => boolean,
 *   parts: {id: string, read: (state: State) => string}[]}[]} */
const FIGURES = [
  { text: COMPARE.figures.step, parts: [{ id: "step", read: (state) => String(stepOf(state)) }] },
  {
    text: COMPARE.figures.losses, parts: [
      { id: "loss-d", read: ({ losses }) => number(losses?.d.toPrecision(DIGITS) ?? "") },
      { id: "loss-g", read: ({ losses }) => number(losses?.g.toPrecision(DIGITS) ?? "") },
    ],
  },
  {
    text: COMPARE.figures.accuracy, parts: [
      { id: "accuracy-real", read: ({ report }) => share(report?.accuracyReal) },
      { id: "accuracy-fake", read: ({ report }) => share(report?.accuracyFake) },
    ],
  },
  {
    text: COMPARE.figures.quality, when: ({ experiment }) => isOfFigure(experiment), parts: [
      { id: "modes", read: ({ measures }) => (measures?.figure ? COMPARE.figures.of(measures.figure.captured, measures.figure.total) : "") },
      { id: "quality", read: ({ measures }) => share(measures?.figure?.highQuality) },
    ],
  },
  {
    text: COMPARE.figures.frechet, when: ({ experiment }) => hasClassifier(experiment),
    parts: [{ id: "frechet", read: ({ measures }) => number(measures?.pictures?.frechet.toPrecision(3) ?? "") }],
  },
  {
    text: COMPARE.figures.sliced, when: ({ experiment }) => !isOfFigure(experiment) && !hasClassifier(experiment),
    parts: [{ id: "sliced", read: ({ measures }) => number(measures?.sliced.toPrecision(3) ?? "") }],
  },
];

/** Enough to tell two runs apart. */
const DIGITS = 6;

/** @param {number | undefined} part  0 to 1, NaN before there is one */
const share = (part = NaN) => (Number.isNaN(part) ? "" : number(part.toFixed(2)));

/** @param {import("../store.js").Store} store  A's @param {Catalogue} catalogue */
export function createDifferences(store, catalogue) {
  /** @type {State} */
  let a;
  const set = (/** @type {string} */ path, /** @type {FieldValue} */ value) =>
    store.setView({ versus: differingIn(a.view.versus, { path, value }) });

  /** The setting whose control is to get the focus once it is there. */
  let wanted = "";
  const fields = catalogue.fields.filter(canDiffer);
  const first = h("option", { value: "" }, COMPARE.addFirst);
  const options = new Map(fields.map(({ path }) => [path, h("option", { value: path }, settingText(path))]));
  const groups = GROUPS.map(({ title, paths }) => h("optgroup", { label: title },
    ...[...options].filter(([path]) => paths.some((start) => path.startsWith(start))).map(([, option]) => option)));
  const add = h("select", {
    id: "versus-add", "data-testid": "versus-add", "aria-label": COMPARE.add,
    change: () => {
      const path = add.value;
      add.value = "";
      set(path, /** @type {FieldValue} */ (readField(withDifferences(catalogue, a.experiment, a.view.versus), path)));
      wanted = path;
    },
  }, first, ...groups);

  const body = h("tbody", { "data-testid": "versus" });
  const figures = FIGURES.map(({ text, when, parts }) => {
    const cells = ["a", "b"].map((letter) => {
      const outputs = parts.map(({ id }) => h("output", { "data-testid": `compare-${id}-${letter}`, "aria-live": "off" }));
      return {
        element: h("td", {}, ...outputs.flatMap((output, i) => (i === 0 ? [output] : [" / ", output]))),
        show: (/** @type {State} */ state) => parts.forEach(({ read }, i) => setText(outputs[i], read(state))),
      };
    });
    const element = h("tr", {}, h("th", { scope: "row" }, text), ...cells.map((cell) => cell.element), h("td", {}));
    return { element, when, cells };
  });
  const element = h("table", { class: "compare-table" },
    h("caption", { class: "visually-hidden" }, COMPARE.table.caption),
    h("thead", {}, h("tr", {}, ...[COMPARE.table.setting, COMPARE.table.a, COMPARE.table.b].map((text) => h("th", { scope: "col" }, text)), h("td", {}))),
    body, h("tbody", { class: "figures" }, ...figures.map((figure) => figure.element)));

  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  /** @param {string} path */
  function createRow(path) {
    const name = settingText(path);
    const ofA = h("span", {});
    const same = h("span", { class: "help", hidden: true }, COMPARE.table.same);
    const control = createControl(findField(catalogue, path), { setField: set }, { scope: SCOPE, label: COMPARE.table.inB(name), help: false });
    const takeBack = h("button", {
      type: "button", class: "quiet", "data-testid": `take-back-${path}`, "aria-label": COMPARE.table.takeBackOf(name), title: COMPARE.table.takeBackOf(name),
      click: () => {
        store.setView({ versus: a.view.versus.filter((one) => one.path !== path) });
        add.focus();
      },
    }, icon(CROSS));
    const row = h("tr", { "data-testid": `versus-${path}` },
      h("th", { scope: "row" }, name), h("td", {}, ofA), h("td", {}, control.element, same), h("td", {}, takeBack));
    return {
      element: row,
      focus: () => /** @type {HTMLElement | null} */ (control.element.querySelector("select, input"))?.focus(),
      /** @param {State["experiment"]} experiment  B's @param {State["refusal"]} refusal */
      sync(experiment, refusal) {
        // Where A has no such setting, as with another kind of optimiser, there is nothing to tell.
        const [valueA, valueB] = [readField(a.experiment, path), readField(experiment, path)];
        setText(ofA, valueA === undefined ? "–" : valueText(path, valueA));
        same.hidden = valueA === undefined || valueB === undefined || valueText(path, valueA) !== valueText(path, valueB);
        row.classList.toggle("same", !same.hidden);
        control.sync({ experiment, refusal });
      },
    };
  }

  /** @type {State["experiment"] | null} */
  let shownOf = null;
  /** @type {State["view"]["versus"] | null} */
  let shown = null;
  /** @type {State["refusal"]} */
  let refused = null;

  return {
    add,
    element,
    /** @param {State} stateA @param {State} stateB */
    update(stateA, stateB) {
      a = stateA;
      for (const { element: row, when, cells } of figures) {
        row.hidden = when !== undefined && !when(a);
        cells[0].show(stateA);
        cells[1].show(stateB);
      }
      const { experiment, view: { versus } } = a;
      if (experiment === shownOf && versus === shown && stateB.refusal === refused) return;
      [shownOf, shown, refused] = [experiment, versus, stateB.refusal];
      const paths = differencesThatApply(catalogue, experiment, versus).map(({ path }) => path);
      for (const [path, row] of rows) {
        if (paths.includes(path)) continue;
        row.element.remove();
        rows.delete(path);
      }
      const b = withDifferences(catalogue, experiment, versus);
      for (const path of paths) {
        const row = rows.get(path) ?? createRow(path);
        if (!rows.has(path)) {
          rows.set(path, row);
          body.append(row.element);
        }
        row.sync(b, refused);
        if (path === wanted) row.focus();
      }
      wanted = "";
      for (const [path, option] of options) option.hidden = option.disabled = paths.includes(path) || !fieldApplies(findField(catalogue, path), b);
    },
  };
}
