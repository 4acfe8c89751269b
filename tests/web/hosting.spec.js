// The built site as a host offers it: from any folder, to be trusted, and without a word to anybody else.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { SLOW, open, ready, step, train } from "./playground.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

test.describe("a session in every corner", () => {
  // Its requests are looked at, and the service worker's among them; none is replaced.
  test.use({ serviceWorkers: "allow" });

  test("asks its own host alone, and the page's policy forbids the rest", async ({ page, context, baseURL }) => {
    test.setTimeout(SLOW);
    /** @type {string[]} */
    const log = [];
    // Of the page, its workers, and the service worker.
    context.on("request", (request) => log.push(request.url()));
    page.on("websocket", (socket) => log.push(socket.url()));
    /** @type {string[]} */
    const offences = [];
    await page.exposeFunction("offended", (/** @type {string} */ what) => offences.push(what));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        /** @type {any} */ (window).offended(`${effectiveDirective} ${blockedURI}`);
      });
    });

    await open(page, "#device=cpu");
    await train(page, 5);
    await page.getByRole("button", { name: "Dark or light" }).click();
    await page.getByTestId("describe").click();
    await page.getByTestId("reset").click();

    // Every kind of data, and every model: what they fetch differs, and not how they train.
    const data = page.getByTestId("data-select");
    const kinds = await data.locator("option").evaluateAll((all) => all.map((one) => /** @type {HTMLOptionElement} */ (one).value));
    expect(kinds.length).toBeGreaterThan(14);
    for (const kind of kinds.filter((one) => !one.startsWith("own-"))) {
      await data.selectOption(kind);
      await expect(page.getByTestId("step-count")).toHaveText("0");
      await step(page);
    }
    const trained = catalogue.presets.filter(({ model }) => model !== null);
    expect(trained).toHaveLength(5);
    for (const { name, experiment } of trained) {
      await page.getByTestId("preset").selectOption(name);
      await expect(page.getByTestId("step-count")).toHaveText(String(experiment.training.steps));
      await step(page);
    }

    // The studio, tab by tab, on a model that its classifier sees; and what the page knows of the data.
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
    await expect.poll(() => page.getByTestId("studio").getAttribute("data-draws")).not.toBe("0");
    await expect(page.getByRole("tab")).toHaveCount(5);
    for (const tab of await page.getByRole("tab").all()) await tab.click();
    await expect(page.getByTestId("keep-model")).toBeVisible();
    await Promise.all([page.waitForEvent("download"), page.getByTestId("keep-model").click()]);
    await page.getByTestId("ask-nearest").click();
    await expect(page.getByTestId("nearest-verdict")).not.toBeEmpty();

    // What else can be opened beside the run.
    for (const opener of await page.locator("nav.openers button").all()) {
      await opener.click();
      await expect(page.locator(".activity-waiting")).toHaveCount(0);
      await opener.click();
    }

    // A picture, a film, and numbers of the visitor's own.
    await Promise.all([page.waitForEvent("download"), page.getByTestId("save-picture").click()]);
    await page.getByTestId("record").click();
    await page.getByTestId("play").click();
    await expect(page.getByTestId("record-frames")).toHaveText(/^[2-9] frames/);
    await Promise.all([page.waitForEvent("download"), page.getByTestId("record-stop").click()]);
    await page.getByTestId("own-open").click();
    await page.getByTestId("own-data").setInputFiles({ name: "t.csv", mimeType: "", buffer: Buffer.from(["a,b", ...Array.from({ length: 60 }, (_, i) => `${i},${i * i}`)].join("\n")) });
    await expect(page.getByTestId("own-status")).toContainText("60 rows are ready");

    // The service worker has fetched the whole site by the end.
    await expect(page.getByTestId("offline")).toHaveAttribute("data-kept", "everything", { timeout: 60_000 });
    expect(offences).toEqual([]);
    const hosts = new Set(log.map((address) => new URL(address)).filter(({ protocol }) => !/^(data|blob):$/.test(protocol)).map(({ origin }) => origin));
    expect([...hosts]).toEqual([new URL(String(baseURL)).origin]);
    for (const file of ["service-worker.js", "webgpu-", "models/faces", "classifiers/faces", "datasets/animals"]) {
      expect(log.some((address) => address.includes(file)), file).toBe(true);
    }

    // And the log would tell.
    await page.evaluate(() => fetch("https://example.com/").catch(() => {}));
    await expect.poll(() => offences).toEqual([expect.stringMatching(/^connect-src https:\/\/example\.com/)]);
  });
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
