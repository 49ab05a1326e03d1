//! Filling the imports of components with what this host offers.

use super::outbound_http::add_client_to_linker;
use super::{InstanceState, denied, not_offered, parts, postgres, type_interfaces, variables};
use std::sync::Arc;
use wasmtime::Engine;
use wasmtime::component::{Component, Linker};
use wasmtime_wasi_http::handler::ProxyPre;

/// Why a component cannot run here: an import that nobody fills, or an export that is missing.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LinkError(String);

/// Everything this host offers, whether a component uses it or not.
///
/// # Errors
/// When two of the interfaces define the same name.
pub fn new_linker(engine: &Engine) -> wasmtime::Result<Linker<InstanceState>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    // In place of the one that is there now.
    linker.allow_shadowing(true);
    add_client_to_linker(&mut linker.instance("wasi:http/client@0.3.0")?, None)?;
    linker.allow_shadowing(false);
    variables::add_to_linker(&mut linker)?;
    postgres::add_to_linker(&mut linker)?;
    Ok(linker)
}

/// Fills the imports of `component`, whose parts have the names `parts` by their index.
///
/// # Errors
/// [`LinkError`] naming the import or export.
pub fn link(
    linker: &Linker<InstanceState>,
    component: &Component,
    parts: &[Arc<str>],
) -> Result<ProxyPre<InstanceState>, LinkError> {
    let failed = |error: wasmtime::Error| LinkError(format!("{error:#}"));
    let mut linker = linker.clone();
    denied::add_to_linker(&mut linker, component).map_err(failed)?;
    parts::add_to_linker(&mut linker, component, parts).map_err(failed)?;
    type_interfaces::add_to_linker(&mut linker, component).map_err(failed)?;
    let pre = linker
        .instantiate_pre(component)
        .map_err(|error| not_offered::explain(component).map_or_else(|| failed(error), LinkError))?;
    match wasmtime_wasi_http::p3::bindings::ServicePre::new(pre.clone()) {
        Ok(service) => Ok(ProxyPre::P3(service)),
        Err(no_p3) => match wasmtime_wasi_http::p2::bindings::ProxyPre::new(pre) {
            Ok(proxy) => Ok(ProxyPre::P2(proxy)),
            Err(_) => Err(failed(no_p3)),
        },
    }
}
