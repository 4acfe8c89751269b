//! A check on the raw module: the linker must not have wrapped its exports in calls of all static constructors.
//! It does so when nothing calls `__wasm_call_ctors`; the module then works, a hundred times slower. Changes nothing.

use anyhow::{Context as _, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// What the linker appends to the name of each wrapper.
const SUFFIX: &str = ".command_export";

/// Refuses a module with wrapped exports, and one without function names, of which nothing could be said.
pub fn check(module: &[u8]) -> Result<()> {
    let names = function_names(module).context("the module cannot be read")?;
    if names.is_empty() {
        bail!(
            "it has no function names, so that the check for *{SUFFIX} has nothing to look at: \
             build it without `strip`; names are stripped later."
        );
    }
    if let Some(wrapped) = names.iter().find(|name| name.ends_with(SUFFIX)) {
        bail!(
            "it has the function `{wrapped}`: the linker has wrapped the exports, so that each call from JavaScript \
             runs every static constructor, and training is a hundred times slower. The crate's start function must \
             call `__wasm_call_ctors` once."
        );
    }
    Ok(())
}

fn function_names(module: &[u8]) -> Result<Vec<&str>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else {
            continue;
        };
        let KnownCustom::Name(subsections) = section.as_known() else {
            continue;
        };
        for subsection in subsections {
            if let Name::Function(functions) = subsection? {
                for function in functions {
                    names.push(function?.name);
                }
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{Module, NameMap, NameSection};

    fn named(functions: &[&str]) -> Vec<u8> {
        let mut map = NameMap::new();
        for (index, name) in (0..).zip(functions) {
            map.append(index, name);
        }
        let mut names = NameSection::new();
        names.functions(&map);
        let mut module = Module::new();
        module.section(&names);
        module.finish()
    }

    #[test]
    fn plain_exports_pass() {
        check(&named(&["playground_step", "__wasm_call_ctors"])).unwrap();
    }

    #[test]
    fn a_wrapped_export_is_named() {
        let error = check(&named(&[
            "__wasm_call_ctors",
            "playground_step.command_export",
        ]))
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("`playground_step.command_export`"),
            "{error}"
        );
    }

    #[test]
    fn a_module_without_names_does_not_pass() {
        for module in [Module::new().finish(), named(&[])] {
            assert!(
                check(&module)
                    .unwrap_err()
                    .to_string()
                    .contains("no function names")
            );
        }
    }

    #[test]
    fn what_is_not_a_module_does_not_pass() {
        assert!(check(b"not wasm").is_err());
        let whole = named(&["playground_step"]);
        assert!(check(&whole[..whole.len() - 3]).is_err());
    }
}
