//! Programs run to their end, and waiting.

use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

/// What a program prints on standard output; a failure is the test's, with all it said.
pub fn run(command: &mut Command) -> String {
    let output = output(command);
    assert!(output.status.success(), "{command:?} failed:\n{}", said(&output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What a program that must fail says.
pub fn refused(command: &mut Command) -> String {
    let output = output(command);
    assert!(!output.status.success(), "{command:?} succeeded:\n{}", said(&output));
    said(&output)
}

/// How a program ended, and what it said.
pub fn output(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What a program said, on both its streams.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Waits until `what` gives something; how long that took.
pub fn wait_for<T>(name: &str, timeout: Duration, mut what: impl FnMut() -> Option<T>) -> (T, Duration) {
    let started = Instant::now();
    loop {
        if let Some(found) = what() {
            return (found, started.elapsed());
        }
        assert!(started.elapsed() < timeout, "{name}: not within {timeout:?}");
        thread::sleep(Duration::from_millis(100));
    }
}

/// Says where a long test stands.
pub fn progress(text: &str) {
    println!("    {text}");
}
