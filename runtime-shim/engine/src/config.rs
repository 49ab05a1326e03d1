//! The engine all components run on.

use super::CodeTarget;
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

/// What the engine is sized for.
#[derive(Clone, Copy, Debug)]
pub struct EngineSettings {
    /// Component instances at a time, over all components.
    pub instances: u32,
    /// Largest linear memory of one composed part, in bytes.
    pub max_memory: usize,
    /// What compiled code is for.
    pub code: CodeTarget,
}

/// A composed component brings one memory per part; this many on average have to fit. Twice as many are more than the address
/// space of a process has room for.
const PARTS_PER_INSTANCE: u32 = 12;
/// Composed asynchronous calls each run on a stack of their own.
const STACKS_PER_INSTANCE: u32 = 4;

/// An engine with slots set aside for instances, so that making one takes no system calls for mappings. Where the
/// address space is short, fewer slots are set aside.
///
/// # Errors
/// When the machine cannot reserve the address space for a few instances.
pub fn new_engine(settings: EngineSettings) -> wasmtime::Result<Engine> {
    with_slots(settings).or_else(|error| {
        tracing::warn!(error = %error.root_cause(), "fewer instances at a time: the address space is short");
        with_slots(EngineSettings { instances: (settings.instances / 16).max(1), ..settings })
    })
}

fn with_slots(settings: EngineSettings) -> wasmtime::Result<Engine> {
    let EngineSettings { instances, max_memory, code } = settings;
    let mut config = Config::new();
    code.apply(&mut config)?;
    config.wasm_component_model(true);
    config.wasm_component_model_async(true);
    config.epoch_interruption(true);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances);
    pool.total_core_instances(instances.saturating_mul(PARTS_PER_INSTANCE * 3));
    pool.total_memories(instances.saturating_mul(PARTS_PER_INSTANCE));
    pool.total_tables(instances.saturating_mul(PARTS_PER_INSTANCE * 2));
    pool.total_stacks(instances.saturating_mul(STACKS_PER_INSTANCE));
    pool.max_core_instances_per_component(512);
    pool.max_memories_per_component(128);
    pool.max_tables_per_component(256);
    pool.max_component_instance_size(4 << 20);
    pool.max_core_instance_size(1 << 20);
    pool.table_elements(100_000);
    pool.max_memory_size(max_memory);
    pool.max_unused_warm_slots(64);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config)
}
