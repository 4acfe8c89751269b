// How the page is shown: whole, inside another page, or for a whole room to see. The style sheets of each do the work; this
// says which is in force, fetches what presenting takes when it is first wanted, and leads from a frame to the whole page.
import { h } from "../dom.js";
import { themeChanged } from "../theme.js";
import { linkOf } from "./link.js";
import { EMBED } from "./texts.js";

/** @typedef {import("../store.js").State} State */

/** @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue */
export function createMode(store, catalogue) {
  const whole = h("a", { target: "_blank", rel: "noopener", href: "./", "data-testid": "open-whole" }, EMBED.open);
  const element = h("p", { class: "embed-foot", hidden: true }, whole);
  /** @type {State["view"]["mode"]} */
  let mode = "page";
  let address = "";
  /** @type {Promise<void> | null} */
  let presenter = null;

  function fetchPresenter() {
    // Its style sheet comes with it.
    presenter ??= import("./presenter.js").then(({ startPresenter }) => {
      startPresenter(store);
      themeChanged();
    });
    presenter.catch((cause) => {
      presenter = null;
      store.setView({ mode: "page" });
      store.pageFailed(String(cause));
    });
  }

  return {
    element,
    /** @param {State} state */
    update(state) {
      const { view } = state;
      if (view.mode === "embed" && address !== location.href) {
        address = location.href;
        whole.href = linkOf(address, state, { ...view, lesson: true, mode: "page" }, catalogue);
      }
      if (view.mode === mode) return;
      mode = view.mode;
      document.documentElement.dataset.mode = mode;
      element.hidden = mode !== "embed";
      themeChanged();
      if (mode === "present") fetchPresenter();
    },
  };
}
