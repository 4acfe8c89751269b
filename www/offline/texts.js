// The offline part's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/offline.js";

/** @type {typeof english} */
const words = english;

export const { OFFLINE } = words;
