// The list of lessons: what each is about, how long it takes, and how far this visitor has come.
import { h, setText } from "../dom.js";
import { LIST } from "./texts.js";

/**
 * @typedef {{lesson: import("./parse.js").Lesson, mistakes: import("./parse.js").Mistake[]}} Read
 * @typedef {{kept: import("./kept.js").Kept, open: (name: string, at: number) => void}} Options
 */

/** @param {Read[]} lessons @param {Options} options */
export function createList(lessons, { kept, open }) {
  const inOrder = [...lessons].sort((a, b) => a.lesson.order - b.lesson.order || a.lesson.name.localeCompare(b.lesson.name));
  const said = h("p", { class: "help", role: "status" });
  const forget = h("button", { type: "button", "data-testid": "lessons-forget", click: clear }, LIST.forget);
  const foot = h("div", { class: "lesson-kept", hidden: !kept.any() }, h("p", { class: "help" }, LIST.kept), forget);
  const list = h("ol", { class: "lesson-list" });

  function draw() {
    list.replaceChildren(...inOrder.map(entry));
  }

  /** @param {Read} read */
  function entry({ lesson: { name, title, summary, minutes, steps }, mistakes }) {
    const { done } = kept.of(name);
    const finished = steps.filter((_, i) => done.includes(i + 1)).length;
    // On from where the visitor left, or from the start.
    const at = finished === steps.length ? 1 : steps.findIndex((_, i) => !done.includes(i + 1)) + 1;
    const place = [LIST.minutes(minutes), LIST.done(finished, steps.length)].filter(Boolean).join(" · ");
    return h("li", {},
      h("button", { type: "button", class: "link", "data-testid": `lesson-${name}`, click: () => open(name, Math.max(1, at)) }, title || name),
      h("p", {}, mistakes.length > 0 ? LIST.mistakes(mistakes.length) : summary),
      h("p", { class: "help" }, mistakes.length > 0 ? "" : place));
  }

  function clear() {
    kept.forget();
    draw();
    foot.hidden = true;
    setText(said, LIST.forgotten);
  }

  draw();
  return h("div", { class: "lesson-body" }, h("p", {}, lessons.length > 0 ? LIST.intro : LIST.none), list, foot, said);
}
