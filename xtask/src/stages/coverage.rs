//! How much of the product its native tests run.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Depth;
use crate::count::Count;
use crate::coverage::{Crate, Export, Table};
use crate::prerequisites;
use crate::run::{self, Error};

const CARGO_LLVM_COV: &str = "0.9.1";

/// Where the product's crates are.
const PRODUCT: [&str; 2] = ["components", "runtime-shim"];

/// Does its work on a node of a cluster, where the stage `cluster` tests it; nothing there tells which lines ran.
const ON_A_NODE: &str = "containerd-shim-todo";

/// What `cargo metadata` says.
///
/// Source: <https://doc.rust-lang.org/cargo/commands/cargo-metadata.html#json-format>
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
}

/// LLVM's tools of the toolchain, cargo-llvm-cov, and what the tests need.
pub fn prepare(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::llvm_tools()?;
    prerequisites::cargo_program("cargo-llvm-cov", CARGO_LLVM_COV).map(drop)
}

/// Runs the native tests of components, crates and host, compiled once more with counters and in a folder of their own
/// (`target/llvm-cov-target`), in the host's profile, since others take minutes to compile a component. Prints the table;
/// each shortfall counts as a failed test.
pub fn coverage(_: Depth) -> Result<Count, Error> {
    let program =
        prerequisites::cargo_program("cargo-llvm-cov", CARGO_LLVM_COV)?.to_string_lossy().into_owned();
    let crates = crates()?;
    let export = run::repository().join("target/coverage.json");
    if export.exists() {
        fs::remove_file(&export)
            .map_err(|error| Error::Failed(format!("removing an old report ({error})")))?;
    }
    let export_path = export.to_string_lossy();
    // The fixtures that tests of the host build are WebAssembly, for which the compiler has no counters.
    let mut arguments =
        vec!["llvm-cov", "test", "--profile", "host", "--coverage-host-only", "--no-fail-fast"];
    arguments.extend(["--json", "--summary-only", "--output-path", &*export_path]);
    arguments.extend(crates.iter().flat_map(|measured| ["--package", &measured.name]));
    let mut command = run::command(&program, &arguments);
    // The profile strips its programs; counters are told apart by what would be stripped.
    command.env("CARGO_PROFILE_HOST_STRIP", "none");
    let mut count = run::counted(command)?;
    if count.failed > 0 {
        println!("no coverage was summed up: tests or their report failed, as said above");
        return Ok(count);
    }
    let table = Table::sum_up(&read(&export)?, &crates);
    println!("{table}\n{ON_A_NODE} is not measured: the stage cluster tests it, on a node");
    let shortfalls = table.shortfalls();
    for shortfall in &shortfalls {
        println!("{shortfall}");
    }
    match shortfalls.len() {
        0 => count.passed += 1,
        found => count.failed += found as u64,
    }
    Ok(count)
}

/// The product's crates that are measured.
fn crates() -> Result<Vec<Crate>, Error> {
    let arguments = ["metadata", "--no-deps", "--format-version", "1"];
    let metadata = run::lines(run::command("cargo", &arguments))?.concat();
    crates_of(&metadata, &run::repository())
        .map_err(|error| Error::Failed(format!("reading metadata ({error})")))
}

fn crates_of(metadata: &str, repository: &Path) -> Result<Vec<Crate>, serde_json::Error> {
    let Metadata { packages } = serde_json::from_str(metadata)?;
    let is_product = |folder: &Path| PRODUCT.iter().any(|top| folder.starts_with(repository.join(top)));
    let measured = packages.into_iter().filter(|package| package.name != ON_A_NODE).filter_map(|package| {
        let folder = package.manifest_path.parent()?.to_owned();
        is_product(&folder).then_some(Crate { name: package.name, folder })
    });
    Ok(measured.collect())
}

fn read(export: &Path) -> Result<Export, Error> {
    let failed =
        |error: &dyn std::fmt::Display| Error::Failed(format!("reading {} ({error})", export.display()));
    let text = fs::read_to_string(export).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_products_crates_are_measured_and_nothing_else() {
        let metadata = r#"{"packages":[
            {"name":"chat","manifest_path":"/r/components/endpoints/chat/Cargo.toml"},
            {"name":"runtime-shim","manifest_path":"/r/runtime-shim/Cargo.toml"},
            {"name":"containerd-shim-todo","manifest_path":"/r/runtime-shim/containerd-shim/Cargo.toml"},
            {"name":"xtask","manifest_path":"/r/xtask/Cargo.toml"}]}"#;
        let found = crates_of(metadata, Path::new("/r")).unwrap();
        let names: Vec<&str> = found.iter().map(|measured| measured.name.as_str()).collect();
        assert_eq!(names, ["chat", "runtime-shim"]);
        assert_eq!(found[0].folder, Path::new("/r/components/endpoints/chat"));
    }
}
