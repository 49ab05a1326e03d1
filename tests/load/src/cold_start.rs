//! From the start of the process to its first answer, with compiled code in the cache.

use std::time::{Duration, Instant};

use harness::{App, Options};

use crate::references::start_native;
use crate::targets::{self, Targets};
use crate::{Error, process};

const TRIES: usize = 7;

/// Medians.
#[derive(Debug, Clone, Copy)]
pub struct ColdStart {
    /// The app of components, to its first answer with data.
    pub app: Duration,
    /// The native reference, to its first open port.
    pub reference: Duration,
    /// Memory of the app after its first answer, in MiB.
    pub memory: f64,
}

/// Starts each side several times and takes the median.
pub fn measure(systems: &Targets) -> Result<ColdStart, Error> {
    let data = tempfile::tempdir()?;
    let options = || Options {
        data: Some(data.path().to_owned()),
        ..targets::app_options(&systems.server, &systems.secret)
    };
    // The first start fills the cache.
    drop(App::start(options())?);
    let mut app = Vec::new();
    let mut memory = 0.0;
    for _ in 0..TRIES {
        let start = Instant::now();
        let started = App::start(options())?;
        started.user().get("/api/v1/tasks").expect(200);
        app.push(start.elapsed());
        memory = process::memory(started.pid());
    }
    let mut reference = Vec::new();
    for _ in 0..TRIES {
        let start = Instant::now();
        let running = start_native(&systems.settings)?;
        reference.push(start.elapsed());
        drop(running);
    }
    Ok(ColdStart { app: median(app), reference: median(reference), memory })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
