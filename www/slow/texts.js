// Slow motion's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/slow.js";

/** @type {typeof english} */
const words = english;

export const { SLOW, STAGES, BOXES, LOCK, ROWS, PORTRAIT, TERMS, SMOOTHED, OWN, HEAT } = words;
