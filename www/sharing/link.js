// What a link says when its sharer has chosen what to show, and the frame that holds it on another page. Pure: it neither
// reads nor changes the page.
import { WHOLE_PAGE, writeHash } from "../hash.js";
import { PARTS, inFewWords, isAmong } from "../parts.js";

/**
 * @typedef {import("../hash.js").Link} Link
 * @typedef {import("../hash.js").View} View
 *
 * What a sharer chooses; the page behind the dialog stays as it is.
 * @typedef {object} Choice
 * @property {string[]} hidden
 * @property {string[]} locked
 * @property {boolean} lesson  whether a lesson that is open goes along
 * @property {View["mode"]} mode
 * @property {string | null} language
 */

/** A frame that a slide or a course page has room for. */
const FRAME = { width: 800, height: 500 };

/** @param {string} address  of the page, with or without a hash @param {Link} link  what the page shows now
 * @param {Choice} choice @param {import("../fields.js").Catalogue} catalogue */
export function linkOf(address, link, { hidden, locked, lesson, mode, language }, catalogue) {
  const { view } = link;
  const kept = lesson ? { lesson: view.lesson, at: view.at } : { lesson: WHOLE_PAGE.lesson, at: WHOLE_PAGE.at };
  const chosen = { ...view, ...kept, mode, language, ...withoutOverlap(hidden, locked) };
  return address.split("#")[0] + writeHash({ ...link, view: chosen }, catalogue);
}

/** What is hidden needs no lock. @param {string[]} hidden @param {string[]} locked */
function withoutOverlap(hidden, locked) {
  return { hidden: inFewWords(hidden), locked: inFewWords(locked).filter((name) => !isAmong(name, hidden)) };
}

/** HTML for another page. @param {string} link @param {string} title */
export const frameOf = (link, title) =>
  `<iframe src="${escape(link)}" title="${escape(title)}" width="${FRAME.width}" height="${FRAME.height}"`
  + ` style="border: 0; max-width: 100%" allow="clipboard-write; fullscreen" loading="lazy"></iframe>`;

/** @param {string} text */
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** Everything but some parts, where what holds one of them stands open. @param {string[]} kept */
const allBut = (kept) => inFewWords(Object.keys(PARTS).filter((name) =>
  !isAmong(name, kept) && !kept.some((one) => isAmong(one, [name]))));

/**
 * Choices that are ready-made. What the link opens by itself - a lesson, a comparison - is left free by all of them.
 * @type {Record<"whole" | "only-play" | "no-settings" | "locked", (opened: string[]) => Pick<Choice, "hidden" | "locked">>}
 */
export const READY_MADE = {
  whole: () => ({ hidden: [], locked: [] }),
  "only-play": (opened) => {
    const within = Object.keys(PARTS).filter((name) => isAmong(name, ["stage"]) && name !== "stage");
    return { hidden: inFewWords([...allBut(["play", "stage", ...opened]), ...within]), locked: [] };
  },
  "no-settings": () => ({ hidden: inFewWords(["settings", "imitate", "preset", "device"]), locked: [] }),
  locked: (opened) => ({ hidden: [], locked: allBut(["play", ...opened]) }),
};

/** What a link opens by itself. @param {View} view @param {boolean} lesson  whether it goes along @returns {string[]} */
export const openedBy = ({ lesson: name, open }, lesson) => [...(lesson && name !== null ? ["lessons"] : []), ...(open ? [open] : [])];
