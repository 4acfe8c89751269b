// The game's sentences in the language that was chosen; see ../texts.js.
import { inLanguage } from "../language.js";
import * as english from "../texts/en/game.js";

export const { GAME, KEYS } = await inLanguage(english, { de: () => import("../texts/de/game.js") });
