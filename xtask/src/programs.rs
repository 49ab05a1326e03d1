//! The test programs that are built natively, all in one go: what cargo compiles anew for each choice of packages, because
//! their dependencies have other features, is compiled once.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::count::Count;
use crate::run::{self, Error};

/// The package of the product's tests.
pub const PRODUCT: &str = "product-tests";

/// The packages with large dependencies: their tests are built in the profile that the host is used in, as it is. Always all
/// together, also where one is wanted: fewer would have their dependencies compiled again, with other features.
const HOST_PACKAGES: [&str; 15] = [
    "runtime-shim",
    "app-artifact",
    "app-composition",
    "app-database",
    "app-manifest",
    "app-packing",
    "locked-app",
    "runtime-image",
    "runtime-engine",
    "runtime-host",
    "runtime-limits",
    "runtime-observability",
    "sql-scanner",
    "smoke",
    "load",
];

/// What is built and tested elsewhere: the host, the benchmark, and the node's shim.
const ELSEWHERE: [&str; 17] = [
    "containerd-shim-todo",
    "runtime-shim",
    "app-artifact",
    "app-composition",
    "app-database",
    "app-manifest",
    "app-packing",
    "locked-app",
    "runtime-image",
    "runtime-engine",
    "runtime-host",
    "runtime-limits",
    "runtime-observability",
    "sql-scanner",
    "smoke",
    "load",
    "load-reference",
];

/// Tests that only run where they are named: each is a stage of its own.
pub const NAMED_TESTS: [&str; 11] = [
    "hostile",
    "clients",
    "browser",
    "conformance",
    "foreign",
    "registry",
    "observability",
    "chart",
    "policy",
    "recovery",
    "cluster",
];

/// A program of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The package it belongs to.
    pub package: String,
    /// Its target: the name of a library or of a file of tests.
    pub target: String,
    file: PathBuf,
    folder: PathBuf,
}

impl Program {
    /// Runs it as cargo would: in its package's folder, which it is told of.
    pub fn command(&self) -> Command {
        println!("--- {} {}", self.package, self.target);
        let mut command = Command::new(&self.file);
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder).stdin(Stdio::null());
        command
    }
}

/// All programs of native tests, built where that is needed.
pub fn native() -> Result<Vec<Program>, Error> {
    let mut arguments = selection();
    // `--tests` would leave out what only runs where it is named.
    arguments.extend(["--lib", "--bins", "--test", "*"]);
    arguments.extend(["--no-run", "--message-format=json-render-diagnostics"]);
    let built = run::lines(run::command("cargo", &arguments))?;
    Ok(built.iter().filter_map(|line| program(line)).collect())
}

/// Runs a command of cargo on [`HOST_PACKAGES`], in their profile.
pub fn host(command: &[&str]) -> Result<Count, Error> {
    let packages = HOST_PACKAGES.iter().flat_map(|name| ["--package", name]);
    run::cargo(&command.iter().copied().chain(["--profile", "host"]).chain(packages).collect::<Vec<_>>())
}

/// Examples in documentation, of the crates that have any.
pub fn documentation() -> Result<Count, Error> {
    let mut arguments = selection();
    arguments.extend(["--quiet", "--doc"]);
    run::cargo(&arguments)
}

fn selection() -> Vec<&'static str> {
    let mut arguments = vec!["test", "--workspace"];
    arguments.extend(ELSEWHERE.iter().flat_map(|name| ["--exclude", name]));
    arguments
}

/// The program of one message of cargo, if it tells of one.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    let manifest = PathBuf::from(message.get("manifest_path")?.as_str()?);
    let folder = manifest.parent()?.to_owned();
    Some(Program {
        package: package_name(message.get("package_id")?.as_str()?, &folder)?,
        target: message.get("target")?.get("name")?.as_str()?.to_owned(),
        file: PathBuf::from(message.get("executable")?.as_str()?),
        folder,
    })
}

/// The name in a package id: `path+file:///folder#name@version`, or `…#version` where the folder has the name.
fn package_name(id: &str, folder: &std::path::Path) -> Option<String> {
    let fragment = id.rsplit_once('#')?.1;
    match fragment.split_once('@') {
        Some((name, _)) => Some(name.to_owned()),
        None => Some(folder.file_name()?.to_str()?.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn cargos_messages_name_the_programs_of_tests() {
        let message = r##"{"reason":"compiler-artifact","package_id":"path+file:///r/tests#product-tests@0.1.0",
            "manifest_path":"/r/tests/Cargo.toml","target":{"name":"rest"},"executable":"/r/target/debug/deps/rest-1"}"##;
        let found = program(message).unwrap();
        assert_eq!((found.package.as_str(), found.target.as_str()), ("product-tests", "rest"));
        assert_eq!((found.file, found.folder), ("/r/target/debug/deps/rest-1".into(), "/r/tests".into()));
        let unnamed = message.replace("tests#product-tests@", "tests#");
        assert_eq!(program(&unnamed).unwrap().package, "tests");
    }

    #[test]
    fn libraries_and_other_messages_are_no_programs() {
        let library = r##"{"reason":"compiler-artifact","package_id":"path+file:///r/a#0.1.0",
            "manifest_path":"/r/a/Cargo.toml","target":{"name":"a"},"executable":null}"##;
        for message in [library, r#"{"reason":"build-finished","success":true}"#, "", "warning: none"] {
            assert_eq!(program(message), None, "{message}");
        }
    }

    /// Packages and features that cargo would compile, dependencies of these kinds included.
    fn compiled(packages: &[&str], kinds: &str) -> BTreeSet<String> {
        let mut arguments =
            vec!["tree", "--quiet", "--prefix", "none", "--format", "{p} {f}", "--edges", kinds];
        arguments.extend(packages.iter().flat_map(|name| ["--package", name]));
        let lines = run::lines(run::command("cargo", &arguments)).unwrap();
        lines.iter().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
    }

    #[test]
    fn what_the_host_is_built_of_is_not_built_again_for_its_tests() {
        let host = compiled(&["runtime-shim"], "normal,build");
        let tests = compiled(&HOST_PACKAGES, "normal,build,dev");
        let again: Vec<_> = host.difference(&tests).collect();
        assert!(again.is_empty(), "other packages of the host's tests ask for more features of: {again:#?}");
    }
}
