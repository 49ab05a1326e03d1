//! The command `runtime-shim`: runs Spin apps, and prepares what they need on this machine.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
