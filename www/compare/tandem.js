// B: a second run with a store and a worker of its own, made by the page's own factories, that follows A. It has A's experiment but
// for what differs, begins anew when A does, and goes where A goes: while A trains B does, never beyond A, and A waits for it;
// where A pauses, B pauses at the same step. It only asks A to wait, and must not change A in any other way.
import { createSession } from "../session.js";
import { createStore } from "../store.js";
import { withDifferences } from "../versus.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../protocol.js").Experiment} Experiment
 */

/** A may be ahead by what B does in about this long, in seconds: enough that A need not stand still between B's reports. */
const LEAD = 0.5;
const LEAST_LEAD = 2;

/** A store that is not the page's has no place in the address bar. @type {import("../address-bar.js").Place} */
const NOWHERE = { read: () => "", write: () => {}, onChange: () => {} };

/** @param {Pick<import("../activities.js").Context, "store" | "catalogue" | "assets" | "library">} context
 * @param {(receive: (event: import("../protocol.js").Event) => void) => (command: import("../protocol.js").Command) => void} [begin] */
export function createTandem({ store: a, catalogue, assets, library }, begin = createSession) {
  const send = begin((event) => b.receive(event));
  const b = createStore({ catalogue, send, assets, own: library, link: NOWHERE });
  let open = false;
  /** What of A B was made from last. @type {{run: number, device: string, experiment: Experiment, versus: State["view"]["versus"]} | null} */
  let followed = null;
  /** @type {State} */
  let stateA;
  /** @type {State} */
  let stateB;

  function sync() {
    if (!open) return;
    const { device, status } = stateA;
    // While A is being built it is not known what there is to follow.
    if (status === "loading" || device === null) {
      b.setPlaying(false);
      return;
    }
    follow(device.used);
    keepPace();
  }

  /** @param {import("../protocol.js").DeviceName} device */
  function follow(device) {
    const { run, experiment, preset, loaded, view: { versus } } = stateA;
    if (followed?.run === run && followed.device === device && followed.experiment === experiment && followed.versus === versus) return;
    const wanted = { ...withDifferences(catalogue, experiment, versus), device };
    // What differs differs from the first step on: only a live change of A's own is made in the middle.
    const anew = followed?.run !== run || followed.device !== device || followed.experiment === experiment;
    const same = followed?.run === run && JSON.stringify(wanted) === JSON.stringify(stateB.experiment);
    followed = { run, device, experiment, versus };
    if (!same) b.adopt({ preset, experiment: wanted, loaded }, anew);
  }

  function keepPace() {
    if (stateB.status === "failed") {
      a.hold(null);
      return;
    }
    const [stepA, stepB] = [stepOf(stateA), stepOf(stateB)];
    a.hold(stepB + Math.max(LEAST_LEAD, Math.ceil(LEAD * stateB.stepsPerSecond)));
    b.hold(stepA);
    if (stateB.status !== "loading") b.setPlaying(stateA.status === "playing" || stepB < stepA);
  }

  a.subscribe((state) => { stateA = state; sync(); });
  b.subscribe((state) => {
    stateB = state;
    sync();
    if (open) a.touch();
  });

  return {
    b,
    /** B's state. @returns {State} */
    state: () => stateB,
    /** @param {boolean} wanted  whether B is there at all */
    setOpen(wanted) {
      if (wanted === open) return;
      open = wanted;
      if (open) {
        sync();
        return;
      }
      followed = null;
      b.end();
      a.hold(null);
    },
  };
}

/** Where a run is. While it is built it shows what was before. @param {State} state */
export const stepOf = ({ status, report }) => (status === "loading" ? 0 : report?.step ?? 0);
