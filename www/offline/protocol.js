// What the page and its service worker say to each other, as types. Every message brings a port that the answer goes to.

/**
 * Keeps one more of the files that are fetched in the background. `gpu`: whether those for WebGPU are among them.
 * @typedef {{type: "keep-next", gpu: boolean}} KeepNext
 * @typedef {{left: number}} Kept  files that are not kept yet
 *
 * Takes the place of the version before, unless the page is open in other tabs: their files would change below them.
 * @typedef {{type: "take-over"}} TakeOver
 * @typedef {{others: number}} TookOver  tabs in the way
 *
 * @typedef {{problem: string}} Problem
 * @typedef {KeepNext | TakeOver} Message
 * @typedef {Kept | TookOver | Problem} Answer
 */

/**
 * The parts of a service worker's world that are used here: TypeScript describes either a page's or a worker's.
 * @typedef {Event & {waitUntil(promise: Promise<unknown>): void}} LastingEvent
 * @typedef {LastingEvent & {request: Request, respondWith(response: Promise<Response>): void}} FetchEvent
 * @typedef {object} Scope
 * @property {{scope: string}} registration
 * @property {() => Promise<void>} skipWaiting
 * @property {{claim(): Promise<void>, matchAll(options: object): Promise<{url: string}[]>}} clients
 * @property {(type: string, listener: (event: any) => void) => void} addEventListener
 */

export {};
