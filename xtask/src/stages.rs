//! The stages of the test run, in the order in which a mistake is cheapest to find.

use std::path::PathBuf;
use std::time::Instant;

use crate::bench;
use crate::count::Count;
use crate::fuzz;
use crate::prerequisites;
use crate::run::{self, Error};

struct Stage {
    name: &'static str,
    promise: &'static str,
    run: fn() -> Result<Count, Error>,
}

const STAGES: &[Stage] = &[
    Stage { name: "format", promise: "the code is formatted as rustfmt.toml says", run: format },
    Stage { name: "units", promise: "crates and components do what they promise, natively", run: units },
    Stage { name: "fuzz", promise: "no bytes bring the protocol's parser down", run: fuzz::messages },
    Stage { name: "lints", promise: "no warnings in any code", run: lints },
    Stage { name: "build", promise: "the host and every component build", run: build },
    Stage { name: "host", promise: "the host keeps Spin's semantics and its limits", run: host },
    Stage { name: "product", promise: "the whole product does its job through every door", run: product },
    Stage { name: "hostile", promise: "100,000 hostile messages do it no harm", run: hostile },
    Stage { name: "clients", promise: "official clients work with it unchanged", run: clients },
    Stage {
        name: "conformance",
        promise: "the official MCP conformance suite finds nothing wrong",
        run: conformance,
    },
    Stage { name: "browser", promise: "a person can use the page", run: browser },
    Stage {
        name: "figures",
        promise: "MCP holds its own against the official Python SDK, at a lower p99",
        run: figures,
    },
    Stage {
        name: "licences",
        promise: "every dependency may be used, and comes from the registry",
        run: licences,
    },
];

/// Runs the chosen stages, all when none is chosen. A stage that fails does not keep the next ones from running.
pub fn test(chosen: &[&str]) -> Result<bool, Error> {
    if let Some(unknown) = chosen.iter().find(|name| STAGES.iter().all(|stage| stage.name != **name)) {
        return Err(Error::UnknownStage((*unknown).to_owned()));
    }
    let stages: Vec<&Stage> =
        STAGES.iter().filter(|stage| chosen.is_empty() || chosen.contains(&stage.name)).collect();
    let mut total = Count::default();
    let mut lines = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        println!("\n=== {}/{} {}: {}", index + 1, stages.len(), stage.name, stage.promise);
        let start = Instant::now();
        let count = (stage.run)().unwrap_or_else(|error| {
            eprintln!("{error}");
            Count { passed: 0, failed: 1 }
        });
        lines.push(format!(
            "{:>11} {:>5} passed {:>3} failed {:>5} s",
            stage.name,
            count.passed,
            count.failed,
            start.elapsed().as_secs()
        ));
        total += count;
    }
    println!("\n{}\n{} passed, {} failed", lines.join("\n"), total.passed, total.failed);
    Ok(total.failed == 0)
}

/// Prints the stages.
pub fn name_all() -> Result<bool, Error> {
    for stage in STAGES {
        println!("{:11} {}", stage.name, stage.promise);
    }
    Ok(true)
}

fn cargo(arguments: &[&str]) -> Result<Count, Error> {
    run::counted(run::command("cargo", arguments))
}

/// The version of cargo-deny that deny.toml is written for.
const CARGO_DENY: &str = "0.20.2";

fn licences() -> Result<Count, Error> {
    let program = prerequisites::cargo_program("cargo-deny", CARGO_DENY)?;
    let arguments = ["--log-level", "error", "check", "bans", "licenses", "sources"];
    run::counted(run::command(&program.to_string_lossy(), &arguments))
}

fn format() -> Result<Count, Error> {
    cargo(&["fmt", "--all", "--check"])
}

/// The host and the benchmark: their dependencies are large, so they are built once, in the profile they are used in.
const HOST: [&str; 8] = [
    "--package",
    "runtime-shim",
    "--package",
    "app-database",
    "--package",
    "load",
    "--package",
    "load-reference",
];

/// What runs natively without the built app.
const NATIVE: [&str; 11] = [
    "--workspace",
    "--exclude",
    "runtime-shim",
    "--exclude",
    "app-database",
    "--exclude",
    "load",
    "--exclude",
    "load-reference",
    "--exclude",
    "product-tests",
];

fn units() -> Result<Count, Error> {
    prerequisites::postgres()?;
    cargo(&[&["test", "--quiet"], &NATIVE[..]].concat())
}

/// Tests that only run where they are named, and that `--all-targets` leaves out.
const NAMED_TESTS: [&str; 8] =
    ["--test", "hostile", "--test", "clients", "--test", "browser", "--test", "conformance"];

fn lints() -> Result<Count, Error> {
    let strict = ["--", "--deny", "warnings"];
    let mut count = cargo(&[&["clippy", "--quiet", "--all-targets"], &NATIVE[..], &strict].concat())?;
    count +=
        cargo(&[&["clippy", "--quiet", "--profile", "host", "--all-targets"], &HOST[..], &strict].concat())?;
    count += cargo(
        &[&["clippy", "--quiet", "--package", "product-tests", "--all-targets"][..], &NAMED_TESTS, &strict]
            .concat(),
    )?;
    Ok(count)
}

fn build() -> Result<Count, Error> {
    let mut count = cargo(&["build", "--profile", "host", "--package", "runtime-shim"])?;
    count += cargo(&["run", "--quiet", "--profile", "host", "--package", "runtime-shim", "--", "build"])?;
    // The fixture through which the tools are called without a door of the product.
    count += fixture("tool-door")?;
    Ok(count)
}

fn fixture(package: &str) -> Result<Count, Error> {
    cargo(&["build", "--target", "wasm32-wasip2", "--release", "--package", package])
}

fn host() -> Result<Count, Error> {
    prerequisites::postgres()?;
    cargo(&["test", "--quiet", "--profile", "host", "--package", "runtime-shim", "--package", "app-database"])
}

fn product() -> Result<Count, Error> {
    prerequisites::postgres()?;
    cargo(&["test", "--quiet", "--package", "product-tests", "--no-fail-fast"])
}

/// The oldest Node.js that the official clients run on.
const NODE_OF_CLIENTS: u32 = 22;

/// The oldest Node.js that the conformance suite runs on.
const NODE_OF_CONFORMANCE: u32 = 22;

fn hostile() -> Result<Count, Error> {
    prerequisites::postgres()?;
    cargo(&["test", "--quiet", "--package", "product-tests", "--test", "hostile"])
}

fn clients() -> Result<Count, Error> {
    prerequisites::postgres()?;
    let python: PathBuf = prerequisites::python("tests/mcp/requirements.txt")?;
    let node = prerequisites::node(NODE_OF_CLIENTS)?;
    prerequisites::node_packages("tests/mcp")?;
    prerequisites::node_packages("tests/auth")?;
    let mut command =
        run::command("cargo", &["test", "--quiet", "--package", "product-tests", "--test", "clients"]);
    command.env("PYTHON", python).env("NODE", node);
    run::counted(command)
}

fn conformance() -> Result<Count, Error> {
    prerequisites::postgres()?;
    let node = prerequisites::node(NODE_OF_CONFORMANCE)?;
    prerequisites::node_packages("tests/conformance")?;
    let mut count = fixture("mcp-conformance")?;
    let mut command =
        run::command("cargo", &["test", "--quiet", "--package", "product-tests", "--test", "conformance"]);
    command.env("NODE", node);
    count += run::counted(command)?;
    Ok(count)
}

fn browser() -> Result<Count, Error> {
    prerequisites::postgres()?;
    prerequisites::browser()?;
    cargo(&["test", "--quiet", "--package", "product-tests", "--test", "browser"])
}

fn figures() -> Result<Count, Error> {
    let measure = bench::load(&["--floor"])?;
    let mut count = cargo(&["test", "--quiet", "--profile", "host", "--package", "load"])?;
    count += run::counted(measure)?;
    Ok(count)
}
