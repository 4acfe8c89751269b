// How a worker that always has something to do lets messages in: a macrotask does, which a promise alone does not; a timer
// of zero would wait four milliseconds.

const channel = new MessageChannel();

/** @returns {Promise<void>} */
export function breathe() {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}
