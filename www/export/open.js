// The toolbar's button for what can be taken along. What it opens is fetched when it is first wanted.
import { h, icon } from "../dom.js";
import { TOOLBAR } from "../texts.js";

const ICON = "M13 3.5H6v17h5M13 3.5 18 8.5v3M13 3.5v5h5M14 17h7M18.2 14.2 21 17l-2.8 2.8";

/**
 * @typedef {object} Context
 * @property {import("../store.js").Store} store
 * @property {import("../fields.js").Catalogue} catalogue
 * @property {string} assets  the address that data files lie below
 * @property {Pick<import("../own/library.js").Library, "find">} library  what the visitor brought
 */

/** @param {Context} context */
export function createExportButton(context) {
  /** @type {Promise<{open: () => void}> | null} */
  let dialog = null;
  const button = h("button", {
    type: "button", class: "quiet", "data-part": "export", "data-testid": "export-open", title: TOOLBAR.exportHint, "aria-haspopup": "dialog", click: open,
  }, icon(ICON), h("span", { class: "label" }, TOOLBAR.export));

  async function open() {
    try {
      dialog ??= import("./dialog.js").then(({ createExportDialog }) => createExportDialog(context));
      (await dialog).open();
    } catch (cause) {
      // What did not arrive is asked for again at the next click.
      dialog = null;
      context.store.pageFailed(TOOLBAR.exportFailed(cause instanceof Error ? cause.message : String(cause)));
    }
  }

  return button;
}
