// How the page is served and bundled. The result must work from any sub-path and without a server of its own,
// so every address in it is relative.
import { basename, dirname } from "node:path";
import { defineConfig } from "vite";

/** The wasm modules have one file name, so in the site their folder goes in front.
 * @param {string | null | undefined} file @returns {string} */
function folderOf(file) {
  return file?.includes("/pkg/") || file?.startsWith("pkg/") ? `${basename(dirname(file))}-` : "";
}

export default defineConfig({
  root: "www",
  base: "./",
  publicDir: "../assets",
  // A missing data file must answer 404, and not with the page itself.
  appType: "mpa",
  build: { outDir: "../dist", emptyOutDir: true, target: "es2023" },
  worker: {
    format: "es",
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) => `assets/${folderOf(facadeModuleId)}[name]-[hash].js`,
        assetFileNames: ({ originalFileNames }) => `assets/${folderOf(originalFileNames[0])}[name]-[hash][extname]`,
      },
    },
  },
});
