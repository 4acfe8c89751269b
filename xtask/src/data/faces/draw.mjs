// Draws the faces of `cargo xtask data faces`: `node draw.mjs BLOCKS` writes pixels.bin (16 x 16 x 3 bytes a face, red,
// green, blue) and attributes.json (names, classes, and the class of each face) into the working folder.
//
// A block has one face of every combination of classes, so that within it each class is as frequent as its siblings and
// no attribute tells anything of another. What is no attribute (eyes, clothes, the shape of the glasses, ...) the art
// picks by the face's seed. Seeds count up from 0; one whose face is there already is passed over.
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { createAvatar } from "@dicebear/core";
import * as pixelArt from "@dicebear/pixel-art";
import { Resvg } from "@resvg/resvg-js";

const SIDE = 16;

// Colours of one attribute must not be mistaken for those of another: hats and glasses have none of the hair's.
const HAIR = { black: "17131a", brown: "5a3210", blond: "f4d35e", ginger: "e8792b", blue: "2a6fd0", green: "4fae3c" };
const SKIN = { light: "ffdbac", tan: "dba772", brown: "a86f3e", dark: "754a2a" };
const BACKGROUND = { grey: "d9d9de", blue: "a9dcf5", pink: "f6bfd2", yellow: "fdf0b0" };

const ATTRIBUTES = [
  { name: "glasses", classes: ["no glasses", "glasses"] },
  { name: "hat", classes: ["no hat", "hat"] },
  { name: "beard", classes: ["no beard", "beard"] },
  { name: "hair length", classes: ["short", "long"] },
  { name: "hair colour", classes: Object.keys(HAIR) },
  { name: "mouth", classes: ["sad", "happy"] },
  { name: "skin", classes: Object.keys(SKIN) },
  { name: "background", classes: Object.keys(BACKGROUND) },
];

/** The art's names: variants("long", [2, 13]) is ["long02", "long13"]. */
const variants = (prefix, numbers) => numbers.map((number) => prefix + String(number).padStart(2, "0"));

// Left out are variants that hardly show at this size (glasses without a rim, a beard of four pixels) and those whose
// class a person would not name at once (straight mouths, buns, braids, a mohawk).
const GLASSES = [1, 2, 3, 5, 6, 7];
const SHORT = [1, 2, 3, 4, 6, 8, 9, 10, 14, 15, 16, 17, 19, 22];
// A hat covers the top of the head. Only these show below it, by which the colour of the hair is seen.
const SHORT_UNDER_A_HAT = [1, 14, 15, 17];
const LONG = [2, 3, 4, 7, 9, 12, 13, 21];

/** @param {string} value  of an attribute that is there or not */
const chance = (value) => (value.startsWith("no ") ? 0 : 100);

/** The art's options for a face, of which the class of each attribute is given. */
function options(face) {
  const short = face.hat === "hat" ? SHORT_UNDER_A_HAT : SHORT;
  return {
    glassesProbability: chance(face.glasses),
    glasses: [...variants("light", GLASSES), ...variants("dark", GLASSES)],
    glassesColor: ["191919", "43677d", "a04b5d"],
    hatProbability: chance(face.hat),
    hat: variants("variant", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    hatColor: ["a62116", "cc6192", "614f8a", "8a8f99"],
    beardProbability: chance(face.beard),
    beard: variants("variant", [1, 3, 5, 6, 7, 8]),
    hair: face["hair length"] === "short" ? variants("short", short) : variants("long", LONG),
    hairColor: [HAIR[face["hair colour"]]],
    mouth: face.mouth === "happy" ? variants("happy", [6, 7, 8, 9, 12, 13]) : variants("sad", [1, 1, 8, 9]),
    mouthColor: ["a8101c", "d0283e"],
    skinColor: [SKIN[face.skin]],
    backgroundColor: [BACKGROUND[face.background]],
    eyes: variants("variant", [4, 6, 7, 8, 9, 10, 11]),
    eyesColor: ["76778b", "647b90", "588387", "876658"],
    clothing: variants("variant", [1, 3, 4, 6, 11, 12, 14]),
    clothingColor: ["5bc0de", "03396c", "44c585", "ff6f69", "ae0001", "ffd969"],
    accessoriesProbability: 0,
  };
}

/**
 * Paints the beard in the colour of the hair. The art masks it by the brightness of that colour, so that black beards
 * cannot be seen, and then lightens it, so that brown ones look like skin.
 */
function withPlainBeard(svg) {
  return svg.replace(/<mask id="beard[^>]*><path opacity=".9"(.*?)<\/mask><g .*?<\/g>/, "<path$1");
}

function draw(seed, face) {
  const svg = createAvatar(pixelArt, { seed: String(seed), ...options(face) }).toString();
  const { pixels } = new Resvg(withPlainBeard(svg), { fitTo: { mode: "width", value: SIDE } }).render();
  // The background covers all of it: of red, green, blue and opacity, the last says nothing.
  return pixels.filter((_, index) => index % 4 !== 3);
}

/** The class of each attribute in the combination of this number: the last attribute turns fastest. */
function combination(number) {
  let rest = number;
  return ATTRIBUTES.toReversed()
    .map(({ classes }) => {
      const index = rest % classes.length;
      rest = (rest - index) / classes.length;
      return index;
    })
    .toReversed();
}

const blocks = Number(argv[2]);
const combinations = ATTRIBUTES.reduce((product, { classes }) => product * classes.length, 1);
const faces = [];
const seen = new Set();
const labels = ATTRIBUTES.map(() => []);
let seed = 0;
for (let number = 0; number < blocks * combinations; number += 1) {
  const indices = combination(number % combinations);
  const face = Object.fromEntries(ATTRIBUTES.map(({ name, classes }, which) => [name, classes[indices[which]]]));
  let pixels, key;
  do {
    pixels = draw(seed, face);
    key = pixels.toString("latin1");
    seed += 1;
  } while (seen.has(key));
  seen.add(key);
  faces.push(pixels);
  indices.forEach((index, which) => labels[which].push(index));
}
writeFileSync("pixels.bin", Buffer.concat(faces));
const attributes = ATTRIBUTES.map((attribute, which) => ({ ...attribute, labels: labels[which] }));
writeFileSync("attributes.json", JSON.stringify(attributes));
