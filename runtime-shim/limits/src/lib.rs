//! What one request may use (processor time, wall-clock time, memory, body size), and what all of them may use together.

mod container;
mod cpu;
mod guest_memory;
mod instance_use;
mod turns;

pub use cpu::{CpuBudget, Tick};
pub use guest_memory::{ComponentMemory, GuestMemory, InstanceMemory, MemoryShortageError};
pub use instance_use::InstanceUse;
pub use turns::Turns;

use std::time::Duration;

/// What the instances have together where nothing limits the process: as many as a pod of 512 MiB holds.
const GUEST_MEMORY: usize = 256 << 20;

/// An instance with more linear memory than this, in bytes, takes no further requests: memory never shrinks, and what one
/// request needed once would be kept from all others.
const LARGE_INSTANCE: usize = 32 << 20;

/// Limits of every request, and of the process.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Processor time a request may use, waiting not counted.
    pub cpu: Duration,
    /// Time until the response head.
    pub response_head: Duration,
    /// Time until the end of the response body.
    pub total: Duration,
    /// How long a client may take to send, or to take, the next bytes of a body.
    pub stall: Duration,
    /// Linear memory of one instance, all its composed parts together, in bytes.
    pub memory: usize,
    /// Linear memory of all instances together, in bytes.
    pub guest_memory: usize,
    /// Request body, in bytes.
    pub body: u64,
    /// Requests of one component in progress. As many more may wait.
    pub concurrent_requests: usize,
    /// How long a request may wait for its component to have room for it.
    pub wait: Duration,
    /// Connections at a time, as far as the process may have so many file descriptors.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Duration::from_secs(2),
            response_head: Duration::from_secs(30),
            total: Duration::from_secs(300),
            stall: Duration::from_secs(15),
            memory: 128 * 1024 * 1024,
            // Beside it there are the program, compiled code, what is being sent, and what the system keeps for sockets.
            guest_memory: container::memory_limit().map_or(GUEST_MEMORY, |limit| limit / 2),
            body: 4 * 1024 * 1024,
            concurrent_requests: 512,
            wait: Duration::from_secs(10),
            connections: 4096,
        }
    }
}
