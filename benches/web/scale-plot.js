// The plot of `scale`, as SVG text: a panel for each axis, both ways logarithmic, one line for each device. Colours from Okabe
// and Ito's palette, and each device has a mark and a dash of its own, so that nothing hangs on colour alone.

/** @typedef {import("./scale.js").Series} Series */

const PANEL = { width: 250, height: 240 };
const MARGIN = { left: 56, right: 16, top: 64, bottom: 44, between: 22 };
/** @type {Record<import("../../www/protocol.js").DeviceName, {name: string, colour: string, dash: string, mark: (x: number, y: number) => string}>} */
const DEVICES = {
  cpu: { name: "CPU", colour: "#0072b2", dash: "", mark: (x, y) => `<circle cx="${x}" cy="${y}" r="3.5"/>` },
  webgpu: {
    name: "WebGPU", colour: "#d55e00", dash: "6 3", mark: (x, y) => `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
  },
};

/** @param {number} value */
const rounded = (value) => Number(value.toFixed(1));

/** @param {Series[]} all @returns {string} */
export function plot(all) {
  const drawn = all.filter(({ points }) => points.length > 1);
  const axes = [...new Set(drawn.map(({ axis }) => axis))];
  const times = drawn.flatMap(({ points }) => points.map(({ milliseconds }) => Math.log10(milliseconds.median)));
  // All panels share whole decades, so that they can be read across.
  const [low, high] = [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))];
  /** @param {number} decade */
  const y = (decade) => rounded(MARGIN.top + PANEL.height * (1 - (decade - low) / (high - low)));
  const step = PANEL.width + MARGIN.between;
  const width = MARGIN.left + axes.length * step - MARGIN.between + MARGIN.right;
  const height = MARGIN.top + PANEL.height + MARGIN.bottom;

  const decades = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const names = decades.map((decade) => `<text x="${MARGIN.left - 8}" y="${y(decade) + 4}" text-anchor="end">${10 ** decade}</text>`);
  const panels = axes.map((axis, i) => panel(drawn.filter((series) => series.axis === axis), MARGIN.left + i * step, decades, y));
  const legend = Object.values(DEVICES).map(({ name, colour, dash, mark }, i) => {
    const x = MARGIN.left + i * 90;
    return `<g fill="${colour}" stroke="none"><path d="M${x} 26h28" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`
      + `${mark(x + 14, 26)}<text x="${x + 34}" y="30" fill="#222">${name}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#222">
<title>Milliseconds a training step by size</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${legend.join("\n")}
<text transform="translate(14 ${MARGIN.top + PANEL.height / 2}) rotate(-90)" text-anchor="middle">ms a step</text>
${names.join("\n")}
${panels.join("\n")}
</svg>
`;
}

/** @param {Series[]} lines  of one axis @param {number} left @param {number[]} decades @param {(decade: number) => number} y */
function panel(lines, left, decades, y) {
  const sizes = [...new Set(lines.flatMap(({ points }) => points.map(({ size }) => size)))].sort((a, b) => a - b);
  const [least, most] = [Math.log(sizes[0]), Math.log(sizes[sizes.length - 1])];
  /** @param {number} size */
  const x = (size) => rounded(left + 12 + (PANEL.width - 24) * ((Math.log(size) - least) / (most - least)));
  const bottom = MARGIN.top + PANEL.height;
  const grid = [
    ...decades.map((decade) => `M${left} ${y(decade)}h${PANEL.width}`),
    ...sizes.map((size) => `M${x(size)} ${bottom}v4`),
  ].join("");
  const drawn = lines.map(({ device, points }) => {
    const { colour, dash, mark } = DEVICES[device];
    const places = points.map(({ size, milliseconds, cliff }) => ({ x: x(size), y: y(Math.log10(milliseconds.median)), cliff }));
    const rings = places.filter(({ cliff }) => cliff !== undefined).map((at) =>
      `<circle cx="${at.x}" cy="${at.y}" r="8" fill="none" stroke="#222"/>`
      + `<text x="${at.x - 10}" y="${at.y - 10}" fill="#222" text-anchor="end">cliff, ${(at.cliff ?? NaN).toFixed(1)} times</text>`);
    return `<g fill="${colour}"><path d="M${places.map((at) => `${at.x} ${at.y}`).join("L")}" fill="none" stroke="${colour}" stroke-width="2" `
      + `stroke-dasharray="${dash}"/>${places.map((at) => mark(at.x, at.y)).join("")}${rings.join("")}</g>`;
  });
  return [
    `<path d="${grid}" stroke="#ccc"/>`,
    `<text x="${left}" y="${MARGIN.top - 10}" font-weight="bold">${lines[0].axis}, ${lines[0].of}</text>`,
    ...sizes.map((size) => `<text x="${x(size)}" y="${bottom + 18}" text-anchor="middle">${size}</text>`),
    ...drawn,
  ].join("\n");
}
