// Which device a visitor's own choice means, and whether there is a GPU at all. It only asks; it must not load or start
// anything, and it takes `navigator.gpu` as an argument so that a test can stand in for a browser. What is chosen for a
// visitor who leaves it to the page is found out in `trial.js`.

/**
 * @typedef {import("./protocol.js").DeviceName} DeviceName
 * @typedef {import("./protocol.js").DeviceChoice} DeviceChoice
 * @typedef {import("./protocol.js").Failure} Failure
 * @typedef {"no-webgpu" | "adapter-refused" | "no-timestamp-query"} Refusal
 * @typedef {{ok: true, name: string, software: boolean} | {ok: false, code: Refusal, detail: string}} Probe
 */

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** What the visitor chose, software adapters included. @param {DeviceName} wanted @param {GPU | undefined} gpu
 * @returns {Promise<DeviceChoice | Failure>} */
export async function forcedDevice(wanted, gpu) {
  if (wanted === "cpu") return { used: "cpu", reason: "forced", adapter: "" };
  const probe = await probeAdapter(gpu);
  if (!probe.ok) return { code: probe.code, detail: probe.detail, dead: false };
  return { used: "webgpu", reason: "forced", adapter: probe.name };
}

/** @param {GPU | undefined} gpu @returns {Promise<Probe>} */
export async function probeAdapter(gpu) {
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
