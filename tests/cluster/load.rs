//! Many clients at a release: `load --at`, of the package `load`.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use harness::repository;
use serde_json::Value;

/// A load that is running.
pub struct Load(Child);

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

/// Starts so many clients that list, add and complete over REST and list over MCP for `time`, each on a connection that it keeps.
pub fn start(url: &str, clients: u32, time: Duration) -> Load {
    let program = repository().join("target/host/load");
    let child = Command::new(&program)
        .args(["--at", url, "--origin", &url.replace(".svc.cluster.local", ".svc")])
        .args(["--clients", &clients.to_string(), "--seconds", &time.as_secs().to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask test cluster`", program.display()));
    Load(child)
}

impl Load {
    /// Whether it is still running.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Outcome {
        let mut told = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        let status = self.0.wait().unwrap();
        assert!(status.success(), "load: {status}");
        let told: Value = serde_json::from_str(&told).unwrap_or_else(|error| panic!("load: {error}: {told}"));
        let number =
            |name: &str| told[name].as_f64().unwrap_or_else(|| panic!("{name} is missing in {told}"));
        Outcome {
            requests: number("requests"),
            failed: number("failed"),
            rate: number("rate"),
            p99: number("p99"),
        }
    }
}
