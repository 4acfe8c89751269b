// The sentences of charts in words in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/spoken.js";

export const { SPOKEN } = await inLanguage(english, { de: () => import("../texts/de/at-once.js").then(({ spoken }) => spoken) });
