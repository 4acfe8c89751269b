// One example, followed through the step: its noise, what G made of it, its score, what it adds to the loss, its pull. A number
// appears at the stage that makes it, in a place that was kept for it.
import { paint } from "../charts/picture.js";
import { context2d } from "../charts/canvas.js";
import { h, setText } from "../dom.js";
import { BETWEEN } from "../language.js";
import { countOf, exampleOf, noiseColour, norm, packOf } from "./examples.js";
import { lossOf } from "./formula.js";
import { chance, inBrackets, three } from "./numbers.js";
import { isKnown } from "./stages.js";
import { realTarget } from "./terms.js";
import { OWN, ROWS, SLOW } from "./texts.js";

/**
 * @typedef {import("../protocol.js").Anatomy} Anatomy
 * @typedef {import("../protocol.js").Experiment} Experiment
 * @typedef {import("./examples.js").Kind} Kind
 * @typedef {import("./stages.js").Stage} Stage
 * @typedef {import("./stages.js").What} What
 * @typedef {Exclude<keyof typeof ROWS, "more" | "long">} RowName
 */

/** Each with the stage that shows it first. @type {[RowName, What][]} */
const LINES = [["noise", "noise"], ["example", "fakes"], ["score", "scores"], ["probability", "scores"], ["term", "loss"], ["pull", "pull"], ["after", "after"]];
/** Numbers of a long list that are written out. */
const WRITTEN = 3;
const UNKNOWN = "·";

/** @param {ReturnType<typeof import("./explain.js").createExplainer>} explainer */
export function createFollow(explainer) {
  const lines = LINES.map(([name, what]) => {
    const label = h("button", { type: "button", class: "slow-term" }, ROWS[name].name);
    explainer.attach(label, () => ROWS[name].hint);
    const [fake, real] = [cell(`slow-${name}`), cell(`slow-${name}-real`)];
    return { name, what, fake, real, element: h("tr", {}, h("th", { scope: "row" }, label), fake.element, real.element) };
  });
  const swatch = h("i", { class: "slow-swatch" });
  const fakeHead = h("th", { scope: "col" }, swatch, SLOW.fake);
  const realHead = h("th", { scope: "col", class: "real-head" }, SLOW.real);
  const element = h("table", { class: "slow-follow", "aria-label": SLOW.follow },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, SLOW.example), fakeHead, realHead)),
    h("tbody", {}, ...lines.map((line) => line.element)));

  return {
    element,
    /** @param {Anatomy} anatomy @param {Experiment} experiment @param {Kind} kind @param {Stage} stage @param {number} chosen */
    show(anatomy, experiment, kind, stage, chosen) {
      const values = valuesOf(anatomy, experiment, kind, stage.phase, chosen);
      const part = stage.phase === "d" ? anatomy.discriminator : /** @type {NonNullable<Anatomy["generator"]>} */ (anatomy.generator);
      const lone = Object.values(values).every(({ real }) => real === undefined);
      realHead.hidden = lone;
      fakeHead.colSpan = lone ? 2 : 1;
      swatch.style.background = noiseColour(exampleOf(part.noise, countOf(part), chosen));
      for (const { name, what, fake, real, element: row } of lines) {
        const value = values[name];
        row.classList.toggle("unused", value === undefined);
        // What is of the fake alone, or of both together, has the room of both.
        const alone = value?.real === undefined;
        fake.element.colSpan = alone ? 2 : 1;
        real.element.hidden = alone;
        fake.show(isKnown(stage, what) ? value?.fake : undefined, kind);
        real.show(isKnown(stage, name === "example" ? "reals" : what) ? value?.real : undefined, kind);
      }
    },
  };
}

/** @typedef {string | {picture: Uint8Array}} Value */

/** What there is to know of an example in a phase. @param {Anatomy} anatomy @param {Experiment} experiment @param {Kind} kind
 * @param {"d" | "g"} net @param {number} i @returns {Partial<Record<RowName, {fake?: Value, real?: Value}>>} */
export function valuesOf(anatomy, experiment, kind, net, i) {
  const { discriminator: d, generator: g } = anatomy;
  const part = net === "d" ? d : g;
  if (!part) return {};
  const count = countOf(part);
  const pack = packOf(i, kind.packing);
  const fakeScores = "scores" in part ? part.scores : part.fakeScores;
  const fakeProbabilities = "scores" in part ? part.probabilities : part.fakeProbabilities;
  const [fakeScore, realScore] = [fakeScores[pack], part.realScores[pack]];
  const [fake, real] = termsOf(anatomy, experiment, net, pack, fakeScore, realScore);
  /** @param {Float32Array | Uint8Array} list @returns {Value} */
  const example = (list) => written(exampleOf(list, count, i), kind);
  return {
    noise: { fake: numbersOf(exampleOf(part.noise, count, i)) },
    example: { fake: example(part.fake), ...("real" in part ? { real: example(part.real) } : {}) },
    score: { fake: three(fakeScore), ...(realScore === undefined ? {} : { real: three(realScore) }) },
    probability: { fake: three(fakeProbabilities[pack]), ...("realProbabilities" in part ? { real: three(part.realProbabilities[pack]) } : {}) },
    term: { fake, real },
    ...("pull" in part ? {
      pull: { fake: pullOf(exampleOf(part.pull, count, i), kind) },
      after: { fake: example(part.after) },
    } : {}),
  };
}

/** What a pack adds to the loss, as a formula with its numbers. @param {Anatomy} anatomy @param {Experiment} experiment
 * @param {"d" | "g"} net @param {number} pack @param {number} fake  its score @param {number | undefined} real
 * @returns {[string | undefined, string | undefined]}  what the fake adds, with it what the pair adds; and the real one */
function termsOf(anatomy, experiment, net, pack, fake, real = NaN) {
  const { objective } = experiment;
  const target = realTarget(objective);
  const numbers = {
    real: three(real), fake: three(fake), realIn: inBrackets(real), fakeIn: inBrackets(fake),
    pReal: chance(real), pFake: chance(fake), target: three(target), rest: three(1 - target), smooth: target < 1,
  };
  /** @type {[string | undefined, string | undefined]} */
  const result = [undefined, undefined];
  lossOf(anatomy, experiment, net).terms.forEach(({ of, values }, k) => {
    const formula = OWN[objective.kind][net][k](numbers);
    const value = three(values[pack]);
    result[of === "real" ? 1 : 0] = formula === value ? value : `${formula} = ${value}`;
  });
  return result;
}

/** @param {Float32Array | Uint8Array} example @param {Kind} kind @returns {Value} */
function written(example, { drawn, columns }) {
  if (example instanceof Uint8Array) return { picture: example };
  return drawn === "table" || columns[0] !== "x" ? columns.map((name, j) => `${name} ${three(example[j])}`).join(BETWEEN) : numbersOf(example);
}

/** @param {Float32Array} pull @param {Kind} kind */
const pullOf = (pull, { drawn }) => (drawn === "images" ? ROWS.long(three(norm(pull))) : `${numbersOf(pull)}${BETWEEN}${ROWS.long(three(norm(pull)))}`);

/** @param {Float32Array} numbers */
function numbersOf(numbers) {
  const first = Array.from(numbers.subarray(0, WRITTEN), three).join(BETWEEN);
  if (numbers.length === 1) return first;
  return numbers.length > WRITTEN ? `(${first} ${ROWS.more(numbers.length)}` : `(${first})`;
}

/** A place for a number, or for a picture. @param {string} id */
function cell(id) {
  const text = h("span", {});
  const context = context2d(h("canvas", { class: "slow-tile", "aria-hidden": "true", hidden: true }));
  const element = h("td", { "data-testid": id }, text, context.canvas);
  return {
    element,
    /** @param {Value | undefined} value  none as long as it is not known @param {Kind} kind */
    show(value, kind) {
      const picture = typeof value === "object" && kind.image ? value.picture : null;
      context.canvas.hidden = !picture;
      if (picture && kind.image) paint(context, picture, kind.image);
      setText(text, typeof value === "string" ? value : value ? "" : UNKNOWN);
      element.title = typeof value === "string" ? value : "";
    },
  };
}
