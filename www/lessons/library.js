// The lessons that there are: every Markdown file of this folder, in English, and in a folder of a language's name those that
// were translated. Each is fetched when it is first wanted.
import { language } from "../language.js";

const FILES = /** @type {Record<string, (() => Promise<string>) | undefined>} */ (import.meta.glob(["./*.md", "./*/*.md", "!./README.md"], { query: "?raw", import: "default" }));

/** Of all lessons. */
export const NAMES = Object.keys(FILES).map((path) => /^\.\/([^/]+)\.md$/.exec(path)?.[1]).filter((name) => name !== undefined);

/** A lesson's file in the page's language, or in English; null where there is no such lesson.
 * @param {string} name @returns {Promise<{text: string, language: string}> | null} */
export function fetchLesson(name) {
  const here = FILES[`./${language}/${name}.md`];
  const found = here ?? FILES[`./${name}.md`];
  return found && NAMES.includes(name) ? found().then((text) => ({ text, language: here ? language : "en" })) : null;
}
