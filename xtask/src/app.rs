//! The app as people run it.

use crate::count::Count;
use crate::run::{self, Error};

/// Builds the host, and the app's components with it.
pub fn build() -> Result<Count, Error> {
    // Alone, so that no other package's features make it another build than the stages and `cargo up` use.
    let mut count = run::cargo(&["build", "--profile", "host", "--package", "runtime-shim"])?;
    count += runtime_shim(&["build"])?;
    Ok(count)
}

/// Compiles an app's components to machine code where the tests' apps look for it: many that start at once would each compile
/// all of them.
pub fn compile(manifest: &str) -> Result<Count, Error> {
    runtime_shim(&["compile", "--from", manifest, "--into", "target/compiled"])
}

/// Runs the host.
pub fn runtime_shim(arguments: &[&str]) -> Result<Count, Error> {
    let run = ["run", "--quiet", "--profile", "host", "--package", "runtime-shim", "--"];
    run::cargo(&[&run[..], arguments].concat())
}
