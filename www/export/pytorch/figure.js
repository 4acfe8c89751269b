// Figures in the plane: where their points are, as `src/data/figure/` has it, and points scattered around that.
import { joined, py, quoted, real } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment */

/** Round clusters, each a class. @type {Record<string, (data: any) => string>} */
const CLUSTERS = {
  ring: ({ modes, radius }) => py`
    # ${modes} equal Gaussians, evenly spaced on a circle; each is a class.
    ANGLES = 2 * math.pi * torch.arange(${modes}) / ${modes}
    CENTRES = ${real(radius)} * torch.stack([ANGLES.cos(), ANGLES.sin()], 1)
    SHARES = torch.ones(len(CENTRES)) / len(CENTRES)
  `,
  grid: ({ side, spacing }) => py`
    # ${side} by ${side} equal Gaussians on a square grid; each is a class.
    PLACES = ${real(spacing)} * (torch.arange(${side}) - ${real((side - 1) / 2)})
    CENTRES = torch.cartesian_prod(PLACES, PLACES).flip(1)  # row by row
    SHARES = torch.ones(len(CENTRES)) / len(CENTRES)
  `,
  "two-gaussians": () => clusters("Two equal Gaussians; each is a class.", "[-0.7, -0.5], [0.7, 0.5]", "1.0, 1.0"),
  unequal: () => clusters("Four Gaussians, each half as frequent as the one before; each is a class.",
    "[-0.8, 0.8], [0.8, 0.8], [0.8, -0.8], [-0.8, -0.8]", "8.0, 4.0, 2.0, 1.0"),
  blobs: () => clusters("Three equal Gaussians far apart; each is a class.", "[-0.8, -0.6], [0.9, -0.3], [-0.1, 0.9]", "1.0, 1.0, 1.0"),
};

/** @param {string} what @param {string} centres @param {string} weights */
const clusters = (what, centres, weights) => py`
  # ${what}
  CENTRES = torch.tensor([${centres}])
  SHARES = torch.tensor([${weights}])
  SHARES = SHARES / SHARES.sum()
`;

/** A curve that is drawn by straight lines: parts of the same length of t, each as likely as its weight says. */
const STRETCHES = py`
  def stretches(curve, parts, lines, label=0, weight=1.0):
      """A curve over t from 0 to 1 in parts of the same weight, each of so many straight lines: (class, weight, start, end)."""
      corners = [curve(i / (parts * lines)) for i in range(parts * lines + 1)]
      for part in range(parts):
          ends = corners[part * lines : (part + 1) * lines + 1]
          whole = sum(math.dist(*pair) for pair in zip(ends, ends[1:]))
          for start, end in zip(ends, ends[1:]):
              yield label, weight * math.dist(start, end) / whole, start, end
`;

/** @param {string} code  of the figure's own */
const curves = (code) => `${STRETCHES}\n\n\n${code}`;

/** Figures made of lines or squares: PIECES are (class, weight, start, end). @type {Record<string, (data: any) => string>} */
const SHAPES = {
  line: () => curves(py`
    # A straight line, rising to the right.
    PIECES = list(stretches(lambda t: (2 * t - 1, 1.2 * t - 0.6), 8, 1))
  `),
  moons: () => curves(py`
    # Two half circles that reach into each other; each is a class.
    def upper(t):
        return (math.cos(math.pi * t) - 0.5) / 1.5, (math.sin(math.pi * t) - 0.25) / 1.5


    def lower(t):
        return (0.5 - math.cos(math.pi * t)) / 1.5, (0.25 - math.sin(math.pi * t)) / 1.5


    PIECES = [*stretches(upper, 6, 8, 0), *stretches(lower, 6, 8, 1)]
  `),
  circles: () => curves(py`
    # Two circles, one in the other, each a class with half of the examples.
    def circle(radius):
        return lambda t: (radius * math.cos(2 * math.pi * t), radius * math.sin(2 * math.pi * t))


    PIECES = [*stretches(circle(0.5), 6, 8, 0), *stretches(circle(1.0), 12, 8, 1, weight=0.5)]
  `),
  spiral: () => curves(py`
    # Two arms of a spiral, each once around; each is a class.
    def arm(turned):
        def place(t):
            radius, angle = 0.15 + 0.85 * t, 2 * math.pi * t + turned
            return radius * math.cos(angle), radius * math.sin(angle)

        return place


    PIECES = [*stretches(arm(0), 8, 8, 0), *stretches(arm(math.pi), 8, 8, 1)]
  `),
  "swiss-roll": () => curves(py`
    # The swiss roll seen from its side, denser inside.
    def roll(t):
        angle = 1.5 * math.pi * (1 + 2 * t)
        return angle * math.cos(angle) / (4.5 * math.pi), angle * math.sin(angle) / (4.5 * math.pi)


    PIECES = list(stretches(roll, 12, 12))
  `),
  checkerboard: () => py`
    # Eight of a board's sixteen squares; each is a class, from its low corner to its high one.
    def low(square):
        row, column = square // 2, 2 * (square % 2) + square // 2 % 2
        return column / 2 - 1, row / 2 - 1


    PIECES = [(i, 1.0, low(i), (low(i)[0] + 0.5, low(i)[1] + 0.5)) for i in range(8)]
  `,
  star: () => py`
    # The outline of a star with five points.
    def corner(at):
        radius, angle = 0.45 if at % 2 else 1.0, math.pi / 2 + at * math.pi / 5
        return radius * math.cos(angle), radius * math.sin(angle)


    PIECES = [(0, 1.0, corner(at), corner(at + 1)) for at in range(10)]
  `,
  drawn: ({ strokes }) => py`
    # What was drawn by hand, as the page's link has it: strokes with dots between them, four letters a point.
    STROKES = (
        ${String(strokes).match(/.{1,100}/g)?.map(quoted).join("\n") ?? '""'}
    )


    def points(stroke):
        digits = ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(letter) for letter in stroke]
        numbers = [(64 * high + low) / 4095 * 2 - 1 for high, low in zip(digits[::2], digits[1::2])]
        return list(zip(numbers[::2], numbers[1::2]))


    # Examples are spread evenly along the strokes, each of which is a class; a dot counts as a line of length 0.1.
    PIECES = []
    for label, stroke in enumerate(filter(None, STROKES.split("."))):
        corners = points(stroke)
        lines = [pair for pair in zip(corners, corners[1:]) if pair[0] != pair[1]]
        PIECES += [(label, math.dist(*line), *line) for line in lines] or [(label, 0.1, corners[0], corners[0])]
  `,
};

/** @param {Experiment} experiment */
export function figurePart({ data, conditional }) {
  const cluster = CLUSTERS[data.kind];
  const labels = conditional ? ", LABELS[which]" : "";
  const draws = conditional ? ", and the class of each" : "";
  if (cluster) {
    return joined(2, [joined(1, [cluster(data), py`
      FEATURES, CLASSES = 2, len(CENTRES)
      ${conditional && "LABELS = torch.arange(CLASSES)"}

      # Nets learn best from numbers around 0 that spread by about 1.
      CENTRE = (SHARES[:, None] * CENTRES).sum(0)
      SCALE = ((SHARES[:, None] * CENTRES**2).sum(0) - CENTRE**2).mean().add(SIGMA**2).sqrt()
      REACH = CENTRES.abs().max()
    `, BOUND]), py`
      def draw_real(count):
          """Points as the nets see them${draws}."""
          which = torch.multinomial(SHARES, count, replacement=True)
          points = CENTRES[which] + SIGMA * torch.randn(count, 2)
          return (points - CENTRE) / SCALE${labels}
    `]);
  }
  const across = data.kind === "checkerboard" ? 2 : 1;
  return joined(2, [SHAPES[data.kind](data), joined(1, [py`
    LABELS, SHARES, STARTS, ENDS = (torch.tensor(column) for column in zip(*PIECES))
    SHARES = SHARES / SHARES.sum()
    FEATURES, CLASSES = 2, int(LABELS.max()) + 1

    # Nets learn best from numbers around 0 that spread by about 1: mean and spread of all places of all pieces.
    CENTRE = (SHARES[:, None] * (STARTS + ENDS) / 2).sum(0)
    SQUARE = (SHARES[:, None] * (STARTS**2 + STARTS * ENDS + ENDS**2) / 3).sum(0)
    SCALE = (SQUARE - CENTRE**2).mean().add(SIGMA**2).sqrt()
    REACH = torch.cat([STARTS, ENDS]).abs().max()
  `, BOUND]), py`
    def draw_real(count):
        """Points as the nets see them${draws}."""
        which = torch.multinomial(SHARES, count, replacement=True)
        places = STARTS[which] + torch.rand(count, ${across}) * (ENDS[which] - STARTS[which])
        points = places + SIGMA * torch.randn(count, 2)
        return (points - CENTRE) / SCALE${labels}
  `]);
}

const BOUND = py`
  EXTENT = 1.3 * (REACH + 3 * SIGMA)  # half the side of a square that shows it all
  BOUND = (EXTENT + CENTRE.abs().max()) / SCALE  # the same as the nets see it
`;
