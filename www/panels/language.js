// The choice of a language: a menu over an icon and a short code, so that the toolbar has room for it. Another language loads
// the page again, and where that would lose something it is asked for first.
import { h, icon } from "../dom.js";
import { LANGUAGES, chooseLanguage, language } from "../language.js";
import { TOOLBAR } from "../texts.js";

const GLOBE = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.8 9.5h16.4M3.8 14.5h16.4M12 3.5c-5 4.6-5 12.4 0 17 5-4.6 5-12.4 0-17Z";

/** @typedef {import("../language.js").Language} Language */

/** @param {import("../store.js").Store} store */
export function createLanguageChoice(store) {
  const select = h("select", {
    id: "language", "data-testid": "language", "aria-label": TOOLBAR.language, title: TOOLBAR.language, change: choose,
  }, ...Object.entries(LANGUAGES).map(([name, own]) => h("option", { value: name, lang: name }, own)));
  select.value = language;
  const element = h("span", { class: "language" }, icon(GLOBE), h("span", { "aria-hidden": "true" }, language.toUpperCase()), select);

  function choose() {
    const name = /** @type {Language} */ (select.value);
    // Until it is so, the menu says what is.
    select.value = language;
    if (name !== language && !store.warnOfLanguage(name)) chooseLanguage(name);
  }

  return { element };
}
