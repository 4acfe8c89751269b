// The export's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/export.js";

export const { EXPORT } = await inLanguage(english, { de: () => import("../texts/de/export.js") });
