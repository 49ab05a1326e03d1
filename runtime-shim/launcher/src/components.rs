//! The components, built beside the host in a first run: the host's last crates leave a core free.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::{LaunchError, program, reproducible};

/// The command of spin.toml that many components share, up to their package. Others are left to the host.
const BUILD: [&str; 5] = ["build", "--target", TARGET, "--release", "--package"];
/// What components are built for.
pub const TARGET: &str = "wasm32-wasip2";
/// Flags of `up` with which the components of this checkout are not what is run, or not built.
const OTHERS: [&str; 3] = ["-f", "--from", "--no-build"];
/// How soon the end of a build that takes minutes is seen.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A build of the components that goes on.
pub struct Building {
    cargo: Child,
    /// Whether its lines are shown: two builds at once would write over each other.
    is_shown: Arc<AtomicBool>,
    lines: JoinHandle<()>,
    again: Command,
}

/// Whether the flags of `up` in `arguments` name another app, or want nothing built.
pub fn are_left_to_the_host(arguments: &[OsString]) -> bool {
    let is_other =
        |argument: &OsString| OTHERS.iter().any(|flag| argument.to_string_lossy().starts_with(flag));
    arguments.iter().any(is_other)
}

/// Begins to build the components that spin.toml of `repository` names, with the command that the host will give for them.
/// `None` where there are none or it can't be done: the host does it then.
pub fn begin_build(repository: &Path) -> Option<Building> {
    let manifest = fs::read_to_string(repository.join("spin.toml")).ok()?;
    let packages = packages(&manifest);
    if packages.is_empty() {
        return None;
    }
    let mut cargo = build(repository, &packages).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
    let is_shown = Arc::new(AtomicBool::new(false));
    let lines = show_lines(&mut cargo, Arc::clone(&is_shown))?;
    Some(Building { cargo, is_shown, lines, again: build(repository, &packages) })
}

impl Building {
    /// Runs the build of the host beside it, and waits for both. Whichever fails ends the other: nobody waits minutes to be
    /// told. Returns how the one ended that counts.
    ///
    /// # Errors
    /// [`LaunchError`] when cargo can't be run.
    pub fn finish_beside(mut self, host: &mut Command) -> Result<ExitStatus, LaunchError> {
        let mut host_build = program::spawn(host)?;
        loop {
            match program::poll(&mut host_build)? {
                Some(built) if built.success() => return self.finish(),
                Some(built) => {
                    program::end(&mut self.cargo);
                    return Ok(built);
                }
                None => {}
            }
            if program::poll(&mut self.cargo)?.is_some_and(|built| !built.success()) {
                program::end(&mut host_build);
                let built = self.finish()?;
                return if built.success() { program::status(host) } else { Ok(built) };
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Waits for its end, and shows what it does meanwhile.
    fn finish(mut self) -> Result<ExitStatus, LaunchError> {
        self.is_shown.store(true, Relaxed);
        // How it ended says the next run, too.
        let _ended = self.cargo.wait();
        let _shown = self.lines.join();
        // What a person changed meanwhile is built now; and cargo repeats why something could not be built.
        program::status(self.again.stdout(Stdio::null()))
    }
}

/// Packages of the commands of that form, in their order.
fn packages(manifest: &str) -> Vec<&str> {
    let form = format!("command = \"cargo {} ", BUILD.join(" "));
    manifest
        .lines()
        .filter_map(|line| line.strip_prefix(&form)?.strip_suffix('"'))
        .filter(|package| {
            package.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
        })
        .collect()
}

/// One cargo for all of them, as the host would start it: nothing is built twice then.
fn build(repository: &Path, packages: &[&str]) -> Command {
    let mut cargo = program::command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let (last, first) = BUILD.split_last().unwrap_or((&"", &[]));
    cargo.current_dir(repository).args(first).envs(reproducible::flags(TARGET));
    for package in packages {
        cargo.args([last, package]);
    }
    cargo
}

fn show_lines(cargo: &mut Child, is_shown: Arc<AtomicBool>) -> Option<JoinHandle<()>> {
    let lines = BufReader::new(cargo.stderr.take()?).lines();
    Some(thread::spawn(move || {
        for line in lines.map_while(Result::ok).filter(|_| is_shown.load(Relaxed)) {
            eprintln!("{line}");
        }
    }))
}
