//! From settings to a running app: manifest, composition, compiled code, filled imports.

use crate::compile::{compile, engine};
use crate::compose::part_names;
use crate::engine::Ticker;
use crate::error::AssembleError;
use crate::host::outbound_http::{OutboundClient, add_client_to_linker};
use crate::host::postgres::Pools;
use crate::host::wasi::Surroundings;
use crate::host::{
    ComponentRights, InstanceState, denied, not_offered, parts, postgres, type_interfaces, variables,
};
use crate::limits::{ComponentMemory, GuestMemory, Turns};
use crate::manifest::{self, Manifest, ResolvedComponent, stage};
use crate::observe::{Metrics, Tracing};
use crate::serve::{Admission, App, AppLink, ComponentHandler, Routes, Served};
use crate::settings::RunSettings;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use wasmtime::component::{Component, Linker};
use wasmtime_wasi_http::handler::{ProxyHandler, ProxyPre};

/// A complete app.
pub struct Assembled {
    /// The app.
    pub app: Arc<App>,
    /// What it tells about itself.
    pub metrics: Arc<Metrics>,
    /// Where its spans go.
    pub tracing: Tracing,
    /// Keeps the epoch moving.
    pub _ticker: Ticker,
    /// Holds the files of components.
    pub _staging: Option<TempDir>,
}

/// Puts the app of `settings` together. Code that is not in the cache is compiled, several components at a time.
///
/// # Errors
/// The first [`AssembleError`].
pub fn assemble(settings: &RunSettings) -> Result<Assembled, AssembleError> {
    let manifest = match &settings.prepared {
        Some(prepared) => prepared.manifest.clone(),
        None => manifest::read(&settings.manifest)?,
    };
    let values = manifest::resolve_variables(&manifest, &settings.variables)?;
    let resolved = manifest::resolve_components(&manifest, &values, &settings.environment)?;
    let routes = Routes::of(&manifest)?;
    let engine_error = |e: &dyn std::fmt::Display| AssembleError::Engine(e.to_string());
    let engine = engine(settings)?;
    let turns = Turns::default();
    let ticker = Ticker::start(&engine, turns.clone()).map_err(|e| engine_error(&e))?;
    let mut linker = Linker::new(&engine);
    fill_linker(&mut linker).map_err(|e| engine_error(&format!("{e:#}")))?;

    let code = compile(settings, &manifest, &engine)?;
    let pools = Arc::new(Pools::new(settings.postgres.clone()));
    let metrics = Arc::new(Metrics::new(Arc::clone(&pools) as _));
    let tracing = Tracing::start(&settings.traces, &manifest.application.name, &metrics);
    let link = Arc::new(AppLink::default());
    let client = OutboundClient::default();
    let memory = GuestMemory::new(settings.limits.guest_memory);
    let mut staging = None;
    let mut components = BTreeMap::new();
    for (id, component) in code {
        let Some(resolved) = resolved.get(&id) else { continue };
        metrics.component(&id);
        let memory = ComponentMemory::new(&memory);
        let staging = match resolved.files.is_empty() {
            true => Path::new(""),
            false => staging_folder(&mut staging, &settings.cache_dir).map_err(|e| engine_error(&e))?,
        };
        let pre = link_component(&linker, &component, &id, &parts_of(&manifest, &id))?;
        let policy = settings.instances.for_component(&pre);
        let handler = ComponentHandler {
            engine: engine.clone(),
            pre,
            rights: Arc::new(rights(resolved, &pools)),
            surroundings: Surroundings {
                component: Arc::from(id.as_str()),
                environment: resolved.environment.clone(),
                folders: stage(
                    &resolved.id,
                    &resolved.files,
                    &resolved.exclude_files,
                    &manifest.folder,
                    staging,
                )?
                .map(|folder| (folder, "/".to_owned()))
                .into_iter()
                .collect(),
            },
            client: client.clone(),
            link: Arc::clone(&link),
            policy,
            limits: settings.limits,
            turns: turns.clone(),
            memory: Arc::clone(&memory),
            metrics: Arc::clone(&metrics),
        };
        let admission = Admission::new(settings.limits, policy.concurrency, memory);
        components.insert(id, Served { handler: ProxyHandler::new(handler), admission });
    }
    let app = App::new(routes, components, settings.limits, Arc::clone(&metrics), tracing.clone());
    let app = Arc::new(app);
    link.set(&app);
    Ok(Assembled { app, metrics, tracing, _ticker: ticker, _staging: staging })
}

/// A folder for the files of components, made for the first that has any: most apps have none, and then nothing has to
/// be writable.
fn staging_folder<'a>(staging: &'a mut Option<TempDir>, cache_dir: &Path) -> std::io::Result<&'a Path> {
    if staging.is_none() {
        *staging = Some(tempfile::Builder::new().prefix("files-").tempdir_in(cache_dir)?);
    }
    Ok(staging.as_ref().map_or(Path::new(""), TempDir::path))
}

fn rights(resolved: &ResolvedComponent, pools: &Arc<Pools>) -> ComponentRights {
    ComponentRights {
        id: resolved.id.clone(),
        variables: resolved.variables.clone(),
        allowed_hosts: Arc::new(resolved.allowed_hosts.clone()),
        postgres: Arc::clone(pools),
    }
}

/// Everything this host offers, whether a component uses it or not.
fn fill_linker(linker: &mut Linker<InstanceState>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_async(linker)?;
    wasmtime_wasi::p3::add_to_linker(linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(linker)?;
    wasmtime_wasi_http::p3::add_to_linker(linker)?;
    // In place of the one that is there now.
    linker.allow_shadowing(true);
    add_client_to_linker(&mut linker.instance("wasi:http/client@0.3.0")?, None)?;
    linker.allow_shadowing(false);
    variables::add_to_linker(linker)?;
    postgres::add_to_linker(linker)
}

/// The names of a component's parts.
fn parts_of(manifest: &Manifest, id: &str) -> Vec<Arc<str>> {
    manifest.component.get(id).map(part_names).unwrap_or_default()
}

fn link_component(
    linker: &Linker<InstanceState>,
    component: &Component,
    id: &str,
    parts: &[Arc<str>],
) -> Result<ProxyPre<InstanceState>, AssembleError> {
    let failed =
        |e: wasmtime::Error| AssembleError::Link { component: id.to_owned(), reason: format!("{e:#}") };
    let mut linker = linker.clone();
    denied::add_to_linker(&mut linker, component).map_err(failed)?;
    parts::add_to_linker(&mut linker, component, parts).map_err(failed)?;
    type_interfaces::add_to_linker(&mut linker, component).map_err(failed)?;
    let pre = linker.instantiate_pre(component).map_err(|error| match not_offered::explain(component) {
        Some(reason) => AssembleError::Link { component: id.to_owned(), reason },
        None => failed(error),
    })?;
    match wasmtime_wasi_http::p3::bindings::ServicePre::new(pre.clone()) {
        Ok(service) => Ok(ProxyPre::P3(service)),
        Err(no_p3) => match wasmtime_wasi_http::p2::bindings::ProxyPre::new(pre) {
            Ok(proxy) => Ok(ProxyPre::P2(proxy)),
            Err(_) => Err(failed(no_p3)),
        },
    }
}
