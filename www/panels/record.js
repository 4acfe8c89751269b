// To take along what the stage shows: a film of the training, frame by frame as reports are drawn, and a picture. It has
// one place for what can be begun and what is under way, so that nothing moves.
import { h, icon, setText } from "../dom.js";
import { download, fileName } from "../film/download.js";
import { canvasToPng, sheetToPng } from "../film/png.js";
import { MOST_FRAMES, createRecorder } from "../film/recorder.js";
import { createShotCanvas, stillOf } from "../film/shot.js";
import { canRecord } from "../film/webm.js";
import { FILM } from "../texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../film/recorder.js").FilmKind} FilmKind
 *
 * A film that is being made.
 * @typedef {object} Session
 * @property {FilmKind} kind
 * @property {import("../film/recorder.js").Recorder} recorder
 * @property {ReturnType<typeof createShotCanvas>} canvas
 * @property {string} data  what the run is trained on, as text
 * @property {{data: string, step: number}} last  what the last frame shows
 * @property {number} due  when the next frame may be taken
 * @property {boolean} busy  whether the last one is still being encoded
 */

const FPS = 10;
/** A pixel of a saved picture is a square of so many. */
const ZOOM = 4;
/** How long a sentence stays over the picture. */
const SAID_MS = { good: 7000, bad: 20_000 };

const ICONS = {
  record: "M12 5a7 7 0 1 0 0 14 7 7 0 1 0 0-14",
  stop: "M6 6h12v12H6z",
  save: "M12 4.5v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15",
};

/** @param {() => import("../film/shot.js").Shot} source  the part of the stage that is filmed, as it looks now */
export function createRecord(source) {
  const record = h("button", { type: "button", class: "quiet", "data-testid": "record", title: FILM.recordHint, click: begin },
    icon(ICONS.record, { filled: true }), FILM.record);
  const kinds = h("select", { "data-testid": "record-kind", "aria-label": FILM.kind, title: FILM.kind },
    ...Object.entries(FILM.kinds).map(([value, text]) => h("option", { value }, text)));
  const stop = h("button", { type: "button", "data-testid": "record-stop", click: () => end() }, icon(ICONS.stop, { filled: true }), FILM.stop);
  const frames = h("output", { "data-testid": "record-frames", "aria-live": "off" });
  const idle = h("div", {}, record, kinds);
  const going = h("div", { class: "gone" }, stop, frames);
  const save = h("button", { type: "button", class: "quiet", "data-testid": "save-picture", title: FILM.saveHint, "aria-label": FILM.saveHint, click: savePicture },
    icon(ICONS.save), FILM.save);
  const said = h("p", { class: "record-said", role: "status", "data-testid": "record-said" });
  const element = h("div", { class: "record", "data-part": "record", role: "group", "aria-label": FILM.label }, h("div", { class: "record-pair" }, idle, going), save);

  /** @type {Session | null} */
  let session = null;
  /** What the stage shows, which while a run is being built is still of the one before.
   * @type {{report: import("../protocol.js").Report, data: string} | null} */
  let shown = null;
  /** The run's data as text. */
  let data = "";
  let playing = false;
  let silence = 0;

  function begin() {
    if (!shown) return;
    const kind = /** @type {FilmKind} */ (kinds.value);
    if (kind === "webm" && !canRecord()) return say(FILM.noWebm, true);
    try {
      const canvas = createShotCanvas(source());
      const recorder = createRecorder({ kind, canvas: canvas.canvas, fps: FPS });
      session = { kind, recorder, canvas, data, last: { data: shown.data, step: shown.report.step }, due: 0, busy: false };
    } catch (cause) {
      return say(FILM.failed(cause), true);
    }
    say(playing ? "" : FILM.pressPlay);
    takeFrame(session);
    show();
  }

  /** @param {Session} film */
  function takeFrame(film) {
    const now = performance.now();
    if (!shown || film.busy || now < film.due) return;
    film.due = now + 1000 / FPS;
    film.last = { data: shown.data, step: shown.report.step };
    film.busy = true;
    film.canvas.take(source());
    film.recorder.frame().then(
      () => { film.busy = false; },
      (cause) => { if (film === session) void end(FILM.broken(cause)); },
    );
    setText(frames, FILM.frames(film.recorder.frames));
    if (film.recorder.full) void end(FILM.full(MOST_FRAMES));
  }

  /** Saves what was filmed. @param {string} [why]  a sentence, where it was not asked for */
  async function end(why = "") {
    if (!session) return;
    const { recorder, kind, last } = session;
    session = null;
    show();
    try {
      const film = await recorder.stop();
      const name = fileName({ ...last, extension: kind });
      download(film, name);
      say(`${why} ${FILM.saved(name, recorder.frames, film.size)}`.trim());
    } catch (cause) {
      say(why || FILM.failed(cause), true);
    }
  }

  async function savePicture() {
    if (!shown) return;
    const { report: { picture, step }, data: kind } = shown;
    const name = fileName({ data: kind, step, extension: "png" });
    try {
      download(picture.kind === "images"
        ? await sheetToPng(picture.fake, picture, picture.fakeScores.length, picture.columns, ZOOM)
        : await canvasToPng(stillOf(source())), name);
      say(FILM.savedPicture(name));
    } catch (cause) {
      say(FILM.failed(cause), true);
    }
  }

  /** What can be done now. The focus stays where it was. */
  function show() {
    const focused = element.contains(document.activeElement) && document.activeElement !== save;
    idle.classList.toggle("gone", session !== null);
    going.classList.toggle("gone", session === null);
    if (focused) (session ? stop : record).focus();
  }

  /** @param {string} sentence @param {boolean} [bad] */
  function say(sentence, bad = false) {
    clearTimeout(silence);
    setText(said, sentence);
    said.classList.toggle("bad", bad);
    if (sentence !== "") silence = window.setTimeout(() => setText(said, ""), bad ? SAID_MS.bad : SAID_MS.good);
  }

  return {
    element,
    /** What is said of it, which has its place on the picture. */
    said,
    /** After the stage has drawn. @param {State} state */
    update({ experiment, report, status }) {
      playing = status === "playing";
      data = JSON.stringify(experiment.data);
      if (session && session.data !== data) void end(FILM.otherData);
      if (report !== shown?.report) {
        shown = report && { report, data: experiment.data.kind };
        if (session) takeFrame(session);
      }
      record.disabled = shown === null;
      save.disabled = shown === null;
    },
  };
}
