//! Log lines: JSON on standard output, where containers are listened to; text for people on standard error.

use std::io::IsTerminal as _;

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

/// Starts writing log lines; `filter` is `RUST_LOG`'s syntax, [`default_filter`] without one. Later calls change nothing.
pub fn start_logs(format: LogFormat, filter: Option<&str>) {
    let is_terminal = std::io::stderr().is_terminal();
    let default = default_filter(format, is_terminal);
    let filter = EnvFilter::try_new(filter.unwrap_or(default)).unwrap_or_else(|_| EnvFilter::new(default));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter);
    // Fails when logs were started before, as in tests.
    let _ = match format {
        LogFormat::Json => subscriber
            .with_writer(std::io::stdout)
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init(),
        LogFormat::Text => {
            subscriber.with_writer(std::io::stderr).with_ansi(is_terminal && wants_colour()).try_init()
        }
    };
}

/// Which lines there are when nobody says it, in `RUST_LOG`'s syntax. On a terminal requests have no lines: they would
/// push away what people read there.
fn default_filter(format: LogFormat, is_terminal: bool) -> &'static str {
    match format {
        LogFormat::Text if is_terminal => "info,access=off",
        LogFormat::Text | LogFormat::Json => "info",
    }
}

/// Whether the person at the terminal is fine with colours (<https://no-color.org>).
fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_at_a_terminal_are_spared_the_lines_of_requests() {
        assert_eq!(default_filter(LogFormat::Text, true), "info,access=off");
        for (format, is_terminal) in
            [(LogFormat::Text, false), (LogFormat::Json, true), (LogFormat::Json, false)]
        {
            assert_eq!(default_filter(format, is_terminal), "info");
        }
    }
}
