// What the page itself says, so that all of it comes at once: modules that are bundled into one file wait for their sentences
// one after another, and only the first of them is to wait. A view that is opened later fetches its own.
export * as page from "./page.js";
export * as sharing from "./sharing.js";
export * as spoken from "./spoken.js";
export * as studio from "./studio.js";
