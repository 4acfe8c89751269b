// The game's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/game.js";

/** @type {typeof english} */
const words = english;

export const { GAME, KEYS } = words;
