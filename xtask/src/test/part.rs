//! One part of a run, a process of its own: it can be timed, its temporary files go with it, and its lines are told apart.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use scratch_postgres::Folder;

use super::outcome::Outcome;
use crate::count::Count;
use crate::run::{self, Error};
use crate::stages::{self, Depth, Stage};

/// Begins the line by which a part tells what came of it.
const RESULT: &str = "xtask-part-result:";

/// What a process of its own does of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Installs what the stage needs.
    Prepare,
    Run,
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Run => "run",
        }
    }
}

/// Runs a part in a process of its own and passes its lines on, each with the stage's name before it.
pub fn run_apart(
    part: Part,
    stage: &'static Stage,
    depth: Depth,
    names: &[String],
) -> Result<Outcome, Error> {
    let temporary = temporary_folder(stage.name)?;
    let program = program()?;
    let depth = if depth == Depth::All { "all" } else { "first" };
    let mut command = match part {
        Part::Run => Command::new(&program),
        // What nobody waits for yet lets the rest go first.
        Part::Prepare => nice(&program),
    };
    command.args(["part", part.word(), stage.name, depth]).current_dir(run::repository());
    command
        .env("TMPDIR", temporary.path())
        .env(stages::TEST_NAMES, names.join("\n"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn().map_err(|source| run::start("xtask", source))?;
    let errors = child.stderr.take().map(|errors| thread::spawn(move || pass_on(stage.name, errors)));
    let result = child.stdout.take().and_then(|output| pass_on(stage.name, output));
    let _status = child.wait().map_err(|source| run::start("xtask", source))?;
    if let Some(errors) = errors {
        let _told = errors.join();
    }
    let failed = Outcome { count: Count { passed: 0, failed: 1 }, ..Outcome::default() };
    Ok(Outcome { wall: started.elapsed(), ..result.unwrap_or(failed) })
}

/// This program, where it was when it was first asked for: built anew during a run it is another file.
fn program() -> Result<PathBuf, Error> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    if let Some(program) = PROGRAM.get() {
        return Ok(program.clone());
    }
    let program = env::current_exe().map_err(|source| run::start("xtask", source))?;
    Ok(PROGRAM.get_or_init(|| program).clone())
}

fn nice(program: &PathBuf) -> Command {
    let mut command = Command::new("nice");
    command.arg("-n").arg("5").arg(program);
    command
}

/// A folder for the temporary files of a part, whatever makes them. It goes with the part, or is found ownerless by the
/// next one.
fn temporary_folder(of: &str) -> Result<Folder, Error> {
    let make = || {
        let folder = Folder::new(&format!("stage-{of}"))?;
        // PostgreSQL and containers run as other users, who have to get through.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        Ok(folder)
    };
    make().map_err(|error: std::io::Error| Error::Failed(format!("a folder for temporary files ({error})")))
}

/// Passes lines on; gives the result that one of them tells.
fn pass_on(stage: &str, lines: impl Read) -> Option<Outcome> {
    let mut result = None;
    for line in BufReader::new(lines).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        match line.strip_prefix(RESULT) {
            Some(told) => result = parse(told),
            None => println!("{stage:>13} | {line}"),
        }
    }
    result
}

/// The part itself: runs here what [`run_apart`] starts, and tells the result in its last line.
pub fn run_here(words: &[&str]) -> Result<bool, Error> {
    let [part, stage, depth] = words else {
        return Err(Error::Usage("part (prepare|run) STAGE (first|all)"));
    };
    let stage = stages::find(stage)?;
    let depth = if *depth == "all" { Depth::All } else { Depth::First };
    let outcome = match *part {
        "prepare" => (stage.prepare)(depth).map(|()| Count::default()),
        _ => (stage.run)(depth),
    };
    let count = outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        Count { passed: 0, failed: 1 }
    });
    println!("{RESULT} {} {} {}", count.passed, count.failed, used().as_millis());
    Ok(count.failed == 0)
}

fn parse(told: &str) -> Option<Outcome> {
    let mut numbers = told.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    let (passed, failed, processor) = (next()?, next()?, next()?);
    Some(Outcome {
        count: Count { passed, failed },
        wall: Duration::ZERO,
        processor: Duration::from_millis(processor),
    })
}

/// Time of processors of this process and of those below it that have ended.
fn used() -> Duration {
    let of = |who| {
        let usage = getrusage(who).ok()?;
        Some(duration(usage.user_time()) + duration(usage.system_time()))
    };
    [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN].into_iter().filter_map(of).sum()
}

fn duration(time: TimeVal) -> Duration {
    let seconds = u64::try_from(time.tv_sec()).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_micros(u64::try_from(time.tv_usec()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_passed_on_and_the_result_is_read() {
        let lines = format!("one\n\u{fffd}two\n{RESULT} 3 1 2500\n");
        let outcome = pass_on("units", lines.as_bytes()).unwrap();
        assert_eq!(outcome.count, Count { passed: 3, failed: 1 });
        assert_eq!(outcome.processor, Duration::from_millis(2500));
        assert!(pass_on("units", &b"killed half-way"[..]).is_none());
        assert!(parse(" 3 one 2500").is_none());
    }

    #[test]
    fn what_children_used_is_counted() {
        let before = used();
        let spin = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        assert!(Command::new("sh").args(["-c", spin]).status().unwrap().success());
        assert!(used() > before);
    }
}
