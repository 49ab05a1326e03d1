//! The benchmark.

use crate::prerequisites;
use crate::run::{self, Error};

/// Measures the app and the native reference in one go.
pub fn bench(flags: &[&str]) -> Result<bool, Error> {
    prerequisites::postgres()?;
    run::check(
        "cargo",
        &["build", "--profile", "host", "--package", "runtime-shim", "--package", "load-reference"],
    )?;
    run::check(
        "cargo",
        &["run", "--quiet", "--profile", "host", "--package", "runtime-shim", "--", "build"],
    )?;
    let mut arguments = vec!["run", "--quiet", "--profile", "host", "--package", "load", "--"];
    arguments.extend(flags);
    run::check("cargo", &arguments)?;
    Ok(true)
}
