// The sentences of what can be taken along for a report, in German, in the voice and with the terms of page.js. What stands
// in the files for spreadsheets and scripts is English in any language.
import { number } from "./numbers.js";

export const EXPORT = {
  title: "Für einen Bericht exportieren",
  close: "Schließen",
  /** @param {string} preset @param {number} step */
  of: (preset, step) => `${preset}, wie es nach ${count(step)} ist.`,
  running: "Der Lauf geht inzwischen weiter: Jede Datei enthält ihn so, wie er beim Sichern ist.",
  /** @param {string} name */
  saved: (name) => `${name} gesichert.`,
  /** @param {unknown} cause */
  notSaved: (cause) => `Das ließ sich nicht sichern: ${cause instanceof Error ? cause.message : String(cause)}.`,
  copied: "Kopiert.",
  /** @param {unknown} cause */
  notCopied: (cause) => `Der Browser ließ die Seite nicht kopieren (${cause instanceof Error ? cause.message : String(cause)}). Markiere den Text, und kopiere ihn von Hand.`,
  copy: "Kopieren",

  numbers: {
    title: "Der Lauf als Zahlen",
    help: "Die Reihen der Diagramme als Tabelle, eine Zeile je Schritt; alle anderen Werte und Einstellungen als zweite; oder alles in einer Datei für Skripte. Die Dateien sind auf Englisch.",
    series: "Reihen (CSV)",
    values: "Werte und Einstellungen (CSV)",
    json: "Alles (JSON)",
    /** @param {number} n */
    thinned: (n) => `Dieser Lauf ist lang, darum behält die Seite Mittelwerte: bei den Verlusten über ${number(n)} Schritte. In den Dateien steht es bei jeder Reihe.`,
    nothing: "Es gibt noch keine Zahlen: Drücke Start, und komm dann wieder.",
  },

  figures: {
    title: "Abbildungen",
    help: "Jedes Diagramm aus seinen Zahlen neu gezeichnet, mit Achsen, Legende und Beschreibung: SVG bleibt in jeder Größe scharf, PNG geht überall.",
    colours: "Farben",
    light: "Für Papier (hell)",
    dark: "Für Folien (dunkel)",
    /** @param {string} kind @param {string} chart */
    save: (kind, chart) => `„${chart}“ als ${kind} sichern`,
    nothing: "noch keine Zahlen",
  },

  command: {
    title: "Im Terminal",
    help: "gan-train ist derselbe Trainer ohne die Seite, aus dem Quelltext des Projekts gebaut. Derselbe Startwert gibt denselben Lauf, bis auf Rundung.",
    file: "experiment.json sichern",
    fileHelp: "Diese Einstellungen sind mehr, als in eine Befehlszeile passt: Sichere die Datei daneben.",
    model: "Er macht mit dem trainierten Modell weiter; ein Zeitplan der Lernraten streckt sich auf die genannten Schritte.",
    label: "Befehlszeile",
  },

  pytorch: {
    title: "Mit PyTorch",
    help: "Ein lesbares Skript, das genau dieses GAN trainiert: dieselben Daten, Netze, Verluste und Updates. Es braucht torch und numpy. Nur die Zufallszahlen sind andere.",
    save: "Skript sichern (.py)",
    label: "Das Skript",
    show: "Skript lesen",
  },

  own: {
    help: "Deine eigenen Daten sind nur in diesem Browser. Befehl und Skript brauchen sie als Datei daneben:",
    save: "Meine Daten sichern",
    missing: "Die Daten, mit denen dieses Experiment gemacht wurde, sind nicht in diesem Browser; darum brauchen Befehl und Skript ihre Datei von der Person, die sie hat.",
  },

  /** Axes and dashed lines of the figures. */
  axes: {
    step: "Trainingsschritt",
    losses: "Verlust", quality: "Anteil", frechet: "Fréchet-Distanz", accuracy: "Anteil, bei dem D recht hat", gradients: "Länge des Gradienten",
    saturation: "Anteil der Antworten von D", balance: "Trefferquote von D bei beiden", layers: "Länge des Gradienten", classes: "Anteil der Fakes",
  },
  references: {
    losses: "wenn D nur raten könnte", accuracy: "ein Münzwurf", balance: "ein Münzwurf", frechet: "echte untereinander", classes: "ein gleicher Anteil",
  },
  balance: "darüber liegt D vorn, darunter G",
  smoothed: "Blass: jeder Wert; kräftig: geglättet.",
  /** @param {number} n @param {"step" | "report" | "measurement"} reading */
  means: (n, reading) => `Jeder Wert ist das Mittel von ${number(n)} ${{ step: "Schritten", report: "Berichten", measurement: "Messungen" }[reading]}.`,
  /** What the stage shows. @type {Record<import("../../protocol.js").Picture["kind"], {title: string, caption: string}>} */
  stage: {
    points: { title: "Echte Punkte und Fakes", caption: "Echte Punkte und die, die G macht, über der Meinung von D zu jeder Stelle." },
    table: { title: "Echte Zeilen und Fakes", caption: "Je zwei Spalten, von echten Zeilen und von denen, die G macht." },
    images: { title: "Fakes und echte Bilder", caption: "Bilder, die G macht, neben echten." },
  },
  surface: /** @type {[string, string]} */ (["D sagt Fake", "D sagt echt"]),
  real: "Echt",
  fake: "Fakes von G",
  /** Where a figure comes from. @param {string} preset @param {number} step @param {number} seed @param {string} device */
  source: (preset, step, seed, device) => `GAN playground: ${preset}, nach ${count(step)}, Startwert ${seed}${device === "" ? "" : `, auf ${device}`}.`,
  /** @param {string} preset */
  changed: (preset) => `${preset}, mit anderen Einstellungen`,
};

/** @param {number} n */
const count = (n) => (n === 1 ? "1 Schritt" : `${number(n)} Schritten`);
