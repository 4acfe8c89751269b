// The strip above the stage: how the game stands, in a sentence, and what to try. Its height never changes.
import { h, icon, setText } from "../dom.js";
import { DIAGNOSES, DIAGNOSIS, diagnosisText } from "../texts.js";

/** @typedef {import("../protocol.js").DiagnosisKind} DiagnosisKind */

/** A shape for each mood, so that colour is not all that tells them apart. */
const SHAPES = {
  wait: "M7 4h10M7 20h10M8 4c0 5 8 5 8 10v6M16 4c0 5-8 5-8 10v6",
  good: "M5 12.5l4.5 4.5L19 7.5",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.2v.3",
  bad: "M6 6l12 12M18 6L6 18",
};

export function createDiagnosis() {
  const symbol = icon(SHAPES.wait);
  const sentence = h("strong", {});
  const advice = h("span", { class: "advice" });
  const element = h("section", {
    class: "diagnosis card", "data-part": "diagnosis", role: "status", "aria-label": DIAGNOSIS.label, "data-testid": "diagnosis", "data-diagnosis": "",
    title: DIAGNOSIS.hint,
  }, symbol, h("div", {}, sentence, " ", advice));

  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ measures, trained }) {
      const diagnosis = measures?.diagnosis;
      const { mood, advice: way } = !diagnosis ? DIAGNOSIS.none
        : trained && diagnosis.kind === "warming-up" ? DIAGNOSIS.trained : DIAGNOSES[diagnosis.kind];
      element.dataset.diagnosis = diagnosis?.kind ?? "";
      if (element.dataset.mood !== mood) {
        element.dataset.mood = mood;
        symbol.firstElementChild?.setAttribute("d", SHAPES[mood]);
      }
      setText(sentence, diagnosis ? diagnosisText(diagnosis) : DIAGNOSIS.none.sentence);
      setText(advice, way);
    },
  };
}
