// What can be taken along for a report, in a dialog: the run's numbers, its figures, and the experiment as a command line and
// as a PyTorch script. It looks at the page's state when something is saved, and changes nothing of it.
import "./export.css";
import { h, icon, setText } from "../dom.js";
import { download, fileName } from "../film/download.js";
import { fieldDiffers, knownPreset, presetNamed } from "../fields.js";
import { DEVICE_NAMES, presetText } from "../texts.js";
import { COLOURS } from "./colours.js";
import { EXPERIMENT_FILE, commandOf, experimentFile } from "./command.js";
import { figuresOf } from "./figures.js";
import { pytorchScript } from "./pytorch/index.js";
import { runCsv, runJson, seriesOf, valuesCsv } from "./run.js";
import { EXPORT } from "./texts.js";
import { svgToPng } from "./to-png.js";

/** @typedef {import("../store.js").State} State */

const CLOSE = "M6 6l12 12M18 6L6 18";
/** Milliseconds between two looks at a run that goes on. */
const LOOK = 500;

/** @param {import("./open.js").Context} context */
export function createExportDialog({ store, catalogue, assets, library }) {
  /** @type {State} */
  let state;
  /** The visitor's own data, if the experiment needs any and they are here. @type {Blob | null} */
  let own = null;
  let looked = -Infinity;

  // --- What is said of the experiment ---

  const kind = () => state.experiment.data.kind;
  const changed = () => {
    const base = state.loaded?.about.experiment ?? knownPreset(catalogue, state.preset);
    return catalogue.fields.some((field) => !["seed", "device"].includes(field.path) && fieldDiffers(field, state.experiment, base));
  };
  const title = () => {
    const name = state.loaded?.name ?? presetText(state.preset).title;
    return changed() ? EXPORT.changed(name) : name;
  };

  /** @returns {import("./pytorch/index.js").Origin["model"]} */
  function model() {
    if (!state.trained) return null;
    if (state.loaded) return { file: state.loaded.name, shipped: false, steps: state.loaded.about.step };
    const { model: file, experiment } = presetNamed(catalogue, state.preset);
    return file === null ? null : { file, shipped: true, steps: experiment.training.steps };
  }

  const dataFile = () => ("id" in state.experiment.data ? `gan-${kind()}-data.bin` : "");

  const script = () => pytorchScript(state.experiment, {
    name: `gan-${kind()}.py`, about: `preset ${state.preset}${changed() ? ", changed" : ""}`, link: location.href, site: assets, model: model(), dataFile: dataFile(),
  });
  const command = () => commandOf(state.experiment, state.preset, { model: model(), dataFile: dataFile() }, catalogue);
  const context = () => ({ link: location.href, date: new Date().toISOString(), model: model() });
  const source = () => EXPORT.source(title(), state.report?.step ?? 0, state.experiment.seed, state.device ? DEVICE_NAMES[state.device.used] : "");
  /** @param {string} what @param {string} extension */
  const named = (what, extension) => fileName({ data: kind(), step: state.report?.step ?? 0, what, extension });

  // --- Saving and copying ---

  const said = h("p", { class: "export-said", role: "status", "data-testid": "export-said" });

  /** @param {() => Promise<[Blob, string]> | [Blob, string]} make  a file and its name */
  async function save(make) {
    try {
      const [blob, name] = await make();
      download(blob, name);
      setText(said, EXPORT.saved(name));
    } catch (cause) {
      setText(said, EXPORT.notSaved(cause));
    }
  }

  /** @param {string} content @param {string} type */
  const file = (content, type) => new Blob([content], { type });

  /** @param {string} content @param {HTMLElement} shown  where a person finds it */
  async function copy(content, shown) {
    try {
      await navigator.clipboard.writeText(content);
      setText(said, EXPORT.copied);
    } catch (cause) {
      const fold = shown.closest("details");
      if (fold) fold.open = true;
      getSelection()?.selectAllChildren(shown);
      setText(said, EXPORT.notCopied(cause));
    }
  }

  /** @param {string} testid @param {string} text @param {() => void} click */
  const button = (testid, text, click) => h("button", { type: "button", "data-testid": testid, click }, text);

  // --- Its parts ---

  const of = h("p", { class: "caption", "data-testid": "export-of" });

  const series = button("save-series", EXPORT.numbers.series, () => save(() => [file(runCsv(state), "text/csv"), named("series", "csv")]));
  const values = button("save-values", EXPORT.numbers.values, () => save(() => [file(valuesCsv(state, context()), "text/csv"), named("values", "csv")]));
  const json = button("save-json", EXPORT.numbers.json, () => save(() => [file(runJson(state, context()), "application/json"), named("run", "json")]));
  const thinned = h("p", { class: "help" });
  const numbers = part("numbers", h("div", { class: "export-row" }, series, values, json), thinned);

  const colours = h("select", { id: "export-colours", "data-testid": "export-colours" },
    h("option", { value: "light" }, EXPORT.figures.light), h("option", { value: "dark" }, EXPORT.figures.dark));
  const list = h("ul", { class: "export-figures" });
  const figures = part("figures", h("label", { class: "export-row", for: "export-colours" }, EXPORT.figures.colours, colours), list);

  const line = h("code", { "data-testid": "export-command" });
  const commandHelp = h("p", { class: "help" });
  const experiment = button("save-experiment", EXPORT.command.file, () => save(() => [file(experimentFile(state.experiment), "application/json"), EXPERIMENT_FILE]));
  const terminal = part("command", h("pre", { tabindex: "0", role: "region", "aria-label": EXPORT.command.label }, line),
    h("div", { class: "export-row" }, button("copy-command", EXPORT.copy, () => void copy(command().command, line)), experiment), commandHelp);

  const text = h("code", { "data-testid": "export-script" });
  const fold = h("details", { toggle: () => { if (fold.open) setText(text, script()); } }, h("summary", {}, EXPORT.pytorch.show),
    h("pre", { class: "export-script", tabindex: "0", role: "region", "aria-label": EXPORT.pytorch.label }, text));
  const python = part("pytorch", h("div", { class: "export-row" },
    button("save-script", EXPORT.pytorch.save, () => save(() => [file(script(), "text/x-python"), `gan-${kind()}.py`])),
    button("copy-script", EXPORT.copy, () => { setText(text, script()); void copy(script(), text); })), fold);

  const ownHelp = h("p", { class: "help" });
  const ownSave = button("save-own", EXPORT.own.save, () => save(() => {
    if (!own) throw new Error(EXPORT.own.missing);
    return [own, dataFile()];
  }));
  const ownPart = h("div", { class: "export-own" }, ownHelp, ownSave);

  const element = h("dialog", { class: "export-dialog", "aria-labelledby": "export-title", "data-testid": "export-dialog" },
    h("div", { class: "export-head" }, h("h2", { id: "export-title" }, EXPORT.title),
      h("button", { type: "button", class: "quiet", "data-testid": "export-close", "aria-label": EXPORT.close, title: EXPORT.close, click: () => element.close() }, icon(CLOSE))),
    h("div", { class: "export-body" }, of, numbers, figures, terminal, python, ownPart), said);
  element.addEventListener("click", ({ target }) => { if (target === element) element.close(); });
  // Space is the page's own key for playing.
  element.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(element);

  /** @param {"numbers" | "figures" | "command" | "pytorch"} name @param {...HTMLElement} children */
  function part(name, ...children) {
    const id = `export-${name}`;
    return h("section", { "aria-labelledby": id }, h("h3", { id }, EXPORT[name].title), h("p", { class: "help" }, EXPORT[name].help), ...children);
  }

  /** What of it follows the run while that goes on. */
  function look() {
    looked = performance.now();
    setText(of, [EXPORT.of(title(), state.report?.step ?? 0), state.status === "playing" ? EXPORT.running : ""].filter(Boolean).join(" "));
    const none = seriesOf(state).length === 0;
    series.disabled = none;
    const { stride } = state.lossHistory;
    setText(thinned, none ? EXPORT.numbers.nothing : stride > 1 ? EXPORT.numbers.thinned(stride) : "");
    for (const { part: name, empty } of figuresOf(state, "")) {
      list.querySelectorAll(`[data-of="${name}"] button`).forEach((one) => { /** @type {HTMLButtonElement} */ (one).disabled = empty; });
    }
  }

  function fill() {
    list.replaceChildren(...figuresOf(state, "").map(({ part: name, title: chart }) => {
      const saves = /** @type {const} */ (["svg", "png"]).map((type) => h("button", {
        type: "button", "data-testid": `save-${type}-${name}`, "aria-label": EXPORT.figures.save(type.toUpperCase(), chart),
        click: () => save(async () => [await drawn(name, type), named(name, type)]),
      }, type.toUpperCase()));
      return h("li", { "data-of": name }, h("span", {}, chart), ...saves);
    }));
    const { command: words, needsFile } = command();
    setText(line, words);
    setText(commandHelp, [needsFile ? EXPORT.command.fileHelp : "", model() ? EXPORT.command.model : ""].filter(Boolean).join(" "));
    fold.open = false;
    setText(said, "");
    ownPart.hidden = !("id" in state.experiment.data);
    setText(ownHelp, own ? EXPORT.own.help : EXPORT.own.missing);
    ownSave.disabled = own === null;
  }

  /** @param {string} name @param {"svg" | "png"} type @returns {Promise<Blob>} */
  async function drawn(name, type) {
    const figure = figuresOf(state, source()).find((one) => one.part === name);
    if (!figure) throw new Error(EXPORT.figures.nothing);
    const svg = await figure.svg(COLOURS[colours.value === "dark" ? "dark" : "light"]);
    return type === "svg" ? file(svg, "image/svg+xml") : svgToPng(svg);
  }

  store.subscribe((now) => {
    state = now;
    if (element.open && performance.now() - looked > LOOK) look();
  });

  return {
    open() {
      const { data } = state.experiment;
      own = null;
      fill();
      look();
      element.showModal();
      if (!("id" in data)) return;
      library.find(data.id).then((found) => {
        own = found?.blob ?? null;
        fill();
        look();
      });
    },
  };
}
