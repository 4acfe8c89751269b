// The game: the visitor plays the discriminator, on fresh examples that D judges as well. It changes nothing of the run, but for
// training on to a step where it is asked to.
import "./game.css";
import { h, icon, setText } from "../dom.js";
import { CLOCK, CLOCKS, COUNT, MORE, bestOf, judge, keepBest, tally } from "./round.js";
import { Clock } from "./clock.js";
import { createExhibit, thumbnail } from "./exhibit.js";
import { GAME, KEYS } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../protocol.js").Deal} Deal
 * @typedef {import("./round.js").Answer} Answer
 * @typedef {import("./round.js").Result} Result
 *
 * A round under way, with what it needs to know of the run that it was dealt from.
 * @typedef {{deal: Deal, data: string, columns: string[], at: number, results: Result[]}} Round
 *
 * Where the game stands. While training, to which step, and what the page's goal was before.
 * @typedef {{what: "start" | "study" | "question" | "answered" | "end"}
 *   | {what: "dealing", before: Deal | null, lost: boolean}
 *   | {what: "training", goal: number, before: number | null, begun: boolean}} Stand
 */

/** Seconds in which real examples are shown before a round against the clock. */
const STUDY = 3;

const ICONS = { right: "M5 12.5l4.5 4.5L19 7.5", wrong: "M6.5 6.5l11 11M17.5 6.5l-11 11", close: "M6 6l12 12M18 6 6 18" };

const calmly = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {import("../activities.js").Context} context @returns {import("../activities.js").Panel} */
export function createPanel({ store }) {
  /** @type {Stand} */
  let stand = { what: "start" };
  /** @type {Round | null} */
  let round = null;
  /** @type {State | null} */
  let last = null;
  /** Why there is no round, if a person has to know. */
  let trouble = "";
  let frame = 0;
  const clock = new Clock();

  const exhibit = createExhibit();
  const which = h("p", { class: "game-which", "data-testid": "game-step" });
  const close = h("button", { type: "button", class: "quiet", "aria-label": GAME.close, title: GAME.close, click: () => store.setView({ open: null }) }, icon(ICONS.close));
  const intro = h("div", { class: "game-intro" }, h("p", {}, GAME.intro), h("p", { class: "help" }, GAME.study));
  const note = h("p", { class: "game-note", role: "status", "data-testid": "game-note" });
  const clockSelect = h("select", { "data-testid": "game-clock-select" }, ...CLOCKS.map((seconds) => h("option", { value: String(seconds) }, GAME.clockOf(seconds))));
  clockSelect.value = String(CLOCK);
  const clockField = h("label", { class: "field-row game-clock-field" }, h("span", { class: "field-name" }, GAME.clock), clockSelect);

  const place = h("span", { class: "game-place", "data-testid": "game-place" });
  const bar = h("i", {});
  const seconds = h("span", {});
  const timer = h("div", { class: "game-clock", role: "timer", "aria-live": "off", "aria-label": GAME.left }, h("span", { class: "game-well" }, bar), seconds);
  const about = h("p", { class: "help game-about" });
  const question = h("div", { class: "game-question", tabindex: "-1", role: "group", "data-testid": "game-question" }, exhibit.element, about);
  const verdict = h("p", { class: "game-verdict", role: "status", "data-testid": "game-verdict" });

  /** @param {string} testid @param {string} text @param {(event: Event) => void} click @param {string} [kind] @param {string} [title] */
  const button = (testid, text, click, kind = "", title = "") =>
    h("button", { type: "button", "data-testid": testid, class: kind, title, click }, text);
  const start = button("game-start", GAME.start, deal, "primary");
  const real = button("game-real", GAME.real, () => answer(true), "game-answer", GAME.realHint);
  const fake = button("game-fake", GAME.fake, () => answer(false), "game-answer", GAME.fakeHint);
  const next = button("game-next", GAME.next, onward, "primary");
  const begin = button("game-begin", GAME.lookOn, () => ask(), "primary");
  const again = button("game-again", GAME.again, deal, "primary");
  const train = button("game-train", GAME.train(MORE), trainOn, "", GAME.trainHint);
  const dealNow = button("game-deal-now", GAME.dealNow, () => { endTraining(); deal(); });
  const keys = h("p", { class: "help game-keys" }, GAME.keys);
  const ways = h("div", { class: "game-ways" }, clockField, start, begin, real, fake, next, again, train, dealNow);

  const scores = h("div", { class: "game-scores" });
  const meaning = h("p", { "data-testid": "game-meaning" });
  const fooled = h("p", { class: "help" });
  const strip = h("ol", { class: "game-strip", "aria-label": GAME.strip });
  const end = h("div", { class: "game-end", "data-testid": "game-end" }, scores, meaning, fooled, strip);
  const head = h("div", { class: "game-line" }, place, timer);

  const element = h("section", { class: "game card", "data-part": "game", "data-testid": "game", "aria-label": GAME.title, keydown: onKey },
    h("div", { class: "game-head" }, h("h2", {}, GAME.title), which, close),
    intro, note, head, question, verdict, end, ways, keys);

  // --- From one to the next ----------------------------------------------------------------------------------------

  function deal() {
    trouble = "";
    round = null;
    stand = { what: "dealing", before: last?.dealt ?? null, lost: false };
    store.deal(COUNT);
    show();
  }

  /** @param {Deal} dealt @param {State} state */
  function take(dealt, { experiment, report }) {
    const picture = report?.picture;
    const columns = picture && picture.kind !== "images" ? picture.columns.map(({ name }) => name) : [];
    round = { deal: dealt, data: experiment.data.kind, columns, at: 0, results: [] };
    if (!exhibit.study(dealt, picture)) {
      ask();
      return;
    }
    stand = { what: "study" };
    // Without a clock it is looked at for as long as one likes.
    run(Number(clockSelect.value) === 0 ? 0 : STUDY, ask);
    show();
    focus(begin);
  }

  function ask() {
    if (!round) return;
    stand = { what: "question" };
    const { deal: dealt, at, columns } = round;
    const told = [exhibit.show(dealt, at, columns), ...(dealt.asked[at] ? [GAME.asked(dealt.asked[at])] : [])].join(" ").trim();
    setText(about, told);
    question.setAttribute("aria-label", GAME.question(at + 1, dealt.real.length, told));
    run(Number(clockSelect.value), () => answer(null));
    show();
    focus(question);
  }

  /** @param {Answer} said */
  function answer(said) {
    if (!round || stand.what !== "question") return;
    cancelAnimationFrame(frame);
    const result = judge(round.deal, round.at, said);
    round.results.push(result);
    stand = { what: "answered" };
    verdict.dataset.how = result.person === "right" ? "right" : "wrong";
    const percent = Math.round(100 * round.deal.probabilities[round.at]);
    verdict.replaceChildren(icon(result.person === "right" ? ICONS.right : ICONS.wrong),
      h("span", {}, h("strong", {}, GAME.verdict(result.person, result.real)), " ", GAME.discriminator(result.says, result.discriminator, percent)));
    show();
    focus(next);
  }

  function onward() {
    if (!round) return;
    if (round.at + 1 < round.deal.real.length) {
      round.at += 1;
      ask();
      return;
    }
    stand = { what: "end" };
    finish(round);
    show();
    focus(again);
  }

  /** @param {Round} of */
  function finish({ deal: dealt, data, columns, results }) {
    const { person, discriminator, fooledBoth, fooledPerson, fooledDiscriminator } = tally(results);
    const isBest = keepBest(data, person);
    const score = (/** @type {string} */ tone, /** @type {string} */ name, /** @type {number} */ number) =>
      h("p", { class: "game-score", "data-tone": tone }, h("span", {}, name), h("strong", { "data-testid": `game-score-${tone}` }, GAME.score(number, results.length)));
    scores.replaceChildren(score("you", GAME.you, person), score("d", GAME.d, discriminator), h("p", { class: "game-outcome" }, GAME.outcome(person, discriminator)));
    setText(meaning, [GAME.meaning(person, results.length), ...(isBest ? [GAME.newBest] : [])].join(" "));
    setText(fooled, GAME.fooled(fooledBoth, fooledPerson, fooledDiscriminator));
    strip.replaceChildren(...results.map((result, i) => h("li", { class: "game-card", "data-tone": result.real ? "real" : "fake" },
      thumbnail(dealt, i, columns),
      h("span", { class: "visually-hidden" }, GAME.card(i + 1, result.real, result.person, result.discriminator)),
      h("span", { class: "game-truth", "aria-hidden": "true" }, result.real ? GAME.real : GAME.fake),
      h("span", { class: "game-marks", "aria-hidden": "true" }, mark(GAME.you, result.person === "right"), mark(GAME.d, result.discriminator)))));
  }

  /** @param {string} who @param {boolean} right */
  const mark = (who, right) => h("span", { class: right ? "mark right" : "mark wrong" }, who, icon(right ? ICONS.right : ICONS.wrong));

  function trainOn() {
    if (!last?.report) return;
    const goal = last.report.step + MORE;
    stand = { what: "training", goal, before: last.goal, begun: false };
    store.setGoal(goal);
    if (last.status !== "playing") store.togglePlay();
    show();
  }

  /** The page's goal is what it was before. */
  function endTraining() {
    if (stand.what === "training" && last?.goal === stand.goal) store.setGoal(stand.before);
  }

  // --- Time --------------------------------------------------------------------------------------------------------

  /** @param {number} time  in seconds; 0 is without end @param {() => void} over */
  function run(time, over) {
    cancelAnimationFrame(frame);
    clock.start(time);
    const on = (/** @type {number} */ now) => {
      const ended = clock.tick(now);
      showClock();
      if (ended) over();
      else frame = requestAnimationFrame(on);
    };
    if (time > 0) frame = requestAnimationFrame(on);
    showClock();
  }

  function showClock() {
    timer.classList.toggle("off", clock.left === null);
    const left = clock.left ?? 0;
    const whole = Math.ceil(left / 1000);
    setText(seconds, GAME.seconds(whole));
    bar.style.width = `${clock.whole > 0 ? (100 * (calmly.matches ? 1000 * whole : left)) / clock.whole : 0}%`;
  }

  // --- The panel ---------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { key, target, ctrlKey, metaKey, altKey, repeat } = event;
    if (stand.what !== "question" || ctrlKey || metaKey || altKey || repeat || (target instanceof Element && target.closest("input, select"))) return;
    const pressed = key.toLowerCase();
    if (pressed !== KEYS.real && pressed !== KEYS.fake && key !== "ArrowLeft" && key !== "ArrowRight") return;
    event.preventDefault();
    answer(pressed === KEYS.real || key === "ArrowLeft");
  }

  /** The focus follows the game, but is not taken from elsewhere on the page. @param {HTMLElement} to */
  function focus(to) {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body || element.contains(activeElement)) to.focus({ preventScroll: true });
  }

  function show() {
    const { what } = stand;
    element.dataset.stand = what;
    const best = last ? bestOf(last.experiment.data.kind) : null;
    setText(which, [round ? GAME.step(round.deal.step) : "", best === null ? "" : GAME.best(best, COUNT)].filter(Boolean).join(" · "));
    intro.hidden = what !== "start";
    const playing = what === "question" || what === "answered" || what === "study";
    head.hidden = !playing;
    question.hidden = !playing;
    timer.classList.toggle("still", what === "answered");
    setText(place, what === "study" ? GAME.look : round ? GAME.at(round.at + 1, round.deal.real.length) : "");
    if (what === "study") setText(about, "");
    verdict.hidden = !playing;
    if (what === "question") verdict.replaceChildren(GAME.ask);
    if (what === "study") verdict.replaceChildren();
    if (what !== "answered") delete verdict.dataset.how;
    end.hidden = what !== "end";
    keys.hidden = what !== "question" && what !== "answered";
    /** @type {HTMLElement[]} */
    const shown = { start: [clockField, start], dealing: [], study: [begin], question: [real, fake], answered: [next], end: [clockField, again, train], training: [dealNow] }[what];
    for (const one of [clockField, start, begin, real, fake, next, again, train, dealNow]) one.hidden = !shown.includes(one);
    setText(next, round && round.at + 1 === round.deal.real.length ? GAME.finish : GAME.next);
    setText(note, noteOf());
    note.hidden = note.textContent === "";
  }

  function noteOf() {
    if (trouble) return trouble;
    if (!last) return "";
    if (stand.what === "dealing") return last.status === "loading" ? GAME.waiting : GAME.dealing;
    const now = last.report?.step ?? 0;
    if (stand.what === "training") return last.status === "playing" || !stand.begun ? GAME.training(now, stand.goal) : GAME.paused(now, stand.goal);
    return last.status === "failed" && (stand.what === "start" || stand.what === "end") ? GAME.failed : "";
  }

  exhibit.clear();
  show();

  return {
    element,
    update(state) {
      last = state;
      if (element.hidden) {
        // Whoever closes it leaves the round: an open clock would run out unseen.
        if (stand.what !== "start" && stand.what !== "end") leave();
        return;
      }
      const idle = state.status === "loading" || state.status === "failed";
      for (const one of [start, again, train, dealNow]) one.disabled = idle;
      if (stand.what === "dealing") {
        if (state.dealt && state.dealt !== stand.before) take(state.dealt, state);
        else if (state.status === "failed") {
          trouble = GAME.lost;
          stand = { what: "start" };
        } else if (state.status === "loading") stand.lost = true;
        else if (stand.lost) {
          // The run was begun anew meanwhile, and what was asked of the old one does not come.
          stand = { what: "dealing", before: null, lost: false };
          store.deal(COUNT);
        }
      } else if (stand.what === "training") {
        stand.begun ||= state.status === "playing";
        if (state.status === "loading" || state.status === "failed") {
          endTraining();
          stand = { what: "start" };
        } else if (state.status === "ready" && (state.report?.step ?? 0) >= stand.goal) {
          endTraining();
          deal();
        }
      }
      show();
    },
  };

  function leave() {
    cancelAnimationFrame(frame);
    endTraining();
    round = null;
    stand = { what: "start" };
    show();
  }
}
