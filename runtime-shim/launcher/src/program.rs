//! Running other programs, and becoming one.

use std::env;
use std::ffi::OsStr;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};

use crate::LaunchError;

/// What cargo tells the program that it runs about itself. Build scripts look at it: passed on, it would have a cargo below
/// build again what a cargo from a shell has built, and the other way round.
const TOLD_BY_CARGO: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// Other places for what is built: spin.toml names the components below `target`.
const OTHER_TARGET_FOLDERS: [&str; 2] = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"];

/// A command that starts as from a shell in which no place for the target folder is set.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if TOLD_BY_CARGO.iter().any(|prefix| text.starts_with(prefix))
            || OTHER_TARGET_FOLDERS.contains(&&*text)
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs it to its end.
pub fn status(command: &mut Command) -> Result<ExitStatus, LaunchError> {
    command.status().map_err(|source| failed(command, source))
}

/// Runs it to its end, for what it says on standard output. Nothing where it fails; it has said why.
pub fn output(command: &mut Command) -> Result<String, LaunchError> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| failed(command, source))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Starts it.
pub fn spawn(command: &mut Command) -> Result<Child, LaunchError> {
    command.spawn().map_err(|source| failed(command, source))
}

/// How it ended, where it has.
pub fn poll(child: &mut Child) -> Result<Option<ExitStatus>, LaunchError> {
    child.try_wait().map_err(|source| LaunchError { program: "cargo".into(), source })
}

/// Ends it.
pub fn end(child: &mut Child) {
    // It may have ended.
    let _killed = child.kill();
    let _ended = child.wait();
}

/// The same for our caller; failure where a signal ended it.
pub fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Puts it in the place of this process, so that signals reach it. Comes back only when that fails.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<ExitCode, LaunchError> {
    use std::os::unix::process::CommandExt as _;
    let source = command.exec();
    Err(failed(command, source))
}

/// Runs it to its end.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<ExitCode, LaunchError> {
    status(command).map(exit_code)
}

fn failed(command: &Command, source: std::io::Error) -> LaunchError {
    LaunchError { program: command.get_program().into(), source }
}
