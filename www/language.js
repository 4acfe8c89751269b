// Which language the page speaks: what the link says, else what the visitor chose before, else what the browser asks for,
// else English. It is settled before any sentence is read, so another choice loads the page again. Here, too: how a module
// of sentences is fetched in that language, and how a number is written in it. Tests outside a page speak English.

/** What each calls itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" };

/** @typedef {keyof typeof LANGUAGES} Language */

const KEY = "language";
const isPage = "document" in globalThis;

/** @param {string | null | undefined} tag  such as "de-AT" @returns {Language | undefined} */
const known = (tag) => /** @type {Language[]} */ (Object.keys(LANGUAGES)).find((name) => tag?.toLowerCase().split("-")[0] === name);

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Without storage nothing was chosen before.
    return null;
  }
}

const asked = () => new URLSearchParams(location.hash.replace(/^#/, "")).get("lang");

/** What the page would speak if it were loaded now. @returns {Language} */
const wanted = () => (isPage ? known(asked()) ?? known(kept()) ?? navigator.languages.map(known).find(Boolean) : undefined) ?? "en";

export const language = wanted();

/** Loads the page again where a link that was put into its address speaks another language: the link's run is a new one
 * anyhow. */
export function followLinks() {
  addEventListener("hashchange", () => {
    if (wanted() !== language) location.reload();
  });
}

/** Speaks another from now on. @param {Language} name */
export function chooseLanguage(name) {
  const parameters = new URLSearchParams(location.hash.replace(/^#/, ""));
  parameters.delete("lang");
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Without storage the link alone carries it.
    parameters.set("lang", name);
  }
  history.replaceState(null, "", `#${parameters}`);
  location.reload();
}

// --- Sentences -----------------------------------------------------------------------------------------------

/** What did not arrive before anybody listened: it is told once, as all of it comes together. @type {unknown[]} */
const early = [];
let tell = (/** @type {unknown} */ cause) => { early[0] = cause; };

/** Whom to tell of sentences that did not arrive: the page speaks English then. @param {(cause: unknown) => void} listener */
export function onMissing(listener) {
  tell = listener;
  early.splice(0).forEach(listener);
}

/** A module of sentences in the language that was chosen, of the English one's shape. @template {object} T
 * @param {T} english @param {Record<Exclude<Language, "en">, () => Promise<NoInfer<T>>>} others */
export async function inLanguage(english, others) {
  if (language === "en") return english;
  try {
    return await others[language]();
  } catch (cause) {
    tell(cause);
    return english;
  }
}

// --- Numbers -------------------------------------------------------------------------------------------------

const [, POINT] = (0.5).toLocaleString(language);

/** A number as the language writes it; a text, such as toFixed makes, keeps its digits. @param {number | string} value
 * @param {Intl.NumberFormatOptions} [options] */
export const number = (value, options) => (typeof value === "string" ? value.replace(".", POINT) : value.toLocaleString(language, options));

/** What stands between numbers in a row: a comma, unless one stands in them. */
export const BETWEEN = POINT === "," ? "; " : ", ";
