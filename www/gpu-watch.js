// Burn asks for its GPU device itself and tells nobody when it goes away. This looks over its shoulder: it hands
// the device out and says when it is lost. It must be in place before the module starts, and changes nothing else.

/**
 * @param {object} heard
 * @param {(device: GPUDevice) => void} heard.given
 * @param {(detail: string) => void} heard.refused
 * @param {(detail: string) => void} heard.lost
 * @param {(detail: string) => void} heard.error  a GPU error that no code was waiting for
 */
export function watchGpuDevice({ given, refused, lost, error }) {
  const requestDevice = GPUAdapter.prototype.requestDevice;
  /** @this {GPUAdapter} @param {GPUDeviceDescriptor} [descriptor] */
  GPUAdapter.prototype.requestDevice = async function watched(descriptor) {
    let device;
    try {
      device = await requestDevice.call(this, descriptor);
    } catch (cause) {
      refused(String(cause));
      throw cause;
    }
    given(device);
    device.lost.then((info) => lost(`${info.reason}: ${info.message}`));
    device.addEventListener("uncapturederror", (event) => error(event.error.message));
    return device;
  };
}
