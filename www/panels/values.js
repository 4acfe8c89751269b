// The current values as plain numbers, large enough for the back of a room.
import { h, setText } from "../dom.js";
import { VALUES } from "../texts.js";

export function createValues() {
  const lossD = value("loss-d", VALUES.lossD, "d");
  const lossG = value("loss-g", VALUES.lossG, "g");
  const accuracyReal = value("accuracy-real", VALUES.accuracyReal, "real");
  const accuracyFake = value("accuracy-fake", VALUES.accuracyFake, "fake");
  const modes = value("modes-captured", VALUES.modes, "");
  const quality = value("high-quality", VALUES.quality, "");
  accuracyReal.element.title = VALUES.accuracyRealHint;
  accuracyFake.element.title = VALUES.accuracyFakeHint;
  quality.element.title = VALUES.qualityHint;
  const parametersG = value("parameters-g", VALUES.parametersG, "");
  const parametersD = value("parameters-d", VALUES.parametersD, "");
  const all = [lossD, lossG, accuracyReal, accuracyFake, modes, quality, parametersG, parametersD];
  const element = h("section", { class: "values", "aria-label": VALUES.label }, ...all.map((one) => one.element));

  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ report, losses, parameters }) {
      lossD.set(losses ? sixDigits(losses.d) : "");
      lossG.set(losses ? sixDigits(losses.g) : "");
      accuracyReal.set(share(report?.accuracyReal));
      accuracyFake.set(share(report?.accuracyFake));
      const points = report?.picture.kind === "points" ? report.picture : null;
      const images = report?.picture.kind === "images";
      modes.element.hidden = images;
      quality.element.hidden = images;
      parametersG.element.hidden = !images;
      parametersD.element.hidden = !images;
      modes.set(points ? String(points.modesCaptured) : "", points ? VALUES.modesOf(points.modesTotal) : "");
      quality.set(share(points?.highQuality));
      parametersG.set(parameters ? String(parameters.generator) : "");
      parametersD.set(parameters ? String(parameters.discriminator) : "");
    },
  };
}

/** @param {string} testid @param {string} label @param {string} tone  which net or data the number is about */
function value(testid, label, tone) {
  const number = h("output", { "data-testid": testid, "aria-live": "off" });
  const rest = h("span", { class: "rest" });
  const element = h("div", { class: "value", "data-tone": tone },
    h("span", { class: "value-name" }, label), h("span", { class: "value-number" }, number, rest));
  return {
    element,
    /** @param {string} text @param {string} [after] */
    set(text, after = "") {
      setText(number, text);
      setText(rest, after);
    },
  };
}

/** Enough to compare two runs by. @param {number} loss */
const sixDigits = (loss) => loss.toPrecision(6);

/** @param {number | undefined} part  0 to 1, NaN before there is one */
const share = (part) => (part === undefined || Number.isNaN(part) ? "" : part.toFixed(2));
