//! What the linker cannot know: which of Burn's code no visitor ever runs. Burn's tensors may hold any kind of number, and
//! which is decided when they are there, so that every operation of the CPU backend comes along nine times, though all of
//! ours are f32, and for quantised numbers besides. Here the few functions that each of those others begins with become
//! traps; wasm-opt then drops whatever follows on them, some sixth of the module.
//!
//! They all compare with a constant of their kind of number: the compiler, which makes one of two functions that compute
//! the same, under either's name, has left these apart. Should one be reached after all, the worker stops with
//! "unreachable", and the page says so.

use anyhow::{Context as _, Result};
use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// A body without locals that traps.
const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];

/// Kinds of numbers that no tensor of ours holds. Of whole numbers, Burn itself has some.
const ABSENT: [&str; 7] = [
    "f64",
    "half::binary16::f16",
    "half::bfloat::bf16",
    "i8",
    "i16",
    "u16",
    "u64",
];

/// Whether a function, by its name, is of numbers that there are none of.
fn is_unreached(name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    // To look at a tensor's numbers as of one kind.
    let opens = ["storage", "storage_mut"].iter().any(|open| {
        name.strip_prefix("<burn_flex::tensor::FlexTensor>::")
            .and_then(|rest| rest.strip_prefix(open))
            .and_then(|rest| rest.strip_prefix("::<"))
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(|kind| ABSENT.contains(&kind))
    });
    // Data that is of another kind than the tensor that it fills.
    let converts = ends(&[
        "TensorData>::try_cast_clone",
        "TensorData>::try_cast_inplace",
    ]);
    let quantises = name.contains("qtensor::QTensorOps")
        && ends(&[">::quantize", ">::quantize_dynamic", ">::dequantize"]);
    opens || converts || quantises
}

/// The raw module with traps in place of those functions, and how many there were.
pub fn trap(module: &[u8]) -> Result<(Vec<u8>, usize)> {
    let unreached = functions(module).context("the module cannot be read")?;
    let mut made = Module::new();
    let mut code = CodeSection::new();
    let trapped = unreached.iter().filter(|unreached| **unreached).count();
    let mut index = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        match &payload {
            Payload::CodeSectionStart { .. } => {}
            Payload::CodeSectionEntry(body) => {
                if unreached.get(index).is_some_and(|unreached| *unreached) {
                    code.raw(&TRAP);
                } else {
                    code.raw(body.as_bytes());
                }
                index += 1;
                if index == unreached.len() {
                    made.section(&code);
                }
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    let data = &module[range];
                    made.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok((made.finish(), trapped))
}

/// Of each function that the module defines, whether it is unreached.
fn functions(module: &[u8]) -> Result<Vec<bool>> {
    let (mut imported, mut unreached) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, wasmparser::TypeRef::Func(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                unreached = vec![false; functions.count() as usize];
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(subsections) = section.as_known() else {
                    continue;
                };
                for subsection in subsections {
                    let Name::Function(names) = subsection? else {
                        continue;
                    };
                    for naming in names {
                        let naming = naming?;
                        let name = format!("{:#}", rustc_demangle::demangle(naming.name));
                        let at = (naming.index as usize).checked_sub(imported);
                        if let Some(function) = at.and_then(|at| unreached.get_mut(at)) {
                            *function = is_unreached(&name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(unreached)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, Function, FunctionSection, ImportSection, Instruction, NameMap, NameSection,
        TypeSection, ValType,
    };

    use super::*;

    #[test]
    fn other_kinds_of_numbers_are_known_by_name() {
        for name in [
            "<burn_flex::tensor::FlexTensor>::storage::<f64>",
            "<burn_flex::tensor::FlexTensor>::storage_mut::<half::bfloat::bf16>",
            "<burn_std::data::tensor::base::TensorData>::try_cast_clone",
            "<burn_dispatch::backend::Dispatch as \
             burn_backend::backend::ops::qtensor::QTensorOps<burn_dispatch::backend::Dispatch>>::quantize_dynamic",
        ] {
            assert!(is_unreached(name), "{name}");
        }
        for name in [
            "<burn_flex::tensor::FlexTensor>::storage::<f32>",
            "<burn_flex::tensor::FlexTensor>::storage_mut::<i32>",
            "<burn_std::data::tensor::base::TensorData>::try_cast",
            "<burn_flex::backend::Flex as burn_backend::backend::ops::qtensor::QTensorOps<_>>::q_shape",
            // It could be anything that drops numbers of two bytes.
            "core::ptr::drop_in_place::<alloc::vec::Vec<half::binary16::f16>>",
        ] {
            assert!(!is_unreached(name), "{name}");
        }
    }

    /// A module that imports one function and defines two that return 1, by these names.
    fn module(names: [&str; 3]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("env", "imported", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for _ in 0..2 {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(1));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut map = NameMap::new();
        for (index, name) in (0..).zip(names) {
            map.append(index, name);
        }
        let mut section = NameSection::new();
        section.functions(&map);
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&code)
            .section(&section);
        module.finish()
    }

    #[test]
    fn a_function_of_its_name_traps_and_the_rest_stays() {
        let whole = module([
            "imported",
            "<burn_flex::tensor::FlexTensor>::storage::<i8>",
            "kept",
        ]);
        let (made, trapped) = trap(&whole).unwrap();
        assert_eq!(trapped, 1);
        let bodies: Vec<Vec<u8>> = Parser::new(0)
            .parse_all(&made)
            .filter_map(|payload| match payload.unwrap() {
                Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
                _ => None,
            })
            .collect();
        assert_eq!(bodies, [vec![0, 0, 11], vec![0, 0x41, 1, 11]]);

        let whole = module(["TensorData>::try_cast_clone", "one", "two"]);
        assert_eq!(trap(&whole).unwrap(), (whole, 0));
    }
}
