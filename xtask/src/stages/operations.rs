//! What operators deploy: artifacts, signals, chart, policies, backups. A cluster has [a stage of its own](super::cluster).

use super::{Depth, test_program};
use crate::count::Count;
use crate::prerequisites::{self, go};
use crate::run::{self, Error};

/// WebAssembly's package manager, by which others fetch the tools.
const WKG: &str = "0.16.1";

/// The tests of the program `registry` that measure time: a stage of their own.
const TIMED_TESTS: &str = "cold_start::";

/// Installs a registry.
pub fn prepare_registry(_: Depth) -> Result<(), Error> {
    prerequisites::debian_program("docker-registry", "a registry", "docker-registry")
}

/// Installs a registry, a signer, and for the whole depth wkg.
pub fn prepare_artifacts(depth: Depth) -> Result<(), Error> {
    prepare_registry(depth)?;
    prerequisites::debian_program("htpasswd", "a registry's passwords", "apache2-utils")?;
    prerequisites::newer_debian_program("cosign", "cosign 3", "cosign")?;
    if depth == Depth::All {
        prerequisites::cargo_program("wkg", WKG)?;
    }
    Ok(())
}

/// Artifacts in a real registry.
pub fn artifacts(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("registry", depth)?;
    command.args(["--skip", TIMED_TESTS]);
    match depth {
        Depth::First => command.args(["--skip", "wkg::", "--skip", "another_checkout"]),
        Depth::All => command.env("WKG", prerequisites::cargo_program("wkg", WKG)?),
    };
    run::counted(command)
}

/// Starts from a real registry, with the machine to themselves.
pub fn cold_start(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("registry", depth)?;
    command.arg(TIMED_TESTS);
    run::counted(command)
}

/// Installs Prometheus.
pub fn prepare_observability(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::debian_program("promtool", "Prometheus", "prometheus")
}

/// Traces, metrics, rules and dashboards.
pub fn observability(depth: Depth) -> Result<Count, Error> {
    run::counted(test_program("observability", depth)?)
}

/// What looks at the chart.
const CHART_PROGRAMS: [go::GoProgram; 3] = [go::HELM, go::HELM_DOCS, go::KUBE_SCORE];

/// Installs what looks at the chart.
pub fn prepare_chart(_: Depth) -> Result<(), Error> {
    prerequisites::debian_program("promtool", "Prometheus", "prometheus")?;
    go::path_with(&CHART_PROGRAMS).map(drop)
}

/// The chart as it is rendered.
pub fn chart(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("chart", depth)?;
    command.env("PATH", go::path_with(&CHART_PROGRAMS)?);
    run::counted(command)
}

/// What looks at policies.
const POLICY_PROGRAMS: [go::GoProgram; 2] = [go::HELM, go::OPA];

/// Installs what looks at policies and scripts.
pub fn prepare_policy(_: Depth) -> Result<(), Error> {
    prerequisites::debian_program("shellcheck", "shellcheck", "shellcheck")?;
    go::path_with(&POLICY_PROGRAMS).map(drop)
}

/// Policies over all that is deployed, and scripts.
pub fn policy(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("policy", depth)?;
    command.env("PATH", go::path_with(&POLICY_PROGRAMS)?);
    run::counted(command)
}

/// Backups that are restored.
pub fn recovery(depth: Depth) -> Result<Count, Error> {
    run::counted(test_program("recovery", depth)?)
}
