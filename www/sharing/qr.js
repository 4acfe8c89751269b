// A link as a QR code, to be read off a screen by phones. It draws dark squares on a white ground in both themes: that is
// what readers expect.
import qrcode from "qrcode-generator";

/** A code of more modules an edge is too fine for a phone's camera at the back of a room. */
const MOST_MODULES = 117;
/** Modules of white around a code, which the standard asks for. */
const QUIET = 4;

/** @typedef {{size: number, isDark(row: number, column: number): boolean}} Code */

/** The more of a code can be lost the better it is read, as long as it stays coarse; null is too long a text.
 * @param {string} text  ASCII, as links are @returns {Code | null} */
export function codeOf(text) {
  for (const correction of /** @type {const} */ (["M", "L"])) {
    const code = qrcode(0, correction);
    code.addData(text);
    try {
      code.make();
    } catch {
      // There is no code of such a size at all.
      continue;
    }
    const size = code.getModuleCount();
    if (size <= MOST_MODULES) return { size, isDark: (row, column) => code.isDark(row, column) };
  }
  return null;
}

/** @param {Code} code @param {string} label  for whoever cannot see it */
export function drawCode({ size, isDark }, label) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const edge = size + 2 * QUIET;
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${edge} ${edge}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const squares = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) if (isDark(row, column)) squares.push(`M${column} ${row}h1v1h-1z`);
  }
  dark.setAttribute("d", squares.join(""));
  svg.append(dark);
  return svg;
}
