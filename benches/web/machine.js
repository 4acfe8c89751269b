// What the figures were measured on and with: a figure without it cannot be compared with another.
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { freshPage } from "./browser.js";

/** @typedef {{profile: string, made_from: string}} Module  which build the modules are */

/** @param {{browser: import("@playwright/test").Browser, address: string, repository: string}} where */
export async function describeMachine({ browser, address, repository }) {
  /** @param {string} path */
  const read = (path) => readFileSync(join(repository, path), "utf8");
  const { devDependencies } = JSON.parse(read("package.json"));
  /** @param {string} device @returns {Module} */
  const module = (device) => {
    const made_from = read(`www/pkg/${device}/made-from.txt`).trim();
    return { profile: made_from.split(" ")[0], made_from };
  };
  return {
    when: new Date().toISOString(),
    cpu: cpus()[0].model,
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    // Processes that wanted to run in the last minute: near zero on a machine that is quiet.
    load: Number(loadavg()[0].toFixed(1)),
    node: process.version,
    chromium: browser.version(),
    adapter: await describeAdapter(browser, address),
    burn: /name = "burn"\nversion = "(.*)"/.exec(read("Cargo.lock"))?.[1],
    tensorflow_js: devDependencies["@tensorflow/tfjs"],
    jax_js: devDependencies["@jax-js/jax"],
    modules: { cpu: module("cpu"), webgpu: module("webgpu") },
  };
}

/** @param {import("@playwright/test").Browser} browser @param {string} address */
async function describeAdapter(browser, address) {
  const page = await freshPage(browser, "the adapter's description");
  try {
    await page.goto(address);
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      if (!adapter) return null;
      const { vendor, architecture, device, description } = adapter.info;
      return { vendor, architecture, device, description, features: [...adapter.features] };
    });
  } finally {
    await page.close();
  }
}
