//! Starting other programs.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::CliError;

/// Variables `cargo run` leaves for the program it runs. Another cargo below would take them as changes of its own
/// surroundings and build things again.
const FROM_CARGO_RUN: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// A command in `folder`.
pub fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if FROM_CARGO_RUN.iter().any(|prefix| name_text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

/// What a command prints, trimmed; nothing when it fails.
pub async fn output(program: &str, arguments: &[&str], folder: &Path) -> Result<Option<String>, CliError> {
    let output = command(program, folder)
        .args(arguments)
        .output()
        .await
        .map_err(|source| CliError::Program { program: program.to_owned(), source, hint: hint(program) })?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(output.status.success().then_some(text))
}

/// How to get a program.
pub fn hint(program: &str) -> &'static str {
    match program {
        "cargo" | "rustc" | "rustup" => "Install Rust with rustup: https://rustup.rs",
        _ => "Install it, or change the build command in spin.toml",
    }
}
