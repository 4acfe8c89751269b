// Every command that the page sends to the worker, and every event that the worker sends back.
// This file is types alone: it is the contract between the two threads, and the one place to read it.
// Tensors never cross; what crosses is numbers ready to be drawn, as typed arrays whose buffers are transferred.

/**
 * @typedef {"cpu" | "webgpu"} DeviceName
 *
 * The one description of a run; mirrors `src/experiment/`, which validates it. Defaults, ranges and options are in
 * `fields.json`, which is generated from there and checked against it by a test. What the numbers mean is said to the
 * visitor in `texts.js`.
 * @typedef {object} Experiment
 * @property {number} seed  whole, 0 to 4294967295
 * @property {"auto" | DeviceName} device
 * @property {Data} data
 * @property {boolean} conditional  whether both nets are told the class
 * @property {{dims: number, distribution: "gaussian" | "uniform"}} noise
 * @property {Net} generator
 * @property {"linear" | "tanh"} output  what G ends in
 * @property {Net} discriminator
 * @property {Objective} objective
 * @property {Lipschitz} lipschitz
 * @property {Optimiser} optimiser
 * @property {Training} training
 * @property {Schedule} schedule
 * @property {Stabilisers} stabilisers
 *
 * @typedef {"line" | "two-gaussians" | "unequal" | "blobs" | "moons" | "circles" | "spiral" | "swiss-roll" | "checkerboard"
 *   | "star"} ShapeKind
 * @typedef {{kind: "ring", modes: number, radius: number, sigma: number}} RingData
 * @typedef {RingData | {kind: "grid", side: number, spacing: number, sigma: number}
 *   | {kind: ShapeKind, sigma: number} | {kind: "drawn", strokes: string, sigma: number}
 *   | {kind: "digits" | "fashion", sheets: number, only: number[]}
 *   | {kind: "animals", only: number[]} | {kind: "faces", attribute: string, only: number[]}
 *   | {kind: "own-pictures", id: string, only: number[]}
 *   | {kind: "own-table", id: string, columns: number[]}} Data
 * @typedef {Data["kind"]} DataKind
 * @typedef {"leaky-relu" | "relu" | "tanh" | "silu"} Activation
 * @typedef {{kind: "mlp", hidden: number[], activation: Activation}
 *   | {kind: "conv" | "residual", channels: number, activation: Activation}} Net
 * @typedef {{kind: "minimax" | "non-saturating" | "least-squares", label_smoothing: number}
 *   | {kind: "hinge" | "wasserstein" | "relativistic"}} Objective
 * @typedef {{gradient_penalty: number, r1: number, r2: number, weight_clip: number, spectral_norm: boolean}} Lipschitz
 * @typedef {{kind: "adam", beta1: number, beta2: number}
 *   | {kind: "adam-w", beta1: number, beta2: number, weight_decay: number}
 *   | {kind: "sgd"} | {kind: "momentum", momentum: number} | {kind: "rms-prop", decay: number}} Optimiser
 * @typedef {{kind: "constant"}
 *   | {kind: "linear" | "cosine", learning_rate_end: number, penalty_end: number}} Schedule
 *
 * @typedef {object} Training
 * @property {number} batch
 * @property {number} d_updates  updates of D in one step
 * @property {number} g_updates  updates of G in one step
 * @property {number} d_learning_rate
 * @property {number} g_learning_rate
 * @property {number} steps  where schedules end; the page trains on
 *
 * @typedef {object} Stabilisers
 * @property {number} d_head_start  steps in which D alone learns
 * @property {number} packing  examples that D judges at a time
 * @property {number} instance_noise
 * @property {number} instance_noise_steps
 * @property {number} gradient_clip
 * @property {number} ema_half_life  in steps; 0 is off
 * @property {boolean} ema_shown  whether G's average draws what is shown and measured
 */

/**
 * What went wrong, ready to be told to a person. `code` picks the sentence and the way on in `texts.js`;
 * `detail` is the technical cause, shown small.
 *
 * | code               | when                                                      | worker afterwards |
 * |--------------------|-----------------------------------------------------------|-------------------|
 * | experiment         | a field is out of range or does not fit the others        | alive             |
 * | data               | a file of the data or of its classifier did not arrive,   | alive             |
 * |                    | or is not what it should be                               |                   |
 * | own-missing        | the link's own data are not in this browser               | alive             |
 * | own-data           | what the visitor brought cannot be trained on             | alive             |
 * | model              | the run cannot go on from the model that was asked for    | alive             |
 * | module             | the wasm module did not arrive or did not start           | dead              |
 * | no-webgpu          | the browser has no WebGPU                                 | alive             |
 * | adapter-refused    | there is WebGPU, but no adapter or device was given       | either            |
 * | no-timestamp-query | the adapter lacks the feature that Burn's runtime needs   | alive             |
 * | device-lost        | the GPU went away in mid-run                              | dead              |
 * | gpu-gone           | the same, or another end of a worker on a GPU, and the    | replaced          |
 * |                    | run goes on on the CPU                                    |                   |
 * | not-finite         | a loss is NaN or infinite: training has diverged          | alive, paused     |
 * | panic              | a Rust panic                                              | dead              |
 * | worker             | anything else that was not foreseen                       | dead              |
 * | page               | a mistake in the page's own thread                        | alive             |
 * @typedef {"experiment" | "data" | "own-missing" | "own-data" | "model" | "module" | "no-webgpu" | "adapter-refused" | "no-timestamp-query"
 *   | "device-lost" | "gpu-gone" | "not-finite" | "panic" | "worker" | "page"} FailureCode
 *
 * @typedef {object} Failure
 * @property {FailureCode} code
 * @property {string} detail
 * @property {string} [field]  the experiment's field, such as "training.batch", where there is one
 * @property {boolean} dead  true when the worker must be replaced before anything else can run
 */

/**
 * Page to worker.
 * @typedef {{type: "build", run: number, experiment: Experiment, assets: string, own: Blob | null, model: string | Uint8Array | null,
 *     choice?: DeviceChoice}
 *   | {type: "play", until: number | null} | {type: "pause"} | {type: "step"}
 *   | {type: "speed", stepsPerSecond: number | null}
 *   | {type: "hold", step: number | null} | {type: "end"}
 *   | {type: "transport", shown: boolean}
 *   | {type: "dissect"} | {type: "deal", count: number}
 *   | {type: "nearest", fake: number, pixels: Uint8Array} | {type: "mean"}
 *   | {type: "studio", on: boolean} | {type: "save", directions: {name: string, vector: number[]}[]}
 *   | {type: "change", experiment: Experiment}} Command
 *
 * `build` starts a new run (its number comes back with every event, so that what an earlier run still had under
 * way is told apart; `assets` is the address that data files lie below, for a bundled worker does not know
 * where the page is; `own` is the packed file of data that the visitor brought; `model` is what the run goes on from, a file below `assets` or its bytes;
 * `choice` is the session's, where the experiment leaves it the device); `nearest` asks for the picture of the
 * data that is nearest to a fake, `mean` for the mean of all; `studio` turns
 * snapshots of G on or off, for this run and all later ones; `play` pauses by itself at step `until`, if it is still ahead; `hold` keeps
 * playing from going beyond a step, in this run and all later ones, until it is told another or none, so that one run waits for
 * another; `end` is the session's alone: it gives its workers back, until the next `build`; `save` asks for the file of the run as it is; `step` does one step and pauses, `dissect` one that is
 * taken apart; `deal` asks for examples to tell apart, which changes nothing of the run; a speed of null is as fast as the device allows; `transport`
 * holds for this run and all later ones; `change` goes on with an experiment that differs in live fields alone.
 */

/**
 * Worker to page.
 * @typedef {{type: "loading", run: number, what: "module" | "data" | "device"}
 *   | {type: "built", run: number, device: DeviceChoice, parameters: {generator: number, discriminator: number},
 *     data: AboutData}
 *   | {type: "nearest", run: number, fake: number, nearest: Nearest} | {type: "mean", run: number, mean: Uint8Array}
 *   | {type: "snapshot", run: number, step: number, bytes: Uint8Array}
 *   | {type: "saved", run: number, step: number, bytes: Uint8Array}
 *   | {type: "anatomy", run: number, anatomy: Anatomy} | {type: "dealt", run: number, deal: Deal}
 *   | {type: "report", run: number, report: Report, stepsPerSecond: number, stepping: Stepping}
 *   | {type: "device", run: number, device: DeviceChoice}
 *   | {type: "measures", run: number, measures: Measures}
 *   | {type: "went-back", run: number, step: number, device: DeviceChoice}
 *   | {type: "playing", run: number, playing: boolean}
 *   | {type: "failed", run: number, failure: Failure}} Event
 *
 * `device` says that the run is on another device than before, or why it is still on this one; `went-back` that its device
 * was lost, and it goes on from an earlier step on this one.
 *
 * @typedef {object} DeviceChoice
 * @property {DeviceName} used
 * @property {"forced" | "at-once" | "trying" | "measured" | "small-net" | "save-data" | "gpu-lost" | "no-webgpu" | "no-adapter"
 *   | "software-adapter" | "no-timestamp-query" | "gpu-failed"} reason  why this one; `texts.js` has its sentence
 * @property {string} adapter  the GPU's own name, where it has a part in this
 * @property {{cpu: number, webgpu?: number}} [times]  milliseconds that a step was seen to take
 * @property {string} [detail]  of a GPU that failed
 *
 * What steps took on the CPU since the last report, in milliseconds; none on the GPU, where a step is only queued.
 * @typedef {{steps: number, time: number}} Stepping
 */

/**
 * How a run moves from one worker to another, which is between the session and its workers; the page knows nothing of it.
 *
 * | to the run's worker | to the rival                       | answer               |
 * |---------------------|------------------------------------|----------------------|
 * |                     | `rival`: build the same, be timed  | `warm`, then `timed`, or `failed` |
 * | `hush`, that while  |                                    | none                 |
 * | `leave`             |                                    | `left`, with all     |
 * |                     | `enter`, with all                  | `entered`, or `failed` |
 * | `stay`, after that  |                                    | none, it goes on     |
 *
 * A run on a GPU is handed out now and then, `kept`. If the GPU is lost, a new worker on the CPU is told to `inherit` what
 * was kept last, and answers `entered`.
 *
 * A `hush` is half a second at most in which nothing is trained, for figures that nothing beside them spoils. A worker
 * that has been left still has the run as it was, until it is closed. `rest` frees a run and keeps the module.
 * @typedef {{type: "rival", run: number, experiment: Experiment, assets: string, own: Blob | null}
 *   | {type: "hush", on: boolean} | {type: "leave"} | {type: "stay"} | {type: "rest"}
 *   | {type: "enter", standing: Standing, shown: Shown}
 *   | {type: "inherit", run: number, experiment: Experiment, assets: string, own: Blob | null, standing: Standing, shown: Shown}} MoveCommand
 * @typedef {{type: "warm", run: number} | {type: "timed", run: number, cost: number} | {type: "left", run: number, standing: Standing}
 *   | {type: "kept", run: number, standing: Standing}
 *   | {type: "entered", run: number}} MoveEvent
 *
 * A run between two workers, or as it was kept.
 * @typedef {object} Standing
 * @property {number} step  steps done
 * @property {Uint8Array} state  as `Playground.state` gives it
 * @property {Experiment} experiment  with the live settings as they are now
 * @property {boolean} playing
 * @property {number | null} until  the step at which it pauses by itself
 * @property {boolean} unmeasured  whether it has changed since it was last measured
 * @property {number} stepsPerSecond  that it was seen to do
 *
 * What holds for all runs.
 * @typedef {{stepsPerSecond: number | null, transport: boolean, studio: boolean, hold: number | null}} Shown
 */

/**
 * What one readback brings.
 * @typedef {object} Report
 * @property {number} step  steps done so far
 * @property {Float32Array} lossesD  D's loss at each step since the last report, oldest first, without the penalties
 * @property {Float32Array} lossesG  G's, of the same length
 * @property {number} accuracyReal  share of the last real batch that D calls real, 0 to 1; NaN before the first step
 * @property {number} accuracyFake  share of the last fake batch that D calls fake, 0 to 1; NaN before the first step
 * @property {Picture} picture
 *
 * @typedef {PointsPicture | TablePicture | ImagesPicture} Picture
 *
 * One column of a table: a standardised number x is centre + scale x in data units.
 * @typedef {{name: string, centre: number, scale: number}} Column
 *
 * @typedef {object} TablePicture
 * @property {"table"} kind
 * @property {Column[]} columns
 * @property {Float32Array} real  rows, standardised
 * @property {Float32Array} fake  rows, standardised
 *
 * @typedef {object} PointsPicture
 * @property {"points"} kind
 * @property {Column[]} columns  of a table, whose points are standardised; otherwise empty
 * @property {number} extent  the picture spans [-extent, extent] in x and y
 * @property {Float32Array} real  x, y of each real point
 * @property {Float32Array} fake  x, y of each fake, from noise that stays the same all through the run
 * @property {number} surfaceSize  cells along a side
 * @property {Float32Array} surface  D's probability of "real" at each cell's centre, row by row, lowest y first
 * @property {Transport | null} transport  where `showTransport` has asked for it
 *
 * The cheapest way to move the first 200 fakes to the first 200 real points.
 * @typedef {object} Transport
 * @property {Uint32Array} realOf  for each of the fakes the real point that it goes to
 * @property {number} meanLength  in data units: the earth mover's distance between the two sets
 *
 * @typedef {object} ImagesPicture
 * @property {"images"} kind
 * @property {number} width
 * @property {number} height
 * @property {number} channels  1 (grey) or 3 (red, green, blue, interleaved)
 * @property {number} columns  images in a row
 * @property {string[]} rowClasses  in a conditional run the class that each row was asked for; otherwise empty
 * @property {Uint8Array} fake  images one after another, from noise that stays the same all through the run
 * @property {Float32Array} fakeScores  D's probability of "real" for each
 * @property {Uint8Array} real
 * @property {Float32Array} realScores
 */

/**
 * How a run stands by every figure that its data allows, taken now and then on 2,500 points or 500 pictures of its own.
 * @typedef {object} Measures
 * @property {number} step  steps done so far
 * @property {Diagnosis} diagnosis
 * @property {number} accuracyReal
 * @property {number} accuracyFake
 * @property {number} saturation  share of D's probabilities within 1 % of 0 or 1
 * @property {number} diversity  mean distance between two fakes over that of two reals
 * @property {number} sliced  sliced Wasserstein distance from fakes to reals
 * @property {number} slicedFloor  the same from other reals to those
 * @property {Gradients} gradientsD
 * @property {Gradients} gradientsG
 * @property {{right: number, swapped: number} | null} labels
 *   D's mean probability of "real" for reals under their own class and under another; conditional runs only
 * @property {FigureMeasures | null} figure  of a figure in the plane
 * @property {PictureMeasures | null} pictures  of pictures
 *
 * The state of the game; the key of a sentence in `texts.js`. Modes where they were counted.
 * @typedef {{kind: DiagnosisKind, captured?: number, total?: number}} Diagnosis
 * @typedef {"warming-up" | "learning" | "healthy" | "discriminator-wins" | "vanishing-gradient" | "generator-wins"
 *   | "mode-collapse" | "low-diversity" | "oscillating" | "diverging" | "converged"} DiagnosisKind
 *
 * @typedef {{total: number, layers: {name: string, norm: number}[]}} Gradients  norms; layers from the input on
 *
 * The modes of a mixture, or the parts of a curve.
 * @typedef {object} FigureMeasures
 * @property {number} captured
 * @property {number} total
 * @property {number} highQuality  share within three sigma of a mode, 0 to 1
 * @property {number} width  of a mode as G makes it, over that of the data; NaN of curves, or where no fake is near a mode
 * @property {Float32Array} counts  good samples of each mode
 * @property {number} jensenShannon  from the exact density, in nats, 0 to ln 2
 * @property {number | null} askedFor  share at the mode that was asked for; conditional runs only
 *
 * @typedef {object} PictureMeasures
 * @property {number} frechet  between a classifier's features of fakes and of reals
 * @property {number} frechetFloor  the same between two sets of reals
 * @property {Float32Array} classShares  share of each class among the fakes
 * @property {number | null} askedFor  share that the classifier sees as what was asked for; conditional runs only
 */

/**
 * A step taken apart. Examples are the first few of the batch, 64 points or rows or 16 pictures at most, as the pictures of a
 * report have them; scores are those of the whole batch, one for each pack, and losses its means.
 * @typedef {object} Anatomy
 * @property {number} step  the number of the step, from 1
 * @property {DiscriminatorPart} discriminator  the last update of D in it
 * @property {GeneratorPart | null} generator  the last of G; null where D has a head start
 *
 * @typedef {object} DiscriminatorPart
 * @property {number} updates  of D in the step
 * @property {Float32Array} noise  [examples, dims]
 * @property {number} dims
 * @property {Float32Array | Uint8Array} fake
 * @property {Float32Array | Uint8Array} real
 * @property {Float32Array} fakeScores  before the update
 * @property {Float32Array} realScores
 * @property {Float32Array} fakeProbabilities  the same as probabilities of "real"
 * @property {Float32Array} realProbabilities
 * @property {number} loss  without what is added to it
 * @property {number} penalty  what is added: penalties, and in a conditional run real examples under wrong classes
 * @property {Layer[]} layers  from the input on
 * @property {number} learningRate
 *
 * Norms: of the gradient before any clipping, of the weights before the update, and of the update.
 * @typedef {{name: string, gradient: number, weights: number, change: number}} Layer
 *
 * @typedef {object} GeneratorPart
 * @property {number} updates
 * @property {Float32Array} noise
 * @property {number} dims
 * @property {Float32Array | Uint8Array} fake  before the update
 * @property {Float32Array} scores  by D as its own phase has left it
 * @property {Float32Array} probabilities
 * @property {Float32Array} realScores  of the real examples that a relativistic G is compared with; otherwise empty
 * @property {Float32Array} pull  minus the gradient of G's loss with respect to each fake, laid out as `fake`
 * @property {Float32Array | Uint8Array} after  what the same noise gives after the update
 * @property {number} loss
 * @property {Layer[]} layers  from the noise on
 * @property {number} learningRate
 *
 * Real examples and fakes, shuffled.
 * @typedef {object} Deal
 * @property {Picture["kind"]} kind
 * @property {number} step  at which G made the fakes
 * @property {Float32Array | Uint8Array} examples  one after another, as the pictures of a report have them
 * @property {Uint8Array} real  1 where one is
 * @property {Float32Array} probabilities  D's of "real" for each
 * @property {string[]} asked  the class of each in conditional runs; otherwise empty
 * @property {number} width  of pictures; otherwise 0, as the two that follow
 * @property {number} height
 * @property {number} channels
 * @property {number} extent  of points, as of their picture
 */

/**
 * What a run is trained on. What is not known is empty.
 * @typedef {object} AboutData
 * @property {string} title
 * @property {number | null} count  examples that the run uses; null where they are drawn from a distribution
 * @property {string} attribute  what its classes tell apart
 * @property {{name: string, count: number, used: boolean}[]} classes
 * @property {string[]} columns  of a table
 * @property {{width: number, height: number, channels: number} | null} image
 * @property {{name: string, url: string}} licence
 * @property {string} credit
 * @property {{registry: string, package: string, version: string, sha256: string, part: string}} source
 *
 * @typedef {object} Nearest
 * @property {number} index  of the picture among those that the run uses
 * @property {number} distance  root of the mean squared difference of pixels, 0 to 255
 * @property {string} className
 * @property {Uint8Array} pixels
 */

/**
 * What the wasm module exports; `src/web/` in the crate. Only `worker.js` calls it.
 * @typedef {object} PlaygroundModule
 * @property {(options?: {module_or_path: WebAssembly.Module | URL | Promise<Response>}) => Promise<unknown>} default
 * @property {(experiment: Experiment) => string[]} dataFiles
 *   files that the data needs, as paths below `assets/`, in the order that `create` wants their bytes, or
 *   `packShipped` before it; throws a RunError
 * @property {{create(experiment: Experiment, device: DeviceName, files: Uint8Array[], model?: Uint8Array): Promise<Playground>}} Playground
 *   rejects with a RunError
 *
 * The module for files, which the intake's worker uses as well.
 * @typedef {object} FilesModule
 * @property {(options?: {module_or_path: WebAssembly.Module}) => Promise<unknown>} default
 * @property {(experiment: Experiment, files: Uint8Array[]) => Uint8Array[]} packShipped
 *   makes of the bytes of `dataFiles` what `create` wants where there are pictures among them; throws a RunError
 *
 * @typedef {object} Playground
 * @property {() => void} step  issues one training step; reads nothing back
 * @property {(experiment: Experiment) => void} change
 *   other live settings from the next step on; throws a RunError where another field differs
 * @property {(shown: boolean) => void} showTransport  whether reports of points have it from now on
 * @property {() => Promise<Measures>} measure  costs about as much as some steps; rejects with a RunError
 * @property {() => Promise<Report>} report  reads back all that is new, in one transaction; rejects with a RunError
 * @property {() => Promise<Anatomy>} dissect  does one training step and waits for what happened in it; rejects with a RunError
 * @property {(count: number) => Promise<Deal>} deal  of 2 to 64 examples; rejects with a RunError
 * @property {() => {generator: number, discriminator: number}} parameters
 * @property {() => number} steps  done so far
 * @property {(directions: {name: string, vector: number[]}[]) => Promise<Uint8Array>} save  a file that a run can go on from
 * @property {() => Promise<Uint8Array>} snapshot  the same of G alone, as samples are drawn from it
 * @property {() => Promise<Uint8Array>} state  all that a run needs to go on elsewhere, but for losses that were not reported
 * @property {(state: Uint8Array) => void} restore
 *   goes on where that run stood, in one of the same experiment and data on either device; throws a RunError
 * @property {() => AboutData} about
 * @property {() => Uint8Array} mean  the mean of all pictures, pixel by pixel, or empty; goes over all of them
 * @property {(fake: Uint8Array) => Nearest | null} nearest
 * @property {() => void} free
 *
 * @typedef {{code: "experiment" | "data" | "model" | "device-lost" | "not-finite" | "adapter-refused" | "worker", detail: string, field?: string}} RunError
 */

export {};
