//! Log lines: JSON on standard output, where containers are listened to; text for people on standard error.

use tracing_subscriber::EnvFilter;

/// How log lines look, and where they go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, on standard output.
    Json,
    /// For people, on standard error.
    #[default]
    Text,
}

/// Starts writing log lines; `filter` is `RUST_LOG`'s syntax, `info` without one. Later calls change nothing.
pub fn start_logs(format: LogFormat, filter: Option<&str>) {
    let filter = EnvFilter::try_new(filter.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter);
    // Fails when logs were started before, as in tests.
    let _ = match format {
        LogFormat::Json => subscriber
            .with_writer(std::io::stdout)
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init(),
        LogFormat::Text => subscriber.with_writer(std::io::stderr).try_init(),
    };
}
