//! The layers' part in Burn's autodiff: what is kept for the way back, and which gradients are asked for. A parent that
//! needs none (a frozen net's weights, the first layer's input) costs nothing.

use burn::backend::{
    Autodiff, Backend,
    autodiff::{
        checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
    tensor::FloatTensor,
};

use super::{End, Kernel, LayerGradients, Layers};

impl<B: Layers + LayerGradients, C: CheckpointStrategy> Layers for Autodiff<B, C> {
    fn dense_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self> {
        layer::<B, C, _>(Dense { end }, x, weight, bias, |x, weight, bias| {
            B::dense_layer(x, weight, bias, end)
        })
    }

    fn conv_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self> {
        let back = Conv {
            transposed: false,
            kernel,
            end,
        };
        layer::<B, C, _>(back, x, weight, bias, |x, weight, bias| {
            B::conv_layer(x, weight, bias, kernel, end)
        })
    }

    fn conv_transpose_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self> {
        let back = Conv {
            transposed: true,
            kernel,
            end,
        };
        layer::<B, C, _>(back, x, weight, bias, |x, weight, bias| {
            B::conv_transpose_layer(x, weight, bias, kernel, end)
        })
    }
}

/// Runs a layer forwards and, where a gradient will be asked for, notes down how to come back.
fn layer<B: Backend, C: CheckpointStrategy, L: Backward<B, 3, State = Kept<B>>>(
    back: L,
    x: FloatTensor<Autodiff<B, C>>,
    weight: FloatTensor<Autodiff<B, C>>,
    bias: FloatTensor<Autodiff<B, C>>,
    forward: impl FnOnce(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) -> FloatTensor<B>,
) -> FloatTensor<Autodiff<B, C>> {
    let prepared = back
        .prepare::<C>([x.node(), weight.node(), bias.node()])
        .compute_bound()
        .stateful();
    let [x, weight, bias] = [x, weight, bias].map(|tensor| tensor.primitive().clone());
    match prepared {
        OpsKind::Tracked(prepared) => {
            let output = forward(x.clone(), weight.clone(), bias);
            let kept = Kept {
                x,
                weight,
                output: output.clone(),
            };
            prepared.finish(kept, output)
        }
        OpsKind::UnTracked(prepared) => prepared.finish(forward(x, weight, bias)),
    }
}

/// What the way back needs of the way there.
#[derive(Clone, Debug)]
struct Kept<B: Backend> {
    x: FloatTensor<B>,
    weight: FloatTensor<B>,
    output: FloatTensor<B>,
}

#[derive(Debug)]
struct Dense {
    end: End,
}

impl<B: LayerGradients> Backward<B, 3> for Dense {
    type State = Kept<B>;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let Kept { x, weight, output } = ops.state;
        let Self { end } = self;
        let gradient = grads.consume::<B>(&ops.node);
        let [to_x, to_weight, to_bias] = ops.parents;
        if let Some(node) = to_x {
            let gradient = B::dense_input_gradient(gradient.clone(), output.clone(), weight, end);
            grads.register::<B>(node.id, gradient);
        }
        if to_weight.is_some() || to_bias.is_some() {
            let (weight, bias) = B::dense_weight_gradient(gradient, output, x, end);
            if let Some(node) = to_weight {
                grads.register::<B>(node.id, weight);
            }
            if let Some(node) = to_bias {
                grads.register::<B>(node.id, bias);
            }
        }
    }
}

#[derive(Debug)]
struct Conv {
    transposed: bool,
    kernel: Kernel,
    end: End,
}

impl<B: LayerGradients> Backward<B, 3> for Conv {
    type State = Kept<B>;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let Kept { x, weight, output } = ops.state;
        let Self {
            transposed,
            kernel,
            end,
        } = self;
        let gradient = grads.consume::<B>(&ops.node);
        let gradient = match end {
            End::Linear => gradient,
            _ => B::before_end(gradient, output, end),
        };
        let [to_x, to_weight, to_bias] = ops.parents;
        if let Some(node) = to_x {
            let gradient = match transposed {
                false => B::conv_input_gradient(gradient.clone(), weight, kernel),
                true => B::conv_transpose_input_gradient(gradient.clone(), weight, kernel),
            };
            grads.register::<B>(node.id, gradient);
        }
        if let Some(node) = to_weight {
            let (large, small) = match transposed {
                false => (x, gradient.clone()),
                true => (gradient.clone(), x),
            };
            grads.register::<B>(node.id, B::conv_weight_gradient(large, small, kernel));
        }
        if let Some(node) = to_bias {
            grads.register::<B>(node.id, B::channel_sums(gradient));
        }
    }
}
