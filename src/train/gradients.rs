//! A net's gradient as a whole: its norm, and the shortening of one that is too long.

use burn::{
    module::{Module, ModuleVisitor, Param},
    optim::GradientsParams,
    tensor::Tensor,
};

use crate::nets::Path;

/// The squared norm of each parameter's gradient, as a tensor of one number, by the parameter's path in the net,
/// such as `hidden.0.weight`.
pub fn squared_norms(net: &impl Module, gradients: &GradientsParams) -> Vec<(String, Tensor<1>)> {
    let mut norms = SquaredNorms {
        gradients,
        path: Path::default(),
        squares: Vec::new(),
    };
    net.visit(&mut norms);
    norms.squares
}

/// Shortens the whole gradient to `longest` where its norm is more (Pascanu et al. 2013).
pub fn clip(net: &impl Module, gradients: GradientsParams, longest: f64) -> GradientsParams {
    let squares: Vec<_> = squared_norms(net, &gradients)
        .into_iter()
        .map(|(_, square)| square)
        .collect();
    if squares.is_empty() {
        return gradients;
    }
    let norm = Tensor::cat(squares, 0).sum().sqrt();
    // At most 1; the smallest number keeps a gradient of 0 from becoming NaN.
    let share = (norm + 1e-12).recip().mul_scalar(longest).clamp_max(1.0);
    let mut scale = Scale { gradients, share };
    net.visit(&mut scale);
    scale.gradients
}

struct SquaredNorms<'a> {
    gradients: &'a GradientsParams,
    path: Path,
    squares: Vec<(String, Tensor<1>)>,
}

impl ModuleVisitor for SquaredNorms<'_> {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.enter(name, container);
    }

    fn exit_module(&mut self, _name: &str, container: &str) {
        self.path.exit(container);
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Some(gradient) = self.gradients.get::<D>(param.id) else {
            return;
        };
        self.squares
            .push((self.path.name(), gradient.square().sum()));
    }
}

struct Scale {
    gradients: GradientsParams,
    share: Tensor<1>,
}

impl ModuleVisitor for Scale {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.remove::<D>(param.id) {
            let share = self.share.clone().unsqueeze();
            self.gradients.register(param.id, gradient * share);
        }
    }
}
