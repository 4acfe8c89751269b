// The colours that figures are drawn in, for light paper and for dark slides: those of `style.css`, of which a page knows only
// the ones in force. A test holds the two to each other.

/** @type {Record<"light" | "dark", import("./svg.js").Colours>} */
export const COLOURS = {
  light: {
    ink: [21, 26, 34], muted: [86, 96, 113], line: [225, 229, 235], card: [255, 255, 255], stage: [244, 244, 242], neutral: [185, 191, 201],
    real: [26, 111, 212], fake: [184, 82, 0], d: [122, 63, 192], g: [0, 121, 107],
  },
  dark: {
    ink: [233, 237, 243], muted: [154, 166, 182], line: [41, 48, 58], card: [21, 26, 33], stage: [27, 32, 40], neutral: [86, 96, 110],
    real: [88, 166, 255], fake: [255, 154, 61], d: [189, 147, 249], g: [63, 199, 180],
  },
};
