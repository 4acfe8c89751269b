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
