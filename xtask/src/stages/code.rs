//! The code and the product itself.

use super::{Depth, fixture, test_program};
use crate::app;
use crate::bench;
use crate::count::Count;
use crate::prerequisites;
use crate::programs;
use crate::run::{self, Error};

/// The version of cargo-deny that deny.toml is written for.
const CARGO_DENY: &str = "0.20.2";

/// cargo-deny.
pub fn prepare_licences(_: Depth) -> Result<(), Error> {
    prerequisites::cargo_program("cargo-deny", CARGO_DENY).map(drop)
}

/// What of every dependency may be used.
pub fn licences(_: Depth) -> Result<Count, Error> {
    let program = prerequisites::cargo_program("cargo-deny", CARGO_DENY)?;
    let arguments = ["--log-level", "error", "check", "bans", "licenses", "sources"];
    run::counted(run::command(&program.to_string_lossy(), &arguments))
}

/// Known weaknesses of dependencies. Where their database can't be had this says why and counts nothing, unless
/// `REQUIRE_ADVISORIES` is set, as it is where changes are merged.
pub fn advisories(_: Depth) -> Result<Count, Error> {
    let program = prerequisites::cargo_program("cargo-deny", CARGO_DENY)?.to_string_lossy().into_owned();
    if let Err(error) = run::check(&program, &["fetch", "db"]) {
        if std::env::var_os("REQUIRE_ADVISORIES").is_some() {
            return Err(error);
        }
        println!("advisories were not looked at: their database can't be fetched, as said above");
        return Ok(Count::default());
    }
    run::counted(run::command(&program, &["--log-level", "error", "check", "advisories"]))
}

/// The launcher of `cargo up`, a workspace of its own.
const LAUNCHER: [&str; 2] = ["--manifest-path", "runtime-shim/launcher/Cargo.toml"];

/// rustfmt.
pub fn format(_: Depth) -> Result<Count, Error> {
    let mut count = run::cargo(&["fmt", "--all", "--check"])?;
    count += run::cargo(&[&["fmt", "--check"], &LAUNCHER[..]].concat())?;
    count += tests_of_tools()?;
    Ok(count)
}

/// The tests of each tool: a macro names them as modules, and rustfmt does not follow those by itself.
fn tests_of_tools() -> Result<Count, Error> {
    let folder = run::repository().join("tests/tools");
    let unread = |error| Error::Failed(format!("reading {} ({error})", folder.display()));
    let mut command = run::command("rustfmt", &["--check", "--edition", "2024"]);
    for entry in std::fs::read_dir(&folder).map_err(unread)? {
        command.arg(entry.map_err(unread)?.path());
    }
    run::counted(command)
}

/// A PostgreSQL server's programs.
pub fn prepare_postgres(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()
}

/// What the product's tests run beside it: the commands of README.md are curl's.
pub fn prepare_product(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::debian_program("curl", "curl", "curl")
}

/// Tests of crates and components, natively. With them all programs of the product's tests are compiled, in one go, so that
/// what they share is compiled once.
pub fn units(_: Depth) -> Result<Count, Error> {
    let mut count = Count::default();
    for program in programs::native()?.iter().filter(|program| program.package != programs::PRODUCT) {
        count += run::counted(program.command())?;
    }
    count += programs::documentation()?;
    Ok(count)
}

/// What the node's shim needs to be looked at.
pub fn prepare_lints(depth: Depth) -> Result<(), Error> {
    match depth {
        Depth::First => Ok(()),
        Depth::All => prerequisites::node_shim(),
    }
}

/// Clippy, warnings denied. In the host's profile, whose dependencies are the most. What would have them checked again, with
/// features of its own, is looked at by itself and at the whole depth: the program to compare with, and the node's shim.
pub fn lints(depth: Depth) -> Result<Count, Error> {
    let mut count = Count::default();
    let most = [
        "--profile",
        "host",
        "--workspace",
        "--exclude",
        "containerd-shim-todo",
        "--exclude",
        "load-reference",
    ];
    // The second takes the tests that only run where they are named, which the first leaves out.
    for targets in [&["--all-targets"][..], &["--test", "*"]] {
        count += clippy(&[&most[..], targets].concat())?;
    }
    count += clippy(&[&LAUNCHER[..], &["--target-dir", "target/launcher"]].concat())?;
    if depth == Depth::All {
        count += clippy(&["--release", "--package", "load-reference"])?;
        count += clippy(&["--profile", "host", "--package", "containerd-shim-todo", "--all-targets"])?;
    }
    Ok(count)
}

fn clippy(of: &[&str]) -> Result<Count, Error> {
    run::cargo(&[&["clippy", "--quiet"], of, &["--", "--deny", "warnings"]].concat())
}

/// The host, every component, and the apps of the tests.
pub fn build(_: Depth) -> Result<Count, Error> {
    let mut count = app::build()?;
    // The app through which the tools are called without an endpoint of the product, and the one of the official suite.
    for name in ["tool-harness", "mcp-conformance"] {
        count += fixture(name)?;
    }
    // Last: of what the fixtures share with the app, building them may have made another file, and a process that has just compiled
    // code holds more memory than one that found it.
    count += app::compile("spin.toml")?;
    Ok(count)
}

/// The host's own tests.
pub fn host(_: Depth) -> Result<Count, Error> {
    programs::host(&["test", "--quiet", "--no-fail-fast"])
}

/// The product through its endpoints: every test of it that no stage of its own runs.
pub fn product(depth: Depth) -> Result<Count, Error> {
    let mut count = Count::default();
    let of_product = |program: &&programs::Program| {
        program.package == programs::PRODUCT && !programs::NAMED_TESTS.contains(&program.target.as_str())
    };
    for program in programs::native()?.iter().filter(of_product) {
        let mut command = program.command();
        super::tell_depth(&mut command, depth);
        count += run::counted(command)?;
    }
    Ok(count)
}

/// Generated messages over HTTP.
pub fn hostile(depth: Depth) -> Result<Count, Error> {
    run::counted(test_program("hostile", depth)?)
}

/// The programs to compare with.
pub fn prepare_benchmarks(_: Depth) -> Result<(), Error> {
    bench::prepare().map(drop)
}

/// MCP against the Python SDK and native rmcp.
pub fn benchmarks(_: Depth) -> Result<Count, Error> {
    run::counted(bench::load(&["--floor"])?)
}
