//! The command that verifies an app's audit log.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{App, repository, runtime_shim};

impl App {
    /// What `runtime-shim audit verify` says of the app's log, or of what is wrong with it; with what it said before, if that is in a file.
    pub fn verify_audit_log(&self, since: Option<&Path>) -> Result<String, String> {
        let mut command = Command::new(runtime_shim());
        command.args(["audit", "verify", "--database-url", &self.database_url, "--from"]);
        command.arg(repository().join("spin.toml")).stdin(Stdio::null());
        if let Some(file) = since {
            command.arg("--since").arg(file);
        }
        let output = command.output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }
}
