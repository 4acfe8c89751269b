// The sentences of the page that works with no network, in German, in the voice and with the terms of page.js.

export const OFFLINE = {
  label: "Offline",
  ready: "Geht jetzt auch offline.",
  everything: "Geht auch offline: Alles ist in diesem Browser aufbewahrt.",
  opened: "Geht auch offline, mit den Daten, die du geöffnet hast: Dein Browser spart Daten, darum wird das Übrige geladen, wenn du es wählst.",
  update: "Eine neue Version ist bereit.",
  /** What it costs where something was trained. */
  updateCost: "Wird sie geladen, beginnt dieser Lauf von vorn, mit denselben Einstellungen. Soll bleiben, was er gelernt hat, sichere zuerst das Modell.",
  updateFree: "Deine Einstellungen bleiben.",
  load: "Jetzt laden",
  later: "Später",
  /** @param {number} others */
  othersOpen: (others) =>
    `Diese Seite ist auch in ${others === 1 ? "einem anderen Tab" : `${others} anderen Tabs`} offen und würde dort mitten im Lauf wechseln. Schließe ${others === 1 ? "ihn" : "sie"}, dann lade noch einmal.`,
};
