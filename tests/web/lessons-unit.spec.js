// The lessons without a page: what their files say, what is wrong with them, conditions, and when a prediction is judged.
// And every lesson there is, so that none has a mistake.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { History } from "../../www/charts/history.js";
import { advance, answered, isQuestion, newAttempt } from "../../www/lessons/attempt.js";
import { figuresOf, isMet, parseCondition } from "../../www/lessons/condition.js";
import { blocksOf, inlineOf, plain, walk } from "../../www/lessons/markdown.js";
import { parseLesson } from "../../www/lessons/parse.js";
import { figureText, mistakeText } from "../../www/lessons/texts.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const folder = new URL("../../www/lessons/", import.meta.url);
const lessonsIn = (/** @type {URL} */ where) => readdirSync(where).filter((name) => name.endsWith(".md") && name !== "README.md");
const names = lessonsIn(folder).map((file) => file.replace(".md", ""));
const world = { catalogue, names: ["balance"] };

const HEAD = ["---", "title: Balance", "summary: Who wins.", "minutes: 10", "order: 4", "hide: studio, about", "---", ""];
/** @param {...string} lines  after the head, whose last line is the eighth */
const parsed = (...lines) => parseLesson("balance", [...HEAD, ...lines].join("\n"), world);
/** @param {...string} lines */
const mistakes = (...lines) => parsed(...lines).mistakes.map(({ kind, line, value }) => [kind, line, value]);
const STEP = ["## One", "Text."];
const PREDICT = ["```predict", "Which?", "- [ ] This", "- [x] That $x$", "because: Of {modes}.", "```"];
const CHECK = ["```check", "modes <= 4 and gradient_g < 0.5 * gradient_d", "yes: Only {modes}.", "no: No.", "```"];

test.describe("a lesson's file", () => {
  test("is read with its head, its steps, and what is in them", () => {
    const { lesson, mistakes: wrong } = parsed("## First *things*", "A [loss](part:losses).", "", "More.", "", "```experiment", "preset=collapse&seed=3",
      "until: 2,000", "```", ...PREDICT, "Then", ...CHECK, "```teacher", "Ask **them**.", "```", "### Within", "", "## Second", "", "$$", "x", "+ y", "$$");
    expect(wrong).toEqual([]);
    expect(lesson).toMatchObject({ name: "balance", title: "Balance", summary: "Who wins.", minutes: 10, order: 4, hide: ["studio", "about"] });
    expect(lesson.steps.map(({ title }) => title)).toEqual(["First things", "Second"]);
    const [first, second] = lesson.steps;
    expect(first.blocks.map(({ kind }) => kind)).toEqual(["text", "predict", "text", "check", "teacher", "text"]);
    expect(first.experiment).toEqual({ hash: "#preset=collapse&seed=3", until: 2000 });
    expect(first.predict?.options.map(({ right, text }) => [right, plain(text)])).toEqual([[false, "This"], [true, "That x"]]);
    expect(plain(first.predict?.because ?? [])).toBe("Of {modes}.");
    expect(plain(first.check?.yes ?? [])).toBe("Only {modes}.");
    expect(second.blocks).toMatchObject([{ kind: "text", tokens: [{ type: "formula", display: true, tex: "x\n+ y" }] }]);
    expect(second).toMatchObject({ experiment: null, predict: null, check: null });
  });

  test("may have Windows line ends", () => {
    const { lesson, mistakes: wrong } = parseLesson("balance", [...HEAD, ...STEP, ...CHECK].join("\r\n"), world);
    expect(wrong).toEqual([]);
    expect(lesson.steps[0].check?.comparisons).toHaveLength(2);
  });

  /** What stands after the head, and what is said of it: the head is eight lines, so that it begins in the ninth.
   * @type {[string, string[], [string, number, string][]][]} */
  const cases = [
    ["no step", ["Text."], [["before-step", 9, "Text."], ["no-step", 9, ""]]],
    ["text before the first step", ["Hello", ...STEP], [["before-step", 9, "Hello"]]],
    ["a title of the wrong depth", ["# One"], [["title", 9, "# One"]]],
    ["an unknown block", [...STEP, "```predcit", "```"], [["block", 11, "predcit"]]],
    ["two checks in a step", [...STEP, ...CHECK, ...CHECK], [["twice", 16, "check"]]],
    ["an experiment that is none", [...STEP, "```experiment", "preset=magic", "until: soon", "```"], [["experiment", 12, "preset=magic"], ["until", 13, "soon"]]],
    ["an experiment of two lines", [...STEP, "```experiment", "seed=1", "seed=2", "```"], [["line", 13, "seed=2"]]],
    ["a prediction of one option", [...STEP, "```predict", "Why?", "- [x] So", "```"], [["options", 12, "Why?"]]],
    ["a prediction without an answer", [...STEP, "```predict", "Why?", "- [ ] So", "- [ ] Or so", "```"], [["right", 12, "Why?"]]],
    ["a figure that is not there", [...STEP, "```check", "beauty > 1", "yes: {charm}", "no: No.", "```"], [["figure", 12, "beauty"], ["figure", 13, "charm"]]],
    ["a condition that is none", [...STEP, "```check", "modes = 4", "yes: Yes.", "```"], [["condition", 12, "modes = 4"], ["sentences", 12, "no"]]],
    ["links to nowhere", ["## One", "[a](part:nose)", "[b](open:sesame) [c](lesson:cooking)", "[d](javascript:alert) [e](lesson:balance)"],
      [["part", 10, "nose"], ["open", 11, "sesame"], ["lesson", 11, "cooking"], ["link", 12, "javascript:alert"]]],
    ["a picture", ["## One", "![x](y.png)"], [["picture", 10, "![x](y.png)"]]],
    ["an arrow", ["## One", "", "So $\\vec{x}$"], [["arrow", 11, "$\\vec{x}$"]]],
  ];
  for (const [name, lines, wanted] of cases) {
    test(`${name} is told with its line`, () => {
      expect(mistakes(...lines)).toEqual(wanted);
    });
  }

  test("a formula that cannot be read is told, wherever it stands", () => {
    expect(mistakes("## One", "- one", "- two $\\frac{a$", "", "| a |", "|---|", "| $\\nix$ |").map(([kind, line]) => [kind, line]))
      .toEqual([["formula", 11], ["formula", 15]]);
  });

  test("a head that is wrong is told", () => {
    const { mistakes: wrong } = parseLesson("x", ["---", "title: A", "minutes: ten", "colour: red", "order 5", "hide: nose", "---", "## One"].join("\n"), world);
    expect(wrong.map(({ kind, line, value }) => [kind, line, value])).toEqual([["head-missing", 1, "summary"], ["head-missing", 1, "order"],
      ["head-number", 3, "minutes"], ["head-key", 4, "colour"], ["head-line", 5, "order 5"], ["part", 6, "nose"]]);
    expect(parseLesson("x", "## One", world).mistakes[0]).toMatchObject({ kind: "head", line: 1 });
  });

  test("every mistake has a sentence that names its line", () => {
    for (const [, lines] of cases) {
      for (const mistake of parsed(...lines).mistakes) expect(mistakeText(mistake)).toMatch(new RegExp(`^Line ${mistake.line}: .*\\w.*[.\\w$}]$`));
    }
  });

  test("money is no formula, a star in a formula no emphasis, and HTML is text", () => {
    const kinds = (/** @type {string} */ text) => {
      /** @type {string[]} */
      const found = [];
      walk(inlineOf(text), ({ type, raw }) => found.push(`${type} ${raw}`));
      return found;
    };
    expect(kinds("from $5 to $6").join()).not.toContain("formula");
    expect(kinds("*$D^*$ or* \\$1")).toEqual(expect.arrayContaining(["em *$D^*$ or*", "formula $D^*$", "escape \\$"]));
    expect(kinds("$D^*$ and $G^*$")).not.toContainEqual(expect.stringMatching(/^em/));
    expect(blocksOf("<script>x</script>")[0]).toMatchObject({ type: "html", text: "<script>x</script>" });
  });
});

/** @param {number} step @param {object} [more] */
const measures = (step, more = {}) => /** @type {import("../../www/protocol.js").Measures} */ (/** @type {unknown} */ ({
  step, accuracyReal: 0.5, accuracyFake: 1, saturation: 0.25, diversity: 0.5, sliced: 1, slicedFloor: 0.1, gradientsD: { total: 4 }, gradientsG: { total: 1 },
  labels: null, pictures: null, figure: { captured: 3, total: 8, highQuality: 0.75, width: NaN, jensenShannon: 0.1, askedFor: null }, ...more,
}));

test.describe("a condition", () => {
  const figures = figuresOf({ measures: measures(100), lossHistory: new History(3) });
  /** @param {string} text */
  const met = (text) => {
    const condition = parseCondition(text);
    if (!condition.ok) throw new Error(text);
    return isMet(condition.comparisons, figures);
  };
  for (const [text, wanted] of /** @type {[string, boolean][]} */ ([
    ["modes <= 3", true], ["modes < 3", false], ["modes >= 3 and accuracy > 0.74", true], ["modes >= 3 and accuracy > 0.76", false],
    ["gradient_g < 0.5 * gradient_d", true], ["gradient_g > .5*gradient_d", false], ["step >= 100", true], ["sliced > -1", true],
    // What the run does not have is not met, either way.
    ["frechet < 1", false], ["frechet >= 1", false], ["width > 0", false], ["loss_d < 9", false], ["modes < 2 * frechet", false],
  ])) {
    test(`${text} ${wanted ? "is" : "is not"} met`, () => expect(met(text)).toBe(wanted));
  }
  test("that cannot be read says what", () => {
    expect(parseCondition("modes <= 4 or step > 1")).toEqual({ ok: false, reason: "condition", value: "modes <= 4 or step > 1" });
    expect(parseCondition("modes <= 4 and charm > 1")).toEqual({ ok: false, reason: "figure", value: "charm" });
    expect(parseCondition("")).toMatchObject({ ok: false });
  });
  test("takes losses as the mean of the last fifty steps", () => {
    const lossHistory = new History(3);
    for (let step = 1; step <= 150; step += 1) lossHistory.push(step, step <= 100 ? 9 : step, 2);
    expect(figuresOf({ measures: null, lossHistory })).toEqual({ loss_d: 125.5, loss_g: 2 });
  });
  test("a figure reads as a sentence has it", () => {
    expect([figureText(0.5, true), figureText(0.996, true), figureText(1, true), figureText(3, false), figureText(0.12345, false), figureText(2000, false)])
      .toEqual(["50\u00a0%", "99.6\u00a0%", "100\u00a0%", "3", "0.123", "2,000"]);
  });
});

test.describe("a prediction", () => {
  const of = (/** @type {string[]} */ ...lines) => parsed("## One", ...lines).lesson.steps[0];
  const shown = ["```experiment", "seed=1", "```"];
  const step = of("```experiment", "seed=1", "until: 100", "```", ...PREDICT, ...CHECK);
  /** @param {string} status @param {number} now @param {number | null} [measured] @param {object} [more] */
  const at = (status, now, measured = now, more = {}) => /** @type {any} */ ({
    status, report: { step: now }, measures: measured === null ? null : measures(measured, more), lossHistory: new History(3),
  });

  test("is judged at the step that is named, once its figures have come", () => {
    let attempt = advance(newAttempt(1), step, at("ready", 0), "own");
    expect(attempt).toMatchObject({ begun: false, verdict: null, outcome: null });
    attempt = advance(attempt, step, at("playing", 50, 40), "own");
    expect(attempt).toMatchObject({ begun: true, verdict: null });
    attempt = advance(attempt, step, at("ready", 100, 90), "own");
    expect(attempt.verdict).toBeNull();
    attempt = advance(attempt, step, at("ready", 100), "own");
    expect(attempt).toMatchObject({ verdict: { met: true, settings: "own" }, outcome: "right" });
    expect(advance(attempt, step, at("playing", 130), "own").verdict).toBe(attempt.verdict);
    const again = advance(attempt, step, at("loading", 100, null), "own");
    expect(again).toMatchObject({ verdict: null, outcome: "right" });
  });

  test("that is wrong, or was not made, is told so", () => {
    expect(advance(newAttempt(0), step, at("ready", 100), "own").outcome).toBe("wrong");
    expect(advance(newAttempt(null), step, at("ready", 100), "seed").outcome).toBe("none");
  });

  test("is not judged by a run of other settings, nor by one that went another way, until one goes the lesson's", () => {
    expect(advance(newAttempt(1), step, at("ready", 100), "changed")).toMatchObject({ verdict: { settings: "changed" }, outcome: null });
    let attempt = advance(newAttempt(1), step, at("ready", 100, 100, { figure: { captured: 8, total: 8 } }), "own");
    expect(attempt).toMatchObject({ verdict: { met: false }, outcome: "open" });
    attempt = advance(advance(attempt, step, at("loading", 0, null), "own"), step, at("ready", 100), "own");
    expect(attempt.outcome).toBe("right");
  });

  test("that is wrong in a run that is at its step already is judged there, even by single steps", () => {
    expect(advance(newAttempt(0), step, at("ready", 100), "own")).toMatchObject({ begun: true, outcome: "wrong" });
  });

  test("that no run is to tell is a question, which playing does not close", () => {
    expect([of(...PREDICT), of(...shown, ...PREDICT), of(...shown, ...PREDICT, ...CHECK), step].map(isQuestion)).toEqual([true, true, true, false]);
    const question = of(...shown, ...PREDICT);
    expect(advance(newAttempt(1), question, at("playing", 30), "own")).toMatchObject({ begun: false, verdict: null });
    expect(answered(newAttempt(1), question)).toMatchObject({ begun: true, outcome: "right" });
  });

  test("of what is there already is checked by it once it is answered", () => {
    const question = of(...shown, ...PREDICT, ...CHECK);
    expect(advance(newAttempt(1), question, at("ready", 40), "own")).toMatchObject({ verdict: null, outcome: null });
    const attempt = answered(newAttempt(1), question);
    expect(attempt.outcome).toBeNull();
    expect(advance(attempt, question, at("ready", 40, null), "own").outcome).toBeNull();
    expect(advance(attempt, question, at("ready", 40), "own")).toMatchObject({ verdict: { met: true }, outcome: "right" });
  });

  test("need not be, for a check: it is made at any pause where no step is named, and anew at the next", () => {
    const unbounded = of(...shown, ...CHECK);
    let attempt = advance(newAttempt(null), unbounded, at("playing", 30), "own");
    expect(attempt.verdict).toBeNull();
    attempt = advance(attempt, unbounded, at("ready", 40), "own");
    expect(attempt.verdict?.figures.step).toBe(40);
    expect(advance(attempt, unbounded, at("ready", 60), "own").verdict?.figures.step).toBe(60);
  });
});

/** What a translation has in common with its lesson: everything but the words. @param {string} text */
function outlineOf(text) {
  const { minutes, order, hide, steps } = parseLesson("x", text, { catalogue, names }).lesson;
  const tokensOf = (/** @type {import("../../www/lessons/markdown.js").Token[]} */ tokens) => {
    /** @type {string[]} */
    const found = [];
    walk(tokens, (token) => {
      if (token.type === "link") found.push(`link ${token.href}`);
      // Its numbers may have decimal commas, and its words are another language's.
      else if (token.type === "formula") found.push(`formula ${/** @type {any} */ (token).tex.replaceAll("{,}", ".").replaceAll(/\\text(it)?\{[^}]*\}|\s/g, "")}`);
      else if (token.type === "text" && !/** @type {any} */ (token).tokens) found.push(...token.raw.match(/\{\w+\}/g) ?? []);
    });
    // Another language puts them in another order.
    return found.sort();
  };
  return { minutes, order, hide, steps: steps.map(({ experiment, blocks, predict, check }) => ({
    experiment,
    // Paragraphs and items of lists, which are split and joined by no translation.
    blocks: blocks.map((block) => ("tokens" in block ? [block.kind, block.tokens.map(({ type }) => type), tokensOf(block.tokens)] : block.kind)),
    predict: predict && { right: predict.options.map(({ right }) => right), question: tokensOf(predict.question), because: tokensOf(predict.because), options: predict.options.map((option) => tokensOf(option.text)) },
    check: check && { ...check, yes: tokensOf(check.yes), no: tokensOf(check.no) },
  })) };
}

test.describe("the lessons there are", () => {
  test("are some", () => expect(names).toContain("mode-collapse"));
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`);
  for (const language of ["", ...languages]) {
    for (const file of lessonsIn(new URL(language, folder))) {
      test(`${language}${file} has no mistakes`, () => {
        const name = file.replace(".md", "");
        const { lesson, mistakes: wrong } = parseLesson(name, readFileSync(new URL(language + file, folder), "utf8"), { catalogue, names });
        expect(wrong.map(mistakeText)).toEqual([]);
        expect(names, "a translation is of a lesson").toContain(name);
        // A check of no certain step, and of no answer, would be made whenever somebody pauses, and prove nothing.
        for (const step of lesson.steps) if (step.check) expect(step.experiment?.until ?? step.predict, step.title).not.toBeNull();
      });
    }
  }

  for (const language of languages) {
    for (const file of lessonsIn(new URL(language, folder))) {
      test(`${language}${file} runs, asks, points and computes as the English lesson does`, () => {
        const [english, translated] = ["", language].map((where) => outlineOf(readFileSync(new URL(where + file, folder), "utf8")));
        expect(translated).toEqual(english);
      });
    }
  }
});
