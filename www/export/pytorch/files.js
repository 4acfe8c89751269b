// Data that come as files, as `src/data/` reads them: pictures that the playground ships, and what a visitor brought, as the
// page keeps it. Also what the site is asked for.
import { familyOf } from "../../fields.js";
import { joined, py } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment @typedef {import("./index.js").Origin} Origin */

/** Whether the script needs files of the playground's. @param {Experiment} experiment @param {Origin} origin */
export const asksSite = (experiment, { model }) =>
  (familyOf(experiment) === "pictures" && experiment.data.kind !== "own-pictures") || model?.shipped === true;

/** @param {Experiment} experiment @param {Origin} origin */
export const fetches = (experiment, origin) => asksSite(experiment, origin) && py`
  def fetch(name):
      """A file of the playground's: out of its folder, or from its site, which is asked only once."""
      if not options.assets.startswith("http"):
          return Path(options.assets, name).read_bytes()
      kept = Path("gan-data", name)
      if not kept.exists():
          kept.parent.mkdir(parents=True, exist_ok=True)
          kept.write_bytes(urllib.request.urlopen(options.assets + name).read())
      return kept.read_bytes()
`;

/** How the page packs what a visitor brought. */
const READ_PACKED = py`
  def read_packed(file):
      """A file as the page keeps it: values, what they are as JSON, the length of that, and eight letters."""
      data = Path(file).read_bytes()
      end = len(data) - 12
      start = end - int.from_bytes(data[end : end + 4], "little")
      return data[:start], json.loads(data[start:end])
`;

/** Sheets are few kinds of PNG: reading them here asks for no further package. */
const READ_PNG = py`
  def read_png(data):
      """The pixels of a PNG without interlacing, [height, width, colours]."""
      chunks, at = {}, 8
      while at < len(data):
          length, kind = struct.unpack(">I4s", data[at : at + 8])
          chunks[kind] = chunks.get(kind, b"") + data[at + 8 : at + 8 + length]
          at += 12 + length
      width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
      near = 3 if colour == 2 else 1  # bytes from a pixel to the next
      lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
      rows = np.zeros((height, near + lines.shape[1] - 1), np.uint8)
      above = rows[0]
      for line, row in zip(lines, rows):
          # Each line says how it differs from the pixels to its left, above, or both.
          if line[0] == 0:
              row[near:] = line[1:]
          elif line[0] == 2:
              row[near:] = line[1:] + above[near:]
          else:
              up, now = above.tolist(), [0] * len(row)
              for i, difference in enumerate(line[1:].tolist(), near):
                  a, b, c = now[i - near], up[i], up[i - near]
                  if line[0] == 1:
                      guess = a
                  elif line[0] == 3:
                      guess = (a + b) // 2
                  else:  # whichever is nearest to a + b - c
                      to_a, to_b, to_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                      guess = a if to_a <= to_b and to_a <= to_c else b if to_b <= to_c else c
                  now[i] = (difference + guess) & 255
              row[:] = now
          above = row
      pixels = rows[:, near:]
      if depth < 8:
          pixels = np.unpackbits(pixels, axis=1).reshape(height, -1, depth) @ (1 << np.arange(depth)[::-1])
          pixels = pixels[:, :width] * (1 if colour == 3 else 255 // (2**depth - 1))
      if colour == 3:
          return np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)[pixels]
      return pixels.reshape(height, width, near).astype(np.uint8)
`;

/** Examples in random order, again and again. @param {boolean} conditional @param {string} rows */
const draws = (conditional, rows) => py`
  def shuffled(count):
      """All of so many in random order, again and again."""
      while True:
          yield from torch.randperm(count).tolist()


  ORDER = shuffled(len(ROWS))


  def draw_real(count):
      """Examples as the nets see them${conditional ? ", and the class of each" : ""}."""
      which = torch.tensor([next(ORDER) for _ in range(count)])
      return ${rows}${conditional ? ", LABELS[which]" : ""}
`;

/** @param {Experiment} experiment */
export function picturesPart({ data, conditional }) {
  const only = "only" in data ? [...new Set(data.only)].sort((a, b) => a - b) : [];
  const shipped = data.kind !== "own-pictures";
  return joined(2, [shipped ? READ_PNG : READ_PACKED, joined(1, [shipped ? readShipped(data) : READ_OWN, only.length > 0 && py`
    # Of these classes alone.
    ONLY = np.array([${only.join(", ")}])
    kept = np.isin(labels, ONLY)
    pixels, labels = pixels[kept], np.searchsorted(ONLY, labels[kept])
    CLASSES = len(ONLY)
  `, py`
    ROWS, LABELS = torch.tensor(pixels), torch.tensor(labels.astype(np.int64))
    FEATURES, BOUND = COLOURS * HEIGHT * WIDTH, 1.0
  `]), draws(conditional, "ROWS[which] / 127.5 - 1")]);
}

/** @param {any} data */
function readShipped({ kind, sheets = 1, attribute }) {
  const labels = attribute === undefined ? "labels.bin" : `labels-${attribute}.bin`;
  return py`
    MANIFEST = json.loads(fetch("datasets/${kind}/manifest.json"))
    WIDTH, HEIGHT, COLOURS = (MANIFEST["image"][key] for key in ("width", "height", "channels"))
    CLASSES = next(len(one["classes"]) for one in MANIFEST["labels"] if one["file"] == "${labels}")


    def pictures(sheet):
        """[count, COLOURS * HEIGHT * WIDTH]: a sheet has them side by side, row by row."""
        sheet, count = read_png(fetch(f"datasets/${kind}/{sheet['file']}")), sheet["count"]
        tiles = sheet.reshape(sheet.shape[0] // HEIGHT, HEIGHT, sheet.shape[1] // WIDTH, WIDTH, COLOURS)
        return tiles.transpose(0, 2, 4, 1, 3).reshape(-1, COLOURS * HEIGHT * WIDTH)[:count]


    pixels = np.concatenate([pictures(sheet) for sheet in MANIFEST["sheets"][:${sheets}]])
    labels = np.frombuffer(fetch("datasets/${kind}/${labels}"), np.uint8)[: len(pixels)]
  `;
}

const READ_OWN = py`
  # The pictures that were brought to the page: their bytes, then the class of each, if they have classes.
  values, about = read_packed(options.data)
  WIDTH, HEIGHT, COLOURS = (about["image"][key] for key in ("width", "height", "channels"))
  values = np.frombuffer(values, np.uint8)
  pixels = values[: about["count"] * COLOURS * HEIGHT * WIDTH].reshape(about["count"], -1)
  labels = values[pixels.size :] if about["labels"] else np.zeros(len(pixels), np.uint8)
  CLASSES = len(about["labels"][0]["classes"]) if about["labels"] else 1
`;

/** @param {Experiment} experiment */
export function tablePart({ data, conditional }) {
  const columns = "columns" in data ? data.columns : [];
  return joined(2, [READ_PACKED, py`
    # The table that was brought to the page: its numbers, then the class of each row, if they have classes.
    values, about = read_packed(options.data)
    COLUMNS = [${columns.join(", ")}]  # those that are used
    NAMES = [about["columns"][i] for i in COLUMNS]
    size = 4 * about["rows"] * len(about["columns"])
    table = np.frombuffer(values[:size], np.float32).reshape(about["rows"], -1)[:, COLUMNS].astype(np.float64)
    LABELS = np.frombuffer(values[size:], np.uint8) if about["classes"] else np.zeros(len(table))
    LABELS = torch.tensor(LABELS.astype(np.int64))
    FEATURES, CLASSES = len(COLUMNS), max(1, len(about["classes"]))

    # Each column with mean 0 and standard deviation 1, as the nets see it.
    CENTRE, SCALE = (torch.tensor(number, dtype=torch.float32) for number in (table.mean(0), table.std(0)))
    ROWS = (torch.tensor(table, dtype=torch.float32) - CENTRE) / SCALE
    BOUND = 1.15 * min(5.0, float(ROWS.abs().max()))
  `, draws(conditional, "ROWS[which]")]);
}
