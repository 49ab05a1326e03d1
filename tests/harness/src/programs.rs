//! Programs that a test drives to their end.

use std::process::{Command, Output};

/// A program that a variable names (`HELM`, `KUBE_SCORE`, …), or that is on the path; it runs in the repository.
pub fn command(name: &str) -> Command {
    let variable = name.to_ascii_uppercase().replace('-', "_");
    let mut command = Command::new(std::env::var(variable).unwrap_or_else(|_| name.to_owned()));
    command.current_dir(crate::repository());
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What it printed, when it succeeded.
pub fn printed(command: &mut Command) -> String {
    let output = run(command);
    assert!(output.status.success(), "{command:?}: {}\n{}", output.status, everything(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Its standard output.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// All it said.
pub fn everything(output: &Output) -> String {
    text(output) + &String::from_utf8_lossy(&output.stderr)
}
