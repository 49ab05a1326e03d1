//! Linear memory of one instance: all memories of its composed parts count together.

use crate::host::InstanceUse;
use std::sync::Arc;
use wasmtime::ResourceLimiter;

/// Counts growth and refuses what goes over the limit, which a component sees as a failed `memory.grow`.
#[derive(Debug)]
pub struct MemoryLimit {
    limit: usize,
    used: usize,
    instance: Arc<InstanceUse>,
}

impl MemoryLimit {
    /// At most `limit` bytes; `instance` is told when more are wanted.
    pub fn new(limit: usize, instance: Arc<InstanceUse>) -> Self {
        Self { limit, used: 0, instance }
    }
}

impl ResourceLimiter for MemoryLimit {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let after = self.used.saturating_add(desired.saturating_sub(current));
        if after > self.limit {
            self.instance.memory_refused();
            return Ok(false);
        }
        self.used = after;
        Ok(true)
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
