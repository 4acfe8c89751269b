// Draws the icons that an installed page goes by from the two SVG files beside this one. Run it after a change of them:
// `node www/icons/draw.mjs`; GAN_CHROMIUM says which browser draws, if not Playwright's own.
import { readFile } from "node:fs/promises";
import { chromium } from "@playwright/test";

/** Systems cut a maskable icon to their own shape, and show the others as they are. */
const ICONS = [
  { from: "icon.svg", to: "icon-192.png", size: 192 },
  { from: "icon.svg", to: "icon-512.png", size: 512 },
  { from: "icon-maskable.svg", to: "icon-maskable-512.png", size: 512 },
  { from: "icon-maskable.svg", to: "apple-touch-icon.png", size: 180 },
];

const here = new URL("./", import.meta.url);
const browser = await chromium.launch({ executablePath: process.env.GAN_CHROMIUM, args: ["--no-sandbox"] });
for (const { from, to, size } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(new URL(from, here), "utf8");
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  await page.screenshot({ path: new URL(to, here).pathname, omitBackground: true });
  await page.close();
}
await browser.close();
