// What the visitor has set in the studio: sixteen codes and all that moves them. No DOM and no worker. It outlives a
// rebuild of the run, as long as G takes the same noise.
import { dot, mixture, moved, oneHot, randomCode, seededRandom } from "./codes.js";

/**
 * @typedef {import("./protocol.js").ModelAbout} ModelAbout
 * @typedef {import("./protocol.js").NamedDirection} NamedDirection
 * @typedef {import("./codes.js").Distribution} Distribution
 * @typedef {import("./walk.js").Place} Place
 * @typedef {"sefa" | "pca"} Method
 *
 * A direction with a slider: how far each of the sixteen is moved along it.
 * @typedef {object} Direction
 * @property {string} name  empty unless the visitor named it
 * @property {Float32Array} vector  of unit length
 * @property {number} share  its eigenvalue's of the sum of all; NaN of a named one
 * @property {Float32Array} alphas  in sigmas, one for each of the sixteen
 */

export const COUNT = 16;
/** Directions of a method that have a slider. */
export const DIRECTIONS = 8;
const CORNERS = 4;
/** Directions that can have names: a file takes no more (`MOST_DIRECTIONS` in the crate). */
const MOST_NAMED = 64;

export class StudioState {
  dims = 0;
  /** @type {Distribution} */
  distribution = "gaussian";
  /** @type {string[]} */
  classNames = [];
  /** @type {Float32Array[]} */
  codes = [];
  /** Of the classes, for each of the sixteen; what G is told are their shares. @type {Float32Array[]} */
  weights = [];
  chosen = 0;
  psi = 1;
  /** Dimensions that Random leaves alone. @type {boolean[]} */
  locks = [];
  moveAll = false;
  /** @type {Record<Method, Direction[]>} */
  directions = { sefa: [], pca: [] };
  /** @type {Method} */
  method = "sefa";
  /** @type {Direction[]} */
  named = [];
  /** @type {(Place | null)[]} */
  corners = Array(CORNERS).fill(null);
  spherical = true;
  /** What the chosen sample is moved to for the time being: by a walk, or while it is steered. @type {Place | null} */
  preview = null;
  #random = seededRandom(0);
  /** Of the data that G was trained on. */
  #kind = "";

  /** Follows a model of another run. @param {ModelAbout} about @param {NamedDirection[]} directions  that came with it */
  open({ noise, classes, class_names: names, experiment }, directions) {
    const { distribution } = experiment.noise;
    const stays = noise === this.dims && distribution === this.distribution;
    // In the noise of a net of other data a direction means nothing.
    if (!stays || experiment.data.kind !== this.#kind) this.named = [];
    this.#kind = experiment.data.kind;
    this.preview = null;
    if (!stays) {
      this.dims = noise;
      this.distribution = distribution;
      this.#random = seededRandom(experiment.seed);
      this.codes = Array.from({ length: COUNT }, () => randomCode(noise, distribution, this.#random));
      this.chosen = 0;
      this.psi = 1;
      this.locks = Array(noise).fill(false);
      this.spherical = distribution === "gaussian";
    }
    const sameClasses = stays && this.weights[0]?.length === classes;
    if (!sameClasses) this.weights = this.codes.map((_, i) => (classes > 0 ? oneHot(classes, i % classes) : new Float32Array()));
    this.classNames = Array.from({ length: classes }, (_, i) => names[i] ?? String(i));
    // They are of the other net.
    this.directions = { sefa: [], pca: [] };
    if (!sameClasses) this.corners = this.corners.map((__, i) => (i < 2 ? this.place(i) : null));
    for (const { name, vector } of directions) {
      const given = Float32Array.from(vector);
      const known = this.named.some((one) => one.vector.every((x, k) => x === given[k]));
      if (!known && given.length === noise && this.hasRoom) this.#addNamed(this.#freeName(name), given);
    }
  }

  // --- What G is to make ---

  /** @param {number} i  of the sixteen @returns {Place} */
  place(i) {
    const moves = [...this.directions.sefa, ...this.directions.pca, ...this.named]
      .map(({ vector, alphas }) => ({ vector, alpha: alphas[i] }));
    return { code: moved(this.codes[i], this.psi, moves), classes: this.shares(i) };
  }

  /** All sixteen as they are shown. @returns {Place[]} */
  places() {
    return this.codes.map((_, i) => (i === this.chosen && this.preview ? this.preview : this.place(i)));
  }

  /** What the large picture shows. @returns {Place} */
  get shown() { return this.preview ?? this.place(this.chosen); }

  /** @param {number} i */
  shares(i) { return this.weights[i].length > 0 ? mixture(this.weights[i]) : this.weights[i]; }

  // --- Noise ---

  /** Those that a slider moves. */
  #moving() { return this.moveAll ? this.codes.map((_, i) => i) : [this.chosen]; }

  /** @param {number} k  the dimension @param {number} value  in sigmas */
  setCoordinate(k, value) {
    this.preview = null;
    for (const i of this.#moving()) this.codes[i][k] = value;
  }

  /** @param {number} psi */
  setPsi(psi) {
    this.preview = null;
    this.psi = psi;
  }

  /** Sixteen new ones; locked dimensions stay as they are. */
  randomise() {
    this.preview = null;
    this.#unmove();
    this.codes = this.codes.map((code) => randomCode(this.dims, this.distribution, this.#random)
      .map((value, k) => (this.locks[k] ? code[k] : value)));
  }

  /** All sixteen, or the chosen one, become the mean code; locked dimensions stay as they are. */
  reset() {
    this.preview = null;
    for (const i of this.#moving()) {
      this.codes[i] = this.codes[i].map((value, k) => (this.locks[k] ? value : 0));
      this.#unmove([i]);
    }
  }

  /** @param {number[]} [which]  of the sixteen */
  #unmove(which = this.codes.map((_, i) => i)) {
    for (const { alphas } of [...this.directions.sefa, ...this.directions.pca, ...this.named]) for (const i of which) alphas[i] = 0;
  }

  /** @param {number} i */
  choose(i) {
    this.preview = null;
    this.chosen = i;
  }

  /** Makes the chosen sample what was found elsewhere. Sliders go to where it is: truncation becomes part of all codes,
   * and what had moved this one is over. @param {Place} place */
  take({ code, classes }) {
    this.preview = null;
    if (this.psi !== 1) {
      this.codes = this.codes.map((one) => one.map((value) => this.psi * value));
      this.psi = 1;
    }
    this.#unmove([this.chosen]);
    this.codes[this.chosen] = code.slice();
    if (classes.length > 0) this.weights[this.chosen] = classes.slice();
  }

  // --- Classes ---

  /** @param {number} index */
  pickClass(index) {
    this.preview = null;
    for (const i of this.#moving()) this.weights[i] = oneHot(this.weights[i].length, index);
  }

  /** @param {number} index @param {number} weight  0 to 1 */
  setWeight(index, weight) {
    this.preview = null;
    for (const i of this.#moving()) this.weights[i][index] = weight;
  }

  // --- Directions ---

  /**
   * Directions of a newer state of G. Each keeps its slider: the sign of an eigenvector is a matter of chance, so one
   * that has turned round against the one before it is turned back.
   * @param {Method} method @param {Float32Array} vectors  one after another @param {Float32Array} values
   */
  takeDirections(method, vectors, values) {
    const before = this.directions[method];
    this.directions[method] = Array.from(values, (share, j) => {
      const vector = vectors.slice(j * this.dims, (j + 1) * this.dims);
      const turned = before[j] && dot(vector, before[j].vector) < 0;
      return {
        name: "", share, vector: turned ? vector.map((value) => -value) : vector,
        alphas: before[j]?.alphas ?? new Float32Array(COUNT),
      };
    });
  }

  /** @param {Direction} direction @param {number} alpha  in sigmas */
  setAlpha(direction, alpha) {
    this.preview = null;
    for (const i of this.#moving()) direction.alphas[i] = alpha;
  }

  /** Keeps a direction as it is now. Where the sixteen are along it goes with it. @param {Direction} direction
   * @param {string} name */
  keep(direction, name) {
    const kept = this.#addNamed(name, direction.vector.slice());
    kept.alphas.set(direction.alphas);
    direction.alphas.fill(0);
  }

  /** Whether another direction can be named. */
  get hasRoom() { return this.named.length < MOST_NAMED; }

  /** The name, with a number behind it where it is taken. @param {string} name */
  #freeName(name) {
    const taken = (/** @type {string} */ wanted) => this.named.some((one) => one.name === wanted);
    let free = name;
    for (let n = 2; taken(free); n += 1) free = `${name} ${n}`;
    return free;
  }

  /** @param {string} name @param {Float32Array} vector */
  #addNamed(name, vector) {
    const direction = { name, vector, share: NaN, alphas: new Float32Array(COUNT) };
    this.named = [...this.named, direction];
    return direction;
  }

  /** @param {Direction} direction */
  forget(direction) {
    this.preview = null;
    this.named = this.named.filter((one) => one !== direction);
  }

  /** As a model file has them. @returns {NamedDirection[]} */
  get namedForFile() { return this.named.map(({ name, vector }) => ({ name, vector: [...vector] })); }
}
