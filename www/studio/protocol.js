// Every command that the page sends to the studio's worker, and every event that it sends back. Types alone.
//
// The studio has a worker, a wasm module and a copy of G of its own, always on the CPU: a slider never waits for a
// training step, and a training step never for a slider. The training worker hands out G's weights now and then
// (`snapshot` in `../protocol.js`), in the same form in which a model is saved.

/**
 * What a model file says of itself: `checkpoint::About` in the crate.
 * @typedef {object} ModelAbout
 * @property {number} version
 * @property {import("../protocol.js").Experiment} experiment
 * @property {number} step
 * @property {{kind: "row", numbers: number} | {kind: "image", channels: number, height: number, width: number}} shape
 *   of what G makes
 * @property {number} noise  how many dimensions the noise has
 * @property {number} classes  how many classes G is told apart; 0 in a run that is not conditional
 * @property {string[]} class_names  of those; empty where they have none
 * @property {[number, number][]} units  for each number of an example centre and scale: data = net * scale + centre
 * @property {NamedDirection[]} directions
 *
 * A direction that a visitor named; it is saved with the model.
 * @typedef {{name: string, vector: number[]}} NamedDirection
 *
 * What a classifier tells of a picture. Logits stand attribute after attribute, in the order of their classes.
 * @typedef {{name: string, classes: string[], accuracy: number | null}} Attribute
 */

/**
 * Page to studio worker.
 * @typedef {{type: "model", run: number, bytes: Uint8Array}
 *   | {type: "eye", address: string} | {type: "own-eye", bytes: Uint8Array} | {type: "no-eye"}
 *   | {type: "draw", id: number, codes: Float32Array, classes: Float32Array, seen: boolean}
 *   | {type: "directions", method: "sefa" | "pca", count: number, classes: Float32Array}
 *   | {type: "steer", id: number, code: Float32Array, classes: Float32Array, attribute: number, wanted: number, hold: number[]}
 *   | {type: "stop-steering"}
 *   | {type: "entangle", directions: Float32Array, classes: Float32Array, hold: number[]}
 *   | {type: "inspect", id: number, bytes: Uint8Array}
 *   | {type: "learn", own: Blob} | {type: "stop-learning"}} StudioCommand
 *
 * - `model` takes a model or a newer snapshot of the same run's G. The worker answers `opened`.
 * - `eye` fetches a classifier (`assets/classifiers/NAME.safetensors`); `own-eye` takes one that was learnt here before;
 *   `no-eye` forgets it.
 * - `directions`: `classes` of one row, mixed, for the samples of PCA; empty: all alike.
 * - `draw`: codes `[count, noise]`, in sigmas, already truncated and moved; classes `[count, classes]`, which may be
 *   mixtures, or empty where G is told none. `seen`: whether the classifier's probabilities are wanted too. At most 256.
 * - `steer`: moves one code along the classifier's gradient until it says the wanted class of the attribute; the held
 *   attributes' probabilities are kept where they are at the beginning. Answers with `steered` at every step.
 * - `entangle`: `directions` `[count, noise]` of unit length; `classes` of one row, likewise mixed, or empty.
 * - `inspect` looks whether a file is a model that can be loaded, and touches nothing.
 * - `learn` trains a classifier on the visitor's own labelled pictures; it becomes the eye.
 */

/**
 * Studio worker to page.
 * @typedef {{type: "opened", run: number, about: ModelAbout}
 *   | {type: "seeing", attributes: Attribute[], own: boolean} | {type: "blind"}
 *   | {type: "drawn", id: number, rows: Float32Array, pixels: Uint8Array, probabilities: Float32Array}
 *   | {type: "directions", method: "sefa" | "pca", vectors: Float32Array, values: Float32Array}
 *   | {type: "steered", id: number, code: Float32Array, step: number, probabilities: Float32Array, changes: Float32Array,
 *     state: "moving" | "reached" | "stuck" | "stopped"}
 *   | {type: "entangled", before: Float32Array, after: Float32Array | null}
 *   | {type: "inspected", id: number, about: ModelAbout, bytes: Uint8Array}
 *   | {type: "refused", id: number, detail: string}
 *   | {type: "learning", done: number, steps: number}
 *   | {type: "learned", accuracy: number, bytes: Uint8Array}
 *   | {type: "studio-failed", during: StudioCommand["type"] | "start", detail: string, dead: boolean}} StudioEvent
 *
 * - `drawn`: of pictures `pixels`, `[count, height, width, channels]` in bytes, and no rows; of all else `rows`,
 *   `[count, numbers]`, in the units of the stage's picture (data units of a figure; a table standardised).
 *   `probabilities` `[count, logits]`, or empty.
 * - `directions`: `vectors` `[count, noise]` of unit length, the strongest first; `values` their eigenvalues, as shares of
 *   the sum of all.
 * - `steered`: `id` of the steering; `changes`, for each attribute, how far its probabilities have moved since the beginning, 0 to 1 (total
 *   variation). The last one's `state` is not "moving": "stuck" is when it gave up after its last step.
 * - `entangled`: `[directions, attributes]`: mean change (total variation) of an attribute's probabilities for one sigma
 *   along a direction, to the first order, averaged over samples; `after`: with the held attributes' gradients taken out
 *   of each direction; null where none are held.
 * - `inspected` hands the bytes back, to be loaded.
 */

export {};
