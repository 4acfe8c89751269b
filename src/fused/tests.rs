//! Each operation, on every device of the build, against the same written with Burn's own operations and Burn's own way
//! back, on the CPU.

use burn::{
    module::Param,
    optim::{AdamConfig, GradientsParams},
    tensor::{Device, Tensor, TensorData},
};

use super::{
    Descent, End, Kernel, Layout, conv, conv_transpose, cross_entropy, dense, descend, gather,
    parts, plain,
};
use crate::rng::{self, Stream};

const ENDS: [End; 4] = [End::Linear, End::LeakyRelu, End::Relu, End::Tanh];
/// The devices of this build; a GPU's kernels must do the same.
fn devices() -> Vec<Device> {
    vec![
        #[cfg(feature = "cpu")]
        Device::flex().autodiff(),
        #[cfg(feature = "webgpu")]
        gpu(),
    ]
}

/// Opened once for all threads of the tests.
#[cfg(feature = "webgpu")]
fn gpu() -> Device {
    use crate::device::{DeviceName, open};
    static OPENED: std::sync::OnceLock<Device> = std::sync::OnceLock::new();
    OPENED
        .get_or_init(|| pollster::block_on(open(DeviceName::Webgpu)).unwrap())
        .clone()
}

fn draw<const D: usize>(shape: [usize; D], seed: u32, device: &Device) -> Tensor<D> {
    let count = shape.iter().product();
    let values = rng::normals(&mut rng::stream(seed, Stream::Noise), count, 1.0);
    Tensor::from_data(TensorData::new(values, shape), &device.clone().inner())
}

fn leaf<const D: usize>(shape: [usize; D], seed: u32, device: &Device) -> Tensor<D> {
    Tensor::from_inner(draw(shape, seed, device)).require_grad()
}

fn assert_same<const D: usize>(found: Tensor<D>, expected: Tensor<D>, what: &str) {
    assert_eq!(found.dims(), expected.dims(), "{what}");
    let [found, expected] = [found, expected].map(|x| x.into_data().try_to_vec::<f32>().unwrap());
    let size = expected.iter().fold(1e-3f32, |most, x| most.max(x.abs()));
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert!(
            (found - expected).abs() <= 1e-5 * size,
            "{what}, number {at}: {found} instead of {expected}"
        );
    }
}

/// Where the plain way is gone.
fn reference() -> Device {
    Device::flex().autodiff()
}

/// Output and all gradients of a layer on a device, and of what it should do, for a loss in which every output has another
/// weight.
fn compare<const D: usize, const W: usize>(
    x: [usize; D],
    weight: [usize; W],
    bias: usize,
    what: &str,
    device: &Device,
    layers: [&dyn Fn(Tensor<D>, Tensor<W>, Tensor<1>) -> Tensor<D>; 2],
) {
    let [plain, fused] = [reference(), device.clone()];
    let [(found, found_gradients), (expected, expected_gradients)] =
        [(layers[0], &fused), (layers[1], &plain)].map(|(layer, device)| {
            let x = leaf(x, 1, device);
            let weight = leaf(weight, 2, device);
            let bias = leaf([bias], 3, device);
            let output = layer(x.clone(), weight.clone(), bias.clone());
            let emphasis = Tensor::from_inner(draw(output.dims(), 4, device));
            let gradients = (output.clone() * emphasis).sum().backward();
            let found = (
                x.grad(&gradients).unwrap(),
                weight.grad(&gradients).unwrap(),
                bias.grad(&gradients).unwrap(),
            );
            (output.inner(), found)
        });
    assert_same(found, expected, &format!("{what}: output"));
    let (to_x, to_weight, to_bias) = found_gradients;
    let (x, weight, bias) = expected_gradients;
    assert_same(
        to_x,
        x,
        &format!("{what}: gradient with respect to the input"),
    );
    assert_same(
        to_weight,
        weight,
        &format!("{what}: gradient with respect to the weights"),
    );
    assert_same(
        to_bias,
        bias,
        &format!("{what}: gradient with respect to the bias"),
    );
}

/// Also of a transposed matrix, whose numbers do not lie in their order.
#[test]
fn products_are_burns() {
    for device in devices() {
        for [rows, inner, columns] in [[1, 1, 1], [1, 37, 5], [33, 8, 1], [20, 64, 48]] {
            let made = |device: &Device, product: fn(Tensor<2>, Tensor<2>) -> Tensor<2>| {
                let left = leaf([rows, inner], 1, device);
                let right = leaf([columns, inner], 2, device);
                let output = product(left.clone(), right.clone().transpose());
                let emphasis = Tensor::from_inner(draw(output.dims(), 3, device));
                let gradients = (output.clone() * emphasis).sum().backward();
                [
                    output.inner(),
                    left.grad(&gradients).unwrap(),
                    right.grad(&gradients).unwrap(),
                ]
            };
            let found = made(&device, super::product);
            let expected = made(&reference(), Tensor::matmul);
            for (found, expected) in found.into_iter().zip(expected) {
                assert_same(found, expected, &format!("{rows}x{inner}x{columns}"));
            }
        }
    }
}

#[test]
fn dense_layers_are_burns() {
    for device in devices() {
        for end in ENDS {
            // Whole panels and parts of them, more rows than are summed up at a time, one number in or out.
            for [batch, inputs, outputs] in [
                [1, 1, 1],
                [5, 8, 64],
                [300, 2, 16],
                [37, 13, 1],
                [64, 20, 9],
            ] {
                compare(
                    [batch, inputs],
                    [inputs, outputs],
                    outputs,
                    &format!("{batch} times {inputs} to {outputs}, {end:?}"),
                    &device,
                    [
                        &|x, weight, bias| dense(x, weight, bias, end),
                        &|x, weight, bias| plain::dense(x, weight, bias, end),
                    ],
                );
            }
        }
    }
}

#[test]
fn convolutions_are_burns() {
    for device in devices() {
        for (kernel, end) in [
            (Kernel::HALVING, End::LeakyRelu),
            (Kernel::HALVING, End::Linear),
            (Kernel::SQUARE, End::Relu),
            (Kernel::PIXEL, End::Tanh),
        ] {
            // Other than a multiple of eight pictures, sides of two lengths, one channel and several.
            for [batch, from, to] in [[1, 1, 3], [8, 3, 8], [11, 5, 9]] {
                let side = kernel.side;
                compare(
                    [batch, from, 8, 12],
                    [to, from, side, side],
                    to,
                    &format!("{batch} times {from} to {to}, {kernel:?}, {end:?}"),
                    &device,
                    [
                        &|x, weight, bias| conv(x, weight, bias, kernel, end),
                        &|x, weight, bias| plain::conv(x, weight, bias, kernel, end),
                    ],
                );
            }
        }
    }
}

#[test]
fn transposed_convolutions_are_burns() {
    for device in devices() {
        for (kernel, end) in [
            (Kernel::HALVING, End::LeakyRelu),
            (Kernel::HALVING, End::Tanh),
            (Kernel::SQUARE, End::Linear),
        ] {
            for [batch, from, to] in [[1, 3, 1], [8, 8, 3], [11, 9, 5]] {
                let side = kernel.side;
                compare(
                    [batch, from, 4, 6],
                    [from, to, side, side],
                    to,
                    &format!("{batch} times {from} to {to}, {kernel:?}, {end:?}"),
                    &device,
                    [
                        &|x, weight, bias| conv_transpose(x, weight, bias, kernel, end),
                        &|x, weight, bias| plain::conv_transpose(x, weight, bias, kernel, end),
                    ],
                );
            }
        }
    }
}

/// A frozen net passes gradients on and gets none.
#[test]
fn what_is_frozen_gets_no_gradient() {
    for device in devices() {
        let x = leaf([6, 4], 1, &device);
        let weight = Tensor::from_inner(draw([4, 5], 2, &device));
        let bias = Tensor::from_inner(draw([5], 3, &device));
        let loss = dense(x.clone(), weight.clone(), bias.clone(), End::Relu).sum();
        let gradients = loss.backward();
        assert!(x.grad(&gradients).is_some());
        assert!(weight.grad(&gradients).is_none() && bias.grad(&gradients).is_none());
    }
}

#[test]
fn a_vector_has_every_tensor_at_its_place() {
    for device in devices() {
        let inner = device.clone().inner();
        let layout = Layout::of([[3, 5].into(), [5].into(), [70].into()]);
        assert_eq!(layout.length(), 64 + 64 + 128);
        let (a, b, c) = (
            draw([3, 5], 1, &inner),
            draw([5], 2, &inner),
            draw([70], 3, &inner),
        );
        let tensors = vec![
            a.clone().into_dispatch(),
            b.clone().into_dispatch(),
            c.clone().into_dispatch(),
        ];
        let vector = gather(tensors, &layout);
        let mut views = parts(vector.clone(), &layout).into_iter();
        assert_same(
            Tensor::<2>::from_dispatch(views.next().unwrap()),
            a.clone(),
            "the first",
        );
        assert_same(
            Tensor::<1>::from_dispatch(views.next().unwrap()),
            b.clone(),
            "the second",
        );
        assert_same(
            Tensor::<1>::from_dispatch(views.next().unwrap()),
            c.clone(),
            "the third",
        );
        let total = (a.sum() + b.sum() + c.sum()).into_scalar::<f32>();
        assert!(
            (vector.sum().into_scalar::<f32>() - total).abs() < 1e-4,
            "gaps are 0"
        );
    }
}

/// Three steps of Burn's Adam on a weight vector, and of ours.
#[test]
fn adam_is_burns() {
    for device in devices() {
        let (beta1, beta2, rate) = (0.5f32, 0.999f32, 0.01);
        let gradients = [5, 6, 7].map(|seed| draw([64], seed, &device));
        let mut net =
            Param::from_tensor(Tensor::from_inner(draw::<1>([64], 1, &device)).require_grad());
        let mut optimiser = AdamConfig::new()
            .with_beta_1(beta1)
            .with_beta_2(beta2)
            .with_epsilon(1e-8)
            .init();
        let mut weights = draw([64], 1, &device);
        let mut moments = Tensor::zeros([128], &device.clone().inner());
        for (step, gradient) in (1..).zip(gradients) {
            let mut found = GradientsParams::new();
            found.register(net.id, gradient.clone());
            net = optimiser.step(rate, net, found);
            let young = |beta: f32| 1.0 / (1.0 - beta.powi(step));
            let descent = Descent {
                keep_m: beta1,
                take_m: 1.0 - beta1,
                keep_v: beta2,
                take_v: 1.0 - beta2,
                scale_m: young(beta1),
                scale_v: young(beta2),
                epsilon: 1e-8,
                ..Descent::plain(rate as f32)
            };
            (weights, moments) = descend(weights, moments, gradient, descent);
            assert_same(weights.clone(), net.val().inner(), &format!("step {step}"));
        }
    }
}

/// Losses and gradients, for both halves, one of them, and none of the other.
#[test]
fn cross_entropy_is_burns() {
    for device in devices() {
        for (rows, real, smoothing) in [(1, 1, 0.0), (70, 70, 0.0), (70, 0, 0.0), (90, 40, 0.1)] {
            let [(found, found_gradient), (expected, expected_gradient)] = [
                (&device, cross_entropy as fn(_, _, _) -> _),
                (&reference(), plain::cross_entropy),
            ]
            .map(|(device, loss)| {
                let scores = leaf([rows, 1], 1, device);
                // Scores from -60 to 60 or so: sure of itself on either side.
                let loss = loss(scores.clone() * 20.0, real, smoothing);
                let gradients = (loss.clone() * 3.0).backward();
                (loss.inner(), scores.grad(&gradients).unwrap())
            });
            let what = format!("{real} of {rows} real");
            assert_same(found, expected, &what);
            assert_same(
                found_gradient,
                expected_gradient,
                &format!("{what}: gradient"),
            );
        }
    }
}

/// A hundred times a hundredth and a hundred times its opposite are nothing: a bias that cannot matter is not moved. On the
/// CPU: on a GPU the sum is made up for likewise, but a driver may rearrange it (Mesa's does, and leaves 1.5e-8; Chromium's
/// software adapter does not, and the page's tests of agreement see it).
#[test]
fn a_bias_whose_gradients_cancel_out_has_none() {
    let device = reference();
    let x = Tensor::from_inner(draw([200, 3], 1, &device));
    let (weight, bias) = (leaf([3, 1], 2, &device), leaf([1], 3, &device));
    let scores = dense(x, weight, bias.clone(), End::Linear);
    let loss = scores.clone().narrow(0, 0, 100).mean() - scores.narrow(0, 100, 100).mean();
    let gradient = bias.grad(&loss.backward()).unwrap();
    assert_eq!(gradient.into_scalar::<f32>(), 0.0);
}
