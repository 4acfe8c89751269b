// The wasm modules are built, not kept, and a type check must not need them: `protocol.js` says what they export.
declare module "*/gan_playground.js" {
  const surface: unknown;
  export = surface;
}
