// What went wrong, as sentences with ways on. The panel takes room of its own and covers nothing.
import { h } from "../dom.js";
import { LANGUAGES, chooseLanguage } from "../language.js";
import { ALERTS, COPY, FAILURES, LANGUAGE, LINK, MODEL, WAYS_ON, linkProblem } from "../texts.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").Alert} Alert
 * @typedef {import("../texts.js").WayOn} WayOn
 */

/** @param {Store} store */
export function createAlerts(store) {
  const element = h("div", { class: "alerts", role: "alert", "data-testid": "error" });
  /** @type {Alert[] | null} */
  let shown = null;
  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ alerts }) {
      if (alerts === shown) return;
      shown = alerts;
      element.replaceChildren(...alerts.map((alert) => createAlert(alert, store)));
    },
  };
}

/** @param {Alert} alert @param {Store} store */
function createAlert(alert, store) {
  /** @type {Record<WayOn, () => void>} */
  const ways = {
    retry: store.reset,
    reset: store.reset,
    "use-cpu": () => store.setField("device", "cpu"),
    defaults: store.useDefaults,
    "own-data": () => store.setChoosingOwn(true),
    speak: () => { if (alert.kind === "language") chooseLanguage(alert.language); },
    dismiss: () => store.dismiss(alert.id),
  };
  const { text, names, more } = contentOf(alert);
  const buttons = names.map((name) =>
    h("button", { type: "button", "data-way": name, class: name === "dismiss" ? "quiet" : "", click: ways[name] }, WAYS_ON[name]));
  return h("section", { class: "alert", "data-code": alert.kind === "failure" ? alert.failure.code : alert.kind },
    h("div", { class: "alert-text" }, h("p", {}, text), ...more),
    h("div", { class: "ways" }, ...buttons));
}

/** @param {Alert} alert @returns {{text: string, names: WayOn[], more: Node[]}} */
function contentOf(alert) {
  switch (alert.kind) {
    case "link":
      return {
        text: LINK.text,
        names: ["defaults", "dismiss"],
        more: [h("ul", {}, ...alert.problems.map((problem) => h("li", {}, linkProblem(problem))))],
      };
    case "model":
      return { text: MODEL.refused(alert.name), names: ["dismiss"], more: [detail(alert.detail)] };
    case "language":
      return { text: LANGUAGE.warn(LANGUAGES[alert.language]), names: ["speak", "dismiss"], more: [] };
    case "copy":
      return {
        text: COPY.text,
        names: ["dismiss"],
        more: [h("input", { type: "text", readonly: true, value: alert.link, "aria-label": COPY.text }), detail(alert.detail)],
      };
    case "failure": {
      const { text, ways } = FAILURES[alert.failure.code];
      return { text, names: ways, more: [detail(alert.failure.detail)] };
    }
  }
}

/** @param {string} text */
const detail = (text) => h("details", {}, h("summary", {}, ALERTS.detail), h("code", {}, text));
