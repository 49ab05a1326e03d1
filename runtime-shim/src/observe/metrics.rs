//! Prometheus metrics. Every label's values come from the manifest or from a short list, so their number is bounded.

use crate::host::postgres::Pools;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text::encode};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Duration;

/// Upper bounds of the duration histogram, in seconds.
const DURATIONS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// Methods that have a label of their own.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Why an instance was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It trapped: a panic, an access out of bounds.
    Trap,
    /// It used up its processor time.
    Cpu,
    /// It was refused memory and gave up.
    Memory,
    /// It did not answer in time.
    Timeout,
}

impl Stop {
    fn name(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Timeout => "timeout",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    component: String,
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ComponentLabels {
    component: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StopLabels {
    component: String,
    reason: &'static str,
}

/// All metrics of the process.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<ComponentLabels, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    instances_created: Family<ComponentLabels, Counter>,
    instance_requests: Family<ComponentLabels, Counter>,
    stops: Family<StopLabels, Counter>,
}

impl Metrics {
    /// Empty metrics, reading `pools` when asked for.
    pub fn new(pools: Arc<Pools>) -> Self {
        let mut registry = Registry::default();
        let requests = Family::default();
        let durations: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(DURATIONS));
        let in_flight = Gauge::default();
        let instances_created = Family::default();
        let instance_requests = Family::default();
        let stops = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request to the end of its response",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("http_requests_in_flight", "Requests in progress", in_flight.clone());
        registry.register(
            "component_instances_created",
            "Component instances made",
            instances_created.clone(),
        );
        registry.register("component_requests", "Requests given to an instance", instance_requests.clone());
        registry.register("component_stops", "Instances stopped by a trap or a limit", stops.clone());
        registry.register_collector(Box::new(ProcessCollector { pools }));
        Self { registry, requests, durations, in_flight, instances_created, instance_requests, stops }
    }

    /// A request came in.
    pub fn request_started(&self) {
        self.in_flight.inc();
    }

    /// A request's response is over.
    pub fn request_finished(&self, component: &str, route: &str, method: &str, status: u16, took: Duration) {
        self.in_flight.dec();
        let method = METHODS.into_iter().find(|m| *m == method).unwrap_or("OTHER");
        let labels =
            RequestLabels { component: component.to_owned(), route: route.to_owned(), method, status };
        self.requests.get_or_create(&labels).inc();
        let labels = ComponentLabels { component: labels.component };
        self.durations.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// An instance of `component` was made.
    pub fn instance_created(&self, component: &str) {
        self.instances_created.get_or_create(&ComponentLabels { component: component.to_owned() }).inc();
    }

    /// An instance of `component` got a request.
    pub fn instance_request(&self, component: &str) {
        self.instance_requests.get_or_create(&ComponentLabels { component: component.to_owned() }).inc();
    }

    /// An instance of `component` was stopped.
    pub fn stopped(&self, component: &str, why: Stop) {
        self.stops.get_or_create(&StopLabels { component: component.to_owned(), reason: why.name() }).inc();
    }

    /// All metrics in the OpenMetrics text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// What is read from elsewhere at the moment it is asked for.
struct ProcessCollector {
    pools: Arc<Pools>,
}

impl std::fmt::Debug for ProcessCollector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProcessCollector").finish_non_exhaustive()
    }
}

impl Collector for ProcessCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let pools = self.pools.snapshot();
        let mut gauge = |name: &str, help: &str, unit: Option<&Unit>, value: u64| {
            let metric = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            metric.encode(encoder.encode_descriptor(name, help, unit, metric.metric_type())?)
        };
        gauge("postgres_connections_open", "Open database connections", None, pools.open)?;
        gauge("postgres_connections_in_use", "Database connections a component uses", None, pools.in_use)?;
        gauge(
            "process_resident_memory",
            "Resident memory of the process",
            Some(&Unit::Bytes),
            resident_memory(),
        )?;
        let mut counter = |name: &str, help: &str, unit: Option<&Unit>, value: f64| {
            let metric = ConstCounter::new(value);
            metric.encode(encoder.encode_descriptor(name, help, unit, metric.metric_type())?)
        };
        counter("postgres_waits", "Statements that waited for a connection", None, pools.waits as f64)?;
        counter("postgres_wait_timeouts", "Statements that waited in vain", None, pools.timeouts as f64)?;
        counter("postgres_wait", "Time spent waiting", Some(&Unit::Seconds), pools.wait_micros as f64 / 1e6)
    }
}

/// Resident memory in bytes; 0 where the system does not tell.
fn resident_memory() -> u64 {
    let kibibytes = || {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    };
    kibibytes().unwrap_or(0) * 1024
}
