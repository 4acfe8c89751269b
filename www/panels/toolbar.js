// The top row: play, step, reset, speed, how far and how fast, the device and why, a link, the language and the theme.
import { h, icon, setText } from "../dom.js";
import { findField } from "../fields.js";
import { SPEED_FIELD, parseSpeed } from "../hash.js";
import { PRESENT } from "../sharing/texts.js";
import { number } from "../language.js";
import { DEVICE_NAMES, NAME, TOOLBAR, whyDevice } from "../texts.js";
import { toggleTheme } from "../theme.js";
import { createControl } from "./control.js";
import { createLanguageChoice } from "./language.js";

const SPEEDS = [1, 5, 20, 60];

const ICONS = {
  play: "M8 5.2v13.6a.6.6 0 0 0 .92.5l10.6-6.8a.6.6 0 0 0 0-1L8.92 4.7A.6.6 0 0 0 8 5.2Z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  step: "M6 5.5v13l9-6.5zM16.5 5.5h2v13h-2z",
  reset: "M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4.5 4.5v4h4",
  share: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  present: "M3.5 4.5h17M5 4.5v10.5h14V4.5M12 15v3M8.5 20.5 12 18l3.5 2.5",
  theme: "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
};

/** @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue
 * @param {HTMLElement} exports  the button for what can be taken along */
export function createToolbar(store, catalogue, exports) {
  const playIcon = icon(ICONS.play, { filled: true });
  const playText = h("span", {}, TOOLBAR.play);
  const play = h("button", {
    type: "button", class: "primary", "data-part": "play", "data-testid": "play", "data-state": "paused", disabled: true,
    title: TOOLBAR.playHint, click: () => store.togglePlay(),
  }, playIcon, playText);
  const step = button("step", TOOLBAR.step, TOOLBAR.stepHint, icon(ICONS.step, { filled: true }), () => store.step());
  const reset = button("reset", TOOLBAR.reset, TOOLBAR.resetHint, icon(ICONS.reset), () => store.reset());

  const speed = h("select", {
    id: "speed", "data-part": "speed", "data-testid": "speed", "aria-label": TOOLBAR.speed, title: TOOLBAR.speed,
    change: () => store.setSpeed(parseSpeed(speed.value) ?? null),
  }, h("option", { value: "max" }, TOOLBAR.fullSpeed), ...SPEEDS.map(speedOption));

  // An output is a live region by itself, and thirty announcements a second help nobody.
  const steps = h("output", { "data-testid": "step-count", "aria-live": "off" });
  const rate = h("output", { "data-testid": "steps-per-second", "aria-live": "off" });
  const deviceName = h("span", { class: "badge", "data-testid": "device" });
  const deviceReason = h("span", { class: "reason" });
  const deviceSelect = createControl(findField(catalogue, "device"), store, { testid: "device-select", help: false });

  const share = h("button", {
    type: "button", class: "quiet", "data-part": "share", "data-testid": "share", title: TOOLBAR.shareHint, "aria-haspopup": "dialog", click: openShare,
  }, icon(ICONS.share), h("span", { class: "label" }, TOOLBAR.share));
  const present = h("button", {
    type: "button", class: "quiet", "data-testid": "present", title: PRESENT.enter, "aria-label": PRESENT.enter, "aria-pressed": "false",
    click: () => store.setView({ mode: shown?.view.mode === "present" ? "page" : "present" }),
  }, icon(ICONS.present));
  const theme = h("button", {
    type: "button", class: "quiet", title: TOOLBAR.theme, "aria-label": TOOLBAR.theme, click: toggleTheme,
  }, icon(ICONS.theme));

  /** @type {import("../store.js").State | null} */
  let shown = null;

  async function openShare() {
    try {
      const { openShareDialog } = await import("../sharing/dialog.js");
      if (shown) openShareDialog(shown, store, catalogue);
    } catch (cause) {
      // Without the dialog there is still the link.
      store.copyFailed(location.href, String(cause));
    }
  }

  const element = h("header", { class: "toolbar" },
    h("h1", {}, NAME[0], h("span", { class: "long" }, NAME[1])),
    h("div", { class: "controls", "data-part": "controls", role: "group", "aria-label": TOOLBAR.controls }, play, step, reset, speed),
    h("div", { class: "counters", "data-part": "counters" },
      h("span", { class: "counter" }, steps, h("span", { class: "unit" }, TOOLBAR.steps)),
      h("span", { class: "counter" }, rate, h("span", { class: "unit" }, TOOLBAR.rate))),
    h("div", { class: "device", "data-part": "device" }, deviceSelect.element, h("span", { class: "verdict" }, deviceName, deviceReason)),
    h("div", { class: "extras" }, share, exports, present, createLanguageChoice(store).element, theme));

  return {
    element,
    /** @param {import("../store.js").State} state */
    update(state) {
      shown = state;
      present.setAttribute("aria-pressed", String(state.view.mode === "present"));
      const playing = state.status === "playing";
      if (play.dataset.state !== (playing ? "playing" : "paused")) {
        play.dataset.state = playing ? "playing" : "paused";
        setText(playText, playing ? TOOLBAR.pause : TOOLBAR.play);
        playIcon.firstElementChild?.setAttribute("d", playing ? ICONS.pause : ICONS.play);
      }
      // A rebuild takes clicks: the worker plays once the new run stands. Only with nothing to see yet there is
      // nothing to play.
      play.disabled = state.status === "loading" && state.report === null;
      step.disabled = play.disabled;
      setText(steps, state.report ? String(state.report.step) : "");
      setText(rate, number(String(roundRate(state.stepsPerSecond))));
      const { device } = state;
      // None is a device that could not be had: the badge must not go on naming the one before.
      const reason = device ? whyDevice(device) : "";
      deviceName.dataset.device = device?.used ?? "";
      setText(deviceName, device ? DEVICE_NAMES[device.used] : "");
      setText(deviceReason, reason);
      deviceReason.title = [reason, device?.adapter, device?.detail].filter(Boolean).join(" · ");
      deviceSelect.sync(state);
      syncSpeed(speed, state.speed);
    },
  };
}

/** @param {string} testid @param {string} text @param {string} hint @param {Node} image @param {() => void} click */
function button(testid, text, hint, image, click) {
  return h("button", { type: "button", "data-part": testid, "data-testid": testid, title: hint, click }, image, h("span", { class: "label" }, text));
}

/** @param {number} value */
const speedOption = (value) => h("option", { value: String(value) }, TOOLBAR.stepsASecond(value));

/** A link may ask for a speed that the list does not offer.
 * @param {HTMLSelectElement} select @param {import("../hash.js").Speed} speed */
function syncSpeed(select, speed) {
  const value = String(speed ?? "max");
  if (select.value === value) return;
  if (speed !== null && speed <= (SPEED_FIELD.max ?? 0) && ![...select.options].some((option) => option.value === value)) {
    select.append(speedOption(speed));
  }
  select.value = value;
}

/** One decimal where steps are slow. @param {number} rate */
const roundRate = (rate) => (rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));
