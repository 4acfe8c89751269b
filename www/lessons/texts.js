// The lessons' sentences, but for the lessons themselves, in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/lessons.js";

/** @type {typeof english} */
const words = english;

export const { LIST, LESSON, STEP, POINT, figureText, mistakeText } = words;
