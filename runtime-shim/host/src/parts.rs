//! Imports of composed parts whose caller the host has to know: the same interfaces as the component's own, each
//! under a name that says which part calls.

use super::{InstanceState, outbound_http, postgres};
use app_composition::part_of_import;
use std::sync::Arc;
use wasmtime::component::{Component, Linker};

/// Defines those imports of `component`; `parts` are the names of its parts by their index.
///
/// # Errors
/// When an interface cannot be defined under its name.
pub fn add_to_linker(
    linker: &mut Linker<InstanceState>,
    component: &Component,
    parts: &[Arc<str>],
) -> wasmtime::Result<()> {
    let engine = component.engine().clone();
    // Some functions of an interface are defined again, for the part.
    linker.allow_shadowing(true);
    for (name, _) in component.component_type().imports(&engine) {
        let Some((index, original)) = part_of_import(name) else { continue };
        let Some(part) = parts.get(index) else { continue };
        let mut instance = linker.instance(name)?;
        if original.starts_with("spin:postgres/") {
            postgres::add_part_to_linker(&mut instance, part)?;
        } else if original.starts_with("wasi:http/client@") {
            outbound_http::add_client_to_linker(&mut instance, Some(part))?;
        }
    }
    Ok(())
}
