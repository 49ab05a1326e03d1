//! What a run says of itself until it serves: what was done, where the app is, and how to go on.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use app_database::Prepared;
use runtime_observability::LogFormat;

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
            LogFormat::Text => {
                println!("The app is at {url}   ({app}, ready after {seconds:.2} s: {stages})")
            }
        }
    }
}

/// Where a run keeps the app's data.
#[derive(Debug, Clone, Copy)]
pub enum DataPlace<'a> {
    /// In this folder, for as long as nobody deletes it.
    Folder(&'a Path),
    /// In the database that was named.
    Server(&'a str),
    /// The app has none, or the operator has seen to it.
    Elsewhere,
}

/// Says how to stop the app and where its data is, in the last lines people see. Machines know.
pub fn tell_how_to_go_on(format: LogFormat, data: DataPlace<'_>, app_folder: &Path) {
    if format == LogFormat::Text {
        println!("{}", how_to_go_on(data, app_folder.join(GUIDE).is_file()));
    }
}

/// Where an app tells people how to run it, if it does.
const GUIDE: &str = "docs/running.md";

fn how_to_go_on(data: DataPlace<'_>, has_guide: bool) -> String {
    let stop = "Stop it with Ctrl-C.";
    match data {
        DataPlace::Folder(folder) => {
            let folder = folder.strip_prefix(".").unwrap_or(folder).display();
            let guide = if has_guide {
                format!(" ({GUIDE} says how to back it up, reset and update)")
            } else {
                String::new()
            };
            format!("{stop} Your data is in {folder}{guide}.")
        }
        DataPlace::Server(database) => format!("{stop} Your data is in {database}."),
        DataPlace::Elsewhere => stop.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_says_how_to_stop_and_where_the_data_is() {
        let last = |data, has_guide| how_to_go_on(data, has_guide);
        let folder = DataPlace::Folder(Path::new("./.runtime-shim"));
        assert_eq!(
            last(folder, true),
            "Stop it with Ctrl-C. Your data is in .runtime-shim (docs/running.md says how to back it up, reset and update)."
        );
        assert_eq!(last(folder, false), "Stop it with Ctrl-C. Your data is in .runtime-shim.");
        let server = DataPlace::Server("PostgreSQL at 127.0.0.1:5432/todo");
        assert_eq!(
            last(server, true),
            "Stop it with Ctrl-C. Your data is in PostgreSQL at 127.0.0.1:5432/todo."
        );
        assert_eq!(last(DataPlace::Elsewhere, true), "Stop it with Ctrl-C.");
    }
}
