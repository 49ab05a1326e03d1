//! The fixture components, built once per run.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The WebAssembly of fixture `name`, such as `unruly`.
pub fn fixture(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--target", "wasm32-wasip2"])
            .args(["-p", "fixture-unruly", "-p", "fixture-asker", "-p", "fixture-reacher"])
            .current_dir(&root)
            .status()
            .expect("cargo starts");
        assert!(built.success(), "the fixtures build");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        target.join("wasm32-wasip2/release").canonicalize().expect("the fixtures are there")
    });
    folder.join(format!("fixture_{name}.wasm"))
}
