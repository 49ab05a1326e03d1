//! A Prometheus for the runbooks to ask: it watches nothing, but reads every query.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use scratch_postgres::{Child, command_that_dies_with_us, spawn};

use crate::shell::wait_for;

/// Where it answers: nobody else is in this network.
const ADDRESS: &str = "127.0.0.1:9090";

/// A running one; it ends when it is dropped.
pub struct Prometheus {
    _process: Child,
}

impl Prometheus {
    /// Starts it, with its data in a folder, and waits until it answers.
    pub fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let file = folder.join("prometheus.yml");
        std::fs::write(&file, "global: { scrape_interval: 15s }\n").unwrap();
        let mut command = command_that_dies_with_us("prometheus".as_ref());
        command.arg("--config.file").arg(&file).arg("--storage.tsdb.path").arg(folder.join("data"));
        command.args(["--web.listen-address", ADDRESS]).stdout(Stdio::null()).stderr(Stdio::null());
        let process = spawn(command).unwrap();
        let ready = || ureq::get(format!("{}/-/ready", Self::url())).call().ok();
        wait_for("Prometheus", Duration::from_secs(30), ready);
        Self { _process: process }
    }

    pub fn url() -> String {
        format!("http://{ADDRESS}")
    }
}
