//! Arbitrary bytes for the parser of the protocol, by cargo-fuzz; arbitrary messages, and the general rules, for the built-in assistant.
//!
//! The stable toolchain does: only sanitizers need another, and there is no unsafe code here that they could watch.

use std::fs;
use std::path::Path;

use crate::count::Count;
use crate::prerequisites;
use crate::run::{self, Error};
use crate::stages::Depth;

const CARGO_FUZZ: &str = "0.13.1";
const PACKAGE: &str = "components/crates/mcp-protocol/fuzz";

/// The same inputs each time: so many, from this seed, each at most so long. The time is a bound for slow machines.
const LIMITS: [&str; 6] = [
    "-runs=200000",
    "-seed=20260728",
    "-max_len=4096",
    "-max_total_time=120",
    "-timeout=10",
    "-print_final_stats=1",
];

/// Installs cargo-fuzz.
pub fn prepare(_: Depth) -> Result<(), Error> {
    prerequisites::cargo_program("cargo-fuzz", CARGO_FUZZ).map(drop)
}

/// Runs the target from the seeds alone. What it finds on its way stays below the target folder; so does the input that
/// made it fail, whose path it prints.
pub fn messages(_: Depth) -> Result<Count, Error> {
    let program = prerequisites::cargo_program("cargo-fuzz", CARGO_FUZZ)?.to_string_lossy().into_owned();
    let target = run::repository().join("target/fuzz").to_string_lossy().into_owned();
    let found = format!("{target}/found");
    if Path::new(&found).exists() {
        fs::remove_dir_all(&found).map_err(|error| Error::Failed(format!("emptying {found} ({error})")))?;
    }
    fs::create_dir_all(&found).map_err(|error| Error::Failed(format!("making {found} ({error})")))?;
    let seeds = format!("{PACKAGE}/seeds");
    let failed = format!("-artifact_prefix={target}/failed-");
    let cargo_fuzz = ["fuzz", "run", "--fuzz-dir", PACKAGE, "--sanitizer", "none", "--target-dir", &target];
    let arguments = [&cargo_fuzz[..], &["messages", &found, &seeds, "--", &failed], &LIMITS].concat();
    let mut count = run::counted(run::command(&program, &arguments))?;
    count += assistant()?;
    Ok(count)
}

/// A million messages, each within the processor time that a turn may take; 100,000 titles with dates for each rule of how a task is read, and as
/// many conversations for those of the assistant together. Optimised, since unoptimised code takes ten times as long.
fn assistant() -> Result<Count, Error> {
    let mut reading = run::command("cargo", &["test", "--release", "-p", "task-language", "--test", "rules"]);
    reading.env("PROPTEST_CASES", "100000");
    let tests = ["--test", "any_message", "--test", "rules"];
    let mut talking =
        run::command("cargo", &[&["test", "--release", "-p", "model-builtin"], &tests[..]].concat());
    talking.env("PROPTEST_CASES", "15000").env("FUZZED_MESSAGES", "1000000");
    let mut count = run::counted(reading)?;
    count += run::counted(talking)?;
    Ok(count)
}
