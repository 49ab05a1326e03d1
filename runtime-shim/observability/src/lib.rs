//! What the process tells about itself: log lines, metrics, traces.

mod logs;
mod metrics;
mod request_spans;
mod server_span;
mod trace;

pub use logs::{LogFormat, start_logs};
pub use metrics::{Limit, Metrics, Outcome, PoolSnapshot, PoolSource, RequestEnd, Stop};
pub use request_spans::{
    Caller, HostCallSpan, RequestSpans, Statement, TaskId, begin_outbound, begin_statement,
};
pub use server_span::ServerSpan;
pub use trace::{TraceSettings, Tracing};
