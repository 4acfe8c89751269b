// Markdown as lessons use it: marked's tokens, with formulas between dollars as tokens of their own. It makes no elements
// (render.js does) and no HTML, which in a lesson is text like any other.
import katex from "katex";
import { Marked } from "marked";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {{type: "formula", raw: string, tex: string, display: boolean}} Formula
 */

/** Between one dollar and the next, close to both, so that "$5 and $6" is money. */
const INLINE = /^\$\$([^$]+?)\$\$|^\$(?![\s$])((?:\\[^\n]|[^$\\\n])*?(?:\\[^\n]|[^\s\\$]))\$(?!\d)/;
/** On lines of its own, which may begin as nothing else may: with a plus, say. */
const BLOCK = /^ {0,3}\$\$([^$]+?)\$\$[ \t]*(?:\n+|$)/;

const lexer = new Marked({
  extensions: [
    {
      name: "formula",
      level: "inline",
      start: (text) => indexOf(text, /\$/),
      tokenizer: (text) => formula(INLINE.exec(text)),
    },
    {
      name: "formula-block",
      level: "block",
      start: (text) => indexOf(text, /^ {0,3}\$\$/m),
      tokenizer: (text) => formula(BLOCK.exec(text)),
    },
  ],
  // A star in a formula is no emphasis.
  hooks: { emStrongMask: (text) => text.replace(/\$[^$\n]+\$/g, (found) => "a".repeat(found.length)) },
});

/** @param {string} text @param {RegExp} pattern */
function indexOf(text, pattern) {
  const found = text.search(pattern);
  return found < 0 ? undefined : found;
}

/** @param {RegExpExecArray | null} found @returns {Formula | undefined} */
function formula(found) {
  if (!found) return undefined;
  const [raw, display, inline] = found;
  return { type: "formula", raw, tex: (display ?? inline).trim(), display: display !== undefined };
}

/** @param {string} text @returns {Token[]} */
export const blocksOf = (text) => lexer.lexer(text);

/** Of one paragraph's text. @param {string} text @returns {Token[]} */
export const inlineOf = (text) => lexer.Lexer.lexInline(text, lexer.defaults);

/** Visits every token, those within others after them. @param {Token[]} tokens @param {(token: Token) => void} visit */
export function walk(tokens, visit) {
  for (const token of tokens) {
    visit(token);
    const { items = [], header = [], rows = [], tokens: within = [] } = /** @type {any} */ (token);
    walk(within, visit);
    for (const item of [...items, ...header, ...rows.flat()]) walk(item.tokens, visit);
  }
}

/** The words alone. @param {Token[]} tokens @returns {string} */
export function plain(tokens) {
  return tokens.map((token) => {
    const { tex, tokens: within, text = "" } = /** @type {any} */ (token);
    return tex ?? (within ? plain(within) : text);
  }).join("");
}

/** How KaTeX is to take a formula: a strange sign is shown, not complained of in the console. @param {boolean} display */
export const how = (display) => ({ displayMode: display, strict: false, trust: false });

/** What keeps a formula from being shown; null if nothing does. @param {Formula} formula @returns {string | null} */
export function formulaProblem({ tex, display }) {
  try {
    const html = katex.renderToString(tex, how(display));
    // KaTeX sizes a few arrows by an inline style, which the page's policy forbids.
    return /<(svg|m[a-z]+)\b[^>]* style="/.test(html) ? "\\vec" : null;
  } catch (cause) {
    return cause instanceof katex.ParseError ? String(/** @type {any} */ (cause).rawMessage) : String(cause);
  }
}
