// A lesson's file, read: front matter, steps, and in them text, an experiment, a prediction, a check and a teacher's note.
// Pure. Whatever is wrong is told with its line, all of it at once, so that a teacher can mend it in one go; README.md
// says how a lesson is written.
import { parseHash } from "../hash.js";
import { PARTS } from "../parts.js";
import { FIGURE_NAMES, parseCondition } from "./condition.js";
import { blocksOf, formulaProblem, inlineOf, plain, walk } from "./markdown.js";

/**
 * @typedef {import("./markdown.js").Token} Token
 * @typedef {import("./condition.js").Comparison} Comparison
 *
 * What is wrong in a file; `texts.js` makes a sentence of it.
 * @typedef {object} Mistake
 * @property {"head" | "head-line" | "head-key" | "head-missing" | "head-number" | "part" | "title" | "no-step" | "before-step"
 *   | "block" | "twice" | "until" | "experiment" | "options" | "right" | "line" | "sentences" | "condition" | "figure"
 *   | "formula" | "arrow" | "link" | "open" | "lesson" | "picture"} kind
 * @property {number} line
 * @property {string} value  what stands there
 * @property {import("../hash.js").LinkProblem} [problem]  of an experiment
 *
 * @typedef {{hash: string, until: number | null}} Experiment
 * @typedef {{question: Token[], options: {text: Token[], right: boolean}[], because: Token[]}} Prediction
 * @typedef {{comparisons: Comparison[], yes: Token[], no: Token[]}} Check
 *
 * What a step shows, in order. Where prediction and check stand is kept here, what they are in the step.
 * @typedef {{kind: "text" | "teacher", tokens: Token[]} | {kind: "predict" | "check"}} Block
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {Block[]} blocks
 * @property {Experiment | null} experiment
 * @property {Prediction | null} predict
 * @property {Check | null} check
 *
 * @typedef {object} Lesson
 * @property {string} name
 * @property {string} title
 * @property {string} summary
 * @property {number} minutes
 * @property {number} order
 * @property {string[]} hide  names of parts
 * @property {Step[]} steps
 *
 * What a lesson may speak of.
 * @typedef {{catalogue: import("../fields.js").Catalogue, names: string[]}} World
 */

/** What a link in a lesson can open beside the run. */
export const OPENS = ["slow", "game", "compare"];

/** Plain text in a box, for a formula of a program, say. */
const PLAIN_BLOCKS = ["", "text", "python"];

/** @param {string} name @param {string} text @param {World} world @returns {{lesson: Lesson, mistakes: Mistake[]}} */
export function parseLesson(name, text, world) {
  /** @type {Mistake[]} */
  const mistakes = [];
  /** @param {Mistake["kind"]} kind @param {number} line @param {string} value @param {Mistake["problem"]} [problem] */
  const wrong = (kind, line, value, problem) => { mistakes.push({ kind, line, value, ...(problem && { problem }) }); };
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const { end, ...head } = readHead(lines, wrong);
  const steps = readSteps(lines.slice(end).join("\n"), end + 1, world, wrong);
  if (steps.length === 0) wrong("no-step", lines.length, "");
  return { lesson: { name, ...head, steps }, mistakes: mistakes.sort((a, b) => a.line - b.line) };
}

/** @typedef {(kind: Mistake["kind"], line: number, value: string, problem?: Mistake["problem"]) => void} Wrong */

/** @param {string[]} lines @param {Wrong} wrong */
function readHead(lines, wrong) {
  /** @type {Record<string, string>} */
  const head = { title: "", summary: "", minutes: "", order: "", hide: "" };
  const close = lines.indexOf("---", 1);
  if (lines[0] !== "---" || close < 0) {
    wrong("head", 1, lines[0]);
    return { title: "", summary: "", minutes: 0, order: 0, hide: [], end: 0 };
  }
  lines.slice(1, close).forEach((line, i) => {
    const [, key, value] = /^([a-z]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) wrong("head-line", i + 2, line);
    else if (!(key in head)) wrong("head-key", i + 2, key);
    else head[key] = value;
    if (key === "hide") names(value).filter((part) => !(part in PARTS)).forEach((part) => wrong("part", i + 2, part));
    if ((key === "minutes" || key === "order") && !/^\d+$/.test(value)) wrong("head-number", i + 2, key);
  });
  for (const key of ["title", "summary", "minutes", "order"]) if (head[key] === "") wrong("head-missing", 1, key);
  const { title, summary, minutes, order, hide } = head;
  return { title, summary, minutes: Number(minutes), order: Number(order), hide: names(hide), end: close + 1 };
}

/** @param {string} list */
const names = (list) => list.split(",").map((name) => name.trim()).filter(Boolean);

/** @param {string} text @param {number} firstLine @param {World} world @param {Wrong} wrong */
function readSteps(text, firstLine, world, wrong) {
  /** @type {Step[]} */
  const steps = [];
  let line = firstLine;
  for (const token of blocksOf(text)) {
    const at = line;
    line += token.raw.split("\n").length - 1;
    const step = steps.at(-1);
    if (token.type === "heading" && token.depth <= 2) {
      const title = plain(token.tokens ?? []);
      if (token.depth === 1 || title === "") wrong("title", at, token.raw.trim());
      steps.push({ title, blocks: [], experiment: null, predict: null, check: null });
    } else if (token.type === "space") {
      // Between blocks.
    } else if (!step) {
      wrong("before-step", at, token.raw.trim().split("\n")[0]);
    } else if (token.type === "code" && token.codeBlockStyle !== "indented" && !PLAIN_BLOCKS.includes(token.lang ?? "")) {
      readBlock(step, { kind: token.lang ?? "", lines: String(token.text).split("\n"), line: at + 1 }, world, wrong);
    } else {
      examine([token], at, world, wrong);
      const last = step.blocks.at(-1);
      if (last?.kind === "text") last.tokens.push(token);
      else step.blocks.push({ kind: "text", tokens: [token] });
    }
  }
  return steps;
}

/** @param {Step} step @param {{kind: string, lines: string[], line: number}} fence  its lines, and where the first is
 * @param {World} world @param {Wrong} wrong */
function readBlock(step, { kind, lines, line }, world, wrong) {
  if (kind === "teacher") {
    const tokens = blocksOf(lines.join("\n"));
    examine(tokens, line, world, wrong);
    step.blocks.push({ kind, tokens });
    return;
  }
  if (kind !== "experiment" && kind !== "predict" && kind !== "check") {
    wrong("block", line - 1, kind);
    return;
  }
  if (step[kind] !== null) wrong("twice", line - 1, kind);
  /** @param {string} text @param {number} where @param {boolean} [filled]  whether figures may stand in it */
  const words = (text, where, filled = false) => {
    const tokens = inlineOf(text);
    examine(tokens, where, world, wrong, filled);
    return tokens;
  };
  if (kind === "experiment") {
    step.experiment = readExperiment(lines, line, world, wrong);
    return;
  }
  if (kind === "predict") step.predict = readPrediction(lines, line, words, wrong);
  else step.check = readCheck(lines, line, words, wrong);
  step.blocks.push({ kind });
}

/** @param {string[]} lines @param {number} line @param {World} world @param {Wrong} wrong @returns {Experiment} */
function readExperiment(lines, line, { catalogue }, wrong) {
  let hash = "";
  /** @type {number | null} */
  let until = null;
  lines.forEach((text, i) => {
    const value = /^until:\s*(.*?)\s*$/.exec(text)?.[1];
    if (value !== undefined) {
      until = Number(value.replaceAll(",", ""));
      if (!Number.isInteger(until) || until < 1) wrong("until", line + i, value);
    } else if (text.trim() !== "") {
      if (hash !== "") wrong("line", line + i, text.trim());
      hash = `#${text.trim().replace(/^#/, "")}`;
      for (const problem of parseHash(hash, catalogue).problems) wrong("experiment", line + i, text.trim(), problem);
    }
  });
  return { hash: hash || "#", until };
}

/** @typedef {(text: string, line: number, filled?: boolean) => Token[]} Words */

/** What begins an entry of a block. */
const ENTRY = /^\s*(- \[[ xX]\]|because:|yes:|no:)\s*/;

/** A block's entries, each with the lines that go on from it; what comes before any has the key "".
 * @param {string[]} lines @returns {{key: string, text: string, at: number}[]} */
function entriesOf(lines) {
  /** @type {{key: string, lines: string[], at: number}[]} */
  const entries = [{ key: "", lines: [], at: 0 }];
  lines.forEach((line, at) => {
    const found = ENTRY.exec(line);
    if (found) entries.push({ key: found[1], lines: [line.slice(found[0].length)], at });
    else entries[entries.length - 1].lines.push(line);
  });
  return entries.map(({ key, lines: of, at }) => ({ key, text: of.join("\n").trim(), at }));
}

/** @param {string[]} lines @param {number} line @param {Words} words @param {Wrong} wrong @returns {Prediction} */
function readPrediction(lines, line, words, wrong) {
  const [question, ...entries] = entriesOf(lines);
  const options = entries.filter(({ key }) => key.startsWith("-"));
  const because = entries.find(({ key }) => key === "because:");
  if (question.text === "" || options.length < 2) wrong("options", line, question.text);
  else if (options.filter(({ key }) => isRight(key)).length !== 1) wrong("right", line, question.text);
  return {
    question: words(question.text, line),
    options: options.map(({ key, text, at }) => ({ text: words(text, line + at), right: isRight(key) })),
    because: because ? words(because.text, line + because.at, true) : [],
  };
}

/** @param {string} key */
const isRight = (key) => /x/i.test(key);

/** @param {string[]} lines @param {number} line @param {Words} words @param {Wrong} wrong @returns {Check} */
function readCheck(lines, line, words, wrong) {
  const [asked, ...entries] = entriesOf(lines);
  const condition = parseCondition(asked.text);
  if (!condition.ok) wrong(condition.reason, line, condition.value);
  const [yes, no] = ["yes", "no"].map((key) => {
    const entry = entries.find((one) => one.key === `${key}:`);
    if (!entry) wrong("sentences", line, key);
    return entry ? words(entry.text, line + entry.at, true) : [];
  });
  return { comparisons: condition.ok ? condition.comparisons : [], yes, no };
}

/** What text can get wrong: formulas, where its links lead, figures that are filled in.
 * @param {Token[]} tokens  one after another @param {number} firstLine @param {World} world @param {Wrong} wrong
 * @param {boolean} [filled] */
function examine(tokens, firstLine, { names: lessons }, wrong, filled = false) {
  let line = firstLine;
  for (const top of tokens) {
    const lineOf = (/** @type {string} */ raw) => line + top.raw.slice(0, Math.max(0, top.raw.indexOf(raw))).split("\n").length - 1;
    walk([top], (token) => {
      const at = lineOf(token.raw);
      if (token.type === "formula") {
        const problem = formulaProblem(/** @type {any} */ (token));
        if (problem === "\\vec") wrong("arrow", at, token.raw);
        else if (problem !== null) wrong("formula", at, `${token.raw}: ${problem}`);
      } else if (token.type === "image") {
        wrong("picture", at, token.raw);
      } else if (token.type === "link") {
        const [, scheme = "", to = ""] = /^([a-z]+):(.*)$/.exec(token.href) ?? [];
        if (scheme === "part" && !(to in PARTS)) wrong("part", at, to);
        else if (scheme === "open" && !OPENS.includes(to)) wrong("open", at, to);
        else if (scheme === "lesson" && !lessons.includes(to)) wrong("lesson", at, to);
        else if (!["part", "open", "lesson", "https", "http"].includes(scheme)) wrong("link", at, token.href);
      } else if (filled && token.type === "text" && !token.tokens) {
        for (const [, name] of token.text.matchAll(FILLED)) if (!FIGURE_NAMES.includes(name)) wrong("figure", at, name);
      }
    });
    line += top.raw.split("\n").length - 1;
  }
}

/** Where a figure's value is filled in. */
export const FILLED = /\{([^{}]*)\}/g;
