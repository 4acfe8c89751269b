// How a loss becomes a change of weights, and the two phases of a step, as `src/train/` has them.
import { joined, py, real, section } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment @typedef {import("./index.js").Origin} Origin */

/** The papers' epsilon, which is PyTorch's own. @type {Record<Experiment["optimiser"]["kind"], (optimiser: any) => [string, string]>} */
const OPTIMISERS = {
  adam: ({ beta1, beta2 }) => ["Adam", `, betas=(${real(beta1)}, ${real(beta2)}), eps=1e-8`],
  "adam-w": ({ beta1, beta2, weight_decay: decay }) => ["AdamW", `, betas=(${real(beta1)}, ${real(beta2)}), eps=1e-8, weight_decay=${decay}`],
  sgd: () => ["SGD", ""],
  momentum: ({ momentum }) => ["SGD", `, momentum=${momentum}`],
  "rms-prop": ({ decay }) => ["RMSprop", `, alpha=${decay}, eps=1e-8`],
};

/** @param {Experiment} experiment @param {Origin} origin */
export function trainingPart(experiment, origin) {
  const { optimiser, stabilisers } = experiment;
  const [name, settings] = OPTIMISERS[optimiser.kind](optimiser);
  const averages = stabilisers.ema_half_life > 0;
  return joined(2, [
    joined(1, [section("Training"), py`
      generator, discriminator = Generator(), Discriminator()
      ${averages && "average = copy.deepcopy(generator)"}
      g_optimiser = torch.optim.${name}(generator.parameters(), lr=G_RATE${settings})
      d_optimiser = torch.optim.${name}(discriminator.parameters(), lr=D_RATE${settings})
    `]),
    scheduled(experiment),
    noises(experiment) && blurred(experiment),
    descend(experiment),
    averages && follow(experiment),
    discriminatorPhase(experiment),
    generatorPhase(experiment),
    readModel(experiment, origin),
    loop(experiment),
  ]);
}

/** @param {Experiment} experiment */
const noises = ({ stabilisers }) => stabilisers.instance_noise > 0 && stabilisers.instance_noise_steps > 0;

/** @param {Experiment} experiment */
const penalised = ({ lipschitz }) => lipschitz.r1 > 0 || lipschitz.r2 > 0 || lipschitz.gradient_penalty > 0;

/** @param {Experiment} experiment */
const falls = ({ schedule }) => schedule.kind !== "constant" && schedule.learning_rate_end !== 1;
/** @param {Experiment} experiment */
const penaltyFalls = (experiment) =>
  penalised(experiment) && experiment.schedule.kind !== "constant" && experiment.schedule.penalty_end !== 1;

/** @param {Experiment} experiment @param {Origin} origin */
function readModel({ stabilisers, lipschitz }, { model }) {
  const averages = stabilisers.ema_half_life > 0;
  return py`
    def read_model(data):
        """Weights out of a model file (safetensors), by name, and the steps that they were trained for."""
        start = 8 + int.from_bytes(data[:8], "little")
        parts = json.loads(data[8:start])
        about = json.loads(parts.pop("__metadata__")["gan"])
        weights = {}
        for name, part in parts.items():
            first, last = (start + offset for offset in part["data_offsets"])
            weights[name] = torch.tensor(np.frombuffer(data[first:last], np.float32)).reshape(part["shape"])
        return weights, about["step"]


    def go_on_from(data):
        """Optimisers start anew, as their state is not in the file."""
        weights, step = read_model(data)
        nets = {"generator": generator, "discriminator": discriminator${averages ? ', "average": average' : ""}}
        for name, net in nets.items():
            own = {key.removeprefix(f"{name}."): weight for key, weight in weights.items() if key.startswith(f"{name}.")}
            ${averages && py`
              if name == "average" and not own:
                  own = generator.state_dict()
            `}
            if own:
                net.load_state_dict(own)
        ${lipschitz.spectral_norm && py`
          for layer in discriminator.modules():
              if isinstance(layer, Spectral):
                  layer.settle()
        `}
        return step


    done = 0
    if options.model:
        done = go_on_from(Path(options.model).read_bytes())
    ${model?.shipped === true && py`
      else:
          done = go_on_from(fetch("${model.file}"))
    `}
  `;
}

/** @param {Experiment} experiment */
function scheduled(experiment) {
  const { schedule } = experiment;
  if (schedule.kind === "constant" || !(falls(experiment) || penaltyFalls(experiment))) return false;
  const share = schedule.kind === "linear" ? "min(step / STEPS, 1)" : "(1 - math.cos(math.pi * min(step / STEPS, 1))) / 2";
  const how = schedule.kind === "linear" ? "in a straight line" : "in half a cosine";
  return py`
    def towards(end, step):
        """From 1 to 'end' over the run, ${how}; afterwards it stays."""
        return 1 + (end - 1) * ${share}
  `;
}

/** @param {Experiment} experiment */
const blurred = ({ stabilisers: { instance_noise: noise, instance_noise_steps: steps } }) => py`
  def blurred(x, step):
      """Instance noise on all that D sees, which falls to nothing over ${steps} steps (Sonderby et al. 2017)."""
      return x + ${noise} * (1 - min(step / ${steps}, 1)) * torch.randn(x.shape)
`;

/** @param {Experiment} experiment */
function descend(experiment) {
  const { stabilisers: { gradient_clip: clip } } = experiment;
  const varies = falls(experiment);
  return py`
    def descend(net, optimiser, loss${varies ? ", rate" : ""}):
        """Moves this net alone down the gradient of its loss."""
        gradients = torch.autograd.grad(loss, list(net.parameters()))
        ${clip > 0 && py`
          # No longer than ${clip} as a whole (Pascanu et al. 2013).
          length = sum(gradient.square().sum() for gradient in gradients).sqrt()
          gradients = [gradient * (${clip} / (length + 1e-12)).clamp(max=1) for gradient in gradients]
        `}
        for weight, gradient in zip(net.parameters(), gradients):
            weight.grad = gradient
        ${varies && 'optimiser.param_groups[0]["lr"] = rate'}
        optimiser.step()
  `;
}

/** @param {Experiment} experiment */
const follow = ({ stabilisers: { ema_half_life: halfLife } }) => py`
  @torch.no_grad()
  def follow(updates):
      """The average of G's weights, whose memory halves in ${halfLife} updates and is shorter while it is young."""
      keep = min(0.5 ** (1 / ${halfLife}), (1 + updates) / (10 + updates))
      for mean, weight in zip(average.parameters(), generator.parameters()):
          mean.mul_(keep).add_(weight, alpha=1 - keep)
`;

/** D's term for real examples under wrong classes. @param {Experiment} experiment */
const mislabelled = (experiment, packing = experiment.stabilisers.packing) => py`
  if CLASSES > 1:
      # Real examples under a wrong class are fakes too (Reed et al. 2016): D can only tell by looking at the class.
      count = ${packing === 1 ? "max(BATCH // 4, 1)" : `max(BATCH // 4 // ${packing}, 1) * ${packing}`}
      odd, label = draw_real(count)
      ${noises(experiment) && "odd = blurred(odd, step)"}
      wrong = discriminator(odd, (label + torch.randint(1, CLASSES, (count,))) % CLASSES)
      total = total + d_objective(on_real[: len(wrong)], wrong) / 2
`;

/** @param {Experiment} experiment */
function discriminatorPhase(experiment) {
  const { conditional, lipschitz, stabilisers: { packing } } = experiment;
  const { r1, r2, gradient_penalty: penalty, weight_clip: clip, spectral_norm: spectral } = lipschitz;
  const share = penaltyFalls(experiment) ? ` * towards(${/** @type {any} */ (experiment.schedule).penalty_end}, step)` : "";
  const weigh = (/** @type {number} */ weight) => `${weight}${share}`;
  const noisy = noises(experiment);
  const more = conditional || penalised(experiment);
  return py`
    def train_discriminator(step):
        """D learns to tell real from fake. G is frozen: its fakes come without a graph."""
        ${conditional ? "real, labels = draw_real(BATCH)" : "real = draw_real(BATCH)"}
        ${conditional && "asked = torch.randint(CLASSES, (BATCH,))"}
        with torch.no_grad():
            fake = generator(draw_noise(BATCH)${conditional ? ", asked" : ""})
        ${noisy && "real, fake = blurred(real, step), blurred(fake, step)"}
        ${spectral && py`
          for layer in discriminator.modules():
              if isinstance(layer, Spectral):
                  layer.iterate()
        `}
        ${r1 > 0 && "real.requires_grad_()"}
        ${r2 > 0 && "fake.requires_grad_()"}
        on_real, on_fake = discriminator(real${conditional ? ", labels" : ""}), discriminator(fake${conditional ? ", asked" : ""})
        loss = d_objective(on_real, on_fake)
        ${more && "total = loss"}
        ${conditional && mislabelled(experiment)}
        ${r1 > 0 && `total = total + ${weigh(r1)} * zero_centred(slopes(on_real, real))`}
        ${r2 > 0 && `total = total + ${weigh(r2)} * zero_centred(slopes(on_fake, fake))`}
        ${penalty > 0 && py`
          # At a random place between each real example and a fake${packing > 1 ? ", the same for all of a pack" : ""}.
          between = ${packing > 1 ? `torch.rand(BATCH // ${packing}, 1).repeat_interleave(${packing}, 0)` : "torch.rand(BATCH, 1)"}
          between = (fake + (real - fake) * between).detach().requires_grad_()
          gradient = slopes(discriminator(between${conditional ? ", labels" : ""}), between)
          total = total + ${weigh(penalty)} * one_centred(gradient)
        `}
        descend(discriminator, d_optimiser, ${more ? "total" : "loss"}${rate(experiment, "D_RATE")})
        ${clip > 0 && py`
          with torch.no_grad():
              for weight in discriminator.parameters():
                  weight.clamp_(-${clip}, ${clip})
        `}
        return loss.item()
  `;
}

/** @param {Experiment} experiment @param {string} name */
const rate = (experiment, name) =>
  (falls(experiment) ? `, ${name} * towards(${/** @type {any} */ (experiment.schedule).learning_rate_end}, step)` : "");

/** @param {Experiment} experiment */
function generatorPhase(experiment) {
  const { conditional, objective } = experiment;
  const pairs = objective.kind === "relativistic";
  const noisy = noises(experiment);
  const blur = (/** @type {string} */ x) => (noisy ? `blurred(${x}, step)` : x);
  return py`
    def train_generator(step):
        """G learns to be taken for real. D is frozen: the gradient goes through it, but moves G alone."""
        ${conditional && "asked = torch.randint(CLASSES, (BATCH,))"}
        fake = ${blur(`generator(draw_noise(BATCH)${conditional ? ", asked" : ""})`)}
        ${pairs && (conditional ? "real, labels = draw_real(BATCH)" : `real = ${blur("draw_real(BATCH)")}`)}
        ${pairs && conditional && noisy && "real = blurred(real, step)"}
        on_fake = discriminator(fake${conditional ? ", asked" : ""})
        loss = ${pairs ? `g_objective(discriminator(real${conditional ? ", labels" : ""}), on_fake)` : "g_objective(on_fake)"}
        descend(generator, g_optimiser, loss${rate(experiment, "G_RATE")})
        return loss.item()
  `;
}

/** @param {Experiment} experiment */
function loop({ stabilisers, training }) {
  const { d_head_start: head, ema_half_life: halfLife } = stabilisers;
  const g = joined(0, [
    py`
      for _ in range(G_UPDATES):
          g_loss = train_generator(step)
          ${halfLife > 0 && "follow(updates)"}
          ${halfLife > 0 && "updates += 1"}
    `,
  ]);
  return py`
    d_loss = g_loss = math.nan  # until a net is trained first
    ${halfLife > 0 && "updates = done"}
    for step in range(done, options.steps):
        for _ in range(D_UPDATES):
            d_loss = train_discriminator(step)
        ${head > 0 ? `if step >= ${head}:  # D's head start\n    ${g.replaceAll("\n", "\n    ")}` : g}
        if (step + 1) % ${Math.max(1, Math.round(training.steps / 50))} == 0:
            print(f"step {step + 1}: loss of D {d_loss:.4f}, of G {g_loss:.4f}", flush=True)
  `;
}
