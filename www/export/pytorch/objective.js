// What each net minimises, as `src/objective/` has it, with the paper that it is from, and what keeps D smooth.
import { joined, py, section } from "./python.js";

/**
 * @typedef {import("./index.js").Experiment} Experiment
 * @typedef {import("../../protocol.js").Objective} Objective
 */

/** D's loss where it is binary cross-entropy. @param {Objective} objective */
function crossEntropy(objective) {
  const smoothing = "label_smoothing" in objective ? objective.label_smoothing : 0;
  return smoothing === 0 ? py`
    def d_objective(real, fake):
        """Binary cross-entropy of scores l, where D(x) = sigmoid(l): -ln D(real) - ln(1 - D(fake))."""
        return F.softplus(-real).mean() + F.softplus(fake).mean()
  ` : py`
    TARGET = 1 - ${smoothing}  # what D should say of real examples (Salimans et al. 2016)


    def d_objective(real, fake):
        """Binary cross-entropy of scores l, where D(x) = sigmoid(l)."""
        on_real = TARGET * F.softplus(-real) + (1 - TARGET) * F.softplus(real)
        return on_real.mean() + F.softplus(fake).mean()
  `;
}

/** @type {Record<Objective["kind"], (objective: any) => string[]>} */
const OBJECTIVES = {
  minimax: (objective) => [crossEntropy(objective), py`
    def g_objective(fake):
        """G minimises what D maximises, ln(1 - D(fake)): it vanishes where D is sure (Goodfellow et al. 2014, equation 1)."""
        return -F.softplus(fake).mean()
  `],
  "non-saturating": (objective) => [crossEntropy(objective), py`
    def g_objective(fake):
        """-ln D(fake), which keeps its slope where D is sure (Goodfellow et al. 2014, section 3)."""
        return F.softplus(-fake).mean()
  `],
  "least-squares": ({ label_smoothing: smoothing }) => [py`
    def d_objective(real, fake):
        """Scores of real examples should be ${smoothing === 0 ? "1" : `1 - ${smoothing}`}, of fakes 0 (Mao et al. 2017, equation 9)."""
        return ((real - ${smoothing === 0 ? "1" : `(1 - ${smoothing})`}).square().mean() + fake.square().mean()) / 2
  `, py`
    def g_objective(fake):
        return (fake - 1).square().mean() / 2
  `],
  hinge: () => [py`
    def d_objective(real, fake):
        """What is past the margin of 1 teaches D nothing (Lim & Ye 2017)."""
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
  `, py`
    def g_objective(fake):
        return -fake.mean()
  `],
  wasserstein: () => [py`
    def d_objective(real, fake):
        """D is a critic: scores of real examples high, of fakes low (Arjovsky et al. 2017)."""
        return fake.mean() - real.mean()
  `, py`
    def g_objective(fake):
        return -fake.mean()
  `],
  relativistic: () => [py`
    def d_objective(real, fake):
        """A fake is only ever judged beside a real example (Jolicoeur-Martineau 2019; Huang et al. 2024)."""
        return F.softplus(fake - real).mean()
  `, py`
    def g_objective(real, fake):
        return F.softplus(real - fake).mean()
  `],
};

/** @param {Experiment} experiment */
export function objectivePart({ objective, lipschitz }) {
  const { r1, r2, gradient_penalty: penalty } = lipschitz;
  const centred = r1 > 0 || r2 > 0;
  const [ofD, ofG] = OBJECTIVES[objective.kind](objective);
  return joined(2, [
    joined(1, [section("What each net minimises"), ofD]),
    ofG,
    (centred || penalty > 0) && py`
      def slopes(scores, x):
          """The gradient of each score with respect to all that was judged for it; training goes on through it."""
          (gradient,) = torch.autograd.grad(scores.sum(), x, create_graph=True)
          return gradient.reshape(len(scores), -1)
    `,
    centred && py`
      def zero_centred(gradient):
          """${[r1 > 0 && "R1 on real examples", r2 > 0 && "R2 on fakes"].filter(Boolean).join(", ")} (Mescheder et al. 2018)."""
          return gradient.square().sum(1).mean() / 2
    `,
    penalty > 0 && py`
      def one_centred(gradient):
          """The penalty of WGAN-GP (Gulrajani et al. 2017)."""
          return ((gradient.square().sum(1) + 1e-12).sqrt() - 1).square().mean()
    `,
  ]);
}
