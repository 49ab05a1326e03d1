//! What the process tells about itself.

mod logs;
mod management;
mod metrics;

pub use logs::{LogFormat, start_logs};
pub use management::serve_management;
pub use metrics::{Metrics, Stop};
