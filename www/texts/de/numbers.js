// Numbers as German writes them: a comma before decimals, points between thousands. `../../language.js` has the same for
// code that speaks any language; the sentences of a language import nothing from outside its folder (see `../../texts.js`).

/** @param {number | string} value  a text, such as toFixed makes, keeps its digits @param {Intl.NumberFormatOptions} [options] */
export const number = (value, options) => (typeof value === "string" ? value.replace(".", ",") : value.toLocaleString("de", options));
