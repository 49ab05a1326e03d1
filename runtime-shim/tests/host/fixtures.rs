//! The fixture components, built once per run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The app that they are in.
const MANIFEST: &str = "tests/fixtures/spin.toml";

/// The WebAssembly of fixture `name`, such as `unruly`.
pub fn fixture(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let mut build = Command::new(env!("CARGO_BIN_EXE_runtime-shim"));
        let built = build.args(["build", "--all", "--from", MANIFEST]).status().expect("runtime-shim starts");
        assert!(built.success(), "the fixtures build");
        Path::new("../target/wasm32-wasip2/release").canonicalize().expect("the fixtures are there")
    });
    folder.join(format!("fixture_{name}.wasm"))
}
