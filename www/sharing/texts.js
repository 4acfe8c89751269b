// The sentences of sharing in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/sharing.js";

/** @type {typeof english} */
const words = english;

export const { PART_NAMES, SHARE, PARTS_VIEW, EMBED, PRESENT } = words;
