// A lesson's text as elements: marked's tokens through h() alone, so that nothing in a file can become a script, and
// formulas by KaTeX, which sets styles as the page's policy allows.
import katex from "katex";
import { h } from "../dom.js";
import { isShare } from "./condition.js";
import { how } from "./markdown.js";
import { FILLED } from "./parse.js";
import { figureText } from "./texts.js";

/**
 * @typedef {import("./markdown.js").Token} Token
 * What is to happen when a link of the lesson's own kinds is pressed.
 * @typedef {(scheme: string, name: string, words: string) => void} Follow
 * @typedef {{follow: Follow, figures?: import("./condition.js").Figures}} Setting
 */

/** The kinds of links that stay on the page. */
const OWN_LINK = /^(part|open|lesson):(.*)$/;

/** @param {Token[]} tokens @param {Setting} setting @returns {Node[]} */
export const render = (tokens, setting) => tokens.flatMap((token) => one(token, setting));

/** @param {any} token @param {Setting} setting @returns {Node[]} */
function one(token, setting) {
  const within = () => render(token.tokens ?? [], setting);
  switch (token.type) {
    case "paragraph": return isDisplay(token) ? within() : [h("p", {}, ...within())];
    // The panel's title is an h2, and a step's an h3.
    case "heading": return [h("h4", {}, ...within())];
    case "list": return [list(token, setting)];
    case "blockquote": return [h("blockquote", {}, ...within())];
    case "table": return [table(token, setting)];
    case "code": return [h("pre", {}, h("code", {}, token.text))];
    case "hr": return [h("hr")];
    case "strong":
    case "em":
    case "del": return [h(/** @type {"strong"} */ (token.type), {}, ...within())];
    case "codespan": return [h("code", {}, token.text)];
    case "br": return [h("br")];
    case "link": return [link(token, setting)];
    case "formula": return [formula(token)];
    case "space":
    case "def":
    case "checkbox": return [];
    default: return token.tokens ? within() : [document.createTextNode(filled(token.text, setting))];
  }
}

/** @param {string} text @param {Setting} setting */
const filled = (text, { figures }) => (figures
  ? text.replace(FILLED, (_, name) => (name in figures ? figureText(figures[name], isShare(name)) : "?"))
  : text);

/** Whether a paragraph is one formula, which is a block by itself. @param {any} token */
const isDisplay = ({ tokens }) => tokens.length === 1 && tokens[0].type === "formula" && tokens[0].display;

/** @param {import("./markdown.js").Formula} token */
function formula({ tex, display }) {
  const element = h(display ? "div" : "span", { class: display ? "formula-block" : "formula-inline" });
  katex.render(tex, element, how(display));
  return element;
}

/** @param {any} token @param {Setting} setting */
function list({ ordered, start, items }, setting) {
  const entries = items.map((/** @type {any} */ item) => h("li", {}, ...render(item.tokens, setting)));
  return ordered ? h("ol", { start: String(start || 1) }, ...entries) : h("ul", {}, ...entries);
}

/** @param {any} token @param {Setting} setting */
function table({ header, rows }, setting) {
  const row = (/** @type {"th" | "td"} */ tag, /** @type {any[]} */ cells) =>
    h("tr", {}, ...cells.map((cell) => h(tag, tag === "th" ? { scope: "col" } : {}, ...render(cell.tokens, setting))));
  return h("div", { class: "lesson-table" }, h("table", {}, h("thead", {}, row("th", header)),
    h("tbody", {}, ...rows.map((/** @type {any[]} */ cells) => row("td", cells)))));
}

/** @param {any} token @param {Setting} setting */
function link({ href, tokens }, setting) {
  const words = render(tokens, setting);
  const [, scheme, name] = OWN_LINK.exec(href) ?? [];
  if (!scheme) return h("a", { href, rel: "noopener", target: "_blank" }, ...words);
  const button = h("button", {
    type: "button", class: "link", "data-scheme": scheme, "data-name": name,
    click: () => setting.follow(scheme, name, button.textContent ?? ""),
  }, ...words);
  return button;
}
