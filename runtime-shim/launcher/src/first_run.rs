//! What people are told, and what is looked at, before a build that takes minutes.

use std::ffi::OsString;
use std::path::Path;

use crate::program;

/// How long a first run takes until the app answers, measured with the crates still to be downloaded. README.md and
/// docs/running.md say the same, and a test holds them to it.
const TIME: &str = "about 8 minutes on two cores";
/// What is below `target/` then.
const DISK: &str = "2.1 GB";

/// Says what a first run takes.
pub fn announce() {
    eprintln!("First run: building the app takes {TIME} and {DISK} below target/. Later runs take seconds.");
    eprintln!("Ctrl-C stops it; the next `cargo up` goes on from there.");
}

/// Whether this machine has what the build needs, with the flags of `up` in `arguments`; says what is missing, and how to
/// get it.
pub fn is_possible(repository: &Path, arguments: &[OsString]) -> bool {
    if cfg!(not(unix)) {
        return true;
    }
    let mut doctor = program::command(repository.join("scripts/doctor"));
    // Standard output is for the line that says where the app is.
    doctor.arg("--quiet").args(arguments).stdout(std::io::stderr());
    match doctor.status() {
        Ok(status) if status.code() == Some(1) => {
            eprintln!("error: nothing was built. Run `cargo up` again when that is done");
            false
        }
        // What cannot be looked at is no reason not to try.
        Ok(_) | Err(_) => true,
    }
}
