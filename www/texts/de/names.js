// The names that come with shipped data (their manifests and classifiers are English), in German. What is not in these
// tables, such as the folders of somebody's own pictures, keeps the name that it was given.

/** What a manifest calls its data. @type {Record<string, string>} */
const TITLES = {
  "Handwritten digits": "Handgeschriebene Ziffern",
  "Fashion articles": "Kleidungsstücke",
  "Animal silhouettes": "Tierumrisse",
  "Pixel-art faces": "Pixelgesichter",
};

/** What classes tell apart. @type {Record<string, string>} */
const ATTRIBUTES = {
  digit: "Ziffer", article: "Kleidungsstück", animal: "Tier", folder: "Ordner",
  glasses: "Brille", hat: "Hut", beard: "Bart", "hair length": "Haarlänge", "hair colour": "Haarfarbe", mouth: "Mund",
  skin: "Haut", background: "Hintergrund",
};

/** @type {Record<string, Record<string, string>>} */
const CLASSES = {
  fashion: {
    "T-shirt/top": "T-Shirt", Trouser: "Hose", Pullover: "Pulli", Dress: "Kleid", Coat: "Mantel", Sandal: "Sandale", Shirt: "Hemd",
    Sneaker: "Turnschuh", Bag: "Tasche", "Ankle boot": "Stiefel",
  },
  animals: {
    bear: "Bär", bird: "Vogel", cat: "Katze", cow: "Kuh", dog: "Hund", elephant: "Elefant", giraffe: "Giraffe", horse: "Pferd",
    sheep: "Schaf", zebra: "Zebra",
  },
  faces: {
    "no glasses": "ohne Brille", glasses: "mit Brille", "no hat": "ohne Hut", hat: "mit Hut", "no beard": "ohne Bart", beard: "mit Bart",
    short: "kurz", long: "lang", black: "schwarz", brown: "braun", blond: "blond", ginger: "rot", blue: "blau", green: "grün",
    sad: "traurig", happy: "fröhlich", light: "hell", tan: "gebräunt", dark: "dunkel", grey: "grau", pink: "rosa", yellow: "gelb",
  },
};

/** @param {string} given */
export const titleOf = (given) => TITLES[given] ?? given;

/** @param {string} given */
export const attributeOf = (given) => ATTRIBUTES[given] ?? given;

/** @param {string} data  its kind @param {string} given */
export const classOf = (data, given) => CLASSES[data]?.[given] ?? given;
