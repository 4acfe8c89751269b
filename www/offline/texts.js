// The offline part's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/offline.js";

export const { OFFLINE } = await inLanguage(english, { de: () => import("../texts/de/offline.js") });
