// `cargo xtask bench` ends here: runs the parts of the benchmark, prints their tables and writes every figure down.
// It builds no Rust and holds no measuring code: each part is a file of its own.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch, serveFolder } from "./browser.js";
import { bundleContenders } from "./contenders/bundle.js";
import { firstVisitTable, measureFirstVisit } from "./first-visit.js";
import { issueTable, measureIssue } from "./issue.js";
import { measurePage, pageTable } from "./live-page.js";
import { describeMachine } from "./machine.js";
import { measureMemory, memoryTable } from "./memory.js";
import { CONTESTS } from "./nets.js";
import { openPeak, peakTable } from "./peak.js";
import { measureScale, scaleTable } from "./scale.js";
import { lossTable, measureSpeed, speedTable } from "./speed.js";

/** What an option may say. */
const CHOICES = {
  only: ["speed", "issue", "scale", "memory", "page"],
  net: [...new Set(CONTESTS.map(({ net }) => net))],
  device: [...new Set(CONTESTS.map(({ device }) => device))],
};
const REPOSITORY = resolve(import.meta.dirname, "../..");

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: "string" }, net: { type: "string" }, device: { type: "string" }, quick: { type: "boolean", default: false },
    },
  });
  for (const [option, choices] of Object.entries(CHOICES)) {
    const value = values[/** @type {keyof typeof CHOICES} */ (option)];
    if (value !== undefined && !choices.some((choice) => choice === value)) {
      throw new Error(`--${option} takes ${choices.join(" or ")}, not ${value}.`);
    }
  }
  const { only, ...options } = values;
  return { ...options, parts: only === undefined ? CHOICES.only : [only] };
}

/** @param {string[]} parts @param {string} site */
function checkBuilt(parts, site) {
  const needed = ["cpu", "webgpu"].map((device) => join(REPOSITORY, "www/pkg", device, "gan_playground_bg.wasm"));
  if (parts.includes("page")) needed.push(join(site, "index.html"));
  const missing = needed.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new Error(`Not built yet: ${missing.join(", ")}. \`cargo xtask bench\` builds all of it, then comes back here.`);
  }
}

async function main() {
  const { parts, quick, net, device } = readOptions();
  const site = resolve(process.env.GAN_SITE ?? join(REPOSITORY, "dist"));
  const out = resolve(process.env.GAN_BENCH_OUT ?? join(REPOSITORY, "target/bench/web.json"));
  checkBuilt(parts, site);
  const contenders = join(dirname(out), "contenders");
  await bundleContenders(contenders);

  /** @type {Record<string, unknown>} */
  const figures = {};
  /** @type {string[]} */
  const tables = [];
  /** What of our own did not work; a peer's failure is a figure like any other. @type {string[]} */
  const failures = [];
  const closing = [];
  try {
    const arena = await serveFolder(contenders);
    closing.push(arena.close);
    const browser = await launch();
    closing.push(() => browser.close());
    const machine = await describeMachine({ browser, address: arena.address, repository: REPOSITORY });
    Object.assign(figures, { machine, quick });
    tables.push(`${machine.cpu}, ${machine.cores} cores, load ${machine.load}; Chromium ${machine.chromium}; `
      + `modules: ${machine.modules.cpu.profile}${quick ? "; a quick look, not figures to quote" : ""}`);

    if (parts.includes("speed")) {
      const wasm = resolve(process.env.GAN_PEAK ?? join(REPOSITORY, "target/bench/peak.wasm"));
      const peak = await openPeak({ browser, address: arena.address, folder: contenders, wasm, quick });
      closing.push(peak.close);
      const { beforeRound } = peak;
      const speed = await measureSpeed({ browser, address: arena.address, quick, net, device, beforeRound, say });
      const shares = peak.shares(speed.results);
      Object.assign(figures, { speed: speed.results, peak: shares.results });
      tables.push(speedTable(speed.results), lossTable(speed.results));
      // Of other nets, and on WebGPU, there is none.
      if (shares.results.shares.length > 0) tables.push(peakTable(shares.results));
      failures.push(...speed.failures, ...shares.failures);
    }
    if (parts.includes("issue")) {
      const issue = await measureIssue({ quick, say });
      Object.assign(figures, { issue: issue.results });
      tables.push(issueTable(issue.results));
      failures.push(...issue.failures);
    }
    if (parts.includes("scale")) {
      // The recorded plot stays as it is where the figures are none to quote.
      const into = quick ? dirname(out) : join(REPOSITORY, "benches");
      const scale = await measureScale({ browser, address: arena.address, folder: contenders, into, quick, say });
      Object.assign(figures, { scale: scale.results });
      tables.push(scaleTable(scale.results));
      failures.push(...scale.failures);
    }
    if (parts.includes("memory")) {
      const memory = await measureMemory({ quick, say });
      Object.assign(figures, { memory: memory.results });
      tables.push(memoryTable(memory.results));
      failures.push(...memory.failures);
    }
    if (parts.includes("page")) {
      const served = await serveFolder(site);
      closing.push(served.close);
      const page = await measurePage({ browser, address: served.address, quick, say });
      const firstVisit = await measureFirstVisit({ browser, address: served.address, site, quick, say });
      Object.assign(figures, { page: page.results, firstVisit: firstVisit.results });
      tables.push(pageTable(page.results), firstVisitTable(firstVisit.results));
      failures.push(...page.failures, ...firstVisit.failures);
    }
  } finally {
    for (const close of closing.reverse()) await close();
  }

  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ ...figures, failures }, null, 2)}\n`);
  say(["", ...tables, `Every figure: ${out}`].join("\n\n"));
  for (const failure of failures) process.stderr.write(`Failed: ${failure}\n`);
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (cause) {
  process.stderr.write(`The benchmark stopped: ${cause instanceof Error ? cause.message : cause}\n`);
  process.exitCode = 1;
}
