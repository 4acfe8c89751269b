//! The devices that a run can train on, behind one function.
//!
//! Which one is *chosen*, and why, the page decides (`www/trial.js`), which fetches a module with WebGPU in it only
//! where that may be the faster one. Here a device is opened and kept: Burn registers a GPU runtime once in a
//! module's life.

use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

/// A device by name, as in the page's badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceName {
    Cpu,
    /// WebGPU in a browser; natively Vulkan, Metal or DirectX.
    Webgpu,
    /// NVIDIA's, natively.
    Cuda,
}

#[derive(Clone, Debug, thiserror::Error)]
pub enum DeviceError {
    #[error("{0:?} is not in this build: build with the feature of that name")]
    NotBuiltIn(DeviceName),
    #[error("the GPU could not be opened: {0}")]
    Refused(String),
}

/// Opens a device with autodiff, or hands out the one that is open already.
///
/// # Errors
/// When the build has no such device, or the browser or driver does not give one.
pub async fn open(name: DeviceName) -> Result<Device, DeviceError> {
    match name {
        #[cfg(feature = "cpu")]
        DeviceName::Cpu => Ok(Device::flex().autodiff()),
        #[cfg(feature = "webgpu")]
        DeviceName::Webgpu => webgpu::open().await,
        #[cfg(feature = "cuda")]
        DeviceName::Cuda => Ok(Device::cuda(0).autodiff()),
        #[cfg(not(all(feature = "cpu", feature = "webgpu", feature = "cuda")))]
        missing => Err(DeviceError::NotBuiltIn(missing)),
    }
}

/// `values`, row by row, as `[count, values.len() / count]` on the device.
pub fn rows(values: Vec<f32>, count: usize, device: &Device) -> Tensor<2> {
    let width = values.len() / count;
    Tensor::from_data(TensorData::new(values, [count, width]), device)
}

#[cfg(feature = "webgpu")]
mod webgpu {
    use std::cell::RefCell;

    use burn::tensor::Device;

    use super::DeviceError;

    thread_local! {
        static OPENED: RefCell<Option<Device>> = const { RefCell::new(None) };
    }

    pub async fn open() -> Result<Device, DeviceError> {
        if let Some(device) = OPENED.with_borrow(Clone::clone) {
            return Ok(device);
        }
        // Fusion wants many operations in hand before it issues them.
        let options = Device::wgpu_options().tasks_max(64);
        #[cfg(target_family = "wasm")]
        let options = options.graphics_api(burn::tensor::wgpu::WgpuBackend::WebGpu);
        let device = options
            .init_async()
            .await
            .map_err(|error| DeviceError::Refused(error.to_string()))?
            .autodiff();
        OPENED.set(Some(device.clone()));
        Ok(device)
    }
}
