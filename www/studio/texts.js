// The studio's sentences in the language that was chosen; see ../texts.js.
import * as english from "../texts/en/studio.js";

/** @type {typeof english} */
const words = english;

export const {
  STUDIO, axisName, signed, NOISE, CLASSES, WALK, DIRECTIONS, STEER, ENTANGLE, percent, accuracies, plainName,
  steeringText, problemText, KEEP,
} = words;
