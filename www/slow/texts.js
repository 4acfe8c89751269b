// Slow motion's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/slow.js";

export const { SLOW, STAGES, BOXES, LOCK, ROWS, PORTRAIT, TERMS, SMOOTHED, OWN, HEAT } = await inLanguage(english, { de: () => import("../texts/de/slow.js") });
