//! Running other programs.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::count::Count;

/// Why a task can't go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(&'static str),
    /// A name that no stage has.
    #[error("no stage is called {0:?}; `cargo xtask stages` names them")]
    UnknownStage(String),
    /// A new tool can't be written.
    #[error("{0}")]
    NewTool(String),
    /// A program could not be started.
    #[error("can't run {program}: {source}")]
    Start {
        program: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A program that has to succeed failed.
    #[error("{0} failed")]
    Failed(String),
    /// Something is missing that can't be installed from here.
    #[error("{what} is missing; install it with: {how}")]
    Missing {
        what: &'static str,
        /// How to get it.
        how: String,
    },
}

/// The top folder of the repository: that of the run, since several checkouts may share what is built.
pub fn repository() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.parent().unwrap_or(&here).to_owned()
}

/// Where tools and packages for tests are kept: below the target folder, so that a reused one keeps them.
pub fn tools_folder() -> PathBuf {
    repository().join("target/xtask")
}

/// A command in the repository.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(repository()).stdin(Stdio::null());
    if program == "cargo" {
        as_from_a_shell(&mut command);
    }
    command
}

/// Takes away what cargo tells a program that it runs, such as this one. Build scripts look at it: what they belong to,
/// and the host with it, would be built anew whenever builds from here and from a shell take turns.
fn as_from_a_shell(cargo: &mut Command) {
    const TOLD: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_NAME", "CARGO_CRATE_NAME"];
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| TOLD.iter().any(|told| name.starts_with(told))) {
            cargo.env_remove(&name);
        }
    }
}

/// Runs a program that has to succeed.
pub fn check(program: &str, arguments: &[&str]) -> Result<(), Error> {
    checked(&mut command(program, arguments))
}

/// Runs a command that has to succeed.
pub fn checked(command: &mut Command) -> Result<(), Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    let line = format!("{program} {}", words.join(" "));
    println!("$ {line}");
    let status = command.status().map_err(|source| start(&program, source))?;
    if status.success() { Ok(()) } else { Err(Error::Failed(line)) }
}

/// What a program prints, if it runs and succeeds.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program, passes its output on, and counts the tests it reports. A failure that no closing line tells of
/// counts as one failed test, and a success without one as one passed.
pub fn counted(mut command: Command) -> Result<Count, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    println!("$ {program} {}", words.join(" "));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|source| start(&program, source))?;
    let mut count = Count::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some(found) = Count::in_line(&line) {
                count += found;
            }
        }
    }
    let success = child.wait().map_err(|source| start(&program, source))?.success();
    if success && count == Count::default() {
        count.passed = 1;
    }
    if !success && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// The lines that a program prints on standard output; it has to succeed. What it says on standard error is passed on.
pub fn lines(mut command: Command) -> Result<Vec<String>, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    let line = format!("{program} {}", words.join(" "));
    println!("$ {line}");
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| start(&program, source))?;
    if !output.status.success() {
        return Err(Error::Failed(line));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

/// Runs cargo, which counts as [`counted`] says.
pub fn cargo(arguments: &[&str]) -> Result<Count, Error> {
    counted(command("cargo", arguments))
}

/// That a program could not be started.
pub fn start(program: &str, source: std::io::Error) -> Error {
    Error::Start { program: program.to_owned(), source }
}
