// What pair plots draw: a table of numbers, real and fake, made ready column by column. Pure.
import { number } from "../language.js";
import { PAIR_PLOT } from "../texts.js";
import { columnsOf, correlation, meanOf, rangeOf, tickText, unitColumn } from "./columns.js";

/**
 * One of the columns that rows have. Rows hold it standardised: a value is `centre + scale * number`.
 * @typedef {{name: string, centre: number, scale: number}} Column
 *
 * @typedef {object} TablePicture
 * @property {Column[]} columns
 * @property {Float32Array} real  rows behind one another, a number for each column
 * @property {Float32Array} fake  likewise; there may be more or fewer of them
 *
 * What is drawn of a picture, column by column.
 * @typedef {object} Shown
 * @property {Column[]} columns
 * @property {[number, number][]} ranges  what axes show, standardised
 * @property {Side} real
 * @property {Side} fake
 *
 * @typedef {{values: Float32Array[], units: Float64Array[]}} Side
 *
 * @typedef {{row: number, column: number}} Cell
 * @typedef {{left: number, top: number, width: number, height: number}} Box  in the canvas's own pixels
 */

/** @param {TablePicture} picture @returns {Shown} */
export function prepare({ columns, real, fake }) {
  const [reals, fakes] = [real, fake].map((rows) => {
    const values = columnsOf(rows, columns.length);
    return { values, units: values.map(unitColumn) };
  });
  return { columns, ranges: reals.values.map(rangeOf), real: reals, fake: fakes };
}

/** @param {number} r */
export const coefficient = (r) => (Number.isFinite(r) ? number(r.toFixed(2).replace(/^-(?=0\.00$)/, "").replace("-", "−")) : "–");

/** @param {Side} side @param {Column} column @param {number} j */
export function meanText({ values }, { centre, scale }, j) {
  const mean = centre + scale * meanOf(values[j]);
  return Number.isFinite(mean) ? tickText(mean, Math.abs(scale) / 100 || 1, Math.abs(mean)) : "–";
}

/** @param {Shown} table @param {Cell} cell */
export function readoutText({ columns, real, fake }, { row, column }) {
  if (row === column) return PAIR_PLOT.column(columns[row].name, meanText(real, columns[row], row), meanText(fake, columns[row], row));
  const r = (/** @type {Side} */ { units }) => coefficient(correlation(units[row], units[column]));
  return PAIR_PLOT.pair(columns[column].name, columns[row].name, r(real), r(fake));
}
