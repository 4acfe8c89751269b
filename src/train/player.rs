//! One side of the game: a net with the optimiser that trains it.

use std::vec;

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    optim::GradientsParams,
    tensor::Tensor,
};

use super::gradients;
use crate::{
    experiment::Optimiser,
    fused::{self, AnyTensor, Descent, Layout},
    nets::Path,
};

/// The papers' (Kingma & Ba 2015); Burn's default is a thousand times larger.
const EPSILON: f32 = 1e-8;

/// A net, and the optimiser with its state for it. The weights are one vector, moved as one; the net's own are views into
/// it, so that other weights take another player.
pub struct Player<N> {
    pub net: N,
    optimiser: Optimiser,
    layout: Layout,
    /// `[layout.length()]`, as all that follows without autodiff.
    weights: Tensor<1>,
    /// `[2 * layout.length()]`: the running means of gradients and of their squares.
    moments: Tensor<1>,
    /// Descents so far.
    descents: i32,
}

impl<N: Module> Player<N> {
    pub fn new(net: N, optimiser: &Optimiser) -> Self {
        let mut shapes = Shapes(Vec::new());
        net.visit(&mut shapes);
        let layout = Layout::of(shapes.0);
        let weights = weights(&net, &layout);
        let moments = Tensor::zeros([2 * layout.length()], &weights.device());
        Self {
            net: with_weights(net, weights.clone(), &layout, Leaf::Learning),
            optimiser: optimiser.clone(),
            layout,
            weights,
            moments,
            descents: 0,
        }
    }

    /// All weights, `[layout.length()]`, without autodiff.
    pub fn weights(&self) -> &Tensor<1> {
        &self.weights
    }

    /// The net with other weights, as [`Player::weights`] gives them, without autodiff.
    pub fn net_of(&self, weights: Tensor<1>) -> N {
        with_weights(self.net.valid(), weights, &self.layout, Leaf::Constant)
    }

    /// What the optimiser keeps for the weights, `[2 * weights]`, and its descents so far.
    pub fn memory(&self) -> (&Tensor<1>, i32) {
        (&self.moments, self.descents)
    }

    /// Puts weights and the optimiser's memory to where another player of the same net left them.
    pub fn restore(&mut self, weights: Tensor<1>, moments: Tensor<1>, descents: i32) {
        let net = self.net.clone();
        self.net = with_weights(net, weights.clone(), &self.layout, Leaf::Learning);
        (self.weights, self.moments, self.descents) = (weights, moments, descents);
    }

    /// The shape of each of the net's tensors.
    pub fn shapes(&self) -> Vec<Vec<usize>> {
        let parts = self.layout.parts().iter();
        parts.map(|part| part.shape.to_vec()).collect()
    }

    /// Numbers of [`Player::weights`].
    pub fn length(&self) -> usize {
        self.layout.length()
    }

    /// One step down the gradient of `loss` with respect to this net alone: shortened to the norm `clip` and every weight
    /// held within `bound` of 0 (WGAN's clipping), unless these are 0.
    pub fn descend(&mut self, loss: &Tensor<1>, learning_rate: f64, clip: f64, bound: f64) {
        let gradients = self.gradients(loss);
        self.follow(gradients, learning_rate, clip, bound);
    }

    /// The same down gradients that [`Player::gradients`] has given.
    pub fn follow(
        &mut self,
        mut gradients: GradientsParams,
        learning_rate: f64,
        clip: f64,
        bound: f64,
    ) {
        if clip > 0.0 {
            gradients = gradients::clip(&self.net, gradients, clip);
        }
        let mut all = Gradients {
            gradients,
            tensors: Vec::new(),
        };
        self.net.visit(&mut all);
        self.descents = self.descents.saturating_add(1);
        let mut descent = descent(&self.optimiser, learning_rate as f32, self.descents);
        if bound > 0.0 {
            descent.bound = bound as f32;
        }
        let gradient = fused::gather(all.tensors, &self.layout);
        let (weights, moments) = (self.weights.clone(), self.moments.clone());
        (self.weights, self.moments) = fused::descend(weights, moments, gradient, descent);
        let net = self.net.clone();
        self.net = with_weights(net, self.weights.clone(), &self.layout, Leaf::Learning);
    }

    /// The squared norm of the gradient of `loss` with respect to each of this net's parameters, by its path.
    pub fn squared_norms(&self, loss: &Tensor<1>) -> Vec<(String, Tensor<1>)> {
        gradients::squared_norms(&self.net, &self.gradients(loss))
    }

    /// What a vector of weights, such as [`Player::weights`], holds, by the path of each parameter.
    pub fn by_path<'a>(&self, weights: &'a [f32]) -> Vec<(String, &'a [f32])> {
        let mut paths = Paths::default();
        self.net.visit(&mut paths);
        let parts = self.layout.parts().iter();
        let slices = parts.map(|part| &weights[part.start..part.start + part.len()]);
        paths.names.into_iter().zip(slices).collect()
    }

    /// The gradient of `loss` with respect to this net alone.
    pub fn gradients(&self, loss: &Tensor<1>) -> GradientsParams {
        GradientsParams::from_grads(loss.backward(), &self.net)
    }
}

/// What an optimiser does in its `step`th step, counted from 1.
fn descent(optimiser: &Optimiser, rate: f32, step: i32) -> Descent {
    let plain = Descent::plain(rate);
    let adam = |beta1: f64, beta2: f64| {
        // What the means are divided by while they are young (Kingma & Ba 2015, algorithm 1).
        let [scale_m, scale_v] = [beta1, beta2].map(|beta| 1.0 / (1.0 - beta.powi(step)));
        Descent {
            keep_m: beta1 as f32,
            take_m: (1.0 - beta1) as f32,
            keep_v: beta2 as f32,
            take_v: (1.0 - beta2) as f32,
            scale_m: scale_m as f32,
            scale_v: scale_v as f32,
            epsilon: EPSILON,
            ..plain
        }
    };
    match *optimiser {
        Optimiser::Adam { beta1, beta2 } => adam(beta1, beta2),
        Optimiser::AdamW {
            beta1,
            beta2,
            weight_decay,
        } => Descent {
            shrink: 1.0 - rate * weight_decay as f32,
            ..adam(beta1, beta2)
        },
        Optimiser::Sgd {} => plain,
        // Plain heavy ball: v <- momentum v + gradient (Polyak 1964), without dampening.
        Optimiser::Momentum { momentum } => Descent {
            keep_m: momentum as f32,
            ..plain
        },
        Optimiser::RmsProp { decay } => Descent {
            keep_v: decay as f32,
            take_v: (1.0 - decay) as f32,
            epsilon: EPSILON,
            ..plain
        },
    }
}

/// All of a net's weights as one vector, without autodiff.
fn weights(net: &impl Module, layout: &Layout) -> Tensor<1> {
    struct Weights(Vec<AnyTensor>);
    impl ModuleVisitor for Weights {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.push(param.val().into_dispatch());
        }
    }
    let mut weights = Weights(Vec::new());
    net.valid().visit(&mut weights);
    fused::gather(weights.0, layout)
}

/// Whether a net's weights are to have gradients.
#[derive(Clone, Copy)]
enum Leaf {
    Learning,
    Constant,
}

/// `net` with its weights as views into a vector.
fn with_weights<N: Module>(net: N, weights: Tensor<1>, layout: &Layout, leaf: Leaf) -> N {
    struct Views {
        parts: vec::IntoIter<AnyTensor>,
        leaf: Leaf,
    }
    impl ModuleMapper for Views {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let Some(part) = self.parts.next() else {
                return param;
            };
            let part = Tensor::from_dispatch(part);
            param.map(|_| match self.leaf {
                Leaf::Learning => Tensor::from_inner(part).require_grad(),
                Leaf::Constant => part,
            })
        }
    }
    net.map(&mut Views {
        parts: fused::parts(weights, layout).into_iter(),
        leaf,
    })
}

/// Every parameter's path, in the order of the net's layers.
#[derive(Default)]
struct Paths {
    path: Path,
    names: Vec<String>,
}

impl ModuleVisitor for Paths {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.enter(name, container);
    }

    fn exit_module(&mut self, _name: &str, container: &str) {
        self.path.exit(container);
    }

    fn visit_float<const D: usize>(&mut self, _param: &Param<Tensor<D>>) {
        self.names.push(self.path.name());
    }
}

struct Shapes(Vec<burn::tensor::Shape>);

impl ModuleVisitor for Shapes {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().shape());
    }
}

/// Every parameter's gradient, in the order of the net's layers.
struct Gradients {
    gradients: GradientsParams,
    tensors: Vec<AnyTensor>,
}

impl ModuleVisitor for Gradients {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let gradient = self.gradients.remove::<D>(param.id);
        // What had no part in the loss stays where it is.
        let gradient = gradient.unwrap_or_else(|| param.val().inner().zeros_like());
        self.tensors.push(gradient.into_dispatch());
    }
}
