// The letters of a canvas: the page's own font, and names cut to the room that they have.

/** @param {CanvasRenderingContext2D} context */
export function createLetters(context) {
  let family = "system-ui";
  /** Measuring is slow, and the same names come thirty times a second. @type {Map<string, string>} */
  const known = new Map();

  return {
    /** Reads the page's font anew. */
    refresh() {
      family = getComputedStyle(context.canvas).fontFamily;
      known.clear();
    },
    /** @param {number} size  in the canvas's own pixels @param {number} [weight] */
    use(size, weight = 400) {
      context.font = `${weight} ${size}px ${family}`;
    },
    /** As much of a name as there is room for, in the font in use. @param {string} name @param {number} room */
    elided(name, room) {
      const key = `${Math.round(room)} ${context.font} ${name}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const letters = [...name];
      let text = name;
      while (letters.length > 0 && context.measureText(text).width > room) {
        letters.pop();
        text = `${letters.join("").trimEnd()}…`;
      }
      known.set(key, text);
      return text;
    },
  };
}
