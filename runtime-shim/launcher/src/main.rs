//! `cargo up`: says what a first run takes, looks whether this machine can do it, builds the host (and, the first time, the
//! components beside it), and becomes the host.

mod components;
mod first_run;
mod program;
#[path = "../../src/cli/build/reproducible.rs"]
mod reproducible;
mod target;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why the app was not started.
#[derive(Debug)]
struct LaunchError {
    /// What was to be run.
    program: PathBuf,
    /// From the operating system.
    source: std::io::Error,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match launch(&repository(), &arguments) {
        Ok(code) => code,
        Err(LaunchError { program, source }) => {
            eprintln!("error: cannot run {}: {source}", program.display());
            ExitCode::FAILURE
        }
    }
}

/// Builds the host where it is not built yet or stale, and becomes it. Comes back where that is not possible.
fn launch(repository: &Path, arguments: &[OsString]) -> Result<ExitCode, LaunchError> {
    let target = repository.join("target");
    let host = target.join("host").join(format!("runtime-shim{}", env::consts::EXE_SUFFIX));
    let mut components = None;
    if !host.is_file() {
        first_run::announce();
        if !first_run::is_possible(repository, arguments) {
            return Ok(ExitCode::FAILURE);
        }
        if !components::are_left_to_the_host(arguments) {
            if !target::provide(components::TARGET, repository)? {
                return Ok(ExitCode::FAILURE);
            }
            components = components::begin_build(repository);
        }
    }
    let mut build = program::command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build
        .current_dir(repository)
        .args([
            "build",
            "--profile",
            "host",
            "--package",
            "runtime-shim",
            "--bin",
            "runtime-shim",
            "--target-dir",
        ])
        .arg(target);
    let built = match components {
        Some(components) => components.finish_beside(&mut build)?,
        None => program::status(&mut build)?,
    };
    if !built.success() {
        // Cargo has said why.
        return Ok(program::exit_code(built));
    }
    program::become_program(program::command(host).arg("up").args(arguments))
}

/// The top folder of the checkout that is run.
fn repository() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    package.ancestors().nth(2).unwrap_or(&package).to_owned()
}
