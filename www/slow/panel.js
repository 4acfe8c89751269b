// Slow motion: one training step taken apart, shown a stage at a time on its real numbers. It asks for the step and keeps what
// it was told of it; the run itself goes its own way beside it.
import "./slow.css";
import { createBars } from "../charts/bars.js";
import { h, icon, setText } from "../dom.js";
import { drawnAs } from "../fields.js";
import { createDiagram } from "./diagram.js";
import { countOf, rangesOf, totalOf } from "./examples.js";
import { createExplainer } from "./explain.js";
import { createFollow } from "./follow.js";
import { createFormula } from "./formula.js";
import { three } from "./numbers.js";
import { createPortrait } from "./portrait.js";
import { PACES, createReel } from "./reel.js";
import { createScene } from "./scene.js";
import { createScoreLine } from "./scores.js";
import { isKnown, stagesOf } from "./stages.js";
import { HEAT, SLOW, STAGES } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../protocol.js").Anatomy} Anatomy
 * @typedef {import("../protocol.js").Experiment} Experiment
 * @typedef {import("./examples.js").Kind} Kind
 * @typedef {import("./stages.js").Stage} Stage
 * @typedef {import("./stages.js").What} What
 *
 * A step as it was taken apart, with the settings of then.
 * @typedef {{anatomy: Anatomy, experiment: Experiment, kind: Kind, stages: Stage[], ranges: [number, number][]}} Taken
 */

/** Milliseconds that a stage's movement takes, at most; the rest of its time it stands. */
const MOVING = 900;
/** Stages on which something moves. @type {What[]} */
const MOVES = ["fakes", "pull", "after"];
/** The decades that bars are shown over. */
const DECADES = { from: -6, to: 2 };

const ICONS = {
  previous: "M16 5.5v13l-9-6.5zM5.5 5.5h2v13h-2z",
  next: "M8 5.5v13l9-6.5zM16.5 5.5h2v13h-2z",
  play: "M8 5.2v13.6a.6.6 0 0 0 .92.5l10.6-6.8a.6.6 0 0 0 0-1L8.92 4.7A.6.6 0 0 0 8 5.2Z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  left: "M14.5 6l-6 6 6 6", right: "M9.5 6l6 6-6 6",
  close: "M6 6l12 12M18 6 6 18",
};

const calmly = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {import("../activities.js").Context} context @returns {import("../activities.js").Panel} */
export function createPanel({ store }) {
  /** @type {Taken | null} */
  let taken = null;
  /** The anatomy that was there when another was asked for. @type {{before: Anatomy | null} | null} */
  let asked = null;
  let chosen = 0;
  /** How far the stage's movement has come, and since when. */
  let moved = 1;
  let frame = 0;
  let lastStage = 0;

  const explainer = createExplainer("slow-explained");
  const diagram = createDiagram(explainer);
  const formula = createFormula(explainer);
  const scores = createScoreLine(choose);
  const follow = createFollow(explainer);
  const portrait = createPortrait();
  const scene = createScene(choose);
  const bars = { d: createBars(SLOW.bars.gradients.d, "d", []), g: createBars(SLOW.bars.gradients.g, "g", []) };
  const reel = createReel(staged);

  // --- Head ------------------------------------------------------------------------------------------------------

  const dissect = h("button", { type: "button", class: "primary", "data-testid": "slow-dissect", title: SLOW.dissectHint, click: () => {
    asked = { before: taken?.anatomy ?? null };
    store.dissect();
    store.touch();
  } }, SLOW.dissect);
  const which = h("p", { class: "slow-which", "data-testid": "slow-step" });
  const close = h("button", { type: "button", class: "quiet", "aria-label": SLOW.close, title: SLOW.close, click: () => store.setView({ open: null }) }, icon(ICONS.close));
  const intro = h("p", { class: "help slow-intro" }, SLOW.intro);

  // --- Going from stage to stage -----------------------------------------------------------------------------------

  const strip = h("div", { class: "slow-strip", role: "group", "aria-label": SLOW.strip });
  /** @type {HTMLButtonElement[]} */
  let chips = [];
  const previous = h("button", { type: "button", "aria-label": SLOW.previous, title: SLOW.previous, "data-testid": "slow-previous", click: () => { stop(); reel.previous(); } }, icon(ICONS.previous, { filled: true }));
  const playIcon = icon(ICONS.play, { filled: true });
  const play = h("button", { type: "button", "data-testid": "slow-play", click: () => reel.toggle() }, playIcon);
  const next = h("button", { type: "button", "aria-label": SLOW.next, title: SLOW.next, "data-testid": "slow-next", click: () => { stop(); reel.next(); } }, icon(ICONS.next, { filled: true }));
  const scrubber = h("input", { type: "range", min: "1", max: "1", step: "1", "aria-label": SLOW.scrubber, "data-testid": "slow-scrubber", input: () => { stop(); reel.go(Number(scrubber.value) - 1); } });
  const pace = h("select", { "aria-label": SLOW.pace, title: SLOW.pace, "data-testid": "slow-pace", change: () => reel.setPace(Number(pace.value)) },
    ...PACES.map((seconds) => h("option", { value: String(seconds) }, SLOW.paceOf(seconds))));
  pace.value = String(reel.pace);
  const controls = h("div", { class: "slow-controls", role: "group", "aria-label": SLOW.controls, title: SLOW.keys }, previous, play, next, scrubber, pace);

  // --- What a stage shows ------------------------------------------------------------------------------------------

  const title = h("h3", { "data-testid": "slow-title" });
  const text = h("p", { class: "slow-text", "data-testid": "slow-text" });
  const barsTitle = h("p", { class: "bar-title" });
  const barsBox = h("figure", { class: "slow-bars" }, barsTitle, bars.d.element, bars.g.element, h("figcaption", { class: "caption" }, SLOW.bars.logarithmic));
  const figure = h("div", { class: "slow-figure" }, portrait.element, scores.element, formula.element, barsBox);
  const legend = h("p", { class: "legend slow-legend" });
  const place = h("span", { class: "slow-example", "data-testid": "slow-example-place" });
  const stepper = h("div", { class: "slow-stepper", role: "group", "aria-label": SLOW.example, title: SLOW.choose },
    h("button", { type: "button", "aria-label": SLOW.previousExample, title: SLOW.previousExample, "data-testid": "slow-example-previous", click: () => choose(chosen - 1) }, icon(ICONS.left)),
    place,
    h("button", { type: "button", "aria-label": SLOW.nextExample, title: SLOW.nextExample, "data-testid": "slow-example-next", click: () => choose(chosen + 1) }, icon(ICONS.right)));
  const body = h("div", { class: "slow-body", hidden: true },
    strip, controls,
    h("div", { class: "slow-told", "aria-live": "polite" }, title, text),
    h("div", { class: "slow-work" },
      h("div", { class: "slow-left" }, scene.element, legend, stepper),
      h("div", { class: "slow-right" }, figure, follow.element)));

  const element = h("section", { class: "slow card", "data-part": "slow", "data-testid": "slow", "aria-label": SLOW.title, keydown: onKey },
    h("div", { class: "slow-inner" }, h("div", { class: "slow-head" }, h("h2", {}, SLOW.title), which, dissect, close), intro, diagram.element, body),
    explainer.element);

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { key, target } = event;
    if ((key !== "ArrowLeft" && key !== "ArrowRight") || !(target instanceof Element) || target.closest("input, select")) return;
    event.preventDefault();
    explainer.hide();
    stop();
    if (key === "ArrowRight") reel.next();
    else reel.previous();
  }

  /** Whoever takes a stage by hand takes it from the reel. Nothing is shown in between: it would move the slider back. */
  function stop() {
    if (reel.playing) reel.pause();
  }

  /** @param {number} example */
  function choose(example) {
    if (!taken) return;
    const count = countOf(taken.anatomy.discriminator);
    chosen = (example + count) % count;
    show();
  }

  /** Another stage, or playing and pausing. */
  function staged() {
    if (!taken) return;
    if (reel.at !== lastStage) {
      const onward = reel.at === lastStage + 1;
      lastStage = reel.at;
      cancelAnimationFrame(frame);
      // Back, or further than the next one, it stands as it came to be.
      if (onward && !calmly.matches && MOVES.includes(taken.stages[reel.at].what)) move();
      else moved = 1;
    }
    show();
  }

  function move() {
    const start = performance.now();
    const time = Math.min(MOVING, 700 * reel.pace);
    moved = 0;
    const on = () => {
      const share = Math.min(1, (performance.now() - start) / time);
      moved = share * share * (3 - 2 * share);
      drawScene();
      if (share < 1) frame = requestAnimationFrame(on);
    };
    frame = requestAnimationFrame(on);
  }

  /** @param {Taken} of */
  function partOf({ anatomy }, /** @type {Stage} */ { phase }) {
    return phase === "g" && anatomy.generator ? anatomy.generator : anatomy.discriminator;
  }

  /** Real examples beside the fakes: those that D judges; and points of D's phase again, so that one sees where fakes are
   * pulled to. @param {Taken} of @param {Stage} stage */
  function realOf({ anatomy, kind }, stage) {
    const shown = stage.phase === "d" ? isKnown(stage, "reals") : kind.drawn === "points" && isKnown(stage, "pull");
    return shown ? anatomy.discriminator.real : null;
  }

  function drawScene() {
    if (!taken) return;
    const stage = taken.stages[reel.at];
    const part = partOf(taken, stage);
    const { what } = stage;
    scene.draw({
      kind: taken.kind, ranges: taken.ranges, part, chosen,
      fake: part.fake,
      made: what === "noise" ? 0 : what === "fakes" ? moved : 1,
      real: realOf(taken, stage), faint: stage.phase === "g",
      pull: "pull" in part && isKnown(stage, "pull") && what !== "after" ? part.pull : null,
      pulled: what === "pull" ? moved : 1,
      after: "after" in part && what === "after" ? part.after : null,
      moved: what === "after" ? moved : 0,
    });
  }

  function show() {
    if (!taken) return;
    const { anatomy, experiment, kind, stages } = taken;
    const stage = stages[reel.at];
    const part = partOf(taken, stage);
    const words = STAGES[stage.name];
    chips.forEach((chip, i) => {
      if (i === reel.at) chip.setAttribute("aria-current", "step");
      else chip.removeAttribute("aria-current");
      chip.classList.toggle("past", i < reel.at);
    });
    playIcon.firstElementChild?.setAttribute("d", reel.playing ? ICONS.pause : ICONS.play);
    const playing = reel.playing ? SLOW.pause : SLOW.play;
    play.setAttribute("aria-label", playing);
    play.title = playing;
    play.dataset.state = reel.playing ? "playing" : "paused";
    previous.disabled = reel.at === 0;
    next.disabled = reel.at === reel.count - 1;
    scrubber.value = String(reel.at + 1);
    scrubber.setAttribute("aria-valuetext", SLOW.place(reel.at + 1, reel.count, words.title));
    element.dataset.stage = stage.name;

    setText(title, words.title);
    setText(text, words.text(toldOf(taken, stage)));
    diagram.show(stage, isKnown(stage, "loss") ? three(part.loss) : "");
    const example = SLOW.exampleOf(chosen + 1, countOf(part));
    setText(place, example);
    legend.replaceChildren(...legendOf(stage, kind));
    scene.canvas.setAttribute("aria-label", `${words.title}. ${SLOW.picture(SLOW.example, String(chosen + 1))}`);

    scores.element.hidden = stage.what !== "scores";
    if (!scores.element.hidden) {
      const fakeScores = "scores" in part ? part.scores : part.fakeScores;
      scores.show({ noise: part.noise, fakeScores, realScores: part.realScores }, countOf(part), kind.packing, experiment.objective.kind, chosen);
    }
    formula.element.hidden = stage.what !== "loss";
    if (!formula.element.hidden) formula.show(anatomy, experiment, stage.phase, Math.floor(chosen / kind.packing));
    barsBox.hidden = stage.what !== "gradients" && stage.what !== "update";
    if (!barsBox.hidden) drawBars(stage, part.layers);
    portrait.element.hidden = !(scores.element.hidden && formula.element.hidden && barsBox.hidden);
    if (!portrait.element.hidden) portrait.show(anatomy, experiment, kind, stage, chosen);
    follow.show(anatomy, experiment, kind, stage, chosen);
    drawScene();
  }

  /** @param {Stage} stage @param {import("../protocol.js").Layer[]} layers */
  function drawBars({ phase, what }, layers) {
    const which = what === "update" ? "change" : "gradient";
    const label = SLOW.bars[what === "update" ? "update" : "gradients"][phase];
    setText(barsTitle, label);
    barsTitle.dataset.tone = phase;
    bars.d.element.hidden = phase !== "d";
    bars.g.element.hidden = phase !== "g";
    bars[phase].draw(layers.map((layer) => ({
      name: layer.name, short: three(layer[which]), text: three(layer[which]),
      height: (Math.log10(layer[which]) - DECADES.from) / (DECADES.to - DECADES.from) || 0,
    })));
  }

  /** @param {State} state */
  function take(state) {
    const { anatomy, experiment } = state;
    if (!anatomy) {
      taken = null;
      reel.load(0);
      return;
    }
    const { discriminator: d, generator: g } = anatomy;
    const kind = kindOf(state);
    const lists = g ? [d.fake, d.real, g.fake, g.after] : [d.fake, d.real];
    const stages = stagesOf({ learns: g !== null, pairs: experiment.objective.kind === "relativistic" });
    taken = { anatomy, experiment, kind, stages, ranges: rangesOf(kind, lists) };
    chosen = Math.min(chosen, countOf(d) - 1);
    cancelAnimationFrame(frame);
    [lastStage, moved] = [0, 1];
    reel.load(stages.length);
    scrubber.max = String(stages.length);
    chips = stages.map((stage, i) => {
      const chip = h("button", { type: "button", class: "slow-chip", "data-testid": `slow-stage-${stage.name}`, click: () => { stop(); reel.go(i); } }, STAGES[stage.name].name);
      explainer.attach(chip, () => STAGES[stage.name].hint);
      return chip;
    });
    strip.replaceChildren(.../** @type {const} */ (["d", "g"]).map((phase) => h("div", { class: "slow-phase", "data-phase": phase },
      h("span", { class: "slow-phase-name", id: `slow-phase-${phase}` }, SLOW.phases[phase]),
      phase === "g" && !g
        ? h("span", { class: "help" }, SLOW.waits)
        : h("ol", { "aria-labelledby": `slow-phase-${phase}` }, ...chips.filter((_, i) => stages[i].phase === phase).map((chip) => h("li", {}, chip))))));
    show();
  }

  diagram.show(null, "");

  return {
    element,
    update(state) {
      if (element.hidden) {
        if (reel.playing) reel.pause();
        return;
      }
      if (state.anatomy !== (taken?.anatomy ?? null)) take(state);
      if (asked && (state.anatomy !== asked.before || state.status === "loading" || state.status === "failed")) asked = null;
      dissect.disabled = asked !== null || state.status === "loading" || state.status === "failed";
      setText(dissect, asked ? SLOW.working : SLOW.dissect);
      body.hidden = taken === null;
      intro.hidden = taken !== null && state.status !== "failed";
      setText(intro, state.status === "failed" ? SLOW.failed : SLOW.intro);
      if (!taken) diagram.show(null, "");
      const now = state.report?.step ?? 0;
      setText(which, taken ? [SLOW.step(taken.anatomy.step), now > taken.anatomy.step ? SLOW.behind(now) : ""].filter(Boolean).join(". ") : "");
    },
  };
}

/** How the run's examples are to be read. @param {State} state @returns {Kind} */
function kindOf({ experiment, report }) {
  const picture = report?.picture;
  const columns = picture && picture.kind !== "images" ? picture.columns.map(({ name }) => name) : [];
  const drawn = drawnAs(experiment);
  return {
    drawn,
    columns: drawn === "images" ? [] : columns.length > 0 ? columns : ["x", "y"],
    image: picture?.kind === "images" ? { width: picture.width, height: picture.height, channels: picture.channels } : null,
    extent: picture?.kind === "points" && columns.length === 0 ? picture.extent : null,
    packing: experiment.stabilisers.packing,
  };
}

/** What a stage's sentences may need. @param {Taken} taken @param {Stage} stage */
function toldOf({ anatomy, experiment, kind }, { phase }) {
  const part = phase === "g" && anatomy.generator ? anatomy.generator : anatomy.discriminator;
  const fakes = "probabilities" in part ? part.probabilities : part.fakeProbabilities;
  const reals = "realProbabilities" in part ? part.realProbabilities : new Float32Array();
  const change = totalOf(part.layers, "change");
  const penalty = "penalty" in part ? part.penalty : 0;
  return {
    batch: String(experiment.training.batch), dims: String(part.dims), loss: three(part.loss),
    penalty: three(penalty), penalised: penalty !== 0,
    gradient: three(totalOf(part.layers, "gradient")), change: three(change),
    share: `${three((100 * change) / totalOf(part.layers, "weights"))}\u00a0%`, rate: three(part.learningRate), updates: part.updates,
    fooled: percent(fakes), spotted: percent(reals),
    pairs: experiment.objective.kind === "relativistic", critic: ["relativistic", "wasserstein"].includes(experiment.objective.kind),
    pictures: kind.drawn === "images",
  };
}

/** Share of what D takes for real. @param {Float32Array} probabilities */
const percent = (probabilities) => `${Math.round((100 * probabilities.filter((one) => one > 0.5).length) / probabilities.length)}\u00a0%`;

/** @param {Stage} stage @param {Kind} kind */
function legendOf(stage, { drawn }) {
  const key = (/** @type {string} */ mark, /** @type {string} */ text) => h("span", { class: "key" }, h("i", { class: mark }), text);
  const keys = [key("hue-mark", stage.what === "noise" ? SLOW.legend.noise : SLOW.legend.fake)];
  if (stage.phase === "d" && isKnown(stage, "reals")) keys.push(key("ring-mark", SLOW.legend.real));
  if (stage.phase === "g" && drawn === "points" && isKnown(stage, "pull")) keys.push(key("ring-mark", SLOW.legend.realBefore));
  const pulled = stage.phase === "g" && isKnown(stage, "pull") && stage.what !== "after";
  if (pulled && drawn === "points") keys.push(key("arrow-mark", SLOW.legend.pull));
  if (pulled && drawn === "images") keys.push(key("brighter-mark", HEAT.brighter), key("darker-mark", HEAT.darker));
  if (stage.what === "after" && drawn === "points") keys.push(key("hue-ring-mark", SLOW.legend.before));
  return keys;
}
