//! Measures the app against a native reference and the official Python SDK: one PostgreSQL, the same data, the same
//! load, in one go. The systems take turns, round after round, so that whatever else the machine does hits all of them;
//! what counts is the ratio.
//!
//! `cargo xtask bench` builds everything and runs this. Flags: `--rounds N` (3), `--seconds N` (4 per request),
//! `--quick` (one round of one second, nothing written), `--floor` (only what MCP promises against the Python SDK, in
//! two rounds of one second, nothing written; fails when a promise is broken), `--beside-host PROGRAM` and
//! `--beside-app MANIFEST` (instead of all that: this build and another one in turns, nothing written), `--embedded` (instead:
//! the app on the database that it starts itself, and on a server, in turns, nothing written), `--first-words` (instead: how soon the
//! built-in model's first words come at 32 chats at once, nothing written).
//!
//! `load --at URL` calls an app that runs already, as `--clients N` (4) for `--seconds N`, and prints what came of it as JSON;
//! `--origin URL` is that of its pages, where it is another.

mod ab_build;
mod chart;
mod clients;
mod cold_start;
mod compare;
mod data;
mod embedded;
mod first_words;
mod floor;
mod generator;
mod latencies;
mod memory;
mod process;
mod python_table;
mod references;
mod report;
mod requests;
mod targets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use ab_build::Other;
use clients::RunningApp;

/// Why a measurement can't be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The app or its database did not start.
    #[error(transparent)]
    Harness(#[from] harness::Error),
    /// PostgreSQL did not start.
    #[error(transparent)]
    Postgres(#[from] scratch_postgres::Error),
    /// A file, a process or a socket failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// An answer was not what the load expects.
    #[error("{0}")]
    Load(String),
    /// No interpreter was named.
    #[error(
        "PYTHON names no interpreter with the packages of tests/load/reference-python; `cargo xtask bench` does"
    )]
    NoPython,
    /// The command line makes no sense.
    #[error(
        "usage: load [--rounds N] [--seconds N] [--quick | --floor | --embedded | --first-words | [--beside-host PROGRAM] [--beside-app MANIFEST] | --at URL [--origin URL] \
         [--clients N]]"
    )]
    Usage,
}

/// How long to measure.
#[derive(Debug, Clone)]
pub struct BenchOptions {
    rounds: u32,
    seconds: u64,
    goal: Goal,
}

/// What to measure for.
#[derive(Debug, Clone)]
enum Goal {
    /// The figures of docs/performance.md.
    Write,
    /// The figures, to look at.
    Print,
    /// Whether the app keeps what it promises.
    Hold,
    /// What it costs beside another build.
    Beside(Other),
    /// How the database that the app starts itself compares with a server.
    Embedded,
    /// How soon the built-in model's first words come.
    FirstWords,
    /// How an app fares that runs already.
    At(RunningApp),
}

fn bench_options(arguments: &[String]) -> Result<BenchOptions, Error> {
    let mut bench_options = BenchOptions { rounds: 3, seconds: 4, goal: Goal::Write };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => bench_options = BenchOptions { rounds: 1, seconds: 1, goal: Goal::Print },
            "--floor" => bench_options = BenchOptions { rounds: 2, seconds: 1, goal: Goal::Hold },
            "--beside-host" | "--beside-app" => {
                let path = words.next().map(PathBuf::from).ok_or(Error::Usage)?;
                let mut other = match bench_options.goal {
                    Goal::Beside(other) => other,
                    _ => Other::default(),
                };
                let part = if word == "--beside-host" { &mut other.host } else { &mut other.manifest };
                *part = Some(path);
                bench_options.goal = Goal::Beside(other);
            }
            "--embedded" => bench_options.goal = Goal::Embedded,
            "--first-words" => bench_options.goal = Goal::FirstWords,
            "--at" => {
                let url = words.next().ok_or(Error::Usage)?.trim_end_matches('/');
                bench_options.goal =
                    Goal::At(RunningApp { url: url.to_owned(), origin: url.to_owned(), clients: 4 });
            }
            "--origin" | "--clients" => {
                let (Goal::At(running_app), Some(value)) = (&mut bench_options.goal, words.next()) else {
                    return Err(Error::Usage);
                };
                match word.as_str() {
                    "--origin" => running_app.origin.clone_from(value),
                    _ => running_app.clients = value.parse().map_err(|_| Error::Usage)?,
                }
            }
            "--rounds" => {
                bench_options.rounds =
                    words.next().and_then(|number| number.parse().ok()).ok_or(Error::Usage)?
            }
            "--seconds" => {
                bench_options.seconds =
                    words.next().and_then(|number| number.parse().ok()).ok_or(Error::Usage)?
            }
            _ => return Err(Error::Usage),
        }
    }
    Ok(bench_options)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    measure().await.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(2)
    })
}

async fn measure() -> Result<ExitCode, Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench_options = bench_options(&arguments)?;
    if let Goal::Beside(other) = &bench_options.goal {
        ab_build::compare(other, bench_options.rounds).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if matches!(bench_options.goal, Goal::Embedded) {
        embedded::compare(&bench_options).await?;
        return Ok(ExitCode::SUCCESS);
    }
    // As long as all rounds of a request.
    let time = Duration::from_secs(bench_options.seconds) * bench_options.rounds;
    if matches!(bench_options.goal, Goal::FirstWords) {
        println!("{}", first_words::measure(time).await?);
        return Ok(ExitCode::SUCCESS);
    }
    if let Goal::At(running_app) = &bench_options.goal {
        println!("{}", clients::call(running_app, Duration::from_secs(bench_options.seconds)).await?);
        return Ok(ExitCode::SUCCESS);
    }
    let systems = targets::start()?;
    if matches!(bench_options.goal, Goal::Hold) {
        let held = floor::hold(&systems, &bench_options).await?;
        return Ok(if held { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let mut rows = compare::everyday(&systems, &bench_options).await?;
    rows.extend(compare::against_python(&systems, &bench_options).await?);
    let memory = memory::after_many_requests(&systems.app).await?;
    let first_words = first_words::measure(time).await?;
    let cold_start = cold_start::measure(&systems)?;
    let report = report::Report { rows, memory, first_words, cold_start, sizes: report::component_sizes()? };
    println!("{}", report.markdown());
    if matches!(bench_options.goal, Goal::Write) {
        report.write()?;
    }
    Ok(ExitCode::SUCCESS)
}
