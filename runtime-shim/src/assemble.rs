//! From settings to a running app: manifest, composition, compiled code, filled imports.

use crate::compile::{compile, engine};
use crate::error::AssembleError;
use crate::serve::{Admission, App, AppHandle, ComponentHandler, Routes, Served};
use crate::settings::RunSettings;
use app_composition::part_names;
use app_manifest::{Manifest, ResolvedComponent, stage};
use runtime_engine::Ticker;
use runtime_host::outbound_http::OutboundClient;
use runtime_host::postgres::Pools;
use runtime_host::wasi::WasiConfig;
use runtime_host::{ComponentRights, InstanceState, link, new_linker};
use runtime_limits::{ComponentMemory, GuestMemory, Turns};
use runtime_observability::{Metrics, Tracing};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use wasmtime::Engine;
use wasmtime::component::Component;
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
    let manifest = read(settings)?;
    let resolved = resolve(settings, &manifest)?;
    let routes = Routes::new(&manifest)?;
    let engine = engine(settings)?;
    let turns = Turns::default();
    let ticker =
        Ticker::start(&engine, turns.clone()).map_err(|error| AssembleError::Engine(error.to_string()))?;
    let code = compile(settings, &manifest, &engine)?;
    let linked = link_all(&manifest, &engine, code)?;
    let shared = Shared::start(settings, &manifest, engine, turns);
    let mut staging = Staging { cache_dir: &settings.cache_dir, folder: None };
    let mut components = BTreeMap::new();
    for (id, pre) in linked {
        let Some(resolved) = resolved.get(&id) else { continue };
        let wasi_config = wasi_config(&manifest, resolved, &mut staging)?;
        components.insert(id, shared.serve(resolved, pre, wasi_config));
    }
    Ok(shared.complete(routes, components, ticker, staging.folder))
}

fn read(settings: &RunSettings) -> Result<Manifest, AssembleError> {
    match &settings.prepared {
        Some(prepared) => Ok(prepared.manifest.clone()),
        None => Ok(app_manifest::read(&settings.manifest)?),
    }
}

/// What each component may use, by its id.
fn resolve(
    settings: &RunSettings,
    manifest: &Manifest,
) -> Result<BTreeMap<String, ResolvedComponent>, AssembleError> {
    let values = app_manifest::resolve_variables(manifest, &settings.variables)?;
    Ok(app_manifest::resolve_components(manifest, &values, &settings.environment)?)
}

/// The components with their imports filled, by their ids.
fn link_all(
    manifest: &Manifest,
    engine: &Engine,
    code: Vec<(String, Component)>,
) -> Result<Vec<(String, ProxyPre<InstanceState>)>, AssembleError> {
    let linker = new_linker(engine).map_err(|error| AssembleError::Engine(format!("{error:#}")))?;
    let mut linked = Vec::new();
    for (id, component) in code {
        let parts = manifest.component.get(&id).map(part_names).unwrap_or_default();
        match link(&linker, &component, &parts) {
            Ok(pre) => linked.push((id, pre)),
            Err(source) => return Err(AssembleError::Link { component: id, source }),
        }
    }
    Ok(linked)
}

/// What a component finds around it, its files copied to where it sees them.
fn wasi_config(
    manifest: &Manifest,
    resolved: &ResolvedComponent,
    staging: &mut Staging<'_>,
) -> Result<WasiConfig, AssembleError> {
    let folder = match resolved.files.is_empty() {
        true => None,
        false => {
            let (files, excluded) = (&resolved.files, &resolved.exclude_files);
            stage(&resolved.id, files, excluded, &manifest.folder, staging.folder()?)?
        }
    };
    Ok(WasiConfig {
        component: Arc::from(resolved.id.as_str()),
        environment: resolved.environment.clone(),
        folders: folder.map(|folder| (folder, "/".to_owned())).into_iter().collect(),
    })
}

/// Where files of components are copied to.
struct Staging<'a> {
    cache_dir: &'a Path,
    folder: Option<TempDir>,
}

impl Staging<'_> {
    /// The folder, made for the first component that has files: most apps have none, and then nothing has to be writable.
    fn folder(&mut self) -> Result<&Path, AssembleError> {
        let made = match self.folder.take() {
            Some(folder) => folder,
            None => tempfile::Builder::new()
                .prefix("files-")
                .tempdir_in(self.cache_dir)
                .map_err(|source| AssembleError::Staging { folder: self.cache_dir.to_owned(), source })?,
        };
        Ok(self.folder.insert(made).path())
    }
}

/// What all components have together.
struct Shared<'a> {
    settings: &'a RunSettings,
    engine: Engine,
    turns: Turns,
    memory: Arc<GuestMemory>,
    pools: Arc<Pools>,
    client: OutboundClient,
    app: Arc<AppHandle>,
    metrics: Arc<Metrics>,
    tracing: Tracing,
}

impl<'a> Shared<'a> {
    fn start(settings: &'a RunSettings, manifest: &Manifest, engine: Engine, turns: Turns) -> Self {
        let pools = Arc::new(Pools::new(settings.postgres.clone()));
        let metrics = Arc::new(Metrics::new(Arc::clone(&pools) as _));
        let tracing = Tracing::start(&settings.traces, &manifest.application.name, &metrics);
        Self {
            settings,
            engine,
            turns,
            memory: GuestMemory::new(settings.limits.guest_memory),
            pools,
            client: OutboundClient::default(),
            app: Arc::new(AppHandle::default()),
            metrics,
            tracing,
        }
    }

    /// A component that is ready to answer.
    fn serve(
        &self,
        resolved: &ResolvedComponent,
        pre: ProxyPre<InstanceState>,
        wasi_config: WasiConfig,
    ) -> Served {
        self.metrics.component(&resolved.id);
        let limits = self.settings.limits;
        let memory = ComponentMemory::new(&self.memory);
        let policy = self.settings.instances.for_component(&pre);
        let admission = Admission::new(limits, policy.concurrency, Arc::clone(&memory));
        let handler = ComponentHandler {
            engine: self.engine.clone(),
            pre,
            rights: Arc::new(self.rights(resolved)),
            wasi_config,
            client: self.client.clone(),
            app: Arc::clone(&self.app),
            policy,
            limits,
            turns: self.turns.clone(),
            memory,
            metrics: Arc::clone(&self.metrics),
        };
        Served { handler: ProxyHandler::new(handler), admission }
    }

    fn rights(&self, resolved: &ResolvedComponent) -> ComponentRights {
        ComponentRights {
            id: resolved.id.clone(),
            variables: resolved.variables.clone(),
            allowed_hosts: Arc::new(resolved.allowed_hosts.clone()),
            postgres: Arc::clone(&self.pools),
        }
    }

    fn complete(
        self,
        routes: Routes,
        components: BTreeMap<String, Served>,
        ticker: Ticker,
        staging: Option<TempDir>,
    ) -> Assembled {
        let (metrics, tracing) = (self.metrics, self.tracing);
        let app = App::new(routes, components, self.settings.limits, Arc::clone(&metrics), tracing.clone());
        let app = Arc::new(app);
        self.app.set(&app);
        Assembled { app, metrics, tracing, _ticker: ticker, _staging: staging }
    }
}
