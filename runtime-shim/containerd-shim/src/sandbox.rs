//! The container: serves the app until it is told to stop.

use crate::fd_passing::{self, CodeError};
use crate::rights;
use crate::settings::{Environment, SettingsError};
use anyhow::Result;
use app_artifact::media_type;
use app_manifest::ManifestError;
use caps::errors::CapsError;
use containerd_shim_wasm::sandbox::Sandbox;
use containerd_shim_wasm::sandbox::context::{RuntimeContext, Source, WasmLayer};
use locked_app::{LockedApp, LockedAppError};
use runtime_observability::start_logs;
use runtime_shim::runtime_config::{self, RuntimeConfigError};
use runtime_shim::{PreparedApp, RunError, run, termination};
use std::path::Path;

/// Where Spin's shim looks for a runtime config file; pods mount one there.
const RUNTIME_CONFIG: &str = "/runtime-config.toml";

/// Runs one container.
pub struct AppSandbox {
    unprivileged: Result<(), CapsError>,
}

impl Default for AppSandbox {
    /// Made in the container, by its only thread: threads that start later have no more rights than this one.
    fn default() -> Self {
        Self { unprivileged: rights::give_up() }
    }
}

/// Why a container ends before it serves.
#[derive(Debug, thiserror::Error)]
enum ServeError {
    #[error("cannot give up what root on the node may do: {0}")]
    Rights(String),
    #[error("the image is no Spin artifact: it has no layer of type {}", media_type::APP)]
    NoApp,
    #[error(transparent)]
    Environment(#[from] SettingsError),
    #[error(transparent)]
    RuntimeConfig(#[from] RuntimeConfigError),
    #[error(transparent)]
    App(#[from] LockedAppError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Code(#[from] CodeError),
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Sandbox for AppSandbox {
    async fn run_wasi(&self, context: &impl RuntimeContext) -> Result<i32> {
        let environment = Environment::new(context.envs());
        start_logs(environment.log_format(), environment.log_filter());
        let served = match &self.unprivileged {
            Ok(()) => serve(context, &environment).await,
            Err(error) => Err(ServeError::Rights(error.to_string())),
        };
        Ok(match served {
            Ok(()) => 0,
            // An error that is handed up would become exit code 137, as if the kernel had killed the container, and its
            // text would only reach the node's log.
            Err(error) => {
                tracing::error!(%error, "the app cannot run");
                1
            }
        })
    }

    /// Whatever it is: what is wrong with an image is best told in the container's own log.
    async fn can_handle(&self, _: &impl RuntimeContext) -> Result<()> {
        Ok(())
    }
}

async fn serve(context: &impl RuntimeContext, environment: &Environment) -> Result<(), ServeError> {
    let source = context.entrypoint().source;
    let app = match source {
        Source::Oci(layers) => app_layer(layers),
        Source::File(_) => None,
    };
    let app = app.ok_or(ServeError::NoApp)?;
    let mut settings = environment.run_settings()?;
    if Path::new(RUNTIME_CONFIG).exists() {
        runtime_config::read(Path::new(RUNTIME_CONFIG))?.apply(&mut settings);
    }
    settings.prepared = Some(PreparedApp {
        manifest: app_manifest::described_by(LockedApp::from_json(&app.layer)?)?,
        code: fd_passing::take(app.config.digest().as_ref())?,
    });
    Ok(run(settings, termination(), |addresses| tracing::info!(http = %addresses.http, "ready")).await?)
}

/// The layer with the locked app.
pub fn app_layer(layers: &[WasmLayer]) -> Option<&WasmLayer> {
    layers.iter().find(|layer| layer.config.media_type().as_ref() == media_type::APP)
}
