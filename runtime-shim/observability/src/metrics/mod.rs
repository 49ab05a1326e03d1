//! Prometheus metrics: requests, components, what components ask of the host, pools, and the process.

mod labels;
mod pools;
mod process;
mod red;

pub use labels::{Limit, Outcome, Stop};
pub use pools::{PoolSnapshot, PoolSource};

use labels::{
    ComponentLabels, DurationLabels, LimitLabels, OutcomeLabels, RequestLabels, StopLabels, TraceLabels,
    VersionLabels,
};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::exemplar::HistogramWithExemplars;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use red::Red;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Upper bounds of the histograms, in seconds.
const DURATIONS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

type Durations = HistogramWithExemplars<TraceLabels>;

/// How a request ended.
#[derive(Clone, Debug)]
pub struct RequestEnd<'a> {
    /// Who answered; empty when nobody did.
    pub component: &'a str,
    /// The route as the manifest writes it.
    pub route: &'a str,
    /// The method.
    pub method: &'a str,
    /// The status of the response.
    pub status: u16,
    /// Whether the response was a stream of events, which lasts as long as someone listens.
    pub streamed: bool,
    /// From the request to the end of the response.
    pub took: Duration,
    /// The trace it is kept in, if any.
    pub trace_id: Option<String>,
}

/// All metrics of the process.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<DurationLabels, Durations, fn() -> Durations>,
    in_flight: Gauge,
    instances: Family<ComponentLabels, Gauge>,
    instances_created: Family<ComponentLabels, Counter>,
    instance_requests: Family<ComponentLabels, Counter>,
    stops: Family<StopLabels, Counter>,
    limits: Family<LimitLabels, Counter>,
    part_calls: Red,
    statements: Red,
    outbound: Red,
    exports: Family<OutcomeLabels, Counter>,
}

impl Metrics {
    /// Empty metrics, reading `pools` when asked for.
    pub fn new(pools: Arc<dyn PoolSource>) -> Self {
        let mut registry = Registry::default();
        let histogram: fn() -> Histogram = || Histogram::new(DURATIONS);
        let part_calls = Red::register(
            &mut registry,
            "part_call",
            "Calls of composed parts that reached the host",
            histogram,
        );
        let statements =
            Red::register(&mut registry, "postgres_statement", "Statements of components", histogram);
        let outbound =
            Red::register(&mut registry, "outbound_request", "HTTP requests of components", histogram);
        let metrics = Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Durations::new(DURATIONS.into_iter())),
            in_flight: Gauge::default(),
            instances: Family::default(),
            instances_created: Family::default(),
            instance_requests: Family::default(),
            stops: Family::default(),
            limits: Family::default(),
            part_calls,
            statements,
            outbound,
            exports: Family::default(),
            registry,
        };
        metrics.registered(pools)
    }

    fn registered(mut self, pools: Arc<dyn PoolSource>) -> Self {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests answered", self.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request to the end of its response",
            Unit::Seconds,
            self.durations.clone(),
        );
        registry.register("http_requests_in_flight", "Requests in progress", self.in_flight.clone());
        registry.register("component_instances", "Component instances alive", self.instances.clone());
        registry.register(
            "component_instances_created",
            "Component instances made",
            self.instances_created.clone(),
        );
        registry.register(
            "component_requests",
            "Requests given to an instance",
            self.instance_requests.clone(),
        );
        registry.register("component_stops", "Instances stopped by a trap or a limit", self.stops.clone());
        registry.register("limits_hit", "Requests that ran into a limit", self.limits.clone());
        registry.register("trace_exports", "Batches of spans sent to the collector", self.exports.clone());
        let version = VersionLabels { version: env!("CARGO_PKG_VERSION") };
        registry.register("runtime_shim_build", "What runs here", Info::new(version));
        registry.register_collector(Box::new(pools::PoolCollector { pools }));
        registry.register_collector(Box::new(process::ProcessCollector));
        self
    }

    /// There is a component of that id. What it may run into is there from the start, at zero: a counter that appears
    /// with its first event hides that one from rates.
    pub fn component(&self, component: &str) {
        for why in Stop::ALL {
            let labels = StopLabels { component: component.to_owned(), reason: why.name() };
            self.stops.get_or_create(&labels).inc_by(0);
        }
        for limit in Limit::ALL {
            let labels = LimitLabels { component: component.to_owned(), limit: limit.name() };
            self.limits.get_or_create(&labels).inc_by(0);
        }
    }

    /// Spans will be exported: both ways that can go are there from the start, too.
    pub fn exporting(&self) {
        for outcome in ["ok", "failed"] {
            self.exports.get_or_create(&OutcomeLabels { outcome }).inc_by(0);
        }
    }

    /// A request came in.
    #[inline]
    pub fn request_started(&self) {
        self.in_flight.inc();
    }

    /// A request's response is over.
    pub fn request_finished(&self, end: RequestEnd<'_>) {
        self.in_flight.dec();
        let (component, route) = (end.component.to_owned(), end.route.to_owned());
        let streamed = if end.streamed { "true" } else { "false" };
        let labels = DurationLabels { component, route, streamed };
        let exemplar = end.trace_id.map(|trace_id| TraceLabels { trace_id });
        let at = exemplar.as_ref().map(|_| SystemTime::now());
        self.durations.get_or_create(&labels).observe(end.took.as_secs_f64(), exemplar, at);
        let DurationLabels { component, route, .. } = labels;
        let method = labels::method(end.method);
        self.requests.get_or_create(&RequestLabels { component, route, method, status: end.status }).inc();
    }

    /// An instance of `component` was made.
    pub fn instance_created(&self, component: &str) {
        let labels = ComponentLabels { component: component.to_owned() };
        self.instances_created.get_or_create(&labels).inc();
        self.instances.get_or_create(&labels).inc();
    }

    /// An instance of `component` is gone.
    pub fn instance_ended(&self, component: &str) {
        self.instances.get_or_create(&ComponentLabels { component: component.to_owned() }).dec();
    }

    /// An instance of `component` got a request.
    pub fn instance_request(&self, component: &str) {
        self.instance_requests.get_or_create(&ComponentLabels { component: component.to_owned() }).inc();
    }

    /// An instance of `component` was stopped.
    pub fn stopped(&self, component: &str, why: Stop) {
        self.stops.get_or_create(&StopLabels { component: component.to_owned(), reason: why.name() }).inc();
    }

    /// A request to `component` ran into `limit`.
    pub fn limit_hit(&self, component: &str, limit: Limit) {
        let labels = LimitLabels { component: component.to_owned(), limit: limit.name() };
        self.limits.get_or_create(&labels).inc();
    }

    /// A call of `part`, composed into `component`, came to its end as far as the host can see.
    pub fn part_called(&self, component: &Arc<str>, part: &Arc<str>, outcome: Outcome, took: Duration) {
        self.part_calls.record(component, part, outcome, took);
    }

    /// A statement of `part` came to its end.
    pub fn statement(&self, component: &Arc<str>, part: &Arc<str>, outcome: Outcome, took: Duration) {
        self.statements.record(component, part, outcome, took);
    }

    /// An HTTP request of `part` was answered, or not.
    pub fn outbound(&self, component: &Arc<str>, part: &Arc<str>, outcome: Outcome, took: Duration) {
        self.outbound.record(component, part, outcome, took);
    }

    /// A batch of spans reached the collector, or not.
    pub fn exported(&self, reached: bool) {
        self.exports.get_or_create(&OutcomeLabels { outcome: if reached { "ok" } else { "failed" } }).inc();
    }

    /// All metrics in the OpenMetrics text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
