//! Log lines of components: what `log::warn!` and its like are given becomes one JSON object a line on standard error,
//! where every host of the app takes it from.
//!
//! ```text
//! log::warn!(request_id = caller.request_id.as_str(); "the tools can't be reached: {error}");
//! {"level":"warn","component":"chat","message":"the tools can't be reached: …","request_id":"r-1"}
//! ```
//!
//! `component` is the one that writes the line, also where it is composed into another; `request_id` is that of the request
//! whose answer carries it in `X-Request-Id`, left out where a line is about no request. Further values become members of
//! their names. A line holds no token, no secret, and nothing that a person wrote, but for the mail of a
//! local run, which is sent nowhere else.

mod line;

use std::sync::OnceLock;

use log::{LevelFilter, Log, Metadata, Record};

/// Writes lines under the name of the component that it is a part of.
struct StandardError {
    component: OnceLock<&'static str>,
}

static STANDARD_ERROR: StandardError = StandardError { component: OnceLock::new() };

/// Starts writing lines for the component of this name. Whatever a component exports does this first; from the second time
/// on nothing happens. Where nobody does, as in unit tests, there are no lines.
pub fn start(component: &'static str) {
    if STANDARD_ERROR.component.set(component).is_ok() && log::set_logger(&STANDARD_ERROR).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

impl Log for StandardError {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let component = self.component.get().copied().unwrap_or_default();
            eprintln!("{}", line::from_record(component, record));
        }
    }

    fn flush(&self) {}
}
