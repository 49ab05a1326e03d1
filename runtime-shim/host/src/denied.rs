//! Imports of dependencies that do not inherit configuration: defined from the component's own types, answered with
//! the error each interface has for it.

use super::InstanceState;
use app_composition::DENIED_PREFIX;
use wasmtime::component::types::{ComponentFunc, ComponentInstance, ComponentItem, Type};
use wasmtime::component::{Component, Linker, LinkerInstance, Resource, ResourceAny, ResourceType, Val};
use wasmtime::{AsContextMut, StoreContextMut, bail};

/// A resource a denied interface hands out because its constructor cannot fail.
struct Denied;

/// Defines every denied import of `component`.
///
/// # Errors
/// When an import has a shape for which there is no way to deny it without a trap.
pub fn add_to_linker(linker: &mut Linker<InstanceState>, component: &Component) -> wasmtime::Result<()> {
    let engine = component.engine().clone();
    for (name, item) in component.component_type().imports(&engine) {
        if let (Some(original), ComponentItem::ComponentInstance(instance)) =
            (name.strip_prefix(DENIED_PREFIX), &item.ty)
        {
            let mut denied = linker.instance(name)?;
            define(&mut denied, original, instance, &engine)?;
        }
    }
    Ok(())
}

fn define(
    linker: &mut LinkerInstance<'_, InstanceState>,
    interface: &str,
    instance: &ComponentInstance,
    engine: &wasmtime::Engine,
) -> wasmtime::Result<()> {
    for (name, item) in instance.exports(engine) {
        match item.ty {
            ComponentItem::Resource(_) if is_own_resource(interface) => {
                linker.resource(name, ResourceType::host::<Denied>(), |_, _| Ok(()))?;
            }
            ComponentItem::ComponentFunc(ty) => {
                let interface = interface.to_owned();
                let function = name.to_owned();
                if ty.async_() {
                    linker.func_new_concurrent(name, move |accessor, ty, params, results| {
                        let answer = accessor.with(|mut access| {
                            answer(&interface, &function, &ty, params, access.as_context_mut())
                        });
                        Box::pin(async move { put(results, answer?) })
                    })?;
                } else {
                    linker.func_new(name, move |store, ty, params, results| {
                        put(results, answer(&interface, &function, &ty, params, store)?)
                    })?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Interfaces whose resources are only ever their own. Others use resources of `types` interfaces, which are not denied.
fn is_own_resource(interface: &str) -> bool {
    interface.starts_with("spin:postgres/") || interface.starts_with("fermyon:spin/postgres@")
}

fn put(results: &mut [Val], answer: Option<Val>) -> wasmtime::Result<()> {
    if let (Some(result), Some(answer)) = (results.first_mut(), answer) {
        *result = answer;
    }
    Ok(())
}

fn answer(
    interface: &str,
    function: &str,
    ty: &ComponentFunc,
    params: &[Val],
    store: StoreContextMut<'_, InstanceState>,
) -> wasmtime::Result<Option<Val>> {
    let Some(result) = ty.results().next() else { return Ok(None) };
    Ok(Some(match result {
        Type::List(_) => Val::List(Vec::new()),
        Type::Option(_) => Val::Option(None),
        Type::Own(_) => Val::Resource(ResourceAny::try_from_resource(Resource::<Denied>::new_own(0), store)?),
        Type::Result(ty) if function.starts_with("[method]connection-builder.set-") && ty.ok().is_none() => {
            Val::Result(Ok(None))
        }
        Type::Result(_) => Val::Result(Err(Some(Box::new(error(interface, params))))),
        _ => bail!("{interface}#{function} cannot be denied"),
    }))
}

/// The case of the interface's error that says no.
fn error(interface: &str, params: &[Val]) -> Val {
    let text = |text: &str| Some(Box::new(Val::String(text.to_owned())));
    if interface.starts_with("spin:variables/") || interface.starts_with("fermyon:spin/variables@") {
        let name = match params.first() {
            Some(Val::String(name)) => name.as_str(),
            _ => "",
        };
        return Val::Variant(
            "undefined".to_owned(),
            text(&format!("no variable {name:?} for this dependency")),
        );
    }
    if interface.starts_with("wasi:http/") {
        return Val::Variant("HTTP-request-denied".to_owned(), None);
    }
    if interface.starts_with("wasi:config/") {
        return Val::Variant("upstream".to_owned(), text("this dependency inherits no variables"));
    }
    Val::Variant("connection-failed".to_owned(), text("this dependency inherits no allowed_outbound_hosts"))
}
