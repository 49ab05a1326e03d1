//! How long the way to the first request took, in one line.

use std::future::Future;
use std::time::{Duration, Instant};

use app_database::Prepared;

/// Stages in their order; some ran side by side.
#[derive(Debug, Default)]
pub struct Stages(Vec<(&'static str, Duration)>);

impl Stages {
    /// Adds one.
    pub fn add(&mut self, name: &'static str, took: Duration) {
        self.0.push((name, took));
    }

    /// Adds several.
    pub fn extend(&mut self, stages: &[(&'static str, Duration)]) {
        self.0.extend_from_slice(stages);
    }

    /// Says on standard output where the app is: for people, whatever the log looks like.
    pub fn tell_ready(&self, app: &str, url: &str, total: Duration) {
        let stages: Vec<String> =
            self.0.iter().map(|(name, took)| format!("{name} {:.2} s", took.as_secs_f64())).collect();
        println!(
            "The app is at {url} ({app}, ready after {:.2} s: {})",
            total.as_secs_f64(),
            stages.join(", ")
        );
    }
}

/// Says which database the app uses and what was done to it.
pub fn tell_database(prepared: &Prepared) {
    if let Some(database) = &prepared.database {
        println!("database: {database}");
    }
    for ran in &prepared.migrated {
        println!("migrated: {} {}", ran.version, ran.description);
    }
}

/// The output of `work` and how long it took.
pub async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    let output = work.await;
    (output, started.elapsed())
}
