// How whoever has much to do lets messages and the browser in: a macrotask does, which a promise alone does not; a timer
// of zero would wait four milliseconds.

const channel = new MessageChannel();

/** @returns {Promise<void>} */
export function breathe() {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}

/** When the browser has painted what there is; a page in the background waits until it is looked at.
 * @returns {Promise<unknown>} */
export const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
