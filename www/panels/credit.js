// Where the data comes from: licence and credit, read from the data's own manifest once it is chosen.
import { h } from "../dom.js";
import { CREDIT } from "../texts.js";

/**
 * The parts of a manifest that a visitor is told.
 * @typedef {object} Manifest
 * @property {string} title
 * @property {number} count
 * @property {{name: string, url: string}} licence
 * @property {string} credit
 * @property {{registry: string, package: string, version: string}} source
 */

/** Data that come with the page. */
const SHIPPED = ["digits", "fashion", "animals", "faces"];

/** @param {string} assets  the address that data files lie below */
export function createCredit(assets) {
  const element = h("p", { class: "credit", "data-testid": "credit" });
  /** @type {import("../protocol.js").DataKind | null} */
  let shown = null;

  /** @param {import("../protocol.js").DataKind} kind */
  async function show(kind) {
    shown = kind;
    if (!SHIPPED.includes(kind)) {
      element.replaceChildren(kind.startsWith("own-") ? CREDIT.own : CREDIT.points);
      return;
    }
    element.replaceChildren(CREDIT.loading);
    /** @type {(Node | string)[]} */
    let parts;
    try {
      parts = sentences(await fetchManifest(new URL(`datasets/${kind}/manifest.json`, assets)));
    } catch (cause) {
      const again = h("button", { type: "button", class: "link", click: () => show(kind) }, CREDIT.retry);
      parts = [CREDIT.failed(cause instanceof Error ? cause.message : String(cause)), " ", again];
    }
    if (shown === kind) element.replaceChildren(...parts);
  }

  return {
    element,
    /** @param {import("../protocol.js").DataKind} kind */
    show(kind) {
      if (kind !== shown) show(kind);
    },
  };
}

/** @param {URL} address @returns {Promise<Manifest>} */
async function fetchManifest(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

/** @param {Manifest} manifest @returns {(Node | string)[]} */
function sentences({ title, count, licence, credit, source }) {
  return [
    CREDIT.count(count, title),
    CREDIT.licence,
    h("a", { href: licence.url, rel: "licence noopener", target: "_blank" }, licence.name),
    CREDIT.credit(credit),
    CREDIT.source(source),
  ];
}
