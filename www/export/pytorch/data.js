// What G learns to imitate: a figure in the plane, a table, or pictures, as `src/data/` has them. Each part defines FEATURES,
// CLASSES, BOUND, and `draw_real(count)`: examples as the nets see them, [count, FEATURES], and the class of each, [count].
import { familyOf } from "../../fields.js";
import { figurePart } from "./figure.js";
import { fetches, picturesPart, tablePart } from "./files.js";
import { joined, section } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment @typedef {import("./index.js").Origin} Origin */

/** @param {Experiment} experiment @param {Origin} origin */
export function dataPart(experiment, origin) {
  const part = { figure: figurePart, table: tablePart, pictures: picturesPart }[familyOf(experiment)];
  return joined(1, [section("Data: what G learns to imitate"), joined(2, [fetches(experiment, origin), part(experiment)])]);
}
