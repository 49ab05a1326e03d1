//! Interfaces that components import for their types alone. `spin registry push` puts an adapter in front of dependencies
//! that do not inherit everything; it exports every interface that Spin knows, and what the types of those are made of stays
//! among the imports of the whole, whether anything uses it or not.
//!
//! A type of values, such as a record, is in the component itself and asks nothing of a host: that is all there is in
//! `fermyon:spin/http-types`, `…/rdbms-types` and `…/redis-types`. A resource has to be defined, though nobody here ever
//! hands one out.

use wasmtime::component::types::{ComponentInstance, ComponentItem};
use wasmtime::component::{Component, Linker, LinkerInstance, ResourceType};
use wasmtime::{Engine, format_err};

/// The interfaces, by the start of their name, and what a function of theirs says when it is called. Only what this host has
/// under no other version: a released version is filled by the one that is linked (`wasi:http/types@0.2.6` by 0.2.x).
const TYPE_INTERFACES: [(&str, &str); 3] = [
    // Release candidates that Spin 4 still offers.
    ("wasi:http/types@0.3.0-rc-", "this host offers wasi:http@0.3.0"),
    ("wasi:filesystem/types@0.3.0-rc-", "this host offers wasi:filesystem@0.3.0"),
    ("wasi:sockets/types@0.3.0-rc-", "this host offers wasi:sockets@0.3.0"),
];

/// A resource of such an interface.
struct Unavailable;

/// Defines what `component` imports of those interfaces: its resources, of which there are none, and its functions, which
/// end the call with a sentence.
///
/// # Errors
/// When an interface cannot be defined under its name.
pub fn add_to_linker<T: 'static>(linker: &mut Linker<T>, component: &Component) -> wasmtime::Result<()> {
    let engine = component.engine().clone();
    for (name, item) in component.component_type().imports(&engine) {
        let known = TYPE_INTERFACES.iter().find(|(start, _)| name.starts_with(start));
        if let (Some((_, instead)), ComponentItem::ComponentInstance(instance)) = (known, &item.ty) {
            define(&mut linker.instance(name)?, name, instead, instance, &engine)?;
        }
    }
    Ok(())
}

fn define<T: 'static>(
    linker: &mut LinkerInstance<'_, T>,
    interface: &str,
    instead: &'static str,
    instance: &ComponentInstance,
    engine: &Engine,
) -> wasmtime::Result<()> {
    for (name, item) in instance.exports(engine) {
        let refusal = format!("{interface}#{name} is not offered by this host: {instead}");
        match item.ty {
            ComponentItem::Resource(_) => {
                linker.resource(name, ResourceType::host::<Unavailable>(), |_, _| Ok(()))?;
            }
            ComponentItem::ComponentFunc(ty) if ty.async_() => {
                linker.func_new_concurrent(name, move |_, _, _, _| {
                    let refusal = format_err!("{refusal}");
                    Box::pin(async move { Err(refusal) })
                })?;
            }
            ComponentItem::ComponentFunc(_) => {
                linker.func_new(name, move |_, _, _, _| Err(format_err!("{refusal}")))?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
