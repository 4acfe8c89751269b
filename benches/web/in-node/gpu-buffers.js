// What GPU buffers are alive: made, and neither destroyed nor collected. A buffer that nobody holds any more is freed with
// its JavaScript object, so whoever asks should have had the garbage collected.
/* global GPUDevice, GPUBuffer */

/** @typedef {{count: number, bytes: number}} Buffers */

/** @returns {() => Buffers}  what is alive of what was made since */
export function watchGpuBuffers() {
  /** Bytes, by the order in which they were made. @type {Map<number, number>} */
  const alive = new Map();
  /** @type {WeakMap<GPUBuffer, number>} */
  const numbers = new WeakMap();
  /** @type {FinalizationRegistry<number>} */
  const collected = new FinalizationRegistry((number) => alive.delete(number));
  let made = 0;

  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function watched(descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    made += 1;
    alive.set(made, descriptor.size);
    numbers.set(buffer, made);
    collected.register(buffer, made);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function watched() {
    alive.delete(numbers.get(this) ?? NaN);
    return destroy.call(this);
  };

  return () => {
    let bytes = 0;
    for (const size of alive.values()) bytes += size;
    return { count: alive.size, bytes };
  };
}
