//! Fusion's side of what knows lists of tensors: noted down like any other operation, and run when its turn comes.

use burn::{
    backend::{
        fusion::{
            Fusion, FusionBackend, FusionRuntime,
            custom::{CustomOpIr, HandleContainer, OperationFn, OperationIr, StreamId, TensorIr},
        },
        tensor::FloatTensor,
    },
    tensor::{DType, Shape},
};

use crate::fused::vector::{Layout, List, Parts};

type Handles<B> =
    HandleContainer<<<B as FusionBackend>::FusionRuntime as FusionRuntime>::FusionHandle>;

impl<B: FusionBackend + Parts> Parts for Fusion<B> {
    fn gathered(parts: List<Self>, layout: Layout) -> FloatTensor<Self> {
        let client = parts.0[0].client.clone();
        let inputs: Vec<_> = parts.0.into_iter().map(|part| part.into_ir()).collect();
        let shape = Shape::from([layout.length()]);
        let output = TensorIr::uninit(client.create_empty_handle(), shape, DType::F32);
        let description = CustomOpIr::new("gathered", &inputs, std::slice::from_ref(&output));
        let run = move |handles: &mut Handles<B>| {
            let parts = inputs
                .iter()
                .map(|part| handles.get_float_tensor::<B>(part));
            let vector = B::gathered(List(parts.collect()), layout.clone());
            handles.register_float_tensor::<B>(&output.id, vector);
            Ok(())
        };
        let operation = OperationIr::Custom(description);
        let mut made = client.register(StreamId::current(), operation, OperationFn(run));
        made.remove(0)
    }

    fn parts_of(vector: FloatTensor<Self>, layout: Layout) -> Vec<FloatTensor<Self>> {
        let client = vector.client.clone();
        let input = vector.into_ir();
        let part = |shape: &Shape| {
            TensorIr::uninit(client.create_empty_handle(), shape.clone(), DType::F32)
        };
        let outputs: Vec<_> = layout.parts().iter().map(|at| part(&at.shape)).collect();
        let description = CustomOpIr::new("parts_of", std::slice::from_ref(&input), &outputs);
        let run = move |handles: &mut Handles<B>| {
            let vector = handles.get_float_tensor::<B>(&input);
            for (part, output) in B::parts_of(vector, layout.clone())
                .into_iter()
                .zip(&outputs)
            {
                handles.register_float_tensor::<B>(&output.id, part);
            }
            Ok(())
        };
        let operation = OperationIr::Custom(description);
        client.register(StreamId::current(), operation, OperationFn(run))
    }
}
