//! The code and the product itself.

use super::{fixture, named};
use crate::app;
use crate::bench;
use crate::count::Count;
use crate::prerequisites;
use crate::run::{self, Error};

/// The version of cargo-deny that deny.toml is written for.
const CARGO_DENY: &str = "0.20.2";

/// cargo-deny.
pub fn licences() -> Result<Count, Error> {
    let program = prerequisites::cargo_program("cargo-deny", CARGO_DENY)?;
    let arguments = ["--log-level", "error", "check", "bans", "licenses", "sources"];
    run::counted(run::command(&program.to_string_lossy(), &arguments))
}

/// rustfmt.
pub fn format() -> Result<Count, Error> {
    run::cargo(&["fmt", "--all", "--check"])
}

/// The host and the benchmark: their dependencies are large, so they are built once, in the profile they are used in.
const HOST: [&str; 14] = [
    "--package",
    "runtime-shim",
    "--package",
    "app-artifact",
    "--package",
    "app-database",
    "--package",
    "runtime-image",
    "--package",
    "smoke",
    "--package",
    "load",
    "--package",
    "load-reference",
];

/// What runs natively without the built app.
const NATIVE: [&str; 19] = [
    "--workspace",
    "--exclude",
    "containerd-shim-todo",
    "--exclude",
    "runtime-shim",
    "--exclude",
    "app-artifact",
    "--exclude",
    "app-database",
    "--exclude",
    "runtime-image",
    "--exclude",
    "smoke",
    "--exclude",
    "load",
    "--exclude",
    "load-reference",
    "--exclude",
    "product-tests",
];

/// Tests of crates and components, natively.
pub fn units() -> Result<Count, Error> {
    prerequisites::postgres()?;
    run::cargo(&[&["test", "--quiet"], &NATIVE[..]].concat())
}

/// Tests that only run where they are named, and that `--all-targets` leaves out.
const NAMED_TESTS: [&str; 10] = [
    "hostile",
    "clients",
    "browser",
    "conformance",
    "registry",
    "observability",
    "chart",
    "policy",
    "recovery",
    "cluster",
];

/// Clippy, warnings denied.
pub fn lints() -> Result<Count, Error> {
    let strict = ["--", "--deny", "warnings"];
    let mut count = run::cargo(&[&["clippy", "--quiet", "--all-targets"], &NATIVE[..], &strict].concat())?;
    count += run::cargo(
        &[&["clippy", "--quiet", "--profile", "host", "--all-targets"], &HOST[..], &strict].concat(),
    )?;
    let named: Vec<&str> = NAMED_TESTS.iter().flat_map(|name| ["--test", name]).collect();
    count += run::cargo(
        &[&["clippy", "--quiet", "--package", "product-tests", "--all-targets"][..], &named, &strict]
            .concat(),
    )?;
    Ok(count)
}

/// The host, every component, and the fixture of the tools.
pub fn build() -> Result<Count, Error> {
    let mut count = app::build()?;
    // The fixture through which the tools are called without a door of the product.
    count += fixture("tool-door")?;
    Ok(count)
}

/// The host's own tests.
pub fn host() -> Result<Count, Error> {
    prerequisites::postgres()?;
    let packages = ["runtime-shim", "app-artifact", "app-database", "runtime-image", "smoke"];
    let packages: Vec<&str> = packages.iter().flat_map(|name| ["--package", name]).collect();
    run::cargo(&[&["test", "--quiet", "--profile", "host"], &packages[..]].concat())
}

/// The product through its doors.
pub fn product() -> Result<Count, Error> {
    prerequisites::postgres()?;
    run::cargo(&["test", "--quiet", "--package", "product-tests", "--no-fail-fast"])
}

/// Generated messages over HTTP.
pub fn hostile() -> Result<Count, Error> {
    prerequisites::postgres()?;
    run::counted(named("hostile"))
}

/// MCP against the Python SDK and native rmcp.
pub fn figures() -> Result<Count, Error> {
    let measure = bench::load(&["--floor"])?;
    let mut count = run::cargo(&["test", "--quiet", "--profile", "host", "--package", "load"])?;
    count += run::counted(measure)?;
    Ok(count)
}
