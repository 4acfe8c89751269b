// End-to-end tests of the built page in a real Chromium, on the CPU and on WebGPU (SwiftShader).
// `cargo xtask test` says where the page and the browser are: GAN_SITE and GAN_CHROMIUM.
import { resolve } from "node:path";
import { defineConfig } from "@playwright/test";

// Not Vite's own, so that a preview somebody has left running is not in the way.
const port = Number(process.env.GAN_TEST_PORT ?? 4871);
const site = resolve(process.env.GAN_SITE ?? "dist");

/** What headless Chromium needs to offer WebGPU without a graphics card, and to ask nothing of the network. */
export const chromiumArguments = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-features=Vulkan,WebGPU",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export default defineConfig({
  testDir: "tests/web",
  outputDir: "target/test-results",
  // The tests measure training on the machine's own cores: one at a time.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    // A request that a service worker answers is none that a test could see or replace; offline.spec.js allows it.
    serviceWorkers: "block",
    baseURL: `http://127.0.0.1:${port}/`,
    launchOptions: { executablePath: process.env.GAN_CHROMIUM, args: chromiumArguments },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort --outDir "${site}"`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
