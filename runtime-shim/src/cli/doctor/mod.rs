//! `runtime-shim doctor`: what is missing to run the app here, and the command that gets it.

mod machine;
mod place;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

use app_database::Request;
use app_database::settings::LocalRun;
use clap::Args;
use runtime_shim::manifest::Manifest;

use super::build::commands::{Step, merge};
use super::flags::{AppFlags, DataFlags, default_data_folder};
use super::{CliError, build};

/// Looks without changing anything but an empty file that comes and goes.
#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    app: AppFlags,
    #[command(flatten)]
    data: DataFlags,
    /// The address `up` would take requests at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
}

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: String,
    /// What was found, or what to do.
    pub answer: Answer,
}

/// What came of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// There, and what.
    Ok(String),
    /// Not there yet; `up` gets it by itself.
    Later(String),
    /// Missing, and how to get it.
    Missing(String),
}

impl Finding {
    fn ok(what: &str, found: impl Into<String>) -> Self {
        Self { what: what.to_owned(), answer: Answer::Ok(found.into()) }
    }

    fn later(what: &str, why: impl Into<String>) -> Self {
        Self { what: what.to_owned(), answer: Answer::Later(why.into()) }
    }

    fn missing(what: &str, remedy: impl Into<String>) -> Self {
        Self { what: what.to_owned(), answer: Answer::Missing(remedy.into()) }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (word, text) = match &self.answer {
            Answer::Ok(text) => ("ok", text),
            Answer::Later(text) => ("later", text),
            Answer::Missing(text) => ("missing", text),
        };
        write!(f, "{word:<8} {:<14} {text}", self.what)
    }
}

impl Doctor {
    /// Prints one line for each look; fails when something is missing that `up` cannot get by itself.
    pub async fn run(self) -> Result<(), CliError> {
        let findings = self.findings().await;
        for finding in &findings {
            println!("{finding}");
        }
        let missing = findings.iter().filter(|found| matches!(found.answer, Answer::Missing(_))).count();
        if missing == 0 { Ok(()) } else { Err(CliError::Doctor(missing)) }
    }

    async fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let app = match self.app.read() {
            Ok(app) => {
                findings.push(Finding::ok("manifest", self.app.manifest().display().to_string()));
                Some(app)
            }
            Err(error) => {
                findings.push(Finding::missing("manifest", error.to_string()));
                None
            }
        };
        let data_folder = self.data.folder(&self.app);
        if let Some((manifest, _)) = &app {
            findings.extend(self.toolchain(manifest).await);
        }
        findings.push(place::port(self.listen));
        findings.push(place::writable("data folder", &data_folder));
        findings.push(place::writable("cache folder", &default_data_folder(&self.app).join("cache")));
        findings.extend(place::disk(&data_folder));
        if let Some((manifest, local_run)) = &app {
            findings.extend(self.database(local_run, &data_folder).await);
            findings.push(self.sources(manifest));
        }
        findings
    }

    /// What the build commands need: nothing when the app is built elsewhere.
    async fn toolchain(&self, manifest: &Manifest) -> Vec<Finding> {
        let steps = merge(&build::everything(manifest), &[], &manifest.folder);
        if !steps.iter().any(|step| matches!(step, Step::Cargo { .. })) {
            return Vec::new();
        }
        let targets: BTreeSet<String> = steps.iter().filter_map(Step::target).collect();
        let mut findings =
            vec![machine::cargo(&manifest.folder).await, machine::c_compiler(&manifest.folder).await];
        findings.extend(machine::targets(targets, &manifest.folder).await);
        findings
    }

    async fn database(&self, local_run: &LocalRun, data_folder: &Path) -> Option<Finding> {
        let settings = local_run.database.as_ref()?;
        let app_folder = self.app.folder();
        let request = Request {
            settings: local_run,
            app_folder: &app_folder,
            data_folder,
            database_url: self.data.database_url.as_deref(),
            given: &Default::default(),
        };
        Some(place::database(&request, settings).await)
    }

    fn sources(&self, manifest: &Manifest) -> Finding {
        let what = "sources";
        match build::look(manifest, &self.app) {
            Err(error) => Finding::missing(what, error.to_string()),
            Ok(stale) if stale.is_empty() => Finding::ok(what, "all components are built"),
            Ok(stale) => {
                let names: Vec<&str> = stale.iter().map(|stale| stale.component.as_str()).collect();
                let text = format!("{} to build: {}; `up` does it, or `build`", stale.len(), names.join(" "));
                Finding::later(what, text)
            }
        }
    }
}

#[cfg(test)]
mod tests;
