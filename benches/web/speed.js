// Part one: how fast Burn and its peers train the same GANs. Each has a page and a worker of its own, they take turns,
// and nothing is drawn. It must not know how any of them works: see contenders/, and nets.js for what they train.
/* global window */
import { calm, freshPage, within, wordsOf } from "./browser.js";
import { CONTESTS, NETS } from "./nets.js";
import { summarise, summariseRatios } from "./statistics.js";
import { table, threeDigits, verdict, withRange } from "./table.js";

/**
 * @typedef {import("./contenders/round.js").Start} Start
 * @typedef {import("./contenders/round.js").Round} Round
 * @typedef {import("./contenders/round.js").Losses} Losses
 * @typedef {import("./nets.js").Contender} Contender
 * @typedef {import("./nets.js").Contest} Contest
 * @typedef {import("./nets.js").NetName} NetName
 * @typedef {import("../../www/protocol.js").DeviceName} DeviceName
 *
 * @typedef {object} ContenderResult
 * @property {string} name
 * @property {string} [error]  in its own words, where it could not train
 * @property {Start} [start]
 * @property {Round[]} rounds
 * @property {import("./statistics.js").Summary} [stepsPerSecond]
 *
 * @typedef {object} Against
 * @property {import("./statistics.js").Summary} [ratio]  Burn's speed over this peer's, round by round
 * @property {{text: string, met: boolean | null}} [target]  null where there is no ratio to hold against it
 * @typedef {ContenderResult & Against} PeerResult
 *
 * @typedef {object} SpeedResult
 * @property {NetName} net
 * @property {DeviceName} device
 * @property {unknown} experiment
 * @property {ContenderResult} burn
 * @property {PeerResult[]} peers
 */

const FULL = { rounds: 5, seconds: 4 };
const QUICK = { rounds: 2, seconds: 1 };
/** Software WebGPU compiles for a while, and then takes seconds for one step. */
const START_LIMIT = 300;
const ROUND_LIMIT = 600;

/** @param {{browser: import("@playwright/test").Browser, address: string, quick: boolean, net: string | undefined,
 *   device: string | undefined, beforeRound: (contest: Contest) => Promise<void>, say: (line: string) => void}} how
 * @returns {Promise<{results: SpeedResult[], failures: string[]}>} */
export async function measureSpeed(how) {
  const wanted = CONTESTS.filter(({ net, device }) => net === (how.net ?? net) && device === (how.device ?? device));
  const results = [];
  for (const contest of wanted) results.push(await measureContest(how, contest));
  const failures = results.filter(({ burn }) => burn.error !== undefined)
    .map((result) => `Burn, ${placeOf(result)}: ${result.burn.error}`);
  return { results, failures };
}

/** @param {{net: NetName, device: DeviceName}} where */
const placeOf = ({ net, device }) => `${NETS[net].name} on ${device}`;

/** @param {Parameters<typeof measureSpeed>[0]} how @param {Contest} contest @returns {Promise<SpeedResult>} */
async function measureContest({ browser, address, quick, beforeRound, say }, contest) {
  const { net, device, experiment } = contest;
  const { rounds, seconds } = quick ? QUICK : FULL;
  const place = placeOf(contest);
  const open = await Promise.all([contest.burn, ...contest.peers].map(async ({ name, library, backend }) => {
    const page = await freshPage(browser, `${name}, ${place}`);
    await page.goto(`${address}?library=${library}`);
    /** @type {ContenderResult} */
    const own = { name, rounds: [] };
    return { page, backend, own };
  }));
  try {
    for (const { page, backend, own } of open) {
      say(`${place}: ${own.name} starts`);
      await noting(own, async () => {
        const started = page.evaluate((order) => window.contender.start(order), { experiment, device, backend });
        own.start = await within(started, START_LIMIT, "its first step");
      });
    }
    await calm(browser);
    for (let round = 1; round <= rounds; round += 1) {
      await beforeRound(contest);
      for (const { page, own } of open.filter(({ own }) => own.error === undefined)) {
        await noting(own, async () => {
          const done = page.evaluate((time) => window.contender.round(time), seconds);
          own.rounds.push(await within(done, ROUND_LIMIT, "a round"));
          const speed = threeDigits(own.rounds[own.rounds.length - 1].stepsPerSecond);
          say(`${place}: round ${round} of ${rounds}, ${own.name}, ${speed} steps a second`);
        });
        await calm(browser);
      }
    }
  } finally {
    await Promise.all(open.map(({ page }) => page.close()));
  }

  const [burn, ...peers] = open.map(({ own }) => own);
  for (const own of [burn, ...peers]) {
    if (own.error === undefined) own.stepsPerSecond = summarise(speedsOf(own));
  }
  return { net, device, experiment, burn, peers: compare(contest, burn, peers) };
}

/** @param {ContenderResult} result */
const speedsOf = ({ rounds }) => rounds.map(({ stepsPerSecond }) => stepsPerSecond);

/** @param {Contest} contest @param {ContenderResult} burn @param {ContenderResult[]} peers @returns {PeerResult[]} */
function compare(contest, burn, peers) {
  const fastest = Math.max(...peers.map(({ stepsPerSecond }) => stepsPerSecond?.median ?? 0));
  return peers.map((own, i) => {
    const ratio = burn.stepsPerSecond && own.stepsPerSecond && summariseRatios(speedsOf(burn), speedsOf(own));
    const isFastest = own.stepsPerSecond?.median === fastest;
    const target = contest.peers[i].target ?? (isFastest ? contest.fastest : undefined);
    return {
      ...own,
      ...ratio && { ratio },
      ...target && { target: { text: target.text, met: ratio ? target.met(ratio.median) : null } },
    };
  });
}

/** Runs it; what goes wrong is that contender's result, and the others go on.
 * @param {ContenderResult} own @param {() => Promise<void>} work */
async function noting(own, work) {
  try {
    await work();
  } catch (cause) {
    own.error = wordsOf(cause);
  }
}

/** @param {SpeedResult[]} results */
export function speedTable(results) {
  const rows = results.flatMap(({ net, device, burn, peers }) => peers.map((peer) => [
    NETS[net].name, device, speed(burn), peer.name, speed(peer), peer.ratio ? withRange(peer.ratio) : "-",
    peer.target?.text ?? "", held(peer), `${start(burn)} / ${start(peer)}`,
  ]));
  const notes = results.flatMap((result) => [result.burn, ...result.peers]
    .filter(({ error }) => error !== undefined)
    .map(({ name, error }) => `  ${name} cannot train ${placeOf(result)}: ${error}`));
  const head = ["net", "device", "Burn", "peer", "its speed", "Burn / peer", "target", "", "first step, s"];
  return [table("Training alone, steps a second: median (least to most)", head, rows), ...notes].join("\n");
}

/** Whoever does less than a step would show it here. @param {SpeedResult[]} results */
export function lossTable(results) {
  const rows = results.flatMap(({ net, device, burn, peers }) => [burn, ...peers]
    .filter(({ stepsPerSecond }) => stepsPerSecond)
    .map(({ name, start, rounds }) => [
      NETS[net].name, device, name, start ? losses([start.losses]) : "-", losses(rounds.map((round) => round.losses)),
    ]));
  return table("Losses of D and of G, of one batch", ["net", "device", "", "first step", "median of the rounds' ends"], rows);
}

/** @param {Losses[]} of */
function losses(of) {
  /** @param {keyof Losses} net */
  const median = (net) => threeDigits(summarise(of.map((losses) => losses[net])).median);
  return `${median("discriminator")} and ${median("generator")}`;
}

/** @param {ContenderResult} result */
const speed = ({ stepsPerSecond }) => (stepsPerSecond ? withRange(stepsPerSecond) : "cannot, see below");

/** @param {Against} against */
function held({ target }) {
  if (!target) return "";
  return target.met === null ? "-" : verdict(target.met);
}

/** @param {ContenderResult} result */
const start = (result) => (result.start ? threeDigits(result.start.seconds) : "-");
