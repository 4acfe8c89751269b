// The sentences of charts in words in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/spoken.js";

/** @type {typeof english} */
const words = english;

export const { SPOKEN } = words;
