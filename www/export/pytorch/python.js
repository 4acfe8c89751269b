// Python as a template: what the parts of the script are written with. It knows nothing of GANs.

const MARK = "\u0000";

/**
 * The template's own indentation is taken off. Text on a line of its own is indented as where it stands; `false` there takes
 * the line away. Backslashes stay as they are.
 * @param {TemplateStringsArray} strings @param {...(string | number | false)} values
 */
export function py(strings, ...values) {
  const lines = strings.raw.map((text, i) => (i === 0 ? text : `${MARK}${i - 1}${MARK}${text}`)).join("").split("\n");
  // The first and the last are those of the backticks.
  const body = lines.slice(1, -1);
  const depth = Math.min(...body.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  const valueOf = (/** @type {string} */ i) => values[Number(i)];
  return body.map((line) => line.slice(depth)).flatMap((line) => {
    const alone = new RegExp(`^( *)${MARK}(\\d+)${MARK}$`).exec(line);
    if (!alone) return [line.replace(new RegExp(`${MARK}(\\d+)${MARK}`, "g"), (_, i) => String(valueOf(i)))];
    const value = valueOf(alone[2]);
    return value === false ? [] : String(value).split("\n").map((one) => (one === "" ? "" : alone[1] + one));
  }).join("\n");
}

/** A number that is not a whole one to Python either, even where it could be. @param {number} value */
export const real = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** What there is of some text, with so many empty lines between. @param {number} gap @param {(string | false)[]} parts */
export const joined = (gap, parts) => parts.filter((part) => part !== false).join("\n".repeat(gap + 1));

/** A string as Python writes it. @param {string} text */
export const quoted = (text) => JSON.stringify(text);

/** Text as comment lines, no longer than the script's others. @param {string} text */
export const comment = (text) => wrapped(text, 116).map((line) => `# ${line}`).join("\n");

/** @param {string} text @param {number} width @returns {string[]} */
export function wrapped(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** What heads a part of the script. @param {string} title */
export const section = (title) => `# --- ${title} ${"-".repeat(Math.max(3, 108 - title.length))}`;
