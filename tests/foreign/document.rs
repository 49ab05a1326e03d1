//! docs/extending.md as what it is typed from.

use harness::documents::{Command, commands};
use harness::repository;

pub const DOCUMENT: &str = "docs/extending.md";
/// The section whose commands are typed while the app runs.
pub const TRY_IT: &str = "Try it";
/// The command that starts the app; the harness does, with a database and a port of the test's.
const UP: &str = "\"$TODO\"/target/host/runtime-shim up --no-build";

/// What is typed in the folder, from the first command to the one before the app is started.
pub fn making() -> Vec<String> {
    let (before, up) = parts();
    assert_eq!(up.first().map(|command| command.text.as_str()), Some(UP));
    before.into_iter().map(|command| command.text).collect()
}

/// What is typed while the app runs.
pub fn trying() -> Vec<String> {
    let (_, up) = parts();
    let trying: Vec<Command> = up.into_iter().skip(1).collect();
    assert!(!trying.is_empty() && trying.iter().all(|command| command.section == TRY_IT));
    trying.into_iter().map(|command| command.text).collect()
}

fn parts() -> (Vec<Command>, Vec<Command>) {
    let mut before = commands(DOCUMENT);
    let up = before.iter().position(|command| command.text == UP).expect("the app is started");
    let after = before.split_off(up);
    (before, after)
}

/// The lines that the document says are printed.
pub fn printed() -> Vec<String> {
    let text = std::fs::read_to_string(repository().join(DOCUMENT)).unwrap();
    let blocks = text.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}
