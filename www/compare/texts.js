// The comparison's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/compare.js";

/** @type {typeof english} */
const words = english;

export const { COMPARE, PAIRS } = words;
