// The lessons' panel: the list, one lesson's steps and the way through them, and what a lesson does to the page around it:
// its step's experiment, the step at which playing pauses, parts that it hides or points at. The link says which lesson and
// step are shown; a step is step.js's.
import "katex/dist/katex.min.css";
import "./lessons.css";
import { ACTIVITIES, ALL_LESSONS } from "../activities.js";
import { h, icon, setText } from "../dom.js";
import { language as spoken } from "../language.js";
import { elementOf } from "../parts.js";
import { createKept } from "./kept.js";
import { NAMES, fetchLesson } from "./library.js";
import { createList } from "./list.js";
import { parseLesson } from "./parse.js";
import { pointAt } from "./point.js";
import { createStep } from "./step.js";
import { LESSON, LIST, POINT, mistakeText } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./parse.js").Lesson} Lesson
 * @typedef {import("./list.js").Read & {language: string}} Read
 */

const ICONS = { previous: "M14.5 5.5 8 12l6.5 6.5", next: "M9.5 5.5 16 12l-6.5 6.5", close: "M6 6l12 12M18 6 6 18" };

/** @param {import("../activities.js").Context} context */
export function createPanel({ store, catalogue }) {
  const kept = createKept();
  const world = { catalogue, names: NAMES };

  /** What was asked for last, by the panel or the link, and may still be on its way. @type {{lesson: string, at: number} | null} */
  let wanted = null;
  /** @type {{lesson: Lesson, at: number, step: ReturnType<typeof createStep>, next: HTMLButtonElement} | null} */
  let shown = null;
  /** Whether everything that the lesson put away is shown. */
  let unfolded = false;

  const title = h("h2", { id: "lesson-title" });
  const all = h("button", { type: "button", class: "link", "data-testid": "lessons-all", click: () => go(ALL_LESSONS, 1) }, LESSON.all);
  const minutes = h("span", { class: "unit" });
  const close = h("button", { type: "button", class: "quiet", "data-testid": "lesson-close", click: leave }, icon(ICONS.close));
  const previous = h("button", { type: "button", "aria-label": LESSON.previous, title: LESSON.previous, "data-testid": "lesson-previous", click: () => move(-1) }, icon(ICONS.previous));
  const next = h("button", { type: "button", "aria-label": LESSON.next, title: LESSON.next, "data-testid": "lesson-next", click: () => move(1) }, icon(ICONS.next));
  const place = h("summary", { "data-testid": "lesson-place" });
  const steps = h("ol", { "aria-label": LESSON.steps });
  const fold = h("details", { class: "lesson-steps" }, place, steps);
  const nav = h("nav", { class: "lesson-nav", "aria-label": LESSON.steps, hidden: true }, previous, fold, next);
  const untranslated = h("p", { class: "help", hidden: true, "data-testid": "lesson-untranslated" }, LESSON.untranslated);
  const head = h("div", { class: "lesson-head" }, h("div", { class: "lesson-row" }, title, close),
    h("div", { class: "lesson-row" }, all, minutes), untranslated, nav);
  const body = h("div", {});
  const note = h("p", { class: "lesson-note", role: "status", "data-testid": "lesson-note" });
  const settings = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "data-testid": "lesson-settings", click: () => unfold(!unfolded) }, LESSON.settings);
  const jump = h("button", { type: "button", class: "lesson-jump", "data-testid": "lesson-jump", click: jumpBetween }, LESSON.picture);
  const element = h("section", { class: "card lesson", "data-testid": "lesson", "aria-labelledby": "lesson-title" }, head, body, note,
    h("div", { class: "lesson-foot" }, settings), jump);

  // On a phone the picture is a screen or more below the text.
  let inSight = true;
  new IntersectionObserver(([entry]) => {
    inSight = entry.isIntersecting;
    drawJump();
  }, { rootMargin: "-50% 0px 0px 0px" }).observe(element);

  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(/** @type {HTMLElement} */ (target))));

  /** Where the visitor goes by the panel, the step's own experiment is opened. @param {string} lesson @param {number} at */
  function go(lesson, at) {
    if (wanted?.lesson === lesson && wanted.at === at) return;
    open({ lesson, at }, true);
    store.setView({ lesson, at });
  }

  /** @param {number} by */
  function move(by) {
    if (shown) go(shown.lesson.name, shown.at + by);
  }

  function leave() {
    store.setView({ lesson: null, at: 1 });
    elementOf("lessons")?.focus();
  }

  /** Past a step that has nothing to do but to be read, or that was left undone. */
  function goOn() {
    if (!shown) return;
    const { lesson, at, step } = shown;
    if (step.isOver()) kept.finish(lesson.name, at);
    if (at < lesson.steps.length) move(1);
    else go(ALL_LESSONS, 1);
  }

  /** @param {boolean} open */
  function unfold(open) {
    unfolded = open;
    element.classList.toggle("unfolded", open);
    settings.setAttribute("aria-expanded", String(open));
    setText(settings, open ? LESSON.fewer : LESSON.settings);
    putAway();
  }

  /** Takes from sight what the lesson does without. */
  function putAway() {
    const names = unfolded || !shown ? [] : shown.lesson.hide;
    document.querySelectorAll("[data-hidden-by-lesson]").forEach((part) => part.removeAttribute("data-hidden-by-lesson"));
    names.forEach((name) => elementOf(name)?.setAttribute("data-hidden-by-lesson", ""));
  }

  /** @param {string} text @param {boolean} [quiet]  for those who do not see what happened on the page */
  function say(text, quiet = false) {
    note.classList.toggle("visually-hidden", quiet);
    setText(note, text);
  }

  /** A link of the lesson's. @type {import("./render.js").Follow} */
  function follow(scheme, name, words) {
    say("");
    if (scheme === "lesson") {
      go(name, 1);
    } else if (scheme === "open") {
      if (name in ACTIVITIES) store.setView({ open: /** @type {import("../hash.js").View["open"]} */ (name) });
      else say(POINT.notHere);
    } else {
      const part = elementOf(name);
      const away = part && (part.closest("[data-hidden-by-lesson]") || elementOf("settings")?.contains(part));
      if (away && !unfolded) unfold(true);
      const seen = pointAt(name);
      say(seen ? POINT.shown(words) : POINT.absent, seen);
    }
  }

  function jumpBetween() {
    if (inSight) show(elementOf("stage"));
    else show(shown?.step.hasOutcome() ? element.querySelector(".lesson-run") : element);
  }

  /** @param {Element | null} target */
  const show = (target) => target?.scrollIntoView({
    block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
  });

  function drawJump() {
    setText(jump, inSight ? LESSON.picture : shown?.step.hasOutcome() ? LESSON.outcome : LESSON.back);
  }

  /** @param {string} name @returns {Promise<Read | null>} */
  async function read(name) {
    const found = await fetchLesson(name);
    return found && { ...parseLesson(name, found.text, world), language: found.language };
  }

  /** @param {{lesson: string, at: number}} what @param {boolean} fresh  whether the step's experiment is to be opened */
  async function open(what, fresh) {
    wanted = what;
    const already = shown?.lesson.name === what.lesson ? shown.lesson : null;
    if (already) {
      showStep(already, what.at, fresh);
      return;
    }
    clear();
    body.replaceChildren(h("p", { class: "lesson-body", role: "status" }, what.lesson === ALL_LESSONS ? LIST.loading : LESSON.loading));
    try {
      const found = what.lesson === ALL_LESSONS ? null : await read(what.lesson);
      const lessons = found ? [] : /** @type {Read[]} */ ((await Promise.all(NAMES.map(read))).filter((one) => one !== null));
      // The visitor may have gone elsewhere in the meantime.
      if (wanted !== what) return;
      if (!found) showList(lessons, what.lesson);
      else if (found.mistakes.length > 0) showMistakes(found);
      else showLesson(found, what.at, fresh);
    } catch (cause) {
      if (wanted !== what) return;
      const again = h("button", { type: "button", click: () => open(what, fresh) }, LESSON.retry);
      body.replaceChildren(h("div", { class: "lesson-body" }, h("p", { role: "alert" }, LESSON.failed(String(cause))), again));
    }
  }

  function clear() {
    shown = null;
    setText(title, LIST.title);
    for (const part of [title, body, steps]) part.removeAttribute("lang");
    nav.hidden = true;
    untranslated.hidden = true;
    say("");
    setText(minutes, "");
    all.hidden = true;
    close.title = LESSON.closeList;
    close.setAttribute("aria-label", LESSON.closeList);
    unfold(false);
    store.setGoal(null);
  }

  /** @param {Read[]} lessons @param {string} name  that was asked for */
  function showList(lessons, name) {
    body.replaceChildren(createList(lessons, { kept, open: go }));
    if (name !== ALL_LESSONS) body.prepend(h("p", { class: "lesson-body", role: "alert", "data-testid": "lesson-unknown" }, LIST.unknown(name)));
  }

  /** @param {Read} read */
  function showMistakes({ lesson, mistakes }) {
    setText(title, lesson.title || lesson.name);
    all.hidden = false;
    body.replaceChildren(h("div", { class: "lesson-body", "data-testid": "lesson-mistakes" }, h("p", { role: "alert" }, LESSON.mistakes),
      h("ul", {}, ...mistakes.map((mistake) => h("li", {}, mistakeText(mistake))))));
  }

  /** @param {Read} read @param {number} at @param {boolean} fresh */
  function showLesson({ lesson, language }, at, fresh) {
    setText(title, lesson.title);
    setText(minutes, LESSON.minutes(lesson.minutes));
    for (const part of [title, body, steps]) part.lang = language;
    untranslated.hidden = language === spoken;
    all.hidden = false;
    nav.hidden = false;
    close.title = LESSON.close;
    close.setAttribute("aria-label", LESSON.close);
    showStep(lesson, at, fresh);
    putAway();
  }

  /** @param {Lesson} lesson @param {number} asked @param {boolean} fresh */
  function showStep(lesson, asked, fresh) {
    const count = lesson.steps.length;
    const at = Math.min(asked, count);
    // The focus goes with whoever pressed a button that is gone now, and else stays where it is.
    const follows = element.contains(document.activeElement);
    const step = createStep(lesson, at, {
      store, catalogue, kept, follow, teacherTitle: LESSON.teacher, onDone: drawSteps,
      onRun: () => { if (matchMedia("(max-width: 719px)").matches) show(elementOf("stage")); },
    });
    const last = at === count;
    const on = h("button", { type: "button", "data-testid": "lesson-on", click: goOn }, last ? LESSON.finish : LESSON.nextStep(lesson.steps[at].title));
    shown = { lesson, at, step, next: on };
    body.replaceChildren(h("div", { class: "lesson-body" }, step.element, h("div", { class: "lesson-on" }, on)));
    setText(place, LESSON.place(at, count));
    fold.open = false;
    previous.disabled = at === 1;
    next.disabled = last;
    drawSteps();
    widths.disconnect();
    step.element.querySelectorAll(".formula-block, .lesson-table, pre").forEach((wide) => widths.observe(wide));
    say(asked > count ? LESSON.beyond(count) : "");
    const { experiment } = lesson.steps[at - 1];
    if (experiment && fresh) store.openExperiment(experiment.hash);
    store.setGoal(experiment?.until ?? null);
    if (follows) {
      step.heading.focus({ preventScroll: true });
      element.scrollIntoView({ block: "start" });
    }
    store.touch();
  }

  function drawSteps() {
    if (!shown) return;
    const { lesson, at } = shown;
    const { done } = kept.of(lesson.name);
    steps.replaceChildren(...lesson.steps.map((step, i) => h("li", {},
      h("button", { type: "button", class: "link", "aria-current": i + 1 === at ? "step" : false, click: () => go(lesson.name, i + 1) }, step.title),
      done.includes(i + 1) ? h("span", { class: "chip" }, LESSON.stepDone) : "")));
  }

  return {
    element,
    /** @param {State} state */
    update(state) {
      const { lesson, at } = state.view;
      if (lesson === null) {
        if (wanted) {
          wanted = null;
          clear();
          body.replaceChildren();
        }
        return;
      }
      if (wanted?.lesson !== lesson || wanted.at !== at) open({ lesson, at }, !state.linked);
      if (shown) {
        shown.step.update(state);
        shown.next.classList.toggle("primary", shown.step.isOver());
        drawJump();
      }
    },
  };
}

/** The smallest that a formula is drawn, in parts of its size. */
const SMALLEST = 0.78;

/** Draws a formula smaller where the panel is too narrow for it. What is wider even so scrolls, and then must be reached by
 * keyboard. @param {HTMLElement} wide */
function fit(wide) {
  wide.style.fontSize = "";
  const ratio = wide.clientWidth / wide.scrollWidth;
  if (ratio < 1 && wide.classList.contains("formula-block")) wide.style.fontSize = `${Math.max(SMALLEST, ratio - 0.005)}em`;
  if (wide.scrollWidth > wide.clientWidth) wide.setAttribute("tabindex", "0");
  else wide.removeAttribute("tabindex");
}
