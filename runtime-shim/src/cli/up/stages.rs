//! How long the way to the first request took, in one line.

use std::future::Future;
use std::time::{Duration, Instant};

use app_database::Prepared;
use runtime_shim::observe::LogFormat;

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

    /// Says where the app is: a line on standard output for people, or one among the log lines for machines.
    pub fn tell_ready(&self, format: LogFormat, app: &str, url: &str, total: Duration) {
        let stages: Vec<String> =
            self.0.iter().map(|(name, took)| format!("{name} {:.2} s", took.as_secs_f64())).collect();
        let (seconds, stages) = (total.as_secs_f64(), stages.join(", "));
        match format {
            LogFormat::Json => tracing::info!(app, url, seconds, stages, "ready"),
            LogFormat::Text => println!("The app is at {url} ({app}, ready after {seconds:.2} s: {stages})"),
        }
    }
}

/// Says which database the app uses and what was done to it, in the same way.
pub fn tell_database(format: LogFormat, prepared: &Prepared) {
    if let Some(database) = &prepared.database {
        match format {
            LogFormat::Json => tracing::info!(%database, "database"),
            LogFormat::Text => println!("database: {database}"),
        }
    }
    for ran in &prepared.migrated {
        let (version, description) = (ran.version, &ran.description);
        match format {
            LogFormat::Json => tracing::info!(version, %description, "migrated"),
            LogFormat::Text => println!("migrated: {version} {description}"),
        }
    }
}

/// The output of `work` and how long it took.
pub async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    let output = work.await;
    (output, started.elapsed())
}
