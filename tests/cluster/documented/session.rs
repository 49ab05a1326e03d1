//! A terminal into which commands are typed, one after the other, until one fails.

use std::fmt::Write as _;
use std::process::{Command as Process, Stdio};

use harness::documents::Command;

use crate::shell::{progress, said};

use super::setup::Setup;

/// What bash is told before the first command: a command that fails ends it, with the place it stands at in the document.
const BEFORE: &str = "set -eEuo pipefail\ntrap 'echo \"FAILED: ${place}\" >&2' ERR\n";

/// Commands, as they are typed here.
pub struct Session<'a> {
    setup: &'a Setup,
    script: String,
    places: Vec<String>,
}

impl<'a> Session<'a> {
    /// A session that will run these.
    pub fn new(setup: &'a Setup, commands: Vec<Command>) -> Self {
        let mut script = BEFORE.to_owned();
        let mut places = Vec::new();
        for command in commands {
            let place = format!("{}:{}", command.document, command.line);
            let typed = setup.places.put_into(&command.text);
            writeln!(script, "place={place}\n{typed}").unwrap();
            places.push(place);
        }
        Self { setup, script, places }
    }

    /// Runs them with these variables; the test fails at the first that does, with all that was said.
    pub fn run(&self, given: Vec<(String, String)>) {
        let (Some(first), Some(last)) = (self.places.first(), self.places.last()) else { return };
        progress(&format!("{} commands, {first} to {last}", self.places.len()));
        let file = self.setup.folder().join("session.sh");
        std::fs::write(&file, &self.script).unwrap();
        let output = Process::new("bash")
            .arg(&file)
            .current_dir(self.setup.checkout())
            .env("PATH", self.setup.path())
            // As docs/artifacts.md has it: this registry speaks plain HTTP.
            .env("RUNTIME_SHIM_REGISTRY_INSECURE", "true")
            .envs(given)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = said(&output);
        assert!(output.status.success(), "{}:\n{said}\n--- typed:\n{}", failed_at(&said), self.script);
    }
}

/// The document and the line of the command that failed.
fn failed_at(said: &str) -> &str {
    said.lines().find(|line| line.starts_with("FAILED: ")).unwrap_or("the session failed")
}
