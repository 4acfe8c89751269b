// How the page is served and bundled. The result must work from any sub-path and without a server of its own,
// so every address in it is relative.
import { basename, dirname } from "node:path";
import { defineConfig } from "vite";

/** The wasm modules have one file name, so in the site their folder goes in front.
 * @param {string | null | undefined} file @returns {string} */
function folderOf(file) {
  return file?.includes("/pkg/") || file?.startsWith("pkg/") ? `${basename(dirname(file))}-` : "";
}

/** What the built page may do: load what lies beside it, and ask nobody else for anything. In the page itself, as not every
 * host lets its headers be set. It does not bind workers, which go by their own files' headers; they run the wasm. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** @type {import("vite").Plugin} */
const policy = {
  name: "content-security-policy",
  // The development server brings scripts and styles of its own.
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
  ],
};

/** Formulas' fonts come in three formats, and every browser that can run the page knows the smallest.
 * @type {import("vite").Plugin} */
const woff2Alone = {
  name: "woff2-alone",
  enforce: "pre",
  transform: (code, id) => (id.includes("katex") && id.endsWith(".css")
    ? { code: code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[a-z]+"\)/g, ""), map: null } : null),
};

export default defineConfig({
  plugins: [policy, woff2Alone],
  root: "www",
  base: "./",
  publicDir: "../assets",
  // A missing data file must answer 404, and not with the page itself.
  appType: "mpa",
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2023",
    // The policy takes fonts as files only.
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
  },
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
