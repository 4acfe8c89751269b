// A loss as a formula with the numbers of the very batch put in: a row a term, its mean, and the sum. Each term explains
// itself. It does the arithmetic that `terms.js` says, and no other.
import { h } from "../dom.js";
import { OBJECTIVES } from "../texts.js";
import { inBrackets, three } from "./numbers.js";
import { discriminatorTerms, generatorTerms, mean, realTarget } from "./terms.js";
import { SLOW, SMOOTHED, TERMS } from "./texts.js";

/**
 * @typedef {import("../protocol.js").Anatomy} Anatomy
 * @typedef {import("../protocol.js").Experiment} Experiment
 * @typedef {import("./stages.js").Net} Net
 */

/** Numbers of a term that are written out. */
const WRITTEN = 2;

/** The terms of a net's loss in a step, and their formulas. @param {Anatomy} anatomy @param {Experiment} experiment @param {Net} net */
export function lossOf({ discriminator: d, generator: g }, { objective }, net) {
  const symbols = [...OBJECTIVES[objective.kind][net]];
  const target = realTarget(objective);
  if (net === "d" && target < 1) symbols[0] = SMOOTHED[objective.kind](three(target), three(1 - target));
  if (net === "d") return { symbols, terms: discriminatorTerms(objective, d.realScores, d.fakeScores), loss: d.loss, penalty: d.penalty };
  return { symbols, terms: g ? generatorTerms(objective, g.scores, g.realScores) : [], loss: g?.loss ?? NaN, penalty: 0 };
}

/** @param {ReturnType<typeof import("./explain.js").createExplainer>} explainer */
export function createFormula(explainer) {
  const rows = h("tbody");
  const element = h("table", { class: "slow-formula", "data-testid": "slow-formula" },
    h("thead", {}, h("tr", {}, ...[SLOW.formula.term, SLOW.formula.numbers, SLOW.formula.mean].map((name) => h("th", { scope: "col" }, name)))), rows);

  /** @param {string} text @param {string} hint @param {string} [kind] */
  function term(text, hint, kind = "") {
    const button = h("button", { type: "button", class: `slow-term ${kind}` }, text);
    explainer.attach(button, () => hint);
    return button;
  }

  /** @param {Node} name @param {string} numbers @param {number} value @param {string} id */
  const row = (name, numbers, value, id) => h("tr", {},
    h("th", { scope: "row" }, name), h("td", { class: "slow-numbers" }, numbers), h("td", { "data-testid": id, "data-value": String(value) }, three(value)));

  return {
    element,
    /** @param {Anatomy} anatomy @param {Experiment} experiment @param {Net} net @param {number} first  the term that leads */
    show(anatomy, experiment, net, first) {
      const { symbols, terms, loss, penalty } = lossOf(anatomy, experiment, net);
      const hints = TERMS[experiment.objective.kind][net];
      const means = terms.map(({ values }) => mean(values));
      const sum = term(SLOW.formula.loss[net], SLOW.formula.lossHint, "sum");
      const added = means.map(inBrackets).join(" + ");
      rows.replaceChildren(
        ...terms.map(({ values }, k) => row(term(symbols[k], hints[k], "math"), written(values, first), means[k], `slow-term-${k}`)),
        row(sum, terms.length > 1 ? added : "", loss, "slow-loss"),
        ...(penalty === 0 ? [] : [row(term(SLOW.formula.penalty, SLOW.formula.penaltyHint), "", penalty, "slow-penalty")]),
      );
      element.setAttribute("aria-label", SLOW.formula.loss[net]);
    },
  };
}

/** A mean, its first numbers written out: that of the chosen example leads. @param {number[]} values @param {number} first */
function written(values, first) {
  const order = [first, ...values.keys()].filter((at, k, all) => at < values.length && all.indexOf(at) === k).slice(0, WRITTEN);
  const sum = order.map((at) => inBrackets(values[at])).join(" + ");
  return `(${sum}${values.length > WRITTEN ? " + …" : ""}) / ${values.length}`;
}
