//! A net's weights as one vector, and the one operation that an optimiser's step is: the gradients of all layers are
//! gathered, the vector is moved, and each layer gets its part of the new one to look at. On a GPU that is two launches
//! for a whole net in place of a dozen for every tensor of it.

use std::sync::Arc;

use burn::{
    backend::{
        Backend, BackendTensor, Dispatch, DispatchAutodiffContext, DispatchTensor,
        DispatchTensorKind, ExtensionType, backend_extension, tensor::FloatTensor,
    },
    tensor::{Shape, Tensor},
};
use gan_kernels::Descent;

/// Numbers that the start of each part is a multiple of: 256 bytes, from which every WebGPU device can bind a buffer.
const ALIGNMENT: usize = 64;

/// Where in the vector each tensor of a net lies.
#[derive(Clone, Debug)]
pub struct Layout {
    parts: Arc<Vec<Part>>,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub start: usize,
    pub shape: Shape,
}

impl Part {
    pub fn len(&self) -> usize {
        self.shape.num_elements()
    }

    /// Where the next part starts.
    pub fn end(&self) -> usize {
        (self.start + self.len()).next_multiple_of(ALIGNMENT)
    }
}

impl Layout {
    /// Tensors of these shapes, one after the other.
    pub fn of(shapes: impl IntoIterator<Item = Shape>) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for shape in shapes {
            let start = parts.last().map_or(0, Part::end);
            parts.push(Part { start, shape });
        }
        Self {
            parts: Arc::new(parts),
        }
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Of the whole vector, gaps included.
    pub fn length(&self) -> usize {
        self.parts.last().map_or(0, Part::end)
    }
}

/// The step itself.
#[backend_extension(
    Flex: cfg(feature = "cpu"),
    Cube: cfg(feature = "gpu"),
    Fusion: cfg(feature = "gpu")
)]
pub(crate) trait Descents: Backend {
    /// New weights and moments.
    #[fusion(meta = |weights, moments, _gradient, _descent| (weights.clone(), moments.clone()))]
    fn descend_along(
        weights: FloatTensor<Self>,
        moments: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        descent: Descent,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// Between a net's tensors and their vector. Fusion's part in it is in `gpu`, as its macro knows no lists.
#[backend_extension(Flex: cfg(feature = "cpu"), Cube: cfg(feature = "gpu"))]
pub(crate) trait Parts: Backend {
    fn gathered(#[extension_type] parts: List<Self>, layout: Layout) -> FloatTensor<Self>;

    /// Without copying: each looks at its place in the vector.
    fn parts_of(vector: FloatTensor<Self>, layout: Layout) -> Vec<FloatTensor<Self>>;
}

/// Tensors of one backend, at least one.
pub(crate) struct List<B: Backend>(pub Vec<FloatTensor<B>>);

impl<B: Backend> ExtensionType<B> for List<B> {
    type Target = List<Dispatch>;

    fn map_to_dispatch<F>(self, map_kind: F, autodiff: DispatchAutodiffContext) -> Self::Target
    where
        F: Fn(BackendTensor<B>) -> DispatchTensorKind,
    {
        let lift = |tensor| DispatchTensor {
            kind: map_kind(BackendTensor::Float(tensor)),
            autodiff,
        };
        List(self.0.into_iter().map(lift).collect())
    }

    fn map_from_dispatch<F>(target: Self::Target, unwrap_kind: F) -> Self
    where
        F: Fn(DispatchTensor) -> BackendTensor<B>,
    {
        let lower = |tensor| unwrap_kind(tensor).float();
        List(target.0.into_iter().map(lower).collect())
    }

    fn routing_tensor(target: &Self::Target) -> Option<&DispatchTensor> {
        target.0.first()
    }

    fn routing_float_tensor(target: &Self::Target) -> Option<&DispatchTensor> {
        target.0.first()
    }
}

/// Moves `weights` against `gradient`, both as a layout has them. `moments`, twice as long, are all m and then all v.
/// Returns weights and moments; all are without autodiff.
pub fn descend(
    weights: Tensor<1>,
    moments: Tensor<1>,
    gradient: Tensor<1>,
    descent: Descent,
) -> (Tensor<1>, Tensor<1>) {
    let (weights, moments) = Dispatch::descend_along(
        weights.into_dispatch(),
        moments.into_dispatch(),
        gradient.into_dispatch(),
        descent,
    );
    (
        Tensor::from_dispatch(weights),
        Tensor::from_dispatch(moments),
    )
}

/// A tensor of whatever rank.
pub type AnyTensor = DispatchTensor;

/// Each tensor of the layout as its part of the vector, without autodiff.
pub fn parts(vector: Tensor<1>, layout: &Layout) -> Vec<AnyTensor> {
    Dispatch::parts_of(vector.into_dispatch(), layout.clone())
}

/// The vector of tensors, one for each part of the layout and of its shape, without autodiff; gaps are 0.
pub fn gather(tensors: Vec<AnyTensor>, layout: &Layout) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::gathered(List(tensors), layout.clone()))
}
