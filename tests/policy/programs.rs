//! The programs these tests drive.

use std::process::{Command, Output};

use serde_json::Value;

/// A program that a variable names (`CONFTEST`, `HELM`, …), or that is on the path.
pub fn command(name: &str) -> Command {
    let program = std::env::var(name.to_ascii_uppercase()).unwrap_or_else(|_| name.to_owned());
    let mut command = Command::new(program);
    command.current_dir(harness::repository());
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What it printed, when it succeeded.
pub fn printed(command: &mut Command) -> String {
    let output = run(command);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {}\n{said}{}", output.status, text(&output));
    text(&output)
}

/// Its standard output.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The documents of YAML or JSON files, in their order.
pub fn documents(files: &[&str]) -> Vec<Value> {
    let parsed = printed(command("conftest").args(["parse", "--combine"]).args(files));
    let files: Vec<Value> = serde_json::from_str(&parsed).unwrap();
    files.into_iter().map(|mut file| file["contents"].take()).filter(|document| !document.is_null()).collect()
}
