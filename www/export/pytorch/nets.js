// Both nets, as `src/nets/` has them: layers under the names that a model file gives their weights, and weights drawn as there.
import { isOfPictures } from "../../fields.js";
import { joined, py, section } from "./python.js";

/**
 * @typedef {import("./index.js").Experiment} Experiment
 * @typedef {import("../../protocol.js").Net} Net
 */

/** What stands between layers, and what weights' variance is multiplied with for its sake.
 * @type {Record<import("../../protocol.js").Activation, {call: string, gain: string, define?: string}>} */
const ACTIVATIONS = {
  "leaky-relu": { call: "leaky", gain: "2 / (1 + 0.2**2)", define: py`
    def leaky(x):
        return F.leaky_relu(x, 0.2)
  ` },
  relu: { call: "F.relu", gain: "2.0" },
  tanh: { call: "torch.tanh", gain: "2.54" },
  silu: { call: "F.silu", gain: "2.81" },
};

/** @param {Experiment} experiment */
export function netsPart(experiment) {
  const { generator, discriminator, lipschitz } = experiment;
  const kinds = [generator.kind, discriminator.kind];
  const convolves = kinds.some((kind) => kind !== "mlp");
  const spectral = lipschitz.spectral_norm;
  const acts = [...new Set([generator.activation, discriminator.activation])];
  return joined(2, [
    joined(1, [section("Nets"), py`
      # Weights are drawn so that a signal keeps its size on its way through a net (He et al. 2015): their variance is
      # this over the numbers that a unit adds up. Biases are 0 at first.
      G_GAIN, D_GAIN = ${ACTIVATIONS[generator.activation].gain}, ${ACTIVATIONS[discriminator.activation].gain}
    `]),
    ...acts.map((act) => ACTIVATIONS[act].define ?? false),
    spectral && SPECTRAL,
    spectral && py`
      class SpectralLinear(Spectral, nn.Linear):
          def forward(self, x):
              return F.linear(x, self.normal(), self.bias)
    `,
    spectral && discriminator.kind !== "mlp" && py`
      class SpectralConv2d(Spectral, nn.Conv2d):
          def forward(self, x):
              return F.conv2d(x, self.normal(), self.bias, self.stride, self.padding)
    `,
    py`
      def drawn(layer, variance):
          nn.init.normal_(layer.weight, std=math.sqrt(variance))
          nn.init.zeros_(layer.bias)
          ${spectral && py`
            if isinstance(layer, Spectral):
                layer.settle()
          `}
          return layer
    `,
    py`
      def linear(inputs, outputs, gain=1.0${spectral ? ", kind=nn.Linear" : ""}):
          return drawn(${spectral ? "kind" : "nn.Linear"}(inputs, outputs), gain / inputs)
    `,
    (discriminator.kind !== "mlp" || generator.kind === "residual") && py`
      def conv(inputs, outputs, side, stride=1, gain=1.0${spectral ? ", kind=nn.Conv2d" : ""}):
          layer = ${spectral ? "kind" : "nn.Conv2d"}(inputs, outputs, side, stride, padding=(side - 1) // 2)
          return drawn(layer, gain / (inputs * side**2))
    `,
    generator.kind === "conv" && py`
      def doubling(inputs, outputs, gain=1.0):
          """A transposed convolution; each of its pixels adds up a quarter of the kernel."""
          return drawn(nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1), gain / (inputs * 2**2))
    `,
    convolves && kinds.includes("residual") && block(spectral),
    generatorClass(experiment),
    discriminatorClass(experiment),
    NOISE[experiment.noise.distribution],
  ]);
}

const SPECTRAL = py`
  class Spectral:
      """A layer whose weights, as a matrix, are divided by its largest singular value (Miyato et al. 2018), which power
      iteration finds: often at first, then once an update, as weights move slowly."""

      def settle(self):
          self.left = F.normalize(torch.randn(len(self.weight)), dim=0)
          for _ in range(20):
              self.iterate()

      @torch.no_grad()
      def iterate(self):
          matrix = self.weight.flatten(1)
          self.right = F.normalize(self.left @ matrix, dim=0)
          self.left = F.normalize(matrix @ self.right, dim=0)

      def normal(self):
          return self.weight / (self.left @ self.weight.flatten(1) @ self.right + 1e-12)
`;

/** @param {boolean} spectral */
const block = (spectral) => py`
  class Block(nn.Module):
      """What it is given and a correction of that, which starts all but nothing."""

      def __init__(self, channels, act, gain${spectral ? ", kind=nn.Conv2d" : ""}):
          super().__init__()
          self.inner = conv(channels, channels, 3, gain=gain${spectral ? ", kind=kind" : ""})
          self.outer = conv(channels, channels, 3, gain=1e-4 * gain${spectral ? ", kind=kind" : ""})
          self.act = act

      def forward(self, x):
          return x + self.outer(self.act(self.inner(self.act(x))))
`;

/** @param {number[]} hidden */
const widths = (hidden) => (hidden.length > 0 ? `, ${hidden.join(", ")}` : "");

/** @param {Experiment} experiment */
function generatorClass(experiment) {
  const { generator, output, conditional } = experiment;
  const act = ACTIVATIONS[generator.activation].call;
  const inputs = conditional ? "NOISE + CLASSES" : "NOISE";
  const ends = (/** @type {string} */ made) => (output === "tanh" ? `BOUND * torch.tanh(${made})` : made);
  const first = conditional ? "x = torch.cat([noise, F.one_hot(labels, CLASSES)], 1)" : false;
  const given = conditional ? "noise, labels" : "noise";
  const x = conditional ? "x" : "noise";
  const makes = isOfPictures(experiment) ? "pictures" : "examples";
  const says = `"""G: noise${conditional ? " and a class" : ""} to ${makes}, [count, FEATURES]."""`;
  if (generator.kind === "mlp") {
    return py`
      class Generator(nn.Module):
          ${says}

          def __init__(self):
              super().__init__()
              widths = [${inputs}${widths(generator.hidden)}]
              self.hidden = nn.ModuleList(linear(*pair, G_GAIN) for pair in zip(widths, widths[1:]))
              self.output = linear(widths[-1], FEATURES)

          def forward(self, ${conditional ? "noise, labels" : "x"}):
              ${first}
              for layer in self.hidden:
                  x = ${act}(layer(x))
              return ${ends("self.output(x)")}
    `;
  }
  const c = generator.channels;
  if (generator.kind === "conv") {
    return py`
      class Generator(nn.Module):
          ${says}

          def __init__(self):
              super().__init__()
              self.project = linear(${inputs}, ${2 * c} * (HEIGHT // 4) * (WIDTH // 4), G_GAIN)
              self.inner = doubling(${2 * c}, ${c}, G_GAIN)
              self.outer = doubling(${c}, COLOURS)

          def forward(self, ${given}):
              ${first}
              x = ${act}(self.project(${x})).unflatten(1, (${2 * c}, HEIGHT // 4, WIDTH // 4))
              x = ${act}(self.inner(x))
              return ${ends("self.outer(x).flatten(1)")}
    `;
  }
  return py`
    class Generator(nn.Module):
        ${says}

        def __init__(self):
            super().__init__()
            self.project = linear(${inputs}, ${2 * c} * (HEIGHT // 4) * (WIDTH // 4))
            self.inner = Block(${2 * c}, ${act}, G_GAIN)
            self.narrow = conv(${2 * c}, ${c}, 1)
            self.outer = Block(${c}, ${act}, G_GAIN)
            self.colour = conv(${c}, COLOURS, 3)

        def forward(self, ${given}):
            ${first}
            x = self.inner(self.project(${x}).unflatten(1, (${2 * c}, HEIGHT // 4, WIDTH // 4)))
            x = self.outer(F.interpolate(self.narrow(x), scale_factor=2))
            x = F.interpolate(${act}(x), scale_factor=2)
            return ${ends("self.colour(x).flatten(1)")}
  `;
}

/** @param {Experiment} experiment */
function discriminatorClass(experiment) {
  const { discriminator, conditional, lipschitz, stabilisers: { packing } } = experiment;
  const act = ACTIVATIONS[discriminator.activation].call;
  const spectral = lipschitz.spectral_norm;
  const kind = (/** @type {string} */ layer) => (spectral ? `, kind=Spectral${layer}` : "");
  const given = conditional ? "x, labels" : "x";
  const packed = packing > 1 ? `${packing} * ` : "";
  const says = packing > 1 ? `"""D: ${packing} examples side by side (PacGAN, Lin et al. 2018) to one score, [count / ${packing}, 1]."""`
    : `"""D: examples${conditional ? " and their classes" : ""} to scores, [count, 1]: above 0 for real."""`;
  if (discriminator.kind === "mlp") {
    const inputs = conditional ? "(FEATURES + CLASSES)" : "FEATURES";
    return py`
      class Discriminator(nn.Module):
          ${says}

          def __init__(self):
              super().__init__()
              widths = [${packed ? packed + inputs : inputs.replace(/[()]/g, "")}${widths(discriminator.hidden)}]
              self.hidden = nn.ModuleList(linear(*pair, D_GAIN${kind("Linear")}) for pair in zip(widths, widths[1:]))
              self.output = linear(widths[-1], 1${kind("Linear")})

          def forward(self, ${given}):
              ${conditional && "x = torch.cat([x, F.one_hot(labels, CLASSES)], 1)"}
              ${packing > 1 && `x = x.reshape(len(x) // ${packing}, -1)`}
              for layer in self.hidden:
                  x = ${act}(layer(x))
              return self.output(x)
    `;
  }
  const c = discriminator.channels;
  const planes = conditional ? `${packed}${packed ? "(COLOURS + CLASSES)" : "COLOURS + CLASSES"}` : `${packed}COLOURS`;
  const opens = joined(0, [
    conditional && "# A plane for each class, all 1 or all 0.",
    conditional && "planes = F.one_hot(labels, CLASSES)[:, :, None].expand(-1, -1, HEIGHT * WIDTH)",
    conditional && "x = torch.cat([x, planes.flatten(1)], 1)",
    `x = x.reshape(-1, ${planes}, HEIGHT, WIDTH)`,
  ]);
  if (discriminator.kind === "conv") {
    return py`
      class Discriminator(nn.Module):
          ${says}

          def __init__(self):
              super().__init__()
              self.outer = conv(${planes}, ${c}, 4, 2, D_GAIN${kind("Conv2d")})
              self.inner = conv(${c}, ${2 * c}, 4, 2, D_GAIN${kind("Conv2d")})
              self.judge = linear(${2 * c} * (HEIGHT // 4) * (WIDTH // 4), 1${kind("Linear")})

          def forward(self, ${given}):
              ${opens}
              x = ${act}(self.inner(${act}(self.outer(x))))
              return self.judge(x.flatten(1))
    `;
  }
  return py`
    class Discriminator(nn.Module):
        ${says}

        def __init__(self):
            super().__init__()
            self.colour = conv(${planes}, ${c}, 3, gain=D_GAIN${kind("Conv2d")})
            self.outer = Block(${c}, ${act}, D_GAIN${kind("Conv2d")})
            self.widen = conv(${c}, ${2 * c}, 1${kind("Conv2d")})
            self.inner = Block(${2 * c}, ${act}, D_GAIN${kind("Conv2d")})
            self.judge = linear(${2 * c} * (HEIGHT // 4) * (WIDTH // 4), 1${kind("Linear")})

        def forward(self, ${given}):
            ${opens}
            x = F.avg_pool2d(${act}(self.colour(x)), 2)
            x = self.widen(F.avg_pool2d(self.outer(x), 2))
            return self.judge(${act}(self.inner(x)).flatten(1))
  `;
}

const NOISE = {
  gaussian: py`
    def draw_noise(count):
        return torch.randn(count, NOISE)
  `,
  uniform: py`
    def draw_noise(count):
        """Even between -sqrt(3) and sqrt(3), which has variance 1."""
        return math.sqrt(3) * (2 * torch.rand(count, NOISE) - 1)
  `,
};
