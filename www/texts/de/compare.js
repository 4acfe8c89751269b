// Every sentence of the comparison in German, in the voice and with the terms of page.js, and these:
//   twin, kept run                      Zwilling, aufbewahrter Lauf
//   solid, dashed                       durchgezogen, gestrichelt
import { number } from "./numbers.js";

export const COMPARE = {
  title: "Vergleichen: A gegen B",
  label: "Zwei GANs nebeneinander",
  intro: "Beide beginnen mit demselben Startwert und sehen dieselben Daten. Start, Pause, Schritt und Neustart oben gelten für beide.",
  close: "Schließen",
  closeHint: "Zurück zu einem GAN; was sich unterscheidet, bleibt aufbewahrt",
  pairs: "Fertige Paare",
  pairsFirst: "Wähle ein Paar …",
  add: "Unterschied hinzufügen",
  addFirst: "Wähle eine Einstellung …",
  letters: { a: "A", b: "B" },
  a: "A: der Lauf der Seite",
  b: "B: derselbe, bis auf die Unterschiede",
  twin: "Zwilling von A",
  nothingDiffers: "Noch unterscheidet sich nichts, also ist B der Zwilling von A: Schritt für Schritt derselbe. Wähle ein Paar, oder füge einen Unterschied hinzu.",
  table: {
    caption: "Was sich unterscheidet, und wie weit beide kamen",
    setting: "Einstellung",
    a: "A",
    b: "B",
    /** @param {string} setting */
    takeBackOf: (setting) => `Unterschied zurücknehmen: ${setting}`,
    /** @param {string} setting */
    inB: (setting) => `${setting} in B`,
    same: "bisher gleich",
  },
  figures: {
    step: "Schritt",
    losses: "Verlust D / G",
    accuracy: "Echte / Fakes erkannt",
    quality: "Moden / Güte",
    /** @param {number} captured @param {number} total */
    of: (captured, total) => `${captured} von ${total}`,
    frechet: "Fréchet-Distanz",
    sliced: "Sliced-Wasserstein-Distanz",
  },
  /** Where B stands, beside A. */
  pace: {
    building: "B wird aufgebaut; A wartet darauf.",
    together: "Gleichauf mit A",
    /** @param {number} b @param {number} a */
    catchingUp: (b, a) => `Holt auf: Schritt ${number(b)} von ${number(a)}.`,
    broken: "Stehen geblieben; A macht allein weiter",
    waiting: "B wartet, bis A steht.",
  },
  failed: {
    retry: "B noch einmal versuchen",
    takeBack: "Unterschiede zurücknehmen",
  },
  charts: {
    losses: {
      title: "Verluste",
      caption: "Verluste von A und B je Schritt, geglättet: die von D violett, die von G grün. A ist durchgezogen, B gestrichelt, aufbewahrte Läufe sind dünn und nummeriert.",
      one: "D", other: "G",
    },
    accuracy: {
      title: "Trefferquote von D",
      caption: "Wie oft D recht hat, geglättet: bei echt blau, bei Fakes orange. Bei 50 % wirft es eine Münze. A ist durchgezogen, B gestrichelt, aufbewahrte Läufe sind dünn und nummeriert.",
      one: "bei echt", other: "bei Fakes",
    },
    quality: {
      title: "Güte",
      caption: "Anteil der Haufen oder Teile, die G macht, grün, und seiner Fakes, die auf einem liegen, orange. A ist durchgezogen, B gestrichelt, aufbewahrte Läufe sind dünn und nummeriert.",
      one: "Moden gefunden", other: "gute Fakes",
    },
    frechet: {
      title: "Fréchet-Distanz",
      caption: "Wie unähnlich die Fakes für einen Klassifikator den echten Bildern sind: weniger ist besser. A ist durchgezogen, B gestrichelt, aufbewahrte Läufe sind dünn und nummeriert.",
      one: "Fakes zu echt", other: "",
    },
  },
  on: "an",
  off: "aus",
  solid: "A",
  dashed: "B",
  kept: {
    title: "Letzte Läufe",
    intro: "In diesem Browser aufbewahrt, wenn ein Lauf von 100 oder mehr Schritten endet. Hake einen an, um ihn in die Diagramme zu zeichnen.",
    none: "Noch keine. Endet ein Lauf von 100 oder mehr Schritten, durch Neustart oder andere Einstellungen, werden seine Kurven hier aufbewahrt.",
    notStored: "Dieser Browser legt für die Seite nichts ab, darum bleiben sie nur, solange die Seite offen ist.",
    /** @param {string} name */
    overlay: (name) => `In die Diagramme zeichnen: ${name}`,
    open: "Öffnen",
    /** @param {string} name */
    openOf: (name) => `Das Experiment öffnen: ${name}`,
    remove: "Löschen",
    /** @param {string} name */
    removeOf: (name) => `${name} löschen`,
    /** @param {number} steps */
    steps: (steps) => `${number(steps)} Schritte`,
    /** @param {string} losses */
    losses: (losses) => `Verluste von D und G ${losses}`,
    /** @param {string} captured @param {string} quality */
    figure: (captured, quality) => `${captured} Moden, Güte ${quality}`,
    /** @param {string} distance */
    frechet: (distance) => `Fréchet-Distanz ${distance}`,
    /** @param {string} name */
    file: (name) => `Deine Datei ${name}`,
    /** @param {number} count */
    more: (count) => `und ${count} mehr`,
  },
};

/** Pairs that are worth seeing, by the names of `pairs.js`. @type {Record<string, {title: string, watch: string}>} */
export const PAIRS = {
  minimax: {
    title: "Minimax gegen nicht sättigend",
    watch: "A hat den Verlust des ersten GANs, B die eine Änderung, die seither alle machen. Achte darauf, wessen Fakes die Haufen zuerst finden.",
  },
  penalty: {
    title: "Kappen gegen Gradientenstrafe",
    watch: "Zwei Wege, einen Kritiker glatt zu halten: A kappt seine Gewichte, B bestraft steile Stellen. Achte darauf, wessen Fläche sich um die Haufen biegt.",
  },
  r1: {
    title: "Mit und ohne R1",
    watch: "Beide Netze lernen zu schnell. Das D von A wird an echten Beispielen flach gehalten, das von B nicht. Achte darauf, wie viele Moden jedem nach 1.500 Schritten bleiben.",
  },
  "fast-d": {
    title: "Ausgewogen gegen D zu schnell",
    watch: "In B lernt D fünfmal je Schritt, und G langsam. Achte darauf, wie die Trefferquote von D in B oben bleibt, während sie in A zum Münzwurf hin sinkt, und wessen Fakes ankommen.",
  },
  packing: {
    title: "Eins gegen vier im Pack",
    watch: "Das D von B beurteilt vier Beispiele auf einmal und merkt so, wenn alle Fakes gleich sind. Achte darauf, wie viele Moden jedes nach 1.500 Schritten hat.",
  },
  average: {
    title: "Mit und ohne Mittel von G",
    watch: "Beide trainieren gleich. A zeichnet das Mittel der Gewichte von G, B das G, wie es gerade ist. Achte darauf, wie die Fakes von B zittern; die von A kommen später und liegen dann still.",
  },
};
