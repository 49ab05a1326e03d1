//! k6 against a release.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use harness::repository;
use serde_json::Value;

/// A load that is running.
pub struct Load {
    child: Child,
    summary: tempfile::NamedTempFile,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Requests answered.
    pub requests: f64,
    /// Requests without an answer of success.
    pub failed: f64,
    /// Requests a second.
    pub rate: f64,
    /// 99th percentile, in milliseconds.
    pub p99: f64,
}

/// Starts so many clients that list, add and complete over REST and MCP for `time`, each on connections that it keeps.
pub fn start(url: &str, clients: u32, time: Duration) -> Load {
    let summary = tempfile::NamedTempFile::new().unwrap();
    let child = Command::new("k6")
        .args(["run", "--quiet", "--no-usage-report"])
        .args(["--vus", &clients.to_string(), "--duration", &format!("{}s", time.as_secs())])
        .arg("--env")
        .arg(format!("APP={url}"))
        .arg("--env")
        .arg(format!("SUMMARY={}", summary.path().display()))
        .arg(repository().join("tests/cluster/load.js"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    Load { child, summary }
}

impl Load {
    /// Whether it is still running.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Outcome {
        self.child.wait().unwrap();
        let text = std::fs::read_to_string(self.summary.path()).unwrap();
        let summary: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("k6 left no summary: {error}"));
        let number =
            |name: &str| summary[name].as_f64().unwrap_or_else(|| panic!("{name} is missing in {summary}"));
        Outcome {
            requests: number("requests"),
            failed: number("failed"),
            rate: number("rate"),
            p99: number("p99"),
        }
    }
}
