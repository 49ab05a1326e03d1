//! Rate, errors and duration of one kind of work, by component and part.

use super::labels::{Outcome, PartLabels, PartOutcomeLabels};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Duration;

/// A counter by outcome, and a histogram of durations.
#[derive(Clone)]
pub(super) struct Red {
    counts: Family<PartOutcomeLabels, Counter>,
    durations: Family<PartLabels, Histogram, fn() -> Histogram>,
}

impl Red {
    /// Registers `<one>s_total` and `<one>_duration_seconds`, for what `help` calls it.
    pub fn register(registry: &mut Registry, one: &str, help: &str, buckets: fn() -> Histogram) -> Self {
        let red = Self { counts: Family::default(), durations: Family::new_with_constructor(buckets) };
        registry.register(format!("{one}s"), help, red.counts.clone());
        registry.register_with_unit(
            format!("{one}_duration"),
            format!("{help}: how long they took"),
            Unit::Seconds,
            red.durations.clone(),
        );
        red
    }

    /// One came to its end.
    pub fn record(&self, component: &Arc<str>, part: &Arc<str>, outcome: Outcome, took: Duration) {
        let labels = PartLabels { component: Arc::clone(component), part: Arc::clone(part) };
        self.durations.get_or_create(&labels).observe(took.as_secs_f64());
        let PartLabels { component, part } = labels;
        self.counts.get_or_create(&PartOutcomeLabels { component, part, outcome: outcome.name() }).inc();
    }
}
