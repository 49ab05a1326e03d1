//! The benchmark.

use std::path::PathBuf;
use std::process::Command;

use crate::app;
use crate::prerequisites;
use crate::programs;
use crate::run::{self, Error};

/// Measures the app, the native reference and the Python SDK in one go: the app on the host as operators run it, whose
/// first build takes its time. Beside another build, or another database, it is the one that `cargo up` makes.
pub fn bench(flags: &[&str]) -> Result<bool, Error> {
    let mut measure = load(flags)?;
    if !flags.iter().any(|flag| flag.starts_with("--beside-") || *flag == EMBEDDED) {
        run::check("cargo", &["build", "--profile", "dist", "--package", "runtime-shim"])?;
        measure.env("RUNTIME_SHIM", run::repository().join("target/dist/runtime-shim"));
    }
    let status = measure.status().map_err(|source| run::start("load", source))?;
    Ok(status.success())
}

/// Installs PostgreSQL and the Python packages to compare with; the path of the interpreter.
pub fn prepare() -> Result<PathBuf, Error> {
    prerequisites::postgres()?;
    prerequisites::python("tests/load/reference-python/requirements.txt")
}

/// The flag that compares the app's own database with a server, and nothing else.
const EMBEDDED: &str = "--embedded";

/// The flag that measures how soon the assistant speaks, and nothing else.
const FIRST_WORDS: &str = "--first-words";

/// The command that measures, with everything it needs built and installed.
pub fn load(flags: &[&str]) -> Result<Command, Error> {
    let python = prepare()?;
    if !flags.contains(&EMBEDDED) && !flags.contains(&FIRST_WORDS) {
        // As fast as it can be: the host's profile leaves its database client unoptimised.
        run::check("cargo", &["build", "--release", "--package", "load-reference"])?;
    }
    if app::build()?.failed > 0 {
        return Err(Error::Failed("building the app".to_owned()));
    }
    if programs::host(&["build"])?.failed > 0 {
        return Err(Error::Failed("building the load".to_owned()));
    }
    let mut command = run::command("target/host/load", flags);
    // Backtraces of errors that no one sees cost the app a few percent, wherever a shell asks for them.
    command.env("PYTHON", python).env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    Ok(command)
}
