// Every command that the page sends to the worker, and every event that the worker sends back.
// This file is types alone: it is the contract between the two threads, and the one place to read it.
// Tensors never cross; what crosses is numbers ready to be drawn, as typed arrays whose buffers are transferred.

/**
 * @typedef {"cpu" | "webgpu"} DeviceName
 *
 * The one description of a run; mirrors `src/experiment.rs`, which validates it. Defaults, ranges and options
 * are in `fields.json`, which is generated from that file and checked against it by a test.
 * @typedef {object} Experiment
 * @property {number} seed  whole, 0 to 4294967295
 * @property {"auto" | DeviceName} device
 * @property {RingData | DigitsData} data
 * @property {{dims: number}} noise
 * @property {MlpNet | ConvNet} generator
 * @property {MlpNet | ConvNet} discriminator
 * @property {"non-saturating"} objective
 * @property {Training} training
 *
 * @typedef {{kind: "ring", modes: number, radius: number, sigma: number}} RingData
 * @typedef {{kind: "digits"}} DigitsData
 * @typedef {{kind: "mlp", hidden: number[]}} MlpNet
 * @typedef {{kind: "conv", channels: number}} ConvNet
 *
 * @typedef {object} Training
 * @property {number} batch
 * @property {number} d_updates  updates of D in one step
 * @property {number} g_updates  updates of G in one step
 * @property {number} d_learning_rate
 * @property {number} g_learning_rate
 * @property {number} beta1
 * @property {number} beta2
 */

/**
 * What went wrong, ready to be told to a person. `code` picks the sentence and the way on in `texts.js`;
 * `detail` is the technical cause, shown small.
 *
 * | code               | when                                                      | worker afterwards |
 * |--------------------|-----------------------------------------------------------|-------------------|
 * | experiment         | a field is out of range or does not fit the others        | alive             |
 * | data               | a data file did not arrive, or is not what it should be   | alive             |
 * | module             | the wasm module did not arrive or did not start           | dead              |
 * | no-webgpu          | the browser has no WebGPU                                 | alive             |
 * | adapter-refused    | there is WebGPU, but no adapter or device was given       | either            |
 * | no-timestamp-query | the adapter lacks the feature that Burn's runtime needs   | alive             |
 * | device-lost        | the GPU went away in mid-run                              | dead              |
 * | not-finite         | a loss is NaN or infinite: training has diverged          | alive, paused     |
 * | panic              | a Rust panic                                              | dead              |
 * | worker             | anything else that was not foreseen                       | dead              |
 * | page               | a mistake in the page's own thread                        | alive             |
 * @typedef {"experiment" | "data" | "module" | "no-webgpu" | "adapter-refused" | "no-timestamp-query"
 *   | "device-lost" | "not-finite" | "panic" | "worker" | "page"} FailureCode
 *
 * @typedef {object} Failure
 * @property {FailureCode} code
 * @property {string} detail
 * @property {string} [field]  the experiment's field, such as "training.batch", where there is one
 * @property {boolean} dead  true when the worker must be replaced before anything else can run
 */

/**
 * Page to worker.
 * @typedef {{type: "build", run: number, experiment: Experiment, datasets: string}
 *   | {type: "play"} | {type: "pause"} | {type: "step"}
 *   | {type: "speed", stepsPerSecond: number | null}
 *   | {type: "rates", generator: number, discriminator: number}} Command
 *
 * `build` starts a new run (its number comes back with every event, so that what an earlier run still had under
 * way is told apart; `datasets` is the address that data files lie below, for a bundled worker does not know
 * where the page is); `step` does one step and pauses; a speed of null is as fast as the device allows.
 */

/**
 * Worker to page.
 * @typedef {{type: "loading", run: number, what: "module" | "data" | "device"}
 *   | {type: "built", run: number, device: DeviceChoice, parameters: {generator: number, discriminator: number}}
 *   | {type: "report", run: number, report: Report, stepsPerSecond: number}
 *   | {type: "playing", run: number, playing: boolean}
 *   | {type: "failed", run: number, failure: Failure}} Event
 *
 * @typedef {object} DeviceChoice
 * @property {DeviceName} used
 * @property {"small-net" | "images" | "forced" | "no-webgpu" | "no-adapter" | "software-adapter"
 *   | "no-timestamp-query"} reason  why this one, as a key into `texts.js`
 * @property {string} adapter  the GPU's own name; empty on the CPU
 */

/**
 * What one readback brings.
 * @typedef {object} Report
 * @property {number} step  steps done so far
 * @property {Float32Array} lossesD  D's loss at each step since the last report, oldest first
 * @property {Float32Array} lossesG  G's, of the same length
 * @property {number} accuracyReal  share of the last real batch that D calls real, 0 to 1; NaN before the first step
 * @property {number} accuracyFake  share of the last fake batch that D calls fake, 0 to 1; NaN before the first step
 * @property {Picture} picture
 *
 * @typedef {PointsPicture | ImagesPicture} Picture
 *
 * @typedef {object} PointsPicture
 * @property {"points"} kind
 * @property {number} extent  the picture spans [-extent, extent] in x and y
 * @property {Float32Array} real  x, y of each real point
 * @property {Float32Array} fake  x, y of each fake, from noise that stays the same all through the run
 * @property {number} surfaceSize  cells along a side
 * @property {Float32Array} surface  D's probability of "real" at each cell's centre, row by row, lowest y first
 * @property {number} modesCaptured  modes with at least one fake within three sigma
 * @property {number} modesTotal
 * @property {number} highQuality  share of fakes within three sigma of a mode, 0 to 1
 *
 * @typedef {object} ImagesPicture
 * @property {"images"} kind
 * @property {number} width
 * @property {number} height
 * @property {number} channels  1 (grey) or 3 (red, green, blue, interleaved)
 * @property {Uint8Array} fake  images one after another, from noise that stays the same all through the run
 * @property {Float32Array} fakeScores  D's probability of "real" for each
 * @property {Uint8Array} real
 * @property {Float32Array} realScores
 */

/**
 * What the wasm module exports; `src/web/` in the crate. Only `worker.js` calls it.
 * @typedef {object} PlaygroundModule
 * @property {(options?: {module_or_path: WebAssembly.Module | URL | Promise<Response>}) => Promise<unknown>} default
 * @property {(experiment: Experiment) => string[]} dataFiles
 *   files that the data needs, as paths below `assets/datasets/`, in the order that `create` wants their bytes;
 *   throws a RunError
 * @property {{create(experiment: Experiment, device: DeviceName, files: Uint8Array[]): Promise<Playground>}} Playground
 *   rejects with a RunError
 *
 * @typedef {object} Playground
 * @property {() => void} step  issues one training step; reads nothing back
 * @property {(generator: number, discriminator: number) => void} setLearningRates  from the next step on; throws a RunError
 * @property {() => Promise<Report>} report  reads back all that is new, in one transaction; rejects with a RunError
 * @property {() => {generator: number, discriminator: number}} parameters
 * @property {() => void} free
 *
 * @typedef {{code: "experiment" | "data" | "device-lost" | "not-finite" | "adapter-refused" | "worker", detail: string, field?: string}} RunError
 */

export {};
