//! `todo-smoke URL`: signs up, chats, calls REST and MCP on a running app, and cleans up behind itself. Ends with 0 when every
//! endpoint gave the right answer. `todo-smoke wait-for-rollout NAME`: waits until the pods of a release on SpinKube serve.

mod arrival;
mod cluster;
mod error;
mod person;
mod rollout;
mod visit;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use error::Error;

/// Tries a running app through every endpoint.
#[derive(Debug, Parser)]
#[command(
    name = "todo-smoke",
    version,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    other: Option<Other>,
    /// Where the app is, such as http://todo.default.svc
    #[arg(default_value = "")]
    url: String,
    /// The app's public URL, when it is another: signing up is only taken from there
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Only ask whether it is alive
    #[arg(long)]
    live: bool,
    /// Seconds an answer may take
    #[arg(long, value_name = "S", default_value_t = 10)]
    timeout: u64,
    /// Seconds to go on trying until the first answer
    #[arg(long, alias = "patience", value_name = "S", default_value_t = 0)]
    startup_timeout: u64,
}

/// What it does beside.
#[derive(Debug, Subcommand)]
enum Other {
    /// Wait until SpinKube's operator has rolled a release out (run by a hook of the chart)
    WaitForRollout(rollout::Rollout),
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    if let Some(Other::WaitForRollout(rollout)) = &arguments.other {
        return rollout.wait();
    }
    let url = arguments.url.trim_end_matches('/');
    let timeout = Duration::from_secs(arguments.timeout);
    let visitor = visit::Visitor::new(url, timeout);
    arrival::arrive(&visitor, Duration::from_secs(arguments.startup_timeout))?;
    if arguments.live {
        return Ok(());
    }
    visitor.get("/readyz", &[])?;
    println!("alive and ready");
    person::try_every_endpoint(&visitor, arguments.origin.as_deref().unwrap_or(url))
}
