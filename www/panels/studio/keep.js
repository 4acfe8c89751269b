// The tab of what can be taken along: the chosen sample and all sixteen as pictures, and both nets as a file from which
// this page, gan-train and PyTorch go on; and the way back, a file that is opened. Also the film of a walk.
import { download, fileName } from "../../film/download.js";
import { pictureToPng, sheetToPng } from "../../film/png.js";
import { createRecorder } from "../../film/recorder.js";
import { createShotCanvas } from "../../film/shot.js";
import { canRecord } from "../../film/webm.js";
import { h, setText } from "../../dom.js";
import { openModel } from "../../studio/open-model.js";
import { COUNT } from "../../studio/state.js";
import { KEEP } from "../../studio/texts.js";

/** How much larger a picture is than its pixels. */
const ZOOM = 8;
const COLUMNS = 4;
/** Of a film. */
const RATE = 30;

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../studio/studio.js").Studio} studio
 * @param {Pick<import("../../own/library.js").Library, "find">} library  what the visitor brought
 * @param {() => import("../../store.js").State | null} page
 */
export function createKeep(store, studio, library, page) {
  const status = h("p", { class: "help", role: "status", "data-testid": "keep-status" });
  const one = button("keep-sample", KEEP.sample, () => savePictures([studio.state.shown], 1, "sample"));
  const all = button("keep-sixteen", KEEP.sixteen, () => savePictures(studio.state.places(), COLUMNS, "samples"));
  const pictures = h("section", { class: "keep-part", "aria-label": KEEP.pictures }, h("h3", {}, KEEP.pictures), h("div", { class: "studio-row" }, one, all));

  const model = button("keep-model", KEEP.model, async () => store.save(studio.state.namedForFile));
  const file = h("input", {
    type: "file", accept: ".safetensors", "data-testid": "open-model", "aria-label": KEEP.open,
    change: () => {
      const [chosen] = file.files ?? [];
      file.value = "";
      if (chosen) void openModel(store, library, chosen);
    },
  });
  const element = h("div", { class: "studio-tab" }, pictures,
    h("section", { class: "keep-part", "aria-label": KEEP.models },
      h("h3", {}, KEEP.models), h("p", { class: "help" }, KEEP.modelHelp), model),
    h("section", { class: "keep-part", "aria-label": KEEP.open },
      h("h3", {}, KEEP.open), h("p", { class: "help" }, KEEP.openHelp), file),
    status);

  store.onModel((event) => {
    if (event.type !== "saved") return;
    const { bytes, step } = event;
    save(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]), "model", "safetensors", step);
  });

  /** @param {string} testid @param {string} name @param {() => Promise<unknown>} act */
  function button(testid, name, act) {
    return h("button", { type: "button", "data-testid": testid, click: () => void tried(act) }, name);
  }

  /** @param {() => Promise<unknown>} act */
  async function tried(act) {
    try {
      await act();
    } catch (cause) {
      setText(status, KEEP.failed(cause instanceof Error ? cause.message : String(cause)));
    }
  }

  /** @param {Blob} blob @param {string} what @param {string} extension @param {number} [step] */
  function save(blob, what, extension, step = page()?.report?.step ?? 0) {
    const name = fileName({ data: page()?.experiment.data.kind ?? "", step, what, extension });
    download(blob, name);
    setText(status, KEEP.saved(name));
  }

  /** @param {import("../../studio/walk.js").Place[]} places @param {number} columns @param {string} what */
  async function savePictures(places, columns, what) {
    const shape = studio.about?.shape;
    if (shape?.kind !== "image") return;
    const drawing = await studio.draw("kept", places);
    if (!drawing) throw new Error(KEEP.gone);
    const blob = columns === 1
      ? await pictureToPng(drawing.pixels, shape, ZOOM)
      : await sheetToPng(drawing.pixels, shape, COUNT, columns, ZOOM);
    save(blob, what, "png");
  }

  return {
    element,
    save,
    update() {
      pictures.hidden = studio.about?.shape.kind !== "image";
      // Before there is a run, and after it was lost, there is nothing to save.
      model.disabled = page()?.status === "loading" || page()?.status === "failed";
    },
  };
}

/**
 * The buttons that film a walk, for their place in the tab of walks.
 * @param {ReturnType<typeof createKeep>} keep
 * @param {{canvas: HTMLCanvasElement, frames: (onFrame: (i: number, count: number) => Promise<void>) => Promise<boolean>}} walk
 */
export function createWalkFilm(keep, { canvas, frames }) {
  let filming = false;
  const [gif, webm] = /** @type {const} */ (["gif", "webm"]).map((kind) => h("button", {
    type: "button", class: "quiet", "data-testid": `walk-${kind}`, title: KEEP.filmHint(kind), click: () => void film(kind),
  }, kind === "gif" ? "GIF" : "WebM"));
  const progress = h("span", { class: "help film-progress", role: "status" });
  const element = h("span", { class: "studio-row", role: "group", "aria-label": KEEP.film }, gif, webm, progress);

  /** @param {"gif" | "webm"} kind */
  async function film(kind) {
    if (filming) return;
    filming = true;
    let said = "";
    /** @type {import("../../film/recorder.js").Recorder | null} */
    let recorder = null;
    try {
      const shot = { canvas, left: 0, top: 0, width: canvas.width, height: canvas.height };
      const still = createShotCanvas(shot);
      const film = createRecorder({ kind, canvas: still.canvas, fps: RATE });
      recorder = film;
      const whole = await frames(async (i, count) => {
        setText(progress, `${i + 1}/${count}`);
        still.take(shot);
        await film.frame();
        // A WebM is filmed in real time.
        if (kind === "webm") await new Promise((resolve) => { setTimeout(resolve, 1000 / RATE); });
      });
      recorder = null;
      const blob = await film.stop();
      if (whole) keep.save(blob, "walk", kind);
      said = whole ? KEEP.filmed : KEEP.broken;
    } catch (cause) {
      said = KEEP.failed(cause instanceof Error ? cause.message : String(cause));
      // What it holds is let go of; that it failed has been said.
      void recorder?.stop().catch(() => {});
    } finally {
      filming = false;
      setText(progress, said);
    }
  }

  return {
    element,
    /** @param {boolean} shown  whether there are pictures to film @param {boolean} able  whether there is a walk */
    update(shown, able) {
      element.hidden = !shown;
      gif.disabled = !able;
      webm.disabled = !able || !canRecord();
    },
  };
}
