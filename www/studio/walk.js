// Ways through the space of codes: between corners, round a square of four, and on and on. Pure.
import { evenly, lerp, mixture, randomCode, slerp } from "./codes.js";

/**
 * A place on a way: what G makes a sample from. `classes` are shares, or empty where G is told no class.
 * @typedef {{code: Float32Array, classes: Float32Array}} Place
 */

/** Between two places; classes are mixed straight. @param {Place} a @param {Place} b @param {number} t
 * @param {boolean} spherical @returns {Place} */
export const between = (a, b, t, spherical) => ({
  code: (spherical ? slerp : lerp)(a.code, b.code, t),
  classes: a.classes.length > 0 ? mixture(lerp(a.classes, b.classes, t)) : a.classes,
});

/** Evenly along the legs of an open way. @param {Place[]} corners  two or more @param {number} count
 * @param {boolean} spherical @returns {Place[]} */
export function strip(corners, count, spherical) {
  const legs = corners.length - 1;
  return evenly(0, legs, count).map((at) => {
    const leg = Math.min(legs - 1, Math.floor(at));
    return between(corners[leg], corners[leg + 1], at - leg, spherical);
  });
}

/** A square of places, row by row. The corners go round it: the first two are the upper edge, the third stands below
 * the second. @param {Place[]} corners  four @param {number} side @param {boolean} spherical @returns {Place[]} */
export function square([a, b, c, d], side, spherical) {
  const places = evenly(0, 1, side);
  return places.flatMap((down) => places.map((across) =>
    between(between(a, b, across, spherical), between(d, c, across, spherical), down, spherical)));
}

/** Slow at both ends, so that a way with stops has no jerks. @param {number} t */
export const eased = (t) => t * t * (3 - 2 * t);

/** Round all corners and back to the first; the last place is the one before it. @param {Place[]} corners  two or more
 * @param {number} count  places in a leg @param {boolean} spherical @returns {Place[]} */
export const round = (corners, count, spherical) => corners.flatMap((corner, i) =>
  Array.from({ length: count }, (_, k) => between(corner, corners[(i + 1) % corners.length], eased(k / count), spherical)));

/**
 * A way that never ends: from one random code to the next, as long as codes usually are. Each call gives the next place.
 * @param {Place} start @param {import("./codes.js").Distribution} distribution @param {import("./codes.js").Random} random
 * @param {number} count  places from one code to the next @returns {() => Place}
 */
export function endless(start, distribution, random, count) {
  let from = start.code;
  let to = randomCode(from.length, distribution, random);
  let step = 0;
  return () => {
    step += 1;
    const code = (distribution === "gaussian" ? slerp : lerp)(from, to, eased(step / count));
    if (step === count) {
      [from, to, step] = [to, randomCode(to.length, distribution, random), 0];
    }
    return { code, classes: start.classes };
  };
}
