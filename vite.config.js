// How the page is served and bundled. The result must work from any sub-path and without a server of its own,
// so every address in it is relative.
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

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

/** What an installed page goes by. The names stay, as systems keep them. */
const ICONS = [
  { src: "icons/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
  { src: "icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
  { src: "icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
  { src: "icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
];

/** @type {import("vite").Plugin} */
const icons = {
  name: "icons",
  apply: "build",
  generateBundle() {
    for (const { src } of ICONS) this.emitFile({ type: "asset", fileName: src, source: readFileSync(new URL(`www/${src}`, import.meta.url)) });
  },
};

/** Makes the page one that can be installed, and gives its service worker, which is our own, the list of the site's files.
 * The page registers it by itself, once nobody waits for anything. A development server has none. */
const offline = VitePWA({
  strategies: "injectManifest",
  srcDir: "offline",
  filename: "service-worker.js",
  injectRegister: false,
  includeManifestIcons: false,
  manifest: {
    id: "./",
    name: "GAN playground",
    short_name: "GAN play",
    description: "Train a small generative adversarial network in your browser and watch it learn.",
    categories: ["education"],
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#0d1015",
    theme_color: "#151a21",
    icons: ICONS,
  },
  injectManifest: {
    rollupFormat: "iife",
    globPatterns: ["**/*"],
    globIgnores: ["manifest.webmanifest"],
    // The largest is the module for WebGPU; as developers build it, it has many times the released one's size.
    maximumFileSizeToCacheInBytes: 64 << 20,
  },
});

export default defineConfig({
  plugins: [policy, woff2Alone, icons, offline],
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
