//! Programs that a test makes and runs.
//!
//! A file that somebody has open for writing can't be run (`ETXTBSY`, "Text file busy"). A test that writes one itself shares it
//! with every process that another thread starts just then, until that one has become its program. Written by a process of
//! its own, nobody has it open who outlives that.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Writes a program, which everybody may run: a script with its interpreter in the first line.
///
/// # Errors
/// Where the file can't be written.
pub fn write_program(file: &Path, script: &str) -> io::Result<()> {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"cat > "$1" && chmod 755 "$1""#, "sh"]).arg(file).stdin(Stdio::piped());
    let mut child = shell.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(script.as_bytes())?;
    }
    succeed(child.wait()?)
}

/// Copies a program, with its rights.
///
/// # Errors
/// Where it can't be read or the copy can't be written.
pub fn copy_program(from: &Path, to: &Path) -> io::Result<()> {
    succeed(Command::new("cp").arg(from).arg(to).status()?)
}

fn succeed(status: std::process::ExitStatus) -> io::Result<()> {
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("ended with {status}"))) }
}
