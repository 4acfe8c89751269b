// The dialog that shares the page: its link, as text, as a QR code, and as a frame for another page, and what whoever opens
// it is to see. What is chosen here changes the link alone.
import "./dialog.css";
import { h } from "../dom.js";
import { LANGUAGES } from "../language.js";
import { presetText } from "../texts.js";
import { frameOf, linkOf, openedBy } from "./link.js";
import { createPartsChoice } from "./parts-choice.js";
import { codeOf, drawCode } from "./qr.js";
import { SHARE } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../fields.js").Catalogue} Catalogue
 * @typedef {import("./link.js").Choice} Choice
 */

const COPIED_FOR = 1600;

/** @type {ReturnType<typeof createShareDialog> | null} */
let only = null;

/** @param {State} state @param {Store} store @param {Catalogue} catalogue */
export function openShareDialog(state, store, catalogue) {
  only ??= createShareDialog(store, catalogue);
  only.open(state);
}

/** @param {Store} store @param {Catalogue} catalogue */
function createShareDialog(store, catalogue) {
  /** What is shared, as it was when the dialog opened. @type {State} */
  let page;
  /** Choices stay while the page shows the same. @type {State["view"] | null} */
  let chosenFor = null;
  /** @type {Choice} */
  let choice = { hidden: [], locked: [], lesson: true, mode: "page", language: null };
  let link = "";

  const address = h("input", { type: "text", readonly: true, class: "share-link", "aria-label": SHARE.link, "data-testid": "share-link", focus: () => address.select() });
  const copy = copyButton(SHARE.copy, "share-copy", () => link);
  const send = h("button", { type: "button", "data-testid": "share-send", hidden: !("share" in navigator), click: sendLink }, SHARE.send);
  const preview = h("a", { class: "button", target: "_blank", rel: "noopener", "data-testid": "share-preview" }, SHARE.preview);
  const missing = h("p", { class: "help share-missing", hidden: true });

  const code = h("div", { class: "share-code", "data-testid": "share-code" });
  const showLarge = h("button", { type: "button", "data-testid": "share-large", click: () => large.showModal() }, SHARE.large);
  const tooLong = h("p", { class: "help", "data-testid": "share-too-long", hidden: true }, SHARE.tooLong);
  const largeCode = h("div", { class: "large-code" });
  const largeLink = h("p", {});
  const large = h("dialog", { class: "large-dialog", "aria-label": SHARE.code, "data-testid": "share-large-dialog", click: () => large.close() },
    largeCode, largeLink, h("button", { type: "button" }, SHARE.largeClose));

  const modes = /** @type {Choice["mode"][]} */ (Object.keys(SHARE.modes)).map((mode) => h("input", {
    type: "radio", name: "share-mode", value: mode, "data-testid": `share-mode-${mode}`, change: () => choose({ mode }),
  }));
  const lesson = h("input", { type: "checkbox", "data-testid": "share-lesson", change: () => choose({ lesson: lesson.checked }) });
  const lessonName = h("span", {});
  const lessonRow = h("label", { class: "share-row" }, lesson, lessonName);
  const language = h("select", { "data-testid": "share-language", change: () => choose({ language: language.value || null }) },
    h("option", { value: "" }, SHARE.anyLanguage), ...Object.entries(LANGUAGES).map(([name, own]) => h("option", { value: name, lang: name }, own)));
  const parts = createPartsChoice((chosen) => choose(chosen));
  const frame = h("textarea", { readonly: true, rows: "4", "aria-label": SHARE.snippetLabel, "data-testid": "share-frame", focus: () => frame.select() });

  const dialog = h("dialog", { class: "share-dialog", "aria-labelledby": "share-title", "data-testid": "share-dialog" },
    h("div", { class: "share-head" }, h("h2", { id: "share-title" }, SHARE.title),
      h("button", { type: "button", class: "quiet", "data-testid": "share-close", click: () => dialog.close() }, SHARE.close)),
    h("div", { class: "share-body" },
      h("div", { class: "share-qr" }, code, showLarge, tooLong),
      h("div", { class: "share-main" },
        address,
        h("div", { class: "share-buttons" }, copy, send, preview),
        missing,
        h("fieldset", {}, h("legend", {}, SHARE.opens),
          h("div", { class: "share-modes", role: "radiogroup", "aria-label": SHARE.mode },
            ...modes.map((input) => h("label", { class: "share-row" }, input, SHARE.modes[/** @type {Choice["mode"]} */ (input.value)]))),
          lessonRow,
          h("label", { class: "share-row" }, SHARE.language, language)))),
    h("details", { "data-testid": "share-parts" }, h("summary", {}, SHARE.parts), parts.element),
    h("details", { "data-testid": "share-snippet" }, h("summary", {}, SHARE.snippet),
      h("p", { class: "help" }, SHARE.snippetHelp), frame, copyButton(SHARE.copySnippet, "share-frame-copy", () => frame.value)));
  document.body.append(dialog, large);

  /** @param {string} text @param {string} testid @param {() => string} what */
  function copyButton(text, testid, what) {
    const said = h("span", { role: "status" }, text);
    return h("button", { type: "button", class: testid === "share-copy" ? "primary" : "", "data-testid": testid, click: async () => {
      try {
        await navigator.clipboard.writeText(what());
        said.textContent = SHARE.copied;
        setTimeout(() => { said.textContent = text; }, COPIED_FOR);
      } catch (cause) {
        failed(what(), cause);
      }
    } }, said);
  }

  async function sendLink() {
    try {
      await navigator.share({ title: document.title, url: link });
    } catch (cause) {
      // Whoever closes the system's own menu has changed their mind.
      if (/** @type {Error} */ (cause).name !== "AbortError") failed(link, cause);
    }
  }

  /** The page tells it, and offers the text; a dialog on top would hide that. @param {string} text @param {unknown} cause */
  function failed(text, cause) {
    dialog.close();
    store.copyFailed(text, String(cause));
  }

  /** @param {Partial<Choice>} change */
  function choose(change) {
    choice = { ...choice, ...change };
    const linkTo = (/** @type {Choice["mode"]} */ mode) => linkOf(location.href, page, { ...choice, mode }, catalogue);
    const before = link;
    link = linkTo(choice.mode);
    parts.set(choice, openedBy(page.view, choice.lesson));
    frame.value = frameOf(linkTo("embed"), SHARE.frameTitle(presetText(page.preset).title));
    if (link === before) return;
    address.value = link;
    preview.href = link;
    largeLink.textContent = link;
    const found = codeOf(link);
    code.hidden = found === null;
    showLarge.hidden = found === null;
    tooLong.hidden = found !== null;
    code.replaceChildren(...(found ? [drawCode(found, SHARE.code)] : []));
    largeCode.replaceChildren(...(found ? [drawCode(found, SHARE.code)] : []));
  }

  return {
    /** @param {State} state */
    open(state) {
      page = { ...state };
      const { view, experiment, loaded } = state;
      if (view !== chosenFor) {
        chosenFor = view;
        // Who scans a code off a projector wants the page for a desk.
        choice = { hidden: view.hidden, locked: view.locked, lesson: true, mode: "page", language: view.language };
      }
      for (const input of modes) input.checked = input.value === choice.mode;
      lesson.checked = choice.lesson;
      lessonRow.hidden = view.lesson === null;
      lessonName.textContent = view.lesson === "all" ? SHARE.lessonList : SHARE.lesson(view.lesson ?? "");
      language.value = choice.language ?? "";
      const lost = [...("id" in experiment.data ? [SHARE.ownData] : []), ...(loaded ? [SHARE.ownModel] : [])];
      missing.hidden = lost.length === 0;
      missing.textContent = lost.join(" ");
      choose({});
      dialog.showModal();
      copy.focus();
    },
  };
}
