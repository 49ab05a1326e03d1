//! What one request may use: processor time, wall-clock time, memory, body size.

mod cpu;
mod memory;

pub use cpu::{CpuBudget, TICK};
pub use memory::MemoryLimit;

use std::time::Duration;

/// Limits of every request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Processor time a request may use, waiting not counted.
    pub cpu: Duration,
    /// Time until the response head.
    pub response_head: Duration,
    /// Time until the end of the response body.
    pub total: Duration,
    /// Linear memory of one instance, all its composed parts together, in bytes.
    pub memory: usize,
    /// Request body, in bytes.
    pub body: u64,
    /// Requests in progress, over all components.
    pub concurrent_requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Duration::from_secs(2),
            response_head: Duration::from_secs(30),
            total: Duration::from_secs(300),
            memory: 128 * 1024 * 1024,
            body: 4 * 1024 * 1024,
            concurrent_requests: 512,
        }
    }
}
