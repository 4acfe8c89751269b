// The lessons' sentences, but for the lessons themselves, in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/lessons.js";

export const { LIST, LESSON, STEP, POINT, figureText, mistakeText } = await inLanguage(english, { de: () => import("../texts/de/lessons.js") });
