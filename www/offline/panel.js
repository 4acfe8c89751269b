// What the visitor is told of it: a line below the settings that says whether the page works with no network, and a note in a
// corner, once when it begins to and whenever a newer version is ready. The note covers nothing for long and moves nothing.
import { h, setText } from "../dom.js";
import { register } from "./register.js";
import "./offline.css";
import { OFFLINE } from "./texts.js";

/** Milliseconds that the note of good news stays. */
const STAYS = 8000;
/** Whether it was told before. */
const KEY = "offline-told";

/** @param {import("../store.js").Store} store @param {HTMLElement} side  whose end gets the line */
export async function startOffline(store, side) {
  const offline = await register();
  if (!offline) return;
  const { kept, isUpdateReady, onChange, update } = offline;

  const how = h("p", { class: "caption", "data-testid": "offline", "data-kept": "nothing" });
  const again = h("button", { type: "button", class: "link", hidden: true, click: load }, OFFLINE.load);
  const said = h("div", { class: "offline-said", role: "status" });
  const loadNow = h("button", { type: "button", class: "primary", "data-testid": "update-load", click: load }, OFFLINE.load);
  const later = h("button", { type: "button", class: "quiet", click: () => { close(); again.hidden = false; again.focus(); } }, OFFLINE.later);
  const ways = h("div", { class: "ways" });
  const note = h("section", { class: "offline-note card", "aria-label": OFFLINE.label, "data-testid": "offline-note" }, said, ways);
  side.append(h("div", { class: "offline-line" }, how, again));
  document.body.append(note);

  let offered = false;

  /** @param {string[]} sentences @param {...HTMLElement} buttons */
  function tell(sentences, ...buttons) {
    note.classList.add("open");
    said.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
    ways.replaceChildren(...buttons);
  }

  function close() {
    note.classList.remove("open");
    said.replaceChildren();
    ways.replaceChildren();
  }

  async function load() {
    const others = await update();
    if (others > 0) tell([OFFLINE.othersOpen(others)], loadNow, later);
  }

  function show() {
    how.dataset.kept = kept();
    setText(how, { nothing: "", opened: OFFLINE.opened, everything: OFFLINE.everything }[kept()]);
    if (isUpdateReady() && !offered) {
      offered = true;
      const trained = (store.state.report?.step ?? 0) > 0;
      tell([OFFLINE.update, trained ? OFFLINE.updateCost : OFFLINE.updateFree], loadNow, later);
    } else if (kept() !== "nothing" && !offered && !wasTold()) {
      remember();
      tell([OFFLINE.ready]);
      setTimeout(() => { if (!offered) close(); }, STAYS);
    }
  }
  onChange(show);
  show();
}

function wasTold() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    // Without storage it is told every time.
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, "yes");
  } catch {
    // As above.
  }
}
