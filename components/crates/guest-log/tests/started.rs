//! A component's lines reach standard error, under the name that it started with.

use std::process::Command;

/// The test runs itself again as the component, since standard error is the whole process's.
const COMPONENT: &str = "GUEST_LOG_COMPONENT";

#[test]
fn lines_are_json_under_the_name_that_came_first() {
    if std::env::var_os(COMPONENT).is_some() {
        guest_log::start("mcp");
        guest_log::start("another");
        log::error!(request_id = "r-1"; "it broke");
        log::debug!("nobody asked for this");
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "lines_are_json_under_the_name_that_came_first", "--nocapture"])
        .env(COMPONENT, "1")
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stderr).unwrap();
    let line: serde_json::Value =
        serde_json::from_str(lines.trim()).unwrap_or_else(|error| panic!("{error}: {lines}"));
    let expected = serde_json::json!({
        "level": "error", "component": "mcp", "message": "it broke", "request_id": "r-1"
    });
    assert_eq!(line, expected);
}
