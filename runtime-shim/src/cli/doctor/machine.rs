//! Programs the build needs.

use std::collections::BTreeSet;
use std::path::Path;

use super::Finding;
use crate::cli::build::target;
use crate::cli::process::{hint, output};

/// Rust and its cargo.
pub async fn cargo(folder: &Path) -> Finding {
    match output("cargo", &["--version"], folder).await {
        Ok(Some(version)) => Finding::ok("rust", version),
        Ok(None) | Err(_) => Finding::missing("rust", hint("cargo")),
    }
}

/// A C compiler: some crates of the host bring C sources.
pub async fn c_compiler(folder: &Path) -> Finding {
    for program in ["cc", "clang", "gcc"] {
        if let Ok(Some(version)) = output(program, &["--version"], folder).await {
            return Finding::ok("c compiler", version.lines().next().unwrap_or(program));
        }
    }
    Finding::missing("c compiler", hint("cc"))
}

/// The standard libraries of the components' targets.
pub async fn targets(targets: BTreeSet<String>, folder: &Path) -> Vec<Finding> {
    let Ok(missing) = target::missing(targets.clone(), folder).await else { return Vec::new() };
    targets
        .into_iter()
        .map(|target| {
            if missing.contains(&target) {
                Finding::later(&target, format!("`up` fetches it, or: rustup target add {target}"))
            } else {
                Finding::ok(&target, "installed")
            }
        })
        .collect()
}
