// What the export makes of a run, without a page: tables that read back, figures that are what they say, scripts and commands
// of every preset. Whether a script trains the same GAN is for tests/pytorch.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { History } from "../../www/charts/history.js";
import { COLOURS as PALETTES } from "../../www/export/colours.js";
import { commandOf, experimentFile } from "../../www/export/command.js";
import { barFigure } from "../../www/export/bar-figure.js";
import { lineFigure } from "../../www/export/line-figure.js";
import { pointsFigure, tableFigure } from "../../www/export/stage-figure.js";
import { pytorchScript } from "../../www/export/pytorch/index.js";
import { py } from "../../www/export/pytorch/python.js";
import { runCsv, runFile, runJson, valuesCsv } from "../../www/export/run.js";
import { hex, roundTicks } from "../../www/export/svg.js";
import { knownPreset, withField } from "../../www/fields.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const ring = knownPreset(catalogue, "healthy");

const COLOURS = PALETTES.light;
const ABOUT = { title: "A <title> & \"more\"", caption: "What it shows.", source: "GAN playground" };
const context = { link: "https://example.org/#preset=healthy", date: "2025-01-31T12:00:00.000Z", model: null };

/** A run of so many steps, whose loss of D is its step. @param {number} steps @param {any} [more] */
function runOf(steps, more = {}) {
  const run = {
    preset: "healthy", experiment: ring, device: { used: "cpu", reason: "forced", adapter: "" }, parameters: { generator: 3, discriminator: 4 },
    report: { step: steps }, measures: null, data: null,
    lossHistory: new History(3), accuracyHistory: new History(3), qualityHistory: new History(3), gradientHistory: new History(3), saturationHistory: new History(2),
    ...more,
  };
  for (let step = 1; step <= steps; step += 1) run.lossHistory.push(step, step, 0.1);
  for (let step = 5; step <= steps; step += 5) run.accuracyHistory.push(step, 0.5, 0.25);
  return /** @type {import("../../www/export/run.js").Run} */ (/** @type {unknown} */ (run));
}

/** A reader of RFC 4180, which is strict. @param {string} text @returns {string[][]} */
function readCsv(text) {
  expect(text.endsWith("\r\n")).toBe(true);
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at));
    if (!cell) throw new Error(`no cell at ${at}: ${text.slice(at, at + 20)}`);
    at += cell[0].length;
    row.push(cell[1] === undefined ? cell[2] : cell[1].replaceAll("\"\"", "\""));
    if (cell[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test.describe("numbers", () => {
  test("the series are a table by step, with empty cells where nothing was read", () => {
    const [head, ...rows] = readCsv(runCsv(runOf(12)));
    expect(head).toEqual(["step", "d_loss (nats)", "g_loss (nats)", "d_accuracy_real (share)", "d_accuracy_fake (share)"]);
    expect(rows).toHaveLength(12);
    expect(rows.map(([step]) => Number(step))).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(rows[3]).toEqual(["4", "4", "0.1", "", ""]);
    expect(rows[4]).toEqual(["5", "5", "0.1", "0.5", "0.25"]);
  });

  test("a long run says how many readings a value is the mean of, and means stand at their mean step", () => {
    const [head, ...rows] = readCsv(runCsv(runOf(5000)));
    expect(head[1]).toBe("d_loss (nats; mean of 4 steps)");
    expect(head[3]).toBe("d_accuracy_real (share)");
    const losses = rows.filter((row) => row[1] !== "");
    expect(losses).toHaveLength(1250);
    expect(losses.every(([step, d]) => step === d)).toBe(true);
    expect(losses[0][0]).toBe("2.5");
    const { series } = runFile(runOf(5000), context);
    expect(series.losses).toMatchObject({ reading: "step", readings_per_value: 4, units: { d_loss: "nats" } });
    expect(series.losses.values.step[0]).toBe(2.5);
  });

  test("what is no number is an empty cell, and null in JSON", () => {
    const run = runOf(0);
    run.lossHistory.push(1, NaN, Infinity);
    expect(readCsv(runCsv(run))[1]).toEqual(["1", "", ""]);
    expect(JSON.parse(runJson(run, context)).series.losses.values.d_loss).toEqual([null]);
  });

  test("losses without a unit have none", () => {
    const run = runOf(2, { experiment: withField(catalogue, ring, "objective.kind", "wasserstein") });
    expect(readCsv(runCsv(run))[0][1]).toBe("d_loss");
  });

  test("the other values are paths in the JSON file, and read back", () => {
    const measures = { step: 3, labels: null, figure: { counts: Float32Array.of(1, 2), highQuality: Math.fround(0.1) } };
    const data = { title: "Trees, \"tall\"\r\nones", count: 3, classes: [], columns: ["a,b"], licence: { name: "", url: "" }, credit: "" };
    const run = runOf(3, { measures, data });
    const rows = Object.fromEntries(readCsv(valuesCsv(run, context)));
    expect(rows).toMatchObject({
      name: "value", link: context.link, date: context.date, step: "3", "experiment.training.batch": "128", "experiment.generator.hidden": "64 64",
      "measures.figure.counts": "1 2", "measures.figure.highQuality": "0.1", "measures.labels": "", "data.title": data.title, "data.columns": "a,b",
    });
    const file = JSON.parse(runJson(run, context));
    expect(file).toMatchObject({ format: "gan-playground-run", version: 1, preset: "healthy", step: 3, measures: { figure: { counts: [1, 2] } } });
    expect(file.experiment).toEqual(ring);
  });
});

/** Elements in the order in which they begin, each with its attributes; fails where tags do not close.
 * @param {string} svg @returns {{name: string, attributes: Record<string, string>}[]} */
function elementsOf(svg) {
  const open = [];
  const all = [];
  const text = svg.replace(/^<\?xml[^>]*\?>\n/, "");
  expect(text.replace(/<[^>]*>/g, "")).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
  for (const [, close, name, words, empty] of text.matchAll(/<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    if (!close) all.push({ name, attributes: Object.fromEntries([...words.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])) });
  }
  expect(open).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  return all;
}

/** @param {string} d */
const placesOf = (d) => [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("figures have the page's colours", () => {
  const css = readFileSync(new URL("../../www/style.css", import.meta.url), "utf8");
  for (const [name, colour] of Object.entries(COLOURS)) {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css) ?? [];
    expect([hex(colour), hex(PALETTES.dark[/** @type {import("../../www/theme.js").ColourName} */ (name)])], name).toEqual([light, dark]);
  }
});

test.describe("figures", () => {
  const chart = {
    ...ABOUT, xTitle: "training step", yTitle: "loss", format: String,
    steps: Float64Array.from({ length: 50 }, (_, i) => i + 1),
    series: [{ name: "D", colour: /** @type {const} */ ("d"), values: Float64Array.from({ length: 50 }, (_, i) => Math.sin(i)) }],
    references: [{ name: "guess", at: 0.5, colour: /** @type {const} */ ("muted") }],
  };

  test("a line has a point for each value, in its box, at its place", () => {
    const svg = lineFigure(chart, COLOURS);
    const all = elementsOf(svg);
    const [width, height] = ["width", "height"].map((key) => Number(all[0].attributes[key]));
    const places = placesOf(all.find(({ attributes }) => attributes.class === "values")?.attributes.d ?? "");
    expect(places).toHaveLength(50);
    expect(places.every(([x, y]) => x > 0 && x < width && y > 0 && y < height)).toBe(true);
    // Steps are evenly apart; a higher value is higher up, in proportion.
    const step = places[1][0] - places[0][0];
    expect(places[49][0] - places[0][0]).toBeCloseTo(49 * step, 0);
    const scale = (places[1][1] - places[0][1]) / (Math.sin(1) - Math.sin(0));
    expect(scale).toBeLessThan(0);
    expect(places[30][1] - places[0][1]).toBeCloseTo(scale * Math.sin(30), 0);
    for (const words of ["A &lt;title&gt; &amp; &quot;more&quot;", ">training step<", ">loss<", ">What it shows.<", ">guess<"]) expect(svg).toContain(words);
  });

  test("a noisy line has a smoothed one on top; one value alone is a dot; none is an empty chart", () => {
    const smoothed = elementsOf(lineFigure({ ...chart, noisy: true }, COLOURS)).filter(({ attributes }) => /values|smoothed/.test(attributes.class ?? ""));
    expect(smoothed.map(({ attributes }) => [attributes.class, placesOf(attributes.d).length])).toEqual([["values", 50], ["smoothed", 50]]);
    const one = { ...chart, steps: [7], series: [{ ...chart.series[0], values: Float64Array.of(0.5) }] };
    expect(elementsOf(lineFigure(one, COLOURS)).some(({ attributes }) => /^M[\d.]+ [\d.]+h0\.01$/.test(attributes.d ?? ""))).toBe(true);
    elementsOf(lineFigure({ ...chart, steps: [], series: [{ ...chart.series[0], values: new Float64Array() }] }, COLOURS));
  });

  test("on a logarithmic axis a decade is as high as any other, and what has no logarithm is a gap", () => {
    const values = Float64Array.of(1e-3, 1e-2, 0, 1e-1, NaN, 1);
    const svg = lineFigure({ ...chart, log: true, steps: [1, 2, 3, 4, 5, 6], series: [{ ...chart.series[0], values }], references: [] }, COLOURS);
    const { d } = elementsOf(svg).find(({ attributes }) => attributes.class === "values")?.attributes ?? {};
    expect(d.match(/[ML]/g)).toEqual(["M", "L", "M", "M"]);
    const heights = placesOf(d).map(([, y]) => y);
    expect(heights[0] - heights[1]).toBeCloseTo(heights[2] - heights[3], 1);
  });

  test("bars are as long as their numbers are large", () => {
    const svg = barFigure({
      ...ABOUT, xTitle: "share", ticks: [0, 0.5, 1], format: String, reference: { name: "equal", at: 0.5 },
      groups: [{ name: "", colour: "fake", bars: [["a & b", 0.25], ["b", 1], ["c", NaN]].map(([name, value]) => ({ name: String(name), value: Number(value), text: "" })) }],
    }, COLOURS);
    const widths = elementsOf(svg).filter(({ attributes }) => attributes.class === "bar").map(({ attributes }) => Number(attributes.width));
    expect(widths[0] / widths[1]).toBeCloseTo(0.25, 2);
    expect(widths[2]).toBeLessThan(1);
  });

  test("the plane has all of its points and cells, the lowest row lowest", () => {
    const real = Float32Array.of(0, 0, 1, 1, 5, 5);
    const fake = Float32Array.of(-1, -1);
    const svg = pointsFigure({ kind: "points", columns: [], extent: 2, real, fake, surfaceSize: 2, surface: Float32Array.of(0, 0, 1, 1), transport: null },
      ABOUT, { real: "real", fake: "fake", surface: ["D says fake", "D says real"] }, COLOURS);
    const all = elementsOf(svg);
    const [, surface] = svg.split("class=\"surface\"");
    const cells = [...surface.split("</g>")[0].matchAll(/y="([\d.]+)"[^>]*fill="(#\w+)"/g)].map(([, y, fill]) => ({ y: Number(y), fill }));
    expect(cells).toHaveLength(4);
    expect(cells[0].y).toBeGreaterThan(cells[2].y);
    expect(cells[0].fill).not.toBe(cells[2].fill);
    // One of the real points is outside of the square; the legend has a ring and a dot.
    expect(all.filter(({ name }) => name === "circle")).toHaveLength(2 + 1 + 2);
  });

  test("a table has a plot for each pair of columns", () => {
    const columns = ["a", "b", "c"].map((name) => ({ name, centre: 0, scale: 1 }));
    const svg = tableFigure({ kind: "table", columns, real: Float32Array.of(0, 1, 2, 3, 4, 5), fake: Float32Array.of(6, 7, 8) }, ABOUT, { real: "real", fake: "fake" }, COLOURS);
    const marks = elementsOf(svg).filter(({ attributes }) => attributes.class === "real");
    expect(marks.map(({ attributes }) => placesOf(attributes.d).length)).toEqual([2, 2, 2]);
  });

  test("ticks are round and within", () => {
    expect(roundTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(-1.495, 1.495, 6)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(roundTicks(0, 1220, 8)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
  });
});

/** @param {string} name @param {boolean} [own] */
const originOf = (name, own = false) => ({
  name: `gan-${name}.py`, about: name, link: "https://example.org/", site: "https://example.org/", model: null, dataFile: own ? "own.bin" : "",
});

test.describe("scripts", () => {
  test("the template takes its own indentation off and lines away, and indents what it is given", () => {
    const inner = "a\n\n    b";
    expect(py`
      if x:
          ${inner}
          ${false}
          f("\n", ${3})
    `).toBe("if x:\n    a\n\n        b\n    f(\"\\n\", 3)");
  });

  for (const { name, experiment, model } of catalogue.presets) {
    test(`${name} has nothing in it that is not Python`, () => {
      const own = "id" in experiment.data;
      const script = pytorchScript(experiment, { ...originOf(name, own), model: model === null ? null : { file: model, shipped: true, steps: experiment.training.steps } });
      expect(script).not.toMatch(/undefined|\[object|NaN\b|\bfalse\b|\btrue\b|\bnull\b|\$\{/);
      expect(script).not.toContain("\0");
      expect(script.split("\n").filter((line) => line.length > 140)).toEqual([]);
      expect(script).not.toMatch(/[ \t]\n|\n{4}/);
      expect(script.endsWith(")\n")).toBe(true);
      expect((script.match(/"""/g) ?? []).length % 2).toBe(0);
    });
  }
});

test.describe("command lines", () => {
  const plain = { model: null, dataFile: "" };

  test("a preset is its name and seed, and as many steps as were asked for", () => {
    expect(commandOf(ring, "healthy", plain, catalogue)).toEqual({ command: "gan-train --preset healthy --seed 1", needsFile: false });
    const other = withField(catalogue, withField(catalogue, ring, "seed", 7), "training.steps", 90);
    expect(commandOf(other, "healthy", plain, catalogue).command).toBe("gan-train --preset healthy --seed 7 --steps 90");
  });

  test("anything else needs the file", () => {
    const other = withField(catalogue, ring, "optimiser.kind", "sgd");
    expect(commandOf(other, "healthy", plain, catalogue)).toEqual({ command: "gan-train --experiment experiment.json", needsFile: true });
    expect(JSON.parse(experimentFile(other))).toEqual(other);
  });

  test("a trained model and own data are named, and names are quoted", () => {
    const digits = knownPreset(catalogue, "trained-digits");
    expect(commandOf(digits, "trained-digits", { model: { file: "models/digits.safetensors", shipped: true, steps: 4000 }, dataFile: "" }, catalogue).command)
      .toBe("gan-train --preset trained-digits --seed 1 --steps 5000 --model assets/models/digits.safetensors");
    const table = withField(catalogue, knownPreset(catalogue, "own-table"), "data.id", "0123");
    expect(commandOf(table, "own-table", { model: { file: "my cat's.safetensors", shipped: false, steps: 5 }, dataFile: "gan-own-table-data.bin" }, catalogue).command)
      .toBe(["mkdir -p gan-data/own", "cp gan-own-table-data.bin gan-data/own/0123",
        "gan-train --experiment experiment.json --model 'my cat'\\''s.safetensors' --assets gan-data"].join("\n"));
  });

  // `cargo xtask test` says where the binary is, once it is built: GAN_TRAIN.
  const ganTrain = process.env.GAN_TRAIN;
  for (const { name, experiment } of [
    { name: "a preset", experiment: ring },
    { name: "a file", experiment: withField(catalogue, withField(catalogue, ring, "objective.kind", "hinge"), "lipschitz.spectral_norm", true) },
  ]) {
    test(`gan-train takes ${name} and trains that very experiment`, () => {
      test.skip(!ganTrain, "GAN_TRAIN names no gan-train");
      const folder = mkdtempSync(join(tmpdir(), "gan-export-"));
      writeFileSync(join(folder, "experiment.json"), experimentFile(experiment));
      const [, ...words] = commandOf(experiment, "healthy", plain, catalogue).command.split(" ");
      execFileSync(String(ganTrain), [...words, "--steps", "2", "--out", "out"], { cwd: folder });
      const trained = JSON.parse(readFileSync(join(folder, "out/experiment.json"), "utf8"));
      expect(trained).toEqual({ ...experiment, training: { ...experiment.training, steps: 2 } });
    });
  }
});
