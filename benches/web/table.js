// Figures as text for a terminal. It knows nothing of what they mean.

/** @param {string} title @param {string[]} head @param {string[][]} rows @returns {string} */
export function table(title, head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  /** @param {string[]} row */
  const line = (row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd();
  return [title, line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Three digits are more than a shared machine repeats. @param {number} value */
export function threeDigits(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** @param {import("./statistics.js").Summary} summary */
export function withRange({ median, min, max }) {
  return `${threeDigits(median)} (${threeDigits(min)} to ${threeDigits(max)})`;
}

/** Of a target. @param {boolean} met */
export const verdict = (met) => (met ? "met" : "NOT MET");
