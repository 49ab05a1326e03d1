//! Where things are.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::programs::{command, printed};

/// The top folder of the repository: that of the run, since several checkouts may share what is built.
pub fn repository() -> &'static Path {
    static TOP: LazyLock<PathBuf> = LazyLock::new(|| {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let top = package.ancestors().find(|folder| folder.join("spin.toml").is_file());
        top.unwrap_or(&package).to_owned()
    });
    &TOP
}

/// The program `runtime-shim`: `RUNTIME_SHIM`, or where `cargo build --profile host` puts it.
pub fn runtime_shim() -> PathBuf {
    if let Some(program) = std::env::var_os("RUNTIME_SHIM") {
        return PathBuf::from(program);
    }
    repository().join("target/host/runtime-shim")
}

/// The files of the repository that git tracks or would track, by their paths in it.
pub fn tracked_files() -> Vec<PathBuf> {
    let listing =
        printed(command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]));
    let files = listing.split_terminator('\0').map(PathBuf::from);
    // What is deleted and not yet committed is still listed.
    files.filter(|path| repository().join(path).is_file()).collect()
}
