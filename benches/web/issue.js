// What a training step asks of the GPU, and how long the page's worker is busy asking. A GPU that is fast waits for that, so
// with small nets it is what decides how fast they train.
import { ask } from "./in-node/child.js";
import { NETS } from "./nets.js";
import { summarise } from "./statistics.js";
import { table, threeDigits, verdict, withRange } from "./table.js";

/**
 * Those that targets are set for.
 * @typedef {"A" | "B"} IssuedNet
 *
 * @typedef {object} IssueResult
 * @property {IssuedNet} net
 * @property {unknown} experiment
 * @property {string} [error]
 * @property {import("./in-node/gpu-calls.js").GpuCalls} [calls]  a step
 * @property {import("./statistics.js").Summary} [milliseconds]  a step
 */

/** A step, at most. @type {Record<IssuedNet, {launches: number, milliseconds: number}>} */
const TARGETS = { A: { launches: 40, milliseconds: 3 }, B: { launches: 80, milliseconds: 6 } };

/** In turns of 25 steps. */
const FULL = { warmUp: 8, rounds: 7, turns: 4 };
const QUICK = { warmUp: 2, rounds: 5, turns: 1 };
const LIMIT = 300;

/** @param {{quick: boolean, say: (line: string) => void}} how
 * @returns {Promise<{results: IssueResult[], failures: string[]}>} */
export async function measureIssue({ quick, say }) {
  const results = [];
  for (const net of /** @type {IssuedNet[]} */ (Object.keys(TARGETS))) {
    const { experiment } = NETS[net];
    say(`issuing steps: net ${net}`);
    /** @type {IssueResult} */
    const result = { net, experiment };
    try {
      /** @type {import("./in-node/issue.js").Issued} */
      const { calls, milliseconds } = await ask("issue.js", { experiment, ...quick ? QUICK : FULL }, LIMIT);
      Object.assign(result, { calls, milliseconds: summarise(milliseconds) });
    } catch (cause) {
      result.error = cause instanceof Error ? cause.message : String(cause);
    }
    results.push(result);
  }
  const failures = results.filter(({ error }) => error !== undefined).map(({ net, error }) => `issuing steps of net ${net}: ${error}`);
  return { results, failures };
}

/** @param {IssueResult[]} results */
export function issueTable(results) {
  const rows = results.flatMap(({ net, calls, milliseconds }) => {
    const name = `net ${net}: ${NETS[net].about}`;
    if (!calls || !milliseconds) return [[name, "failed, see below", "", "", ""]];
    const target = TARGETS[net];
    return [
      [name, "kernels launched", threeDigits(calls.launches), `at most ${target.launches}`, verdict(calls.launches <= target.launches)],
      ["", "bind groups made, passes", [calls.bindGroups, calls.passes].map(threeDigits).join(", "), "", ""],
      ["", "submits, writes of a buffer", [calls.submits, calls.writes].map(threeDigits).join(", "), "", ""],
      ["", "issuing, ms", withRange(milliseconds), `at most ${target.milliseconds}`, verdict(milliseconds.median <= target.milliseconds)],
    ];
  });
  const head = ["", "a step", "figure", "target", ""];
  return table("What a training step asks of a GPU: median (least to most), on Dawn's null backend in Node", head, rows);
}
