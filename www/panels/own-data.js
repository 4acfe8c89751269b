// The visitor's own pictures and numbers: where they are dropped or picked, what was found in them and left out, how they
// are to be taken, and what this browser keeps of earlier ones. What is made is trained on at once, paused, so that the
// stage is the preview.
import { h, setText } from "../dom.js";
import { createIntake, filesOf } from "../own/intake.js";
import { isModel, openModel } from "../studio/open-model.js";
import { OWN } from "../texts.js";

/**
 * @typedef {import("../own/protocol.js").IntakeEvent} IntakeEvent
 * @typedef {import("../own/protocol.js").PictureOptions} PictureOptions
 * @typedef {import("../own/protocol.js").Made} Made
 * @typedef {import("../own/library.js").Kept} Kept
 */

/** Columns that a run begins with. */
const COLUMNS_AT_FIRST = 6;

/** @param {import("../store.js").Store} store @param {import("../own/library.js").Library} library */
export function createOwnData(store, library) {
  const intake = createIntake(receive);
  /** What was last chosen. @type {import("../own/protocol.js").Found | null} */
  let found = null;
  let busy = false;

  const input = h("input", {
    type: "file", id: "own-data", "data-testid": "own-data", multiple: true, "aria-label": OWN.files,
    change: () => { take([...(input.files ?? [])]); input.value = ""; },
  });
  const folder = h("input", {
    type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", webkitdirectory: true, multiple: true,
    change: () => { take([...(folder.files ?? [])]); folder.value = ""; },
  });
  const drop = h("div", { class: "own-drop" },
    h("p", { class: "own-lead" }, OWN.lead), h("p", { class: "help" }, OWN.formats),
    h("div", { class: "own-pick" }, input, folder,
      h("button", { type: "button", "data-testid": "own-folder", click: () => folder.click() }, OWN.folder)),
    h("p", { class: "help own-private" }, OWN.stays));

  const status = h("p", { class: "own-status", role: "status", "data-testid": "own-status" });
  const report = h("p", { class: "own-report", "data-testid": "own-report", hidden: true });

  const side = select("own-side", OWN.side, [["16", OWN.pixels(16)], ["28", OWN.pixels(28)], ["32", OWN.pixels(32)]]);
  const channels = select("own-channels", OWN.colours, [["grey", OWN.grey], ["colour", OWN.colour]]);
  const fit = select("own-fit", OWN.fit, [["crop", OWN.crop], ["whole", OWN.whole]]);
  const labelled = h("input", { type: "checkbox", role: "switch", "data-testid": "own-labelled", change: make });
  const labelledRow = h("label", { class: "field-row" }, h("span", {}, OWN.labelled), labelled);
  const isSheet = h("input", { type: "checkbox", role: "switch", "data-testid": "own-sheet", change: make });
  const tileWidth = number("own-tile-width", OWN.tileWidth);
  const tileHeight = number("own-tile-height", OWN.tileHeight);
  const sheetRow = h("div", { class: "own-sheet" },
    h("label", { class: "field-row" }, h("span", {}, OWN.sheet), isSheet),
    h("span", { class: "own-tile" }, tileWidth, " × ", tileHeight, ` ${OWN.tileUnit}`));
  const classes = h("select", { "data-testid": "own-classes", change: make });
  const classesRow = h("label", { class: "field-row" }, h("span", {}, OWN.classColumn), classes);
  const pictureOptions = h("div", { class: "own-options" }, side.row, channels.row, fit.row, labelledRow, sheetRow);
  const tableOptions = h("div", { class: "own-options" }, classesRow);
  const kept = h("ul", { class: "own-kept", "data-testid": "own-kept" });
  const keptBox = h("div", { class: "own-keptbox", hidden: true }, h("h3", {}, OWN.kept), kept);

  const element = h("section", { class: "own card", "data-part": "own", "data-testid": "own-panel", "aria-labelledby": "own-title" },
    h("div", { class: "own-head" }, h("h2", { id: "own-title" }, OWN.title),
      h("button", { type: "button", class: "quiet", "data-testid": "own-close", click: () => store.setChoosingOwn(false) }, OWN.close)),
    h("div", { class: "own-body" }, drop,
      h("div", { class: "own-middle" }, status, report, pictureOptions, tableOptions), keptBox));

  // Files may be dropped anywhere: whoever misses the box by a hair would lose the page otherwise.
  addEventListener("dragover", (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => { if (event.relatedTarget === null) document.body.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!event.dataTransfer || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    filesOf(event.dataTransfer).then(({ files, paths }) => take(files, paths), (cause) => say(OWN.unreadable(String(cause)), true));
  });

  /** @param {File[]} files @param {string[]} [paths] */
  function take(files, paths = files.map((file) => file.webkitRelativePath || file.name)) {
    if (files.length === 0) return;
    // A model may be dropped like data.
    if (files.length === 1 && isModel(files[0].name)) {
      void openModel(store, library, files[0]);
      return;
    }
    found = null;
    showOptions();
    tellReport([]);
    say(OWN.reading(files.length));
    busy = true;
    store.setChoosingOwn(true);
    intake.open(files, paths);
  }

  /** @param {IntakeEvent} event */
  function receive(event) {
    switch (event.type) {
      case "progress":
        if (busy) say(OWN.progress(event.done, event.total));
        break;
      case "found":
        found = event.found;
        tellReport(event.report);
        if (!found) {
          busy = false;
          say(OWN.nothing, true);
          break;
        }
        fillOptions();
        make();
        break;
      case "made":
        busy = false;
        tellReport(event.report);
        void keep(event.made);
        break;
      case "refused":
        busy = false;
        tellReport(event.report);
        say(OWN.refused(event.sentence), true);
        break;
      case "died":
        busy = false;
        intake.close();
        say(OWN.died(event.detail), true);
        break;
    }
  }

  /** Asks for what is wanted by the options as they are. */
  function make() {
    if (!found) return;
    showOptions();
    busy = true;
    if (found.kind === "table") {
      intake.make({ table: { labels: classes.value || null } });
      return;
    }
    const tile = isSheet.checked && found.single
      ? { width: Math.max(1, Math.round(Number(tileWidth.value) || 1)), height: Math.max(1, Math.round(Number(tileHeight.value) || 1)) } : null;
    intake.make({ pictures: {
      side: /** @type {16 | 28 | 32} */ (Number(side.input.value)),
      channels: /** @type {"grey" | "colour"} */ (channels.input.value),
      fit: /** @type {"crop" | "whole"} */ (fit.input.value),
      tile,
      labelled: labelled.checked,
    } });
  }

  /** @param {Made} made */
  async function keep(made) {
    const { id, kind, title, count, columns, blob } = made;
    /** @type {Kept} */
    const about = { id, kind, title, count, columns, bytes: blob.size, added: Date.now() };
    const { stored, why } = await library.add(about, blob);
    labelledRow.hidden = found?.kind === "pictures" && made.labels === null;
    const useful = found?.kind === "table" ? usefulColumns(found) : [];
    if (kind === "own-table" && useful.length < 2) {
      say(OWN.oneColumn, true);
      return;
    }
    say([OWN.made(kind, title, count), kind === "own-pictures" && count < 200 ? OWN.few : "", stored ? "" : OWN.notStored(why)].filter(Boolean).join(" "), !stored);
    store.useOwn(kind, id, kind === "own-table" ? useful.slice(0, COLUMNS_AT_FIRST) : undefined);
    await listKept();
  }

  function fillOptions() {
    if (found?.kind === "pictures") {
      const { guess, single } = found;
      side.input.value = String(guess.side);
      channels.input.value = guess.channels;
      fit.input.value = guess.fit;
      labelled.checked = guess.labelled;
      isSheet.checked = guess.tile !== null;
      tileWidth.value = String(guess.tile?.width ?? Math.min(guess.side, single?.width ?? guess.side));
      tileHeight.value = tileWidth.value;
    }
    if (found?.kind === "table") {
      classes.replaceChildren(h("option", { value: "" }, OWN.noClasses), ...found.labels.map((name) => h("option", { value: name }, name)));
    }
  }

  function showOptions() {
    pictureOptions.hidden = found?.kind !== "pictures";
    tableOptions.hidden = found?.kind !== "table" || found.labels.length === 0;
    sheetRow.hidden = !(found?.kind === "pictures" && found.single);
    tileWidth.parentElement?.classList.toggle("idle", !isSheet.checked);
  }

  async function listKept() {
    const all = await library.list();
    keptBox.hidden = all.length === 0;
    kept.replaceChildren(...all.map(({ about, stored }) => h("li", {},
      h("span", { class: "own-name", title: about.title }, about.title),
      h("span", { class: "help" }, OWN.facts(about.kind, about.count, about.bytes, stored)),
      h("button", { type: "button", click: () => use(about) }, OWN.use),
      h("button", { type: "button", class: "quiet", "aria-label": OWN.removeNamed(about.title), click: () => remove(about) }, OWN.remove))));
  }

  /** @param {Kept} about */
  function use(about) {
    store.useOwn(about.kind, about.id, about.kind === "own-table" ? about.columns.slice(0, COLUMNS_AT_FIRST).map((_, i) => i) : undefined);
  }

  /** @param {Kept} about */
  async function remove(about) {
    await library.remove(about.id);
    say(OWN.removed(about.title));
    await listKept();
  }

  /** @param {string} sentence @param {boolean} [bad] */
  function say(sentence, bad = false) {
    setText(status, sentence);
    status.classList.toggle("bad", bad);
  }

  /** @param {import("../own/protocol.js").Remark[]} remarks */
  function tellReport(remarks) {
    setText(report, remarks.map(OWN.remark).join(" "));
    report.hidden = remarks.length === 0;
  }

  /** @param {string} id @param {string} label @param {[string, string][]} options */
  function select(id, label, options) {
    const control = h("select", { "data-testid": id, change: make }, ...options.map(([value, text]) => h("option", { value }, text)));
    return { input: control, row: h("label", { class: "field-row" }, h("span", {}, label), control) };
  }

  /** @param {string} id @param {string} label */
  function number(id, label) {
    return h("input", { type: "number", min: "1", max: "512", "data-testid": id, "aria-label": label, change: make });
  }

  showOptions();
  let open = false;
  /** The button that opened it, which has the focus again afterwards. @type {HTMLElement | null} */
  let opener = null;
  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ choosingOwn }) {
      if (choosingOwn === open) return;
      open = choosingOwn;
      element.classList.toggle("open", open);
      if (open) {
        void listKept();
        element.scrollIntoView({ block: "nearest" });
        // Whoever chose it from a menu stays there: a menu's arrow keys go on to the next entry.
        opener = document.activeElement instanceof HTMLButtonElement ? document.activeElement : null;
        if (opener) input.focus({ preventScroll: true });
      } else if (opener?.isConnected && (element.contains(document.activeElement) || document.activeElement === document.body)) {
        opener.focus({ preventScroll: true });
      }
    },
  };
}

/** Those that can be standardised. @param {import("../own/protocol.js").FoundTable} table */
const usefulColumns = ({ columns }) => columns.flatMap(({ constant }, i) => (constant ? [] : [i]));
