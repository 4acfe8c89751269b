// What the JavaScript is held to. Types are TypeScript's business (`npm run check`); this is for the rest.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["www/pkg/", "dist/", "target/", "node_modules/", "assets/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-console": "error" },
  },
  { files: ["www/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["www/worker.js", "www/gpu-watch.js"], languageOptions: { globals: globals.worker } },
  { files: ["tests/web/**/*.js"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { files: ["*.config.js", "benches/web/**", "www/icons/*.mjs", "tests/pytorch/**"], languageOptions: { globals: globals.node } },
];
