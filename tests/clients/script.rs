//! Running a client's script.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The Python that has the clients: `PYTHON`, or the one on the path.
pub fn python() -> OsString {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into())
}

/// The Node.js that runs scripts: `NODE`, or the one on the path.
pub fn node() -> OsString {
    std::env::var_os("NODE").unwrap_or_else(|| "node".into())
}

/// Tells a script the names of the tools, with spaces between.
const TOOLS: &str = "TODO_TOOLS";

/// Runs a script below tests/ and fails with all it printed unless it succeeds.
#[track_caller]
pub fn succeeds(interpreter: OsString, script: &str, arguments: &[&str]) {
    let path = harness::repository().join("tests").join(script);
    let mut command = Command::new(interpreter);
    let output =
        command.env(TOOLS, tool_catalog::NAMES.join(" ")).arg(path).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{script}:\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("ok "), "{script} checked nothing:\n{said}");
}

/// What a JavaScript module prints that has the packages of a folder below tests/; fails unless it succeeds.
#[track_caller]
pub fn output_of_module(node: OsString, folder: &str, module: &str) -> String {
    let mut command = Command::new(node);
    command.args(["--input-type=module", "-"]).current_dir(harness::repository().join("tests").join(folder));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(module.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{module}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}
