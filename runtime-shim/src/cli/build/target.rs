//! The Rust standard library for the targets that build commands name, fetched when it is missing.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::CliError;
use crate::cli::process;

/// Fetches what is missing of `targets` with rustup, and says so.
pub async fn provide(targets: BTreeSet<String>, folder: &Path) -> Result<(), CliError> {
    for target in missing(targets, folder).await? {
        eprintln!("fetching the Rust target {target}: rustup target add {target}");
        let status =
            process::command("rustup", folder).args(["target", "add", &target]).status().await.map_err(
                |source| CliError::Program {
                    program: "rustup".to_owned(),
                    source,
                    hint: process::hint("rustup"),
                },
            )?;
        if !status.success() {
            let command = format!("rustup target add {target}");
            return Err(CliError::Build { command, status: status.to_string() });
        }
    }
    Ok(())
}

/// Those of `targets` the toolchain of `folder` has no standard library for.
pub async fn missing(targets: BTreeSet<String>, folder: &Path) -> Result<Vec<String>, CliError> {
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let sysroot = process::output("rustc", &["--print", "sysroot"], folder).await?.unwrap_or_default();
    let libraries = Path::new(&sysroot).join("lib/rustlib");
    Ok(targets.into_iter().filter(|target| !libraries.join(target).join("lib").is_dir()).collect())
}
