//! What the process tells about itself: log lines, metrics, traces.

mod entry;
mod logs;
mod management;
mod metrics;
mod trace;
mod trail;

pub use entry::Entry;
pub use logs::{LogFormat, start_logs};
pub use management::Management;
pub use metrics::{Limit, Metrics, Outcome, RequestEnd, Stop};
pub use trace::{TraceSettings, Tracing};
pub use trail::{Caller, Trail, Work, begin_outbound, begin_statement, until_body_ends};
