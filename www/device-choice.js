// Which device an experiment runs on, and why. It only asks; it must not load or start anything, and it takes
// `navigator.gpu` as an argument so that a test can stand in for a browser.
import { isOfPictures } from "./fields.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {"no-webgpu" | "adapter-refused" | "no-timestamp-query"} Refusal
 * @typedef {{ok: true, name: string, software: boolean} | {ok: false, code: Refusal, detail: string}} Probe
 */

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** What is asked for. Two experiments of one wish run on the same device for the same reason, so a worker that has
 * started for the one serves the other. @param {Experiment} experiment
 * @returns {"cpu" | "webgpu" | "auto-small" | "auto-images"} */
export function deviceWish(experiment) {
  if (experiment.device !== "auto") return experiment.device;
  return isOfPictures(experiment) ? "auto-images" : "auto-small";
}

/**
 * The small nets of 2-D data are bound by what it costs to launch a kernel, so the CPU is the faster device for them;
 * images want a real GPU.
 * @param {Experiment} experiment
 * @param {GPU | undefined} gpu
 * @returns {Promise<DeviceChoice | Failure>}
 */
export async function chooseDevice(experiment, gpu) {
  const wish = deviceWish(experiment);
  if (wish === "cpu") return { used: "cpu", reason: "forced", adapter: "" };
  if (wish === "auto-small") return { used: "cpu", reason: "small-net", adapter: "" };
  const probe = await probeAdapter(gpu);
  if (wish === "webgpu") {
    if (!probe.ok) return { code: probe.code, detail: probe.detail, dead: false };
    return { used: "webgpu", reason: "forced", adapter: probe.name };
  }
  if (!probe.ok) {
    return { used: "cpu", reason: probe.code === "adapter-refused" ? "no-adapter" : probe.code, adapter: "" };
  }
  if (probe.software) return { used: "cpu", reason: "software-adapter", adapter: "" };
  return { used: "webgpu", reason: "images", adapter: probe.name };
}

/** @param {GPU | undefined} gpu @returns {Promise<Probe>} */
async function probeAdapter(gpu) {
  if (!gpu) return { ok: false, code: "no-webgpu", detail: "navigator.gpu is not there" };
  let adapter;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (cause) {
    return { ok: false, code: "adapter-refused", detail: String(cause) };
  }
  if (!adapter) return { ok: false, code: "adapter-refused", detail: "requestAdapter() gave null" };
  // Without timestamps Burn's runtime panics as it starts.
  if (!adapter.features.has("timestamp-query")) {
    return { ok: false, code: "no-timestamp-query", detail: "the adapter lacks the feature timestamp-query" };
  }
  const { vendor, architecture, device, description } = adapter.info;
  const names = [vendor, architecture, device, description].filter(Boolean);
  const isFallback = Boolean(/** @type {{isFallbackAdapter?: boolean}} */ (adapter.info).isFallbackAdapter);
  return { ok: true, name: description || names.join(" "), software: isFallback || names.some((name) => SOFTWARE.test(name)) };
}
