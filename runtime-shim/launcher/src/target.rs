//! The Rust standard library for the components' target, fetched before anything is built with it.

use std::path::Path;

use crate::{LaunchError, program};

/// Fetches what is missing of `target` with rustup, and says so. Whether it is there then.
///
/// # Errors
/// [`LaunchError`] when rustc or rustup can't be run.
pub fn provide(target: &str, repository: &Path) -> Result<bool, LaunchError> {
    let mut sysroot = program::command("rustc");
    let sysroot = program::output(sysroot.args(["--print", "sysroot"]).current_dir(repository))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(true);
    }
    eprintln!("fetching the Rust target {target}: rustup target add {target}");
    let mut rustup = program::command("rustup");
    let status = program::status(rustup.args(["target", "add", target]).current_dir(repository))?;
    if !status.success() {
        eprintln!(
            "error: there is no {target} for this Rust, and nothing was built. `rustup target add {target}` has said why"
        );
    }
    Ok(status.success())
}
