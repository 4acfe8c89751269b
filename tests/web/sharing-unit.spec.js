// The pure parts of sharing: what a link says when its sharer has chosen what to show, the frame, and the QR code.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { WHOLE_PAGE, parseHash } from "../../www/hash.js";
import { PARTS, inFewWords, isAmong } from "../../www/parts.js";
import { READY_MADE, frameOf, linkOf, openedBy } from "../../www/sharing/link.js";
import { codeOf } from "../../www/sharing/qr.js";
import { PART_NAMES } from "../../www/texts/en/sharing.js";
import { readCode } from "./qr-read.js";

/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));
const HERE = "https://school.example/gan/#whatever=1";
const PLAIN = { hidden: [], locked: [], lesson: true, mode: /** @type {const} */ ("page"), language: null };

/** @param {string} hash */
const page = (hash) => parseHash(hash, catalogue);

test.describe("parts", () => {
  test("every part has a name for people", () => {
    expect(Object.keys(PART_NAMES).sort()).toEqual(Object.keys(PARTS).sort());
  });

  test("a part is among those named when what it is within is", () => {
    expect(isAmong("noise", ["settings"])).toBe(true);
    expect(isAmong("own", ["stage"])).toBe(true);
    expect(isAmong("settings", ["noise"])).toBe(false);
    expect(isAmong(null, ["noise"])).toBe(false);
  });

  test("few words say the same", () => {
    expect(inFewWords(["noise", "charts", "settings", "losses"])).toEqual(["settings", "charts"]);
  });
});

test.describe("a link with choices", () => {
  const shown = page("#preset=ring&seed=3&lesson=balance&at=4&open=compare&mode=present&hide=about");

  test("says nothing of what was not chosen", () => {
    expect(linkOf(HERE, page("#seed=3"), PLAIN, catalogue)).toBe("https://school.example/gan/#preset=healthy&seed=3");
  });

  test("keeps the lesson and the place in it, and what else is open", () => {
    expect(linkOf(HERE, shown, PLAIN, catalogue))
      .toBe("https://school.example/gan/#preset=ring&seed=3&lesson=balance&at=4&open=compare");
    expect(linkOf(HERE, shown, { ...PLAIN, lesson: false }, catalogue))
      .toBe("https://school.example/gan/#preset=ring&seed=3&open=compare");
  });

  test("is read as it was meant", () => {
    const choice = { ...PLAIN, hidden: ["settings", "noise"], locked: ["step", "training"], mode: /** @type {const} */ ("embed"), language: "en" };
    const { view, problems } = page(new URL(linkOf(HERE, shown, choice, catalogue)).hash);
    expect(problems).toEqual([]);
    // What is hidden needs no lock.
    expect(view).toEqual({ lesson: "balance", at: 4, open: "compare", mode: "embed", hidden: ["settings"], locked: ["step"], language: "en", versus: [] });
  });
});

test.describe("ready-made choices", () => {
  test("only play and picture", () => {
    const { hidden, locked } = READY_MADE["only-play"]([]);
    expect(locked).toEqual([]);
    const shown = Object.keys(PARTS).filter((name) => !isAmong(name, hidden));
    expect(shown).toEqual(["controls", "play", "stage"]);
  });

  test("everything locked but play", () => {
    const { hidden, locked } = READY_MADE.locked([]);
    expect(hidden).toEqual([]);
    expect(Object.keys(PARTS).filter((name) => !isAmong(name, locked))).toEqual(["controls", "play"]);
  });

  test("leave free what the link opens", () => {
    const opened = openedBy({ ...WHOLE_PAGE, lesson: "balance", open: "slow" }, true);
    expect(opened).toEqual(["lessons", "slow"]);
    for (const name of /** @type {const} */ (["only-play", "no-settings", "locked"])) {
      const { hidden, locked } = READY_MADE[name](opened);
      for (const part of opened) expect(isAmong(part, [...hidden, ...locked]), `${name} ${part}`).toBe(false);
    }
  });
});

test("the frame is HTML that leads to the link, whatever is in it", () => {
  const html = frameOf("https://a.example/#lesson=a%22b&x=<1", 'GAN "A" & B');
  expect(html).toContain('src="https://a.example/#lesson=a%22b&amp;x=&lt;1"');
  expect(html).toContain('title="GAN &quot;A&quot; &amp; B"');
  expect(html).toMatch(/ width="800" height="500" .*allow="clipboard-write; fullscreen"/);
});

test.describe("the QR code", () => {
  /** @param {string} text */
  const read = (text) => {
    const code = codeOf(text);
    if (!code) throw new Error("no code");
    return readCode(Array.from({ length: code.size }, (_, row) => Array.from({ length: code.size }, (__, column) => code.isDark(row, column))));
  };

  test("says the link, at every size that a page's link has", () => {
    for (const length of [40, 60, 80, 100, 120, 150, 175, 210]) {
      const link = `https://school.example/gan/#${"preset=healthy&data.modes=5&".repeat(9)}`.slice(0, length);
      expect(read(link)).toBe(link);
    }
  });

  test("has finders in three corners", () => {
    const code = codeOf("https://school.example/gan/#seed=1");
    if (!code) throw new Error("no code");
    const finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
    for (const [top, left] of [[0, 0], [0, code.size - 7], [code.size - 7, 0]]) {
      const rows = finder.map((_, i) => finder.map((__, j) => Number(code.isDark(top + i, left + j))).join(""));
      expect(rows).toEqual(finder);
    }
  });

  test("is none where a phone could not read it", () => {
    expect(codeOf(`https://school.example/${"x".repeat(1000)}`)).not.toBeNull();
    expect(codeOf(`https://school.example/${"x".repeat(1300)}`)).toBeNull();
    expect(codeOf(`https://school.example/${"x".repeat(9000)}`)).toBeNull();
  });
});
