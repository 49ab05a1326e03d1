//! The host is made of crates, and a test of one builds what that one needs. That they form no circle is cargo's doing.

use std::process::Command;

use harness::programs::printed;
use harness::repository;

/// Crates of the host that run no WebAssembly, and need nothing that does.
const WITHOUT_ENGINE: [&str; 7] = [
    "locked-app",
    "app-manifest",
    "app-composition",
    "app-packing",
    "runtime-limits",
    "runtime-observability",
    "sql-scanner",
];

/// Crates that a manifest is read without: the engine, its compiler, an HTTP server or client, registries.
const NOT_FOR_A_MANIFEST: [&str; 6] =
    ["wasmtime", "cranelift-codegen", "hyper", "tokio", "reqwest", "app-artifact"];

/// The names of all crates that the tests of `package` are built of.
fn built_of(package: &str) -> Vec<String> {
    let mut tree = Command::new("cargo");
    tree.current_dir(repository()).args(["tree", "--quiet", "--locked", "--prefix", "none"]);
    tree.args(["--format", "{p}", "--edges", "normal,build,dev", "--package", package]);
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    printed(&mut tree).lines().map(name).collect()
}

#[test]
fn what_runs_nothing_is_built_without_the_engine() {
    for package in WITHOUT_ENGINE {
        let crates = built_of(package);
        assert!(crates.iter().any(|name| name == package), "{package}: {crates:?}");
        let engine: Vec<_> = crates
            .iter()
            .filter(|name| name.starts_with("wasmtime") || name.starts_with("cranelift"))
            .collect();
        assert!(engine.is_empty(), "the tests of {package} compile {engine:?}");
    }
    assert!(built_of("runtime-host").iter().any(|name| name == "wasmtime"), "that is how it would show");
}

#[test]
fn a_test_of_the_manifest_builds_no_more_than_reading_one_needs() {
    let crates = built_of("app-manifest");
    for name in NOT_FOR_A_MANIFEST {
        assert!(!crates.iter().any(|other| other == name), "the tests of app-manifest compile {name}");
    }
}
