// What the page and the worker that reads a visitor's files say to each other. Types alone.

/**
 * How pictures are made into what is trained on.
 * @typedef {object} PictureOptions
 * @property {16 | 28 | 32} side
 * @property {"grey" | "colour"} channels
 * @property {"crop" | "whole"} fit
 * @property {{width: number, height: number} | null} tile  where the one picture is a sheet of tiles
 * @property {boolean} labelled  whether folders, or a file of labels, are classes
 *
 * @typedef {object} TableOptions
 * @property {string | null} labels  the column that is the classes
 *
 * What there is in the files, before anything is made of it.
 * @typedef {object} FoundPictures
 * @property {"pictures"} kind
 * @property {string} title
 * @property {number} count  files and pictures in idx files that are to be tried
 * @property {{width: number, height: number} | null} single  the size of a single picture, which may be a sheet
 * @property {PictureOptions} guess
 *
 * @typedef {object} FoundTable
 * @property {"table"} kind
 * @property {string} title
 * @property {number} rows
 * @property {{name: string, least: number, greatest: number, constant: boolean}[]} columns
 * @property {string[]} labels  columns that can be the classes
 * @property {string[]} leftOut  columns that are no numbers
 *
 * @typedef {FoundPictures | FoundTable} Found
 *
 * What is kept and trained on.
 * @typedef {object} Made
 * @property {"own-pictures" | "own-table"} kind
 * @property {string} id
 * @property {string} title
 * @property {number} count
 * @property {string[]} columns  of a table
 * @property {{name: string, classes: string[]} | null} labels  what pictures could be told apart by
 * @property {Blob} blob
 *
 * What there is to say of the files, of which the page makes sentences (`OWN.remark` in `texts/`). A `line`, and what a sheet
 * was cut `into`, is the crate's, in English.
 * @typedef {{kind: "ends-early", path: string}
 *   | {kind: "rows", path: string, line: string}
 *   | {kind: "columns", names: string[]}
 *   | {kind: "table", title: string}
 *   | {kind: "first", count: number, taken: number}
 *   | {kind: "cut", into: string}
 *   | {kind: "labels"}
 *   | {kind: "skipped", files: Skipped[], line: string}} Remark
 *
 * Page to worker. A job is one set of files; a later one ends an earlier one. `again` opens the files of a worker that was
 * ended, and finds nothing new.
 * @typedef {{type: "open", job: number, files: File[], paths: string[], title: string, again: boolean}
 *   | {type: "make", job: number, turn: number, pictures: PictureOptions | null, table: TableOptions | null}} IntakeCommand
 *
 * Worker to page.
 * @typedef {{type: "progress", job: number, done: number, total: number}
 *   | {type: "found", job: number, found: Found | null, report: Remark[]}
 *   | {type: "made", job: number, turn: number, made: Made, report: Remark[]}
 *   | {type: "refused", job: number, sentence: string, report: Remark[]}
 *   | {type: "died", job: number, detail: string}} IntakeEvent
 *
 * What the wasm module's `Intake` says of a file.
 * @typedef {{what: string, why: string, reason: string}} Skipped
 * @typedef {{kind: "archive", archive: number, paths: string[], endsEarly: boolean, skipped: Skipped[]}
 *   | {kind: "idx-pictures", count: number, width: number, height: number, channels: number}
 *   | {kind: "idx-labels", count: number}
 *   | {kind: "table", rows: number, columns: FoundTable["columns"], labels: string[], leftOut: string[], skipped: string | null}
 *   | {kind: "picture", size: [number, number] | null}} Inspected
 *
 * @typedef {object} Intake
 * @property {(name: string, bytes: Uint8Array) => Inspected} inspect
 * @property {(archive: number, index: number) => Uint8Array<ArrayBuffer>} entry
 * @property {(width: number, height: number) => void} checkSize
 * @property {(target: {side: number, channels: string, fit: "crop" | {whole: null}, under: number[]},
 *   count: number) => void} begin
 * @property {(path: string, rgba: Uint8ClampedArray, width: number, height: number) => void} add
 * @property {(rgba: Uint8ClampedArray, width: number, height: number, tileWidth: number, tileHeight: number) => string} addSheet
 * @property {(most: number) => void} addIdx
 * @property {() => {name: string, classes: string[]} | null} labels
 * @property {(wanted: {title: string, labels: string | null}) => Packed} packPictures
 * @property {(wanted: {title: string, labels: string | null}) => Packed} packTable
 *
 * @typedef {{id: string, count: number, bytes: Uint8Array<ArrayBuffer>}} Packed
 *
 * @typedef {object} IntakeModule
 * @property {() => Promise<unknown>} default
 * @property {new () => Intake} Intake
 * @property {(skipped: Skipped[]) => string | undefined} reportSkipped
 */

export {};
