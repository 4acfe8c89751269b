// A chart's past in bounded memory: when it is full, neighbours are averaged and every entry from then on
// stands for twice as many. Pure; it must not draw.

const LIMIT = 2000;

export class History {
  length = 0;
  /** How many pushes one entry stands for. */
  stride = 1;
  pending = 0;

  /** @param {number} columns  numbers an entry, the step among them @param {number} [limit]  entries kept, even */
  constructor(columns, limit = LIMIT) {
    this.limit = limit;
    /** @type {Float64Array[]} */
    this.columns = Array.from({ length: columns }, () => new Float64Array(limit));
    this.sums = new Float64Array(columns);
  }

  clear() {
    this.length = 0;
    this.stride = 1;
    this.pending = 0;
    this.sums.fill(0);
  }

  /** Forgets the entries after a step, which is the first column, and what was still filling one up.
   * @param {number} step */
  rewind(step) {
    while (this.length > 0 && this.columns[0][this.length - 1] > step) this.length -= 1;
    this.pending = 0;
    this.sums.fill(0);
  }

  /** @param {...number} values  one for each column */
  push(...values) {
    values.forEach((value, i) => { this.sums[i] += value; });
    this.pending += 1;
    if (this.pending < this.stride) return;
    this.#writeMean();
    this.length += 1;
    this.pending = 0;
    this.sums.fill(0);
    if (this.length === this.limit) this.#halve();
  }

  /** The columns so far; the last entry may still be filling up. Views: valid until the next push.
   * @returns {Float64Array[]} */
  view() {
    if (this.pending > 0) this.#writeMean();
    const length = this.length + (this.pending > 0 ? 1 : 0);
    return this.columns.map((column) => column.subarray(0, length));
  }

  #writeMean() {
    this.columns.forEach((column, i) => { column[this.length] = this.sums[i] / this.pending; });
  }

  #halve() {
    this.length = this.limit / 2;
    this.stride *= 2;
    for (const column of this.columns) {
      for (let i = 0; i < this.length; i += 1) column[i] = (column[2 * i] + column[2 * i + 1]) / 2;
    }
  }
}
