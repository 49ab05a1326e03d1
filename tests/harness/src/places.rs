//! Where things are.

use std::path::{Path, PathBuf};

/// The top folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The program `runtime-shim`: `RUNTIME_SHIM`, or where `cargo build --profile host` puts it.
pub fn runtime_shim() -> PathBuf {
    if let Some(program) = std::env::var_os("RUNTIME_SHIM") {
        return PathBuf::from(program);
    }
    repository().join("target/host/runtime-shim")
}
