// What the script leaves: samples of the trained G in the data's own units, a picture of them, and how many modes they are on.
import { familyOf } from "../../fields.js";
import { joined, py, section } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment */

/** Samples of points and rows, as the page's figures are taken on. */
const POINTS = 2500;
/** Of pictures, in rows of so many. */
const PICTURES = 100;
const COLUMNS = 10;

const CLUSTERS = ["ring", "grid", "two-gaussians", "unequal", "blobs"];

const WRITE_PNG = py`
  def write_png(file, pixels):
      """Pixels, [height, width, 3], as a picture."""

      def chunk(kind, data):
          return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

      height, width, _ = pixels.shape
      rows = np.insert(pixels.reshape(height, -1), 0, 0, axis=1)  # a 0 before each says that it is as it is
      header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
      parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows.tobytes())), chunk(b"IEND", b"")
      Path(file).write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
`;

/** @param {Experiment} experiment */
export function samplesPart(experiment) {
  const { stabilisers, conditional } = experiment;
  const family = familyOf(experiment);
  const count = family === "pictures" ? PICTURES : POINTS;
  const artist = stabilisers.ema_half_life > 0 && stabilisers.ema_shown ? "average" : "generator";
  const asked = conditional ? `, torch.arange(${count}) % CLASSES` : "";
  return joined(1, [section("Samples"), joined(2, [family !== "table" && WRITE_PNG, joined(0, [py`
    with torch.no_grad():
        samples = ${artist}(draw_noise(${count})${asked})
  `, LEAVE[family](experiment)])])]);
}

/** @type {Record<string, (experiment: Experiment) => string>} */
const LEAVE = {
  figure: ({ data, conditional }) => py`
    samples = samples * SCALE + CENTRE
    np.save("samples.npy", samples.cpu().numpy())
    ${CLUSTERS.includes(data.kind) && py`

      # As VEEGAN counts (Srivastava et al. 2017): good within three standard deviations of a mode, found with one such.
      distance, mode = torch.cdist(samples, CENTRES).min(1)
      good = distance <= 3 * SIGMA
      print(f"{len(mode[good].unique())} of {len(CENTRES)} modes, {100 * good.float().mean():.1f} % of high quality")
    `}

    # Real points in blue, fakes in orange.
    real = draw_real(len(samples))${conditional ? "[0]" : ""} * SCALE + CENTRE
    pixels = np.full((512, 512, 3), 255, np.uint8)
    for points, colour in ((real, (26, 111, 212)), (samples, (184, 82, 0))):
        x, y = ((points / EXTENT + 1) * 255.5).clamp(0, 510).long().cpu().numpy().T
        for right, up in ((0, 0), (1, 0), (0, 1), (1, 1)):
            pixels[511 - y - up, x + right] = colour
    write_png("samples.png", pixels)
  `,
  table: () => py`
    samples = samples * SCALE + CENTRE
    np.savetxt("samples.csv", samples.cpu().numpy(), delimiter=",", header=",".join(NAMES), comments="")
  `,
  pictures: () => py`
    samples = samples.unflatten(1, (COLOURS, HEIGHT, WIDTH)).cpu().numpy()
    np.save("samples.npy", samples)  # from -1, black, to 1, white

    # In rows of ${COLUMNS}, each pixel twice as large.
    pixels = ((samples + 1) * 127.5).round().clip(0, 255).astype(np.uint8).repeat(3 // COLOURS, 1)
    pixels = pixels.reshape(-1, ${COLUMNS}, 3, HEIGHT, WIDTH).transpose(0, 3, 1, 4, 2)
    pixels = pixels.reshape(-1, ${COLUMNS} * WIDTH, 3).repeat(2, 0).repeat(2, 1)
    write_png("samples.png", pixels)
  `,
};
