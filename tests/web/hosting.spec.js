// The built site as a host offers it: from any folder, to be trusted, and without a word to anybody else.
import { expect, test } from "@playwright/test";
import { open, ready, train } from "./playground.js";

test("a session in every corner asks its own host alone, and the page's policy forbids the rest", async ({ page, baseURL }) => {
  /** @type {string[]} */
  const elsewhere = [];
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (!address.href.startsWith(String(baseURL)) && !/^(data|blob):$/.test(address.protocol)) elsewhere.push(address.href);
  });
  /** @type {string[]} */
  const offences = [];
  await page.exposeFunction("offended", (/** @type {string} */ what) => offences.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      /** @type {any} */ (window).offended(`${effectiveDirective} ${blockedURI}`);
    });
  });

  await open(page);
  await train(page, 5);
  await page.getByTestId("data-select").selectOption("digits");
  await ready(page);
  await train(page, 2);
  // Every fold of the page, the studio and its worker among them.
  for (const details of await page.locator("details:visible").all()) {
    await details.evaluate((element) => { /** @type {HTMLDetailsElement} */ (element).open = true; });
  }
  await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
  await page.getByTestId("own-open").click();
  expect(offences).toEqual([]);

  await page.evaluate(() => fetch("https://example.com/").catch(() => {}));
  await expect.poll(() => offences).toEqual([expect.stringMatching(/^connect-src https:\/\/example\.com/)]);
  expect(elsewhere.filter((address) => !address.startsWith("https://example.com/"))).toEqual([]);
});

test("the site works from a folder of any depth", async ({ page, baseURL }) => {
  const folder = "teachers/ms-lee/gan/";
  /** @type {string[]} */
  const outside = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}${folder}`) && !request.url().startsWith("data:")) outside.push(request.url());
  });
  await page.route(`**/${folder}**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(folder, "") });
    await route.fulfill({ response });
  });
  await page.goto(`./${folder}`);
  await ready(page);
  await train(page, 3);
  await page.getByTestId("data-select").selectOption("digits");
  await ready(page);
  await train(page, 1);
  expect(outside).toEqual([]);
});
