// The example that is followed, large, at the stages that show no figure of their own: its noise, what G makes of it, its pull.
import { context2d } from "../charts/canvas.js";
import { paint } from "../charts/picture.js";
import { h, setText } from "../dom.js";
import { countOf, exampleOf } from "./examples.js";
import { valuesOf } from "./follow.js";
import { heatOf, strongest } from "./heat.js";
import { PORTRAIT } from "./texts.js";

/**
 * @typedef {import("./follow.js").Value} Value
 * @typedef {import("./stages.js").What} What
 */

export function createPortrait() {
  const parts = [0, 1].map(() => {
    const sign = h("span", {});
    const number = h("span", {});
    const context = context2d(h("canvas", { class: "portrait-tile", "aria-hidden": "true" }));
    return { sign, number, context, element: h("div", { class: "portrait-part" }, sign, number, context.canvas) };
  });
  const element = h("div", { class: "slow-portrait formula", "data-testid": "slow-portrait" }, ...parts.map((part) => part.element));

  return {
    element,
    /** @param {import("../protocol.js").Anatomy} anatomy @param {import("../protocol.js").Experiment} experiment
     * @param {import("./examples.js").Kind} kind @param {import("./stages.js").Stage} stage @param {number} chosen */
    show(anatomy, experiment, kind, { phase, what }, chosen) {
      const values = valuesOf(anatomy, experiment, kind, phase, chosen);
      const pull = phase === "g" ? anatomy.generator?.pull : undefined;
      /** @type {Partial<Record<What, [string, Value | undefined][]>>} */
      const shown = {
        noise: [[PORTRAIT.noise, values.noise?.fake]],
        fakes: [[PORTRAIT.noise, values.noise?.fake], [PORTRAIT.fake, values.example?.fake]],
        reals: [[PORTRAIT.fake, values.example?.fake], [PORTRAIT.real, values.example?.real]],
        pull: [[PORTRAIT.fake, values.example?.fake], [PORTRAIT.pull, kind.image && pull ? { picture: heat(pull) } : values.pull?.fake]],
        after: [[PORTRAIT.before, values.example?.fake], [PORTRAIT.after, values.after?.fake]],
      };
      /** @param {Float32Array} all */
      function heat(all) {
        return heatOf(exampleOf(all, countOf(anatomy.discriminator), chosen), kind.image?.channels ?? 1, strongest(all));
      }
      parts.forEach(({ sign, number, context, element: part }, i) => {
        const [name, value] = shown[what]?.[i] ?? ["", undefined];
        part.hidden = value === undefined;
        setText(sign, name);
        setText(number, typeof value === "string" ? value : "");
        const picture = typeof value === "object" ? value.picture : null;
        context.canvas.hidden = !picture;
        // A pull has three colours a pixel, whatever the picture has.
        if (picture && kind.image) paint(context, picture, { ...kind.image, channels: picture.length / kind.image.width / kind.image.height });
      });
    },
  };
}
