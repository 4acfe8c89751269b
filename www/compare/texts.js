// The comparison's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/compare.js";

export const { COMPARE, PAIRS } = await inLanguage(english, { de: () => import("../texts/de/compare.js") });
