// Counts what is asked of WebGPU, by looking over the shoulder of its classes. In Node and in a browser's worker alike: it
// is sent there as text, so it may use nothing from outside itself. It slows every call down, so it must be off while a clock runs.

/**
 * @typedef {object} GpuCalls
 * @property {number} launches  of a kernel
 * @property {number} passes
 * @property {number} submits
 * @property {number} writes  from this side into a GPU buffer
 * @property {number} bindGroups  made anew
 */

/** @returns {{calls: GpuCalls, stop: () => void}}  the numbers go up until it is stopped */
export function countGpuCalls() {
  const calls = { launches: 0, passes: 0, submits: 0, writes: 0, bindGroups: 0 };
  /** @type {[string, string, keyof GpuCalls][]} */
  const watched = [
    ["GPUComputePassEncoder", "dispatchWorkgroups", "launches"],
    ["GPUComputePassEncoder", "dispatchWorkgroupsIndirect", "launches"],
    ["GPUCommandEncoder", "beginComputePass", "passes"],
    ["GPUQueue", "submit", "submits"],
    ["GPUQueue", "writeBuffer", "writes"],
    ["GPUDevice", "createBindGroup", "bindGroups"],
  ];
  const undo = watched.map(([owner, method, name]) => {
    const { prototype } = /** @type {any} */ (globalThis)[owner];
    const original = prototype[method];
    /** @this {unknown} @param {unknown[]} args */
    prototype[method] = function counted(...args) {
      calls[name] += 1;
      return original.apply(this, args);
    };
    return () => { prototype[method] = original; };
  });
  return { calls, stop: () => undo.forEach((one) => one()) };
}
