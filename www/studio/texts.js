// The studio's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/studio.js";

export const {
  STUDIO, axisName, signed, NOISE, CLASSES, WALK, DIRECTIONS, STEER, ENTANGLE, percent, accuracies, plainName, attributeName,
  steeringText, problemText, KEEP,
} = await inLanguage(english, { de: () => import("../texts/de/at-once.js").then(({ studio }) => studio) });
