// The export's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/export.js";

/** @type {typeof english} */
const words = english;

export const { EXPORT } = words;
