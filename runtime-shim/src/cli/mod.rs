//! The command line: one file or folder per subcommand, what they share beside this.

mod audit;
mod build;
mod compile;
mod error;
mod flags;
mod migrate;
mod process;
mod registry;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::CliError;

/// Runs Spin apps, with the database they need.
#[derive(Debug, Parser)]
#[command(name = "runtime-shim", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build what is stale, prepare the database, run the app.
    Up(Box<up::Up>),
    /// Build the components whose sources are newer than their WebAssembly.
    Build(build::BuildArguments),
    /// Compile an app's components ahead of its runs.
    Compile(compile::Compile),
    /// Change the schema of the app's database, or show where it stands.
    Migrate(migrate::Migrate),
    /// Look at the app's audit log.
    Audit(audit::Audit),
    /// Move the app to and from a registry.
    Registry(Box<registry::Registry>),
}

/// Parses the arguments and runs the subcommand.
pub fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(async {
        match command {
            Command::Up(up) => up.run().await,
            Command::Build(build) => build.run().await,
            Command::Compile(compile) => compile.run(),
            Command::Migrate(migrate) => migrate.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Registry(registry) => registry.run().await,
        }
    });
    // What still blocks in the background has nothing to say any more.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
