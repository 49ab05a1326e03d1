//! The stages of the test run, in the order in which a mistake is cheapest to find.

mod clients;
mod cluster;
mod code;
mod operations;

use std::process::Command;
use std::time::Instant;

use crate::app;
use crate::count::Count;
use crate::fuzz;
use crate::run::{self, Error};

struct Stage {
    name: &'static str,
    promise: &'static str,
    run: fn() -> Result<Count, Error>,
}

const STAGES: &[Stage] = &[
    Stage { name: "format", promise: "the code is formatted as rustfmt.toml says", run: code::format },
    Stage {
        name: "units",
        promise: "crates and components do what they promise, natively",
        run: code::units,
    },
    Stage { name: "fuzz", promise: "no bytes bring the protocol's parser down", run: fuzz::messages },
    Stage { name: "lints", promise: "no warnings in any code", run: code::lints },
    Stage { name: "build", promise: "the host and every component build", run: code::build },
    Stage { name: "host", promise: "the host keeps Spin's semantics and its limits", run: code::host },
    Stage {
        name: "product",
        promise: "the whole product does its job through every door",
        run: code::product,
    },
    Stage { name: "hostile", promise: "100,000 hostile messages do it no harm", run: code::hostile },
    Stage { name: "clients", promise: "official clients work with it unchanged", run: clients::clients },
    Stage {
        name: "conformance",
        promise: "the official MCP conformance suite finds nothing wrong",
        run: clients::conformance,
    },
    Stage {
        name: "artifacts",
        promise: "what is published is what runs, signed and by digest",
        run: operations::artifacts,
    },
    Stage {
        name: "observability",
        promise: "operators see what happens and are told in time",
        run: operations::observability,
    },
    Stage { name: "chart", promise: "the chart renders what operators may trust", run: operations::chart },
    Stage {
        name: "policy",
        promise: "what is deployed keeps to the rules, and scripts are sound",
        run: operations::policy,
    },
    Stage { name: "recovery", promise: "what was lost comes back", run: operations::recovery },
    Stage {
        name: "cluster",
        promise: "the app installs, rolls, breaks and goes on a real Kubernetes",
        run: cluster::cluster,
    },
    Stage { name: "browser", promise: "a person can use the page", run: clients::browser },
    Stage {
        name: "figures",
        promise: "MCP holds its own against the official Python SDK, at a lower p99",
        run: code::figures,
    },
    Stage {
        name: "licences",
        promise: "every dependency may be used, and comes from the registry",
        run: code::licences,
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

/// A test target of product-tests that only runs where it is named.
fn named(target: &str) -> Command {
    run::command("cargo", &["test", "--quiet", "--package", "product-tests", "--test", target])
}

/// An app that only tests use.
fn fixture(name: &str) -> Result<Count, Error> {
    let manifest = format!("tests/fixtures/{name}/spin.toml");
    app::runtime_shim(&["build", "--component-id", name, "--from", &manifest])
}
