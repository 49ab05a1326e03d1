//! The folder that the document makes, with its components built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use harness::{App, Options, by_depth, programs, repository, runtime_shim};
use scratch_postgres::Folder;
use sha2::{Digest, Sha256};

use crate::document;

/// The folder, kept until the tests end.
pub struct Built {
    /// Where the document's commands were typed.
    pub folder: PathBuf,
    _parent: Folder,
}

/// The commands that build a component, and the file each makes.
const BUILDS: [(&str, &str); 3] = [
    ("cargo build ", "today/target/wasm32-wasip2/release/today.wasm"),
    ("node build.mjs", "labels/labels.wasm"),
    ("venv/bin/componentize-py ", "overview/overview.wasm"),
];

/// Built once for all tests of this program.
pub fn built() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(build);
    &BUILT
}

impl Built {
    /// The app of a manifest in the folder, with more variables.
    pub fn start(&self, manifest: &str, variables: &[(&str, &str)]) -> App {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let manifest = self.folder.join(manifest);
        App::start(Options { manifest, variables, ..Options::default() })
            .unwrap_or_else(|error| panic!("{error}"))
    }
}

/// The app that tests share.
pub fn app() -> &'static App {
    static APP: LazyLock<App> = LazyLock::new(|| built().start("spin.toml", &[]));
    &APP
}

/// What is typed in a test in place of what depends on the machine, and why. Nothing else in a command is changed.
fn instead(command: &str) -> Option<String> {
    let here = repository().display();
    Some(match command {
        // Where the checkout is.
        "TODO=$HOME/todo-assistant" => format!("TODO='{here}'"),
        // The same versions, installed from the lock file.
        text if text.starts_with("npm install ") => format!("ln -s '{here}/tests/foreign/node_modules' ."),
        // The same version, in the environment that the stage has made.
        "python3 -m venv venv" => {
            let python =
                PathBuf::from(env::var_os("PYTHON").expect("PYTHON: run `cargo xtask test foreign`"));
            let venv = python.parent().and_then(Path::parent).expect("bin/python").to_owned();
            format!("ln -s '{}' venv", venv.display())
        }
        text if text.starts_with("venv/bin/pip install ") => "true".to_owned(),
        // The same versions each time, and dependencies that are compiled once.
        text if text.starts_with("cargo build ") => format!(
            "cp '{here}/tests/foreign/Cargo.lock' today; mkdir -p '{here}/target/foreign/cargo'; \
             ln -s '{here}/target/foreign/cargo' today/target; {text} --locked"
        ),
        _ => return None,
    })
}

fn build() -> Built {
    let parent = Folder::new("foreign").unwrap();
    let kept = repository().join("target/foreign").join(key());
    // Each build of the engines gives other bytes, which the host has to compile anew.
    let is_kept = by_depth(true, false) && BUILDS.iter().all(|(_, file)| kept.join(name(file)).is_file());
    let mut script = String::from("set -euo pipefail\n");
    for command in document::making() {
        let file = BUILDS.iter().find(|(start, _)| command.starts_with(start)).map(|(_, file)| *file);
        match file {
            Some(file) if is_kept => {
                let (from, to) = (kept.join(name(file)), parent.path().join("my-todo").join(file));
                let make = format!("mkdir -p '{}'", to.parent().unwrap().display());
                script += &format!("{make}; cp '{}' '{}'\n", from.display(), to.display());
            }
            _ => script += &format!("{}\n", instead(&command).unwrap_or(command)),
        }
    }
    let mut bash = programs::command("bash");
    bash.args(["-c", &script]).current_dir(parent.path()).env("PATH", path());
    // The document's folder has a target folder of its own, whatever this run's is.
    bash.env_remove("CARGO_TARGET_DIR");
    let output = programs::run(&mut bash);
    assert!(output.status.success(), "{}\n{script}", programs::everything(&output));
    let folder = parent.path().join("my-todo");
    compile(&folder.join("spin.toml"));
    if !is_kept {
        fs::create_dir_all(&kept).unwrap();
        for (_, file) in BUILDS {
            fs::copy(folder.join(file), kept.join(name(file))).unwrap();
        }
    }
    Built { folder, _parent: parent }
}

/// Fills the cache from which the harness' apps are started: two engines take longer than those wait.
fn compile(manifest: &Path) {
    let mut compile = Command::new(runtime_shim());
    compile.args(["compile", "--from"]).arg(manifest).arg("--into").arg(repository().join("target/compiled"));
    programs::printed(&mut compile);
}

fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The path, with the Node.js that the stage has found first.
fn path() -> std::ffi::OsString {
    let node = env::var_os("NODE").map(PathBuf::from);
    let folder = node.as_deref().and_then(Path::parent).filter(|folder| folder.is_absolute());
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folder.map(Path::to_owned).into_iter().chain(env::split_paths(&path))).unwrap()
}

/// Names what the components are built from: the commands, the versions, the contract.
fn key() -> String {
    let files = [
        "tests/foreign/Cargo.lock",
        "tests/foreign/package-lock.json",
        "tests/foreign/requirements.txt",
        "wit/types/types.wit",
        "wit/overview/tool.wit",
    ];
    let mut hash = Sha256::new();
    for command in document::making() {
        hash.update(command);
    }
    for file in files {
        hash.update(fs::read(repository().join(file)).unwrap());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
