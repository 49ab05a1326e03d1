//! `runtime-shim up`: from sources to a running app in one command.

mod address;
pub mod flags;
mod stages;

use std::time::{Duration, Instant};

use app_database::settings::LocalRun;
use app_database::{Prepared, Request};
use app_manifest::{Manifest, VariableSources};
use clap::Args;
use runtime_observability::{LogFormat, TraceSettings, start_logs};
use runtime_shim::Listeners;
use runtime_shim::{RunError, RunSettings, ScheduledCall, run, runtime_config, termination};

use super::flags::{AppFlags, DataFlags, VariableFlags, default_data_folder, given};
use super::registry::{AccessFlags, TrustFlags, fetch_if_referenced};
use super::{CliError, build};
use address::local_url;
use flags::{LimitFlags, ServeFlags};
use stages::{DataPlace, Stages};

/// Starts an app.
#[derive(Debug, Args)]
pub struct Up {
    #[command(flatten)]
    pub app: AppFlags,
    #[command(flatten)]
    pub serve: ServeFlags,
    #[command(flatten)]
    pub variables: VariableFlags,
    #[command(flatten)]
    pub data: DataFlags,
    /// Run what is built, without looking for newer sources
    #[arg(long)]
    pub no_build: bool,
    /// Build first; that is the default, and the flag is there for habits from Spin
    #[arg(long, conflicts_with = "no_build")]
    pub build: bool,
    #[command(flatten)]
    pub registry: AccessFlags,
    #[command(flatten)]
    pub trust: TrustFlags,
    #[command(flatten)]
    pub limits: LimitFlags,
}

impl Up {
    /// Builds, prepares and serves until told to stop.
    pub async fn run(mut self) -> Result<(), CliError> {
        let started = Instant::now();
        let format: LogFormat = self.serve.log_format.into();
        start_logs(format, self.serve.log_filter().as_deref());
        let fetch_time = self.fetch().await?;
        let (manifest, local_run) = self.app.read()?;
        let mut settings = self.settings()?;
        // A port in use is told before a long build rather than after it.
        drop(Listeners::bind(settings.listen).await.map_err(RunError::from)?);
        let given = given(&settings.variables);
        let (app_folder, data_folder) = (self.app.folder(), self.data.folder(&self.app));
        let programs = self.data.programs();
        let request = Request {
            settings: &local_run,
            app_folder: &app_folder,
            data_folder: &data_folder,
            database_url: self.data.database_url.as_deref(),
            programs: &programs,
            given: &given,
        };

        let mut stages = Stages::default();
        let building = stages::timed(self.build_or_check(&manifest));
        let (built, prepared) = tokio::join!(building, request.prepare());
        let (mut prepared, (built, build_time)) = match (prepared, built) {
            (Ok(prepared), (Ok(built), time)) => (prepared, (built, time)),
            (Ok(prepared), (Err(error), _)) => {
                stop(prepared).await;
                return Err(error);
            }
            (Err(error), _) => return Err(error.into()),
        };
        if let Some(took) = fetch_time {
            stages.add("artifact", took);
        }
        stages.add(if built > 0 { "build" } else { "sources checked" }, build_time);
        stages.extend(&prepared.stages);
        provide(&mut settings, &prepared);
        settings.schedule = schedule(&local_run, &manifest, &settings.variables);
        let no_address =
            address::missing_variable(settings.listen, &local_run, &manifest, &settings.variables);

        let name = manifest.application.name;
        stages::tell_database(format, &prepared);
        let data = match (&prepared.database, request.database_url) {
            (None, _) => DataPlace::Elsewhere,
            (Some(_), None) => DataPlace::Folder(&data_folder),
            (Some(database), Some(_)) => DataPlace::Server(database),
        };
        let assembling = Instant::now();
        let outcome = run(settings, termination(), |addresses| {
            stages.add("components", assembling.elapsed());
            stages.tell_ready(format, &name, &local_url(addresses.http), started.elapsed());
            if let Some(variable) = no_address {
                address::tell_missing(format, addresses.http, variable);
            }
            stages::tell_how_to_go_on(format, data, &app_folder);
        });
        let outcome = outcome.await;
        if let Some(embedded) = prepared.embedded.take() {
            embedded.stop().await;
        }
        Ok(outcome?)
    }

    /// Fetches the app when it is in a registry, and says how long that took.
    async fn fetch(&mut self) -> Result<Option<Duration>, CliError> {
        let cache = self.serve.cache_dir.as_deref();
        let fetching = fetch_if_referenced(&self.app.from, &self.registry, &self.trust, cache);
        let (fetched, took) = stages::timed(fetching).await;
        let Some(fetched) = fetched? else { return Ok(None) };
        self.app.from = fetched.folder;
        self.serve.cache_dir = Some(fetched.cache);
        self.data.data_dir.get_or_insert(fetched.data);
        Ok(Some(took))
    }

    async fn build_or_check(&self, manifest: &Manifest) -> Result<usize, CliError> {
        if !self.no_build {
            return build::build(manifest, &self.app, build::Which::Stale).await;
        }
        match build::missing(manifest) {
            components if components.is_empty() => Ok(0),
            components => Err(CliError::NotBuilt { components }),
        }
    }

    fn settings(&self) -> Result<RunSettings, CliError> {
        let mut settings = RunSettings::new(self.app.manifest());
        let default_cache = || default_data_folder(&self.app).join("cache");
        settings.listen = self.serve.listen;
        settings.metrics_listen = self.serve.metrics_listen;
        settings.environment = self.serve.environment.iter().cloned().collect();
        settings.cache_dir = self.serve.cache_dir.clone().unwrap_or_else(default_cache);
        settings.compiled_dir = self.serve.compiled_dir.clone();
        settings.code = self.serve.target.code();
        settings.variables = self.variables.sources();
        settings.traces = TraceSettings::from_environment(|name| std::env::var(name).ok());
        if let Some(file) = &self.serve.runtime_config_file {
            runtime_config::read(file)?.apply(&mut settings);
        }
        self.limits.apply(&mut settings);
        Ok(settings)
    }
}

async fn stop(prepared: Prepared) {
    if let Some(embedded) = prepared.embedded {
        embedded.stop().await;
    }
}

/// Fills in what the operator has not given.
fn provide(settings: &mut RunSettings, prepared: &Prepared) {
    let VariableSources { arguments, environment, runtime_config } = &mut settings.variables;
    let mut put = |name: &String, value: &String| {
        if !arguments.contains_key(name) && !environment.contains_key(name) {
            runtime_config.entry(name.clone()).or_insert_with(|| value.clone());
        }
    };
    for (name, value) in &prepared.variables {
        put(name, value);
    }
}

/// What is called by the clock: what has no token where it wants one is not.
fn schedule(local_run: &LocalRun, manifest: &Manifest, sources: &VariableSources) -> Vec<ScheduledCall> {
    // What is wrong with them, the run itself says.
    let values = app_manifest::resolve_variables(manifest, sources).unwrap_or_default();
    let token = |name: &String| values.get(name).filter(|value| !value.is_empty()).cloned();
    let calls = local_run.schedule.iter().filter_map(|call| {
        let bearer = match &call.bearer {
            Some(variable) => Some(token(variable)?),
            None => None,
        };
        let interval = Duration::from_secs(call.every_seconds);
        Some(ScheduledCall { path: call.path.clone(), interval, bearer })
    });
    calls.collect()
}

#[cfg(test)]
mod tests;
