// Bundles the contenders, the crate's own modules and its peers, into a folder that any server can serve.
import { resolve } from "node:path";
import { build } from "vite";

/** @param {string} folder */
export async function bundleContenders(folder) {
  await build({
    configFile: false,
    logLevel: "warn",
    root: import.meta.dirname,
    base: "./",
    publicDir: resolve(import.meta.dirname, "../../../assets"),
    worker: { format: "es" },
    // TensorFlow.js is large, and this page is not for visitors.
    build: { outDir: folder, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: Infinity },
  });
}
