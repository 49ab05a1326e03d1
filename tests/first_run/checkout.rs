//! A checkout in which nothing is built, with a host that compiles in a moment: all of `cargo up` but the app.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::repository;
use scratch_postgres::copy_program;

/// What of this checkout is the same there.
const SAME: [&str; 9] = [
    ".cargo/config.toml",
    "rust-toolchain.toml",
    "scripts/doctor",
    "runtime-shim/launcher/Cargo.toml",
    "runtime-shim/launcher/Cargo.lock",
    "runtime-shim/launcher/cc.sh",
    "runtime-shim/launcher/linker.toml",
    "runtime-shim/launcher/src",
    "runtime-shim/src/cli/build/reproducible.rs",
];

const WORKSPACE: &str = r#"
[workspace]
members = ["host"]
exclude = ["runtime-shim/launcher"]
resolver = "3"
[profile.host]
inherits = "dev"
"#;

const HOST: &str = r#"
[package]
name = "runtime-shim"
version = "0.0.0"
edition = "2024"
"#;

/// A component, and what it is built by.
const COMPONENT: &str = r#"
[package]
name = "page"
version = "0.0.0"
edition = "2024"
[lib]
crate-type = ["cdylib"]
"#;
const MANIFEST: &str = r#"
[component.page.build]
command = "cargo build --target wasm32-wasip2 --release --package page"
"#;

/// It is built again when what it was told by cargo changes, as dependencies of the real one are.
const HOST_BUILD: &str = r#"
fn main() {
    for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
}
"#;

/// It says its arguments, its process id, and what cargo told it; and ends with 7.
const HOST_MAIN: &str = r#"
fn main() {
    println!("arguments {:?}", std::env::args().skip(1).collect::<Vec<_>>());
    println!("process {}", std::process::id());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_")) {
        println!("told {name}");
    }
    std::process::exit(7);
}
"#;

/// A new checkout in a folder that comes and goes.
pub struct Checkout {
    folder: tempfile::TempDir,
}

impl Checkout {
    /// Makes it.
    pub fn new() -> Self {
        let checkout = Self { folder: tempfile::tempdir().unwrap() };
        for path in SAME {
            checkout.copy(Path::new(path));
        }
        for (path, text) in [
            ("Cargo.toml", WORKSPACE),
            ("host/Cargo.toml", HOST),
            ("host/build.rs", HOST_BUILD),
            ("host/src/main.rs", HOST_MAIN),
        ] {
            checkout.write(path, text);
        }
        checkout
    }

    /// Gives it a component, with this for its source.
    pub fn add_component(&self, source: &str) {
        self.write("Cargo.toml", &WORKSPACE.replace(r#""host""#, r#""host", "page""#));
        self.write("spin.toml", MANIFEST);
        self.write("page/Cargo.toml", COMPONENT);
        self.write("page/src/lib.rs", source);
    }

    /// The path of something in it.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A program to run in it, as from a shell: what cargo told this test is not passed on.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO")) && name != "CARGO_HOME" {
                command.env_remove(name);
            }
        }
        command
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn copy(&self, path: &Path) {
        let (from, to) = (repository().join(path), self.path(path));
        if from.is_dir() {
            for entry in fs::read_dir(from).unwrap() {
                self.copy(&path.join(entry.unwrap().file_name()));
            }
            return;
        }
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        copy_program(&from, &to).unwrap();
    }
}
