// Files to take along: what they are called, and how the browser is handed them.

/** Some browsers begin to read only once a person has said where to save, so the blob must last for a while. */
const KEPT_MS = 60_000;

/**
 * A name such as gan-digits-step-1200.png, of small letters, digits and hyphens alone. Pure.
 * @param {{data: string, step: number, what?: string, extension: string}} parts  `what` where the extension does not say it
 */
export function fileName({ data, step, what = "", extension }) {
  const words = ["gan", data, what, "step", String(step)].map(safe).filter((word) => word !== "");
  return `${words.join("-")}.${safe(extension)}`;
}

/** @param {string} text */
const safe = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
