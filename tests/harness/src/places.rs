//! Where things are.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The top folder of the repository: that of the run, since several checkouts may share what is built.
pub fn repository() -> &'static Path {
    static TOP: LazyLock<PathBuf> = LazyLock::new(|| {
        let tests = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        tests.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR"))).join("..")
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
