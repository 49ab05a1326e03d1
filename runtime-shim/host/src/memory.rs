//! Linear memory of one instance: all memories of its composed parts count together.

use runtime_limits::{InstanceMemory, InstanceUse};
use std::sync::Arc;
use wasmtime::ResourceLimiter;

/// Counts growth and refuses what goes over the limit, which a component sees as a failed `memory.grow`.
#[derive(Debug)]
pub struct MemoryLimit {
    limit: usize,
    taken: InstanceMemory,
    instance: Arc<InstanceUse>,
}

impl MemoryLimit {
    /// At most `limit` bytes, as far as all instances together have not taken too much; `instance` is told when more are
    /// wanted.
    pub fn new(limit: usize, taken: InstanceMemory, instance: Arc<InstanceUse>) -> Self {
        Self { limit, taken, instance }
    }
}

impl ResourceLimiter for MemoryLimit {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let more = desired.saturating_sub(current);
        let is_refused = self.taken.used().saturating_add(more) > self.limit || !self.taken.take(more);
        match is_refused {
            true => self.instance.memory_refused(),
            false => self.instance.memory_grew(self.taken.used()),
        }
        Ok(!is_refused)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= 100_000)
    }
}
