//! What operators deploy: artifacts, signals, chart, policies, backups. A cluster has [a stage of its own](super::cluster).

use super::named;
use crate::count::Count;
use crate::prerequisites::{self, go};
use crate::run::{self, Error};

/// WebAssembly's package manager, by which others fetch the tools.
const WKG: &str = "0.16.1";

/// Artifacts in a real registry.
pub fn artifacts() -> Result<Count, Error> {
    prerequisites::debian_program("docker-registry", "a registry", "docker-registry")?;
    prerequisites::debian_program("htpasswd", "a registry's passwords", "apache2-utils")?;
    prerequisites::newer_debian_program("cosign", "cosign 3", "cosign")?;
    let wkg = prerequisites::cargo_program("wkg", WKG)?;
    let mut command = named("registry");
    command.env("WKG", wkg);
    run::counted(command)
}

/// Traces, metrics, rules and dashboards.
pub fn observability() -> Result<Count, Error> {
    prerequisites::postgres()?;
    prerequisites::debian_program("promtool", "Prometheus", "prometheus")?;
    run::counted(named("observability"))
}

/// The chart as it is rendered.
pub fn chart() -> Result<Count, Error> {
    prerequisites::debian_program("promtool", "Prometheus", "prometheus")?;
    let mut command = named("chart");
    command.env("PATH", go::path_with(&[go::HELM, go::HELM_DOCS, go::KUBE_SCORE])?);
    run::counted(command)
}

/// Policies over all that is deployed, and scripts.
pub fn policy() -> Result<Count, Error> {
    prerequisites::debian_program("shellcheck", "shellcheck", "shellcheck")?;
    let mut command = named("policy");
    command.env("PATH", go::path_with(&[go::HELM, go::CONFTEST, go::OPA])?);
    run::counted(command)
}

/// Backups that are restored.
pub fn recovery() -> Result<Count, Error> {
    prerequisites::postgres()?;
    run::counted(named("recovery"))
}
