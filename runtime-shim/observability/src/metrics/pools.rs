//! The pools of database connections: how large, how full, who waits.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;
use std::sync::Arc;

/// Pools with series of their own; components may name any number of addresses.
const MAX_POOLS: usize = 20;

/// A pool's state at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub struct PoolSnapshot {
    /// Most connections.
    pub size: u64,
    /// Open connections.
    pub open: u64,
    /// Connections a component is using.
    pub in_use: u64,
    /// Times a statement had to wait for a connection.
    pub waits: u64,
    /// Microseconds spent waiting.
    pub wait_micros: u64,
    /// Waits given up.
    pub timeouts: u64,
}

/// Whoever has the pools.
pub trait PoolSource: Send + Sync {
    /// The state of every pool, each under a name of its own that holds no secret.
    fn snapshot(&self) -> Vec<(String, PoolSnapshot)>;
}

/// Reads the pools at the moment it is asked for.
pub(super) struct PoolCollector {
    pub pools: Arc<dyn PoolSource>,
}

impl std::fmt::Debug for PoolCollector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PoolCollector").finish_non_exhaustive()
    }
}

type Column = (&'static str, &'static str, Option<&'static Unit>, fn(&PoolSnapshot) -> f64);

const GAUGES: [Column; 3] = [
    ("postgres_connections_open", "Open database connections", None, |pool| pool.open as f64),
    ("postgres_connections_in_use", "Connections a component uses", None, |pool| pool.in_use as f64),
    ("postgres_connections_limit", "Most connections the pool opens", None, |pool| pool.size as f64),
];

const COUNTERS: [Column; 3] = [
    ("postgres_waits", "Statements that waited for a connection", None, |pool| pool.waits as f64),
    ("postgres_wait_timeouts", "Statements that waited in vain", None, |pool| pool.timeouts as f64),
    ("postgres_wait", "Time spent waiting for a connection", Some(&Unit::Seconds), |pool| {
        pool.wait_micros as f64 / 1e6
    }),
];

impl Collector for PoolCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let mut pools = self.pools.snapshot();
        pools.truncate(MAX_POOLS);
        for (name, help, unit, read) in GAUGES {
            let mut family = encoder.encode_descriptor(name, help, unit, MetricType::Gauge)?;
            for (label, pool) in &pools {
                ConstGauge::new(read(pool)).encode(family.encode_family(&[("pool", label.as_str())])?)?;
            }
        }
        for (name, help, unit, read) in COUNTERS {
            let mut family = encoder.encode_descriptor(name, help, unit, MetricType::Counter)?;
            for (label, pool) in &pools {
                ConstCounter::new(read(pool)).encode(family.encode_family(&[("pool", label.as_str())])?)?;
            }
        }
        Ok(())
    }
}
