//! Arbitrary bytes for the parser of the protocol, by cargo-fuzz.
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
    run::counted(run::command(&program, &arguments))
}
