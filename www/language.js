// Which language the page speaks: what the link says, else what the visitor chose before, else what the browser asks for,
// else English. It is settled before any sentence is read, so another choice loads the page again.

/** What each calls itself. @type {Record<string, string>} */
export const LANGUAGES = { en: "English" };

const KEY = "language";

/** @param {string | null | undefined} tag  such as "de-AT" @returns {string | undefined} */
const known = (tag) => (tag ? Object.keys(LANGUAGES).find((name) => tag.toLowerCase().split("-")[0] === name) : undefined);

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Without storage, or outside a browser, nothing was chosen before.
    return null;
  }
}

const asked = () => new URLSearchParams(globalThis.location?.hash.replace(/^#/, "")).get("lang");

export const language = known(asked()) ?? known(kept()) ?? (globalThis.navigator?.languages ?? []).map(known).find(Boolean) ?? "en";

/** Speaks another from now on. @param {string} name  one of `LANGUAGES` */
export function chooseLanguage(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Without storage the link alone carries it.
  }
  const parameters = new URLSearchParams(location.hash.replace(/^#/, ""));
  parameters.delete("lang");
  history.replaceState(null, "", `#${parameters}`);
  location.reload();
}
