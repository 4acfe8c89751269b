// D's scores on a line: fakes below in their noise's colour, reals above as rings. Where the scores have a fence of their own,
// it is drawn.
import { h, setText } from "../dom.js";
import { exampleOf, noiseColour, packOf } from "./examples.js";
import { three } from "./numbers.js";
import { mean } from "./terms.js";
import { SLOW } from "./texts.js";

/** The score at which an example is as likely real as fake. Where only differences mean anything there is none.
 * @type {Partial<Record<import("../protocol.js").Objective["kind"], number>>} */
const FENCES = { minimax: 0, "non-saturating": 0, hinge: 0, "least-squares": 0.5 };

/** @param {(example: number) => void} choose */
export function createScoreLine(choose) {
  const line = h("div", { class: "score-line", role: "img", "aria-label": SLOW.scores });
  const fence = h("i", { class: "score-fence" });
  const fenceName = h("span", { class: "score-fence-name" }, SLOW.fence);
  const [low, high] = [h("span", {}), h("span", {})];
  const element = h("div", { class: "slow-scores", "data-testid": "slow-scores" }, line,
    h("div", { class: "score-ends" }, low, h("span", {}, SLOW.scores), high));

  return {
    element,
    /** @param {{noise: Float32Array, fakeScores: ArrayLike<number>, realScores: ArrayLike<number>}} scores @param {number} count
     *   examples that are shown @param {number} packing @param {import("../protocol.js").Objective["kind"]} objective
     * @param {number} chosen */
    show({ noise, fakeScores, realScores }, count, packing, objective, chosen) {
      const packs = packOf(count - 1, packing) + 1;
      const [fakes, reals] = [fakeScores, realScores].map((scores) => Array.from(scores).slice(0, packs));
      const at = FENCES[objective];
      const all = [...fakes, ...reals, ...(at === undefined ? [] : [at])].filter(Number.isFinite);
      const [from, to] = [Math.min(...all), Math.max(...all)];
      const place = (/** @type {number} */ score) => `${(to > from ? (score - from) / (to - from) : 0.5) * 100}%`;
      setText(low, three(from));
      setText(high, three(to));
      const dots = [...reals.map((score, i) => ({ score, i, real: true })), ...fakes.map((score, i) => ({ score, i, real: false }))].map(({ score, i, real }) => {
        const dot = h("i", { class: `score-dot ${real ? "real" : "fake"}${packOf(chosen, packing) === i ? " chosen" : ""}`, click: () => choose(i * packing) });
        dot.style.left = place(score);
        if (!real) dot.style.background = noiseColour(exampleOf(noise, count, i * packing));
        return dot;
      });
      fence.style.left = place(at ?? from);
      fenceName.style.left = place(at ?? from);
      // Its name stays within the line.
      fenceName.style.translate = `${at === undefined || to === from ? -50 : -100 * ((at - from) / (to - from))}% 0`;
      line.replaceChildren(...(at === undefined ? [] : [fence, fenceName]), ...dots);
      const told = [[SLOW.fake, fakes], [SLOW.real, reals]].filter(([, scores]) => scores.length > 0).map(([name, scores]) => {
        const numbers = /** @type {number[]} */ (scores);
        return `${name}: ${SLOW.scoresOf(numbers.length, three(Math.min(...numbers)), three(Math.max(...numbers)), three(mean(numbers)))}`;
      });
      line.setAttribute("aria-label", [SLOW.scores, ...told].join(". "));
    },
  };
}
