//! Whether a run fits its data and the device, found out before anything is allocated: out of memory in a browser
//! is a dead tab.

use crate::{
    data::Shape,
    experiment::{Experiment, ExperimentError, Net},
};

/// Bytes that one buffer may have on every WebGPU device (`maxStorageBufferBindingSize`); the CPU, whose
/// memory in a browser is 4 GiB at most, is held to the same, so that a run fits both or neither.
const LARGEST_BUFFER: usize = 128 << 20;

impl Experiment {
    /// Checks the nets against the shape of the data, and the largest tensor of a step against the device.
    ///
    /// # Errors
    /// When convolutions, which halve a picture twice, are given sides that do not divide by four, or a tensor of
    /// a step would not fit into one buffer.
    pub fn check_size(&self, shape: Shape, classes: usize) -> Result<(), ExperimentError> {
        for (name, net) in [
            ("generator.kind", &self.generator),
            ("discriminator.kind", &self.discriminator),
        ] {
            if let (Net::Conv { .. } | Net::Residual { .. }, Shape::Image { height, width, .. }) =
                (net, shape)
                && (height % 4 != 0 || width % 4 != 0)
            {
                return Err(ExperimentError::new(
                    name,
                    net.kind(),
                    format!(
                        "pictures of {width}x{height} need mlp: convolutions need sides that divide by four"
                    ),
                ));
            }
        }
        let classes = if self.conditional { classes } else { 0 };
        // D sees real examples and fakes at once.
        let judged = numbers(&self.discriminator, shape, classes) * 2;
        let made = numbers(&self.generator, shape, classes);
        let largest = judged.max(made).max(1) * size_of::<f32>();
        // In a browser numbers have 32 bits.
        let bytes = largest as u64 * self.training.batch as u64;
        if bytes > LARGEST_BUFFER as u64 {
            let fits = LARGEST_BUFFER / largest;
            return Err(ExperimentError::new(
                "training.batch",
                self.training.batch,
                format!(
                    "these nets would need {} MiB in one piece, and a browser's GPU need not give more than {}: \
                     make it {fits} or less, or the nets narrower",
                    bytes >> 20,
                    LARGEST_BUFFER >> 20
                ),
            ));
        }
        Ok(())
    }
}

/// Numbers in the widest layer for one example.
fn numbers(net: &Net, shape: Shape, classes: usize) -> usize {
    let pixels = match shape {
        Shape::Row { .. } => 1,
        Shape::Image { height, width, .. } => height * width,
    };
    let planes = shape.features() + classes * pixels;
    let inside = match net {
        Net::Mlp { hidden, .. } => hidden.iter().copied().max().unwrap_or_default(),
        Net::Conv { channels, .. } => channels * pixels / 4,
        Net::Residual { channels, .. } => channels * pixels,
    };
    planes.max(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Activation, Family, presets::digits};

    const PICTURE: Shape = Shape::Image {
        channels: 1,
        height: 28,
        width: 28,
    };

    #[test]
    fn every_preset_fits() {
        for preset in crate::experiment::presets::presets() {
            let shape = match preset.experiment.data.family() {
                Family::Pictures => PICTURE,
                Family::Figure | Family::Table => Shape::POINT,
            };
            preset.experiment.check_size(shape, 10).unwrap();
        }
    }

    #[test]
    fn a_net_that_does_not_fit_is_refused_with_what_would_fit() {
        let mut run = digits();
        run.training.batch = 1024;
        run.discriminator = Net::Residual {
            channels: 64,
            activation: Activation::LeakyRelu,
        };
        let error = run.check_size(PICTURE, 10).unwrap_err();
        assert_eq!(error.field, "training.batch");
        // 2 x 64 x 784 numbers of four bytes: 334 examples fill 128 MiB.
        assert!(error.allowed.contains("make it 334 or less"), "{error}");
        run.training.batch = 334;
        run.check_size(PICTURE, 10).unwrap();
    }

    #[test]
    fn convolutions_refuse_sides_that_do_not_divide_by_four() {
        let picture = Shape::Image {
            channels: 1,
            height: 28,
            width: 30,
        };
        let mut run = digits();
        assert_eq!(
            run.check_size(picture, 10).unwrap_err().field,
            "generator.kind"
        );
        let mlp = Net::Mlp {
            hidden: vec![8],
            activation: Activation::Relu,
        };
        run.generator = mlp.clone();
        run.discriminator = mlp;
        run.check_size(picture, 10).unwrap();
    }
}
