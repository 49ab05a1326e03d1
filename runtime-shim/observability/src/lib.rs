//! What the process tells about itself: log lines, metrics, traces.

mod entry;
mod logs;
mod metrics;
mod trace;
mod trail;

pub use entry::Entry;
pub use logs::{LogFormat, start_logs};
pub use metrics::{Limit, Metrics, Outcome, PoolSnapshot, PoolSource, RequestEnd, Stop};
pub use trace::{TraceSettings, Tracing};
pub use trail::{Caller, Statement, TaskId, Trail, Work, begin_outbound, begin_statement};
