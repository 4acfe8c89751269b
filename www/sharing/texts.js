// The sentences of sharing in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/sharing.js";

export const { PART_NAMES, SHARE, PARTS_VIEW, EMBED, PRESENT } = await inLanguage(english, { de: () => import("../texts/de/at-once.js").then(({ sharing }) => sharing) });
