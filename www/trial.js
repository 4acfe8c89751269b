// Whether the GPU would be faster for a run that trains on the CPU: when that is worth finding out, in which order, and what
// the figures say. What is done about it others do; it must not know a worker or read a clock.
import { isOfPictures } from "./fields.js";
import { StepCost } from "./step-cost.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("./protocol.js").Stepping} Stepping
 * @typedef {import("./device-choice.js").Probe} Probe
 *
 * What a trial has done.
 * @typedef {object} Hands
 * @property {() => Promise<Probe | "save-data">} probe  whether there is a GPU to try, once a picture was drawn
 * @property {() => void} start  the rival, on the GPU; answered by `timed` or `failed`
 * @property {() => void} move  the run onto it
 * @property {() => void} end  the rival, which is not needed any more
 * @property {(choice: DeviceChoice) => void} tell  which device the run is on now, and why
 */

/** A move costs a moment, and figures closer than this are the same but for noise. */
const CLEARLY = 1.15;

/**
 * Milliseconds that a step must take on the CPU before a GPU is looked for, where the data are no pictures. On a GPU each
 * operation of a step costs a launch, however small it is, and launching them all keeps the processor busy for longer.
 */
const LAUNCHES = 2;

/** What a run is before anything is known. @type {DeviceChoice} */
export const AT_ONCE = { used: "cpu", reason: "at-once", adapter: "" };

/**
 * What decides how long a step takes, as a key: runs of one kind have the same answer. What is drawn for the seed, how fast
 * the nets learn and how strong a penalty is do not matter; whether there is one does.
 * @param {Experiment} experiment
 */
export function kindOfWork({ data, conditional, noise, generator, discriminator, objective, lipschitz, optimiser, training, stabilisers }) {
  const shape = [data.kind, "columns" in data ? data.columns.length : 0, "id" in data ? data.id : ""];
  const { gradient_penalty, r1, r2, weight_clip, spectral_norm } = lipschitz;
  const extras = [gradient_penalty, r1, r2, weight_clip, spectral_norm, stabilisers.gradient_clip, stabilisers.ema_half_life, conditional];
  return JSON.stringify([shape, noise.dims, generator, discriminator, objective.kind, optimiser.kind,
    training.batch, training.d_updates, training.g_updates, stabilisers.packing, extras.map(Number).map(Math.sign)]);
}

/** @param {number} cpu @param {number} webgpu  milliseconds a step @param {string} adapter @returns {DeviceChoice} */
export function verdict(cpu, webgpu, adapter) {
  const used = cpu > CLEARLY * webgpu ? "webgpu" : "cpu";
  return { used, reason: "measured", adapter: used === "webgpu" ? adapter : "", times: { cpu, webgpu } };
}

/**
 * One run's trial. Of pictures the GPU is looked for at once, so that it is warm before anybody presses play; of points and
 * tables only once the CPU is seen to be slow at them. The CPU is timed on the run's own turns, so it waits for play; and
 * last, when the rival is quiet.
 */
export class Trial {
  /** @type {"waiting" | "probing" | "rival" | "cpu" | "over"} */
  #stage = "waiting";
  #cpu = new StepCost();
  /** What the GPU takes for a step. */
  #webgpu = 0;
  #adapter = "";
  /** What is told once the run has moved. @type {DeviceChoice | null} */
  #moving = null;
  #pictures;
  #known;
  #hands;

  /** @param {Experiment} experiment @param {DeviceChoice | undefined} known  of an earlier run of the kind, if the GPU won it
   * @param {Hands} hands */
  constructor(experiment, known, hands) {
    this.#pictures = isOfPictures(experiment);
    this.#known = known;
    this.#hands = hands;
  }

  /** The run has reported. @param {Stepping} stepping  since the report before */
  reported(stepping) {
    if (this.#stage !== "waiting" && this.#stage !== "cpu") return;
    this.#cpu.add(stepping);
    const cost = this.#cpu.value();
    if (this.#stage === "cpu") {
      if (cost !== null) this.#judge(cost);
    } else if (this.#pictures || this.#known) {
      this.#look();
    } else if (cost !== null) {
      if (cost >= LAUNCHES) this.#look();
      else this.#stay({ used: "cpu", reason: "small-net", adapter: "", times: { cpu: cost } });
    }
  }

  async #look() {
    this.#stage = "probing";
    const found = await this.#hands.probe();
    if (this.#stage !== "probing") return;
    if (found === "save-data") this.#stay({ used: "cpu", reason: "save-data", adapter: "" });
    else if (!found.ok) this.#stay({ used: "cpu", reason: found.code === "adapter-refused" ? "no-adapter" : found.code, adapter: "" });
    else if (found.software) this.#stay({ used: "cpu", reason: "software-adapter", adapter: "" });
    else {
      this.#stage = "rival";
      this.#adapter = found.name;
      this.#hands.tell({ used: "cpu", reason: "trying", adapter: found.name });
      this.#hands.start();
    }
  }

  /** The rival is warm. @param {number} cost  milliseconds a step */
  timed(cost) {
    if (this.#stage !== "rival") return;
    this.#webgpu = cost;
    this.#stage = "cpu";
    this.#cpu = new StepCost();
    if (this.#known) this.#move(this.#known);
  }

  /** @param {number} cost  of a step on the CPU */
  #judge(cost) {
    const choice = verdict(cost, this.#webgpu, this.#adapter);
    if (choice.used === "webgpu") this.#move(choice);
    else this.#stay(choice);
  }

  /** @param {DeviceChoice} choice */
  #move(choice) {
    this.#stage = "over";
    this.#moving = choice;
    this.#hands.move();
  }

  /** The run goes on, on the GPU. */
  moved() {
    if (this.#moving) this.#hands.tell(this.#moving);
  }

  /** The rival is no more, on whatever way it was. @param {string} detail */
  failed(detail) {
    this.#stay({ used: "cpu", reason: "gpu-failed", adapter: "", detail });
  }

  /** @param {DeviceChoice} choice */
  #stay(choice) {
    this.stop();
    this.#hands.end();
    this.#hands.tell(choice);
  }

  /** The run is no more. */
  stop() {
    this.#stage = "over";
    this.#moving = null;
  }
}
