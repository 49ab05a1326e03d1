//! From a manifest to compiled code: composing, compiling, and finding what was compiled before.

use crate::allocator;
use crate::error::AssembleError;
use crate::prepared::PreparedApp;
use crate::settings::RunSettings;
use app_composition::{CompositionTarget, Plan, compose, plan};
use app_manifest::Manifest;
use rayon::prelude::*;
use runtime_engine::{CodeCache, EngineSettings, load, new_engine};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use wasmtime::Engine;
use wasmtime::component::Component;

/// Component instances at a time, over all components.
const INSTANCES: u32 = 1000;

/// Compiles the app of `settings` into its cache folder, so that a run finds the code; gives how many components it has.
///
/// # Errors
/// The first [`AssembleError`].
pub fn precompile(settings: &RunSettings) -> Result<usize, AssembleError> {
    let manifest = app_manifest::read(&settings.manifest)?;
    Ok(compile(settings, &manifest, &engine(settings)?)?.len())
}

/// Compiles what answers requests in `manifest` into the cache folder of `settings`, as far as it is not there, and
/// gives the file of each component. The run must have the same limits, and the same target of its code.
///
/// # Errors
/// The first [`AssembleError`].
pub fn prepare(
    settings: &RunSettings,
    manifest: &Manifest,
) -> Result<BTreeMap<String, PathBuf>, AssembleError> {
    let (cache, plans, _) = cached(settings, manifest, &engine(settings)?)?;
    Ok(plans.iter().map(|plan| (plan.component.clone(), cache.path(&plan.key()))).collect())
}

/// Differs between engines that cannot run each other's code.
///
/// # Errors
/// [`AssembleError::Engine`].
pub fn compatibility(settings: &RunSettings) -> Result<String, AssembleError> {
    Ok(runtime_engine::compatibility(&engine(settings)?))
}

/// The engine for `settings`.
pub(crate) fn engine(settings: &RunSettings) -> Result<Engine, AssembleError> {
    let engine =
        EngineSettings { instances: INSTANCES, max_memory: settings.limits.memory, code: settings.code };
    new_engine(engine).map_err(|e| AssembleError::Engine(format!("{e:#}")))
}

/// Code for all components that answer requests, by their ids. What is not in the cache is compiled, several at a time.
pub(crate) fn compile(
    settings: &RunSettings,
    manifest: &Manifest,
    engine: &Engine,
) -> Result<Vec<(String, Component)>, AssembleError> {
    if let Some(prepared) = &settings.prepared {
        return triggered(manifest).into_iter().map(|id| finished(prepared, id, engine)).collect();
    }
    let (_, plans, compiled) = cached(settings, manifest, engine)?;
    Ok(plans.into_iter().map(|plan| plan.component).zip(compiled).collect())
}

fn triggered(manifest: &Manifest) -> BTreeSet<&str> {
    manifest.trigger.http.iter().filter_map(|trigger| trigger.component_id()).collect()
}

fn finished(prepared: &PreparedApp, id: &str, engine: &Engine) -> Result<(String, Component), AssembleError> {
    let component = id.to_owned();
    let Some(path) = prepared.code.get(id) else { return Err(AssembleError::NotPrepared { component }) };
    match load(engine, path) {
        Ok(code) => Ok((component, code)),
        Err(source) => Err(AssembleError::Code { component, source }),
    }
}

/// The cache of `settings`, filled, and what is in it for `manifest`.
fn cached(
    settings: &RunSettings,
    manifest: &Manifest,
    engine: &Engine,
) -> Result<(CodeCache, Vec<Plan>, Vec<Component>), AssembleError> {
    let cache = CodeCache::open(&settings.cache_dir, settings.compiled_dir.as_deref(), engine)
        .map_err(|e| AssembleError::Engine(e.to_string()))?;
    let plans = plan(manifest, triggered(manifest))?;
    let compiled = compile_all(&cache, &plans)?;
    Ok((cache, plans, compiled))
}

/// Code for every plan, in their order.
fn compile_all(cache: &CodeCache, plans: &[Plan]) -> Result<Vec<Component>, AssembleError> {
    let stored: Vec<_> = plans.iter().map(|plan| cache.get(&plan.key())).collect();
    if stored.iter().all(Option::is_some) {
        return Ok(stored.into_iter().flatten().collect());
    }
    tracing::info!(components = stored.iter().filter(|c| c.is_none()).count(), "compiling");
    // Threads of its own: they have ended when this returns, and the memory they used can go back to the system.
    let compiled = rayon::ThreadPoolBuilder::new()
        .build_scoped(rayon::ThreadBuilder::run, |pool| {
            pool.install(|| {
                plans
                    .par_iter()
                    .zip(stored)
                    .map(|(plan, stored)| stored.map_or_else(|| compile_one(cache, plan), Ok))
                    .collect::<Result<Vec<_>, _>>()
            })
        })
        .map_err(|e| AssembleError::Engine(e.to_string()))?;
    allocator::trim();
    compiled
}

fn compile_one(cache: &CodeCache, plan: &Plan) -> Result<Component, AssembleError> {
    let wasm = compose(plan, CompositionTarget::Native)?;
    cache
        .compile(&plan.key(), &wasm)
        .map_err(|source| AssembleError::Code { component: plan.component.clone(), source })
}
