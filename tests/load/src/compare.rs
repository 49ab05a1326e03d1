//! The same load on all sides, in turns.

use std::time::Duration;

use crate::generator::{LoadRequest, Outcome, send_load};
use crate::process::{children_time, processor_time};
use crate::requests::{self, NamedRequest};
use crate::targets::{Target, Targets};
use crate::{BenchOptions, Error};

/// How many connections send at once.
const CONNECTIONS: [usize; 2] = [8, 64];

/// What one side did in all rounds of one shot.
#[derive(Debug, Clone)]
pub struct Side {
    /// Answers a second.
    pub rate: f64,
    /// Median latency in microseconds.
    pub p50: u64,
    /// The latency that one in a hundred exceeds, in microseconds.
    pub p99: u64,
    /// Processor time of the side's processes per answer, in microseconds.
    pub processor: f64,
    /// Processor time of the database per answer, in microseconds.
    pub database: f64,
}

/// What was sent, and what each side did with it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What was sent.
    pub name: &'static str,
    /// Over how many connections.
    pub connections: usize,
    /// The app of components.
    pub app: Side,
    /// The native reference.
    pub reference: Side,
    /// The Python SDK, where it serves the same.
    pub python: Option<Side>,
}

impl Row {
    /// How much of the reference's rate the app reaches.
    pub fn ratio(&self) -> f64 {
        self.app.rate / self.reference.rate
    }
}

/// Fires at the app and the native reference what both serve.
pub async fn everyday(systems: &Targets, bench_options: &BenchOptions) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for named in requests::everyday(systems.token()) {
        for connections in CONNECTIONS {
            let targets = [&systems.app_target, &systems.reference];
            let [app, reference] = run(systems, targets, &named, connections, bench_options).await?;
            rows.push(Row { name: named.name, connections, app, reference, python: None });
        }
    }
    Ok(rows)
}

/// Fires at the app, the native reference and the Python SDK what all three serve.
pub async fn against_python(systems: &Targets, bench_options: &BenchOptions) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for named in requests::against_python(systems.token()) {
        for connections in CONNECTIONS {
            let targets = [&systems.app_target, &systems.reference, &systems.python];
            let [app, reference, python] = run(systems, targets, &named, connections, bench_options).await?;
            rows.push(Row { name: named.name, connections, app, reference, python: Some(python) });
        }
    }
    Ok(rows)
}

/// One shot at several sides in turns.
async fn run<const SIDES: usize>(
    systems: &Targets,
    targets: [&Target; SIDES],
    named: &NamedRequest,
    connections: usize,
    bench_options: &BenchOptions,
) -> Result<[Side; SIDES], Error> {
    for target in targets {
        send_load(&target.addresses, &named.load_request, connections, Duration::from_millis(500)).await?;
    }
    let mut sums = targets.map(|target| Sum {
        target,
        server: systems.server.pid(),
        outcome: Outcome::default(),
        processor: Duration::ZERO,
        database: Duration::ZERO,
    });
    for round in 0..bench_options.rounds {
        eprintln!("{}, {connections} connections, round {}/{}", named.name, round + 1, bench_options.rounds);
        for sum in &mut sums {
            sum.add(&named.load_request, connections, Duration::from_secs(bench_options.seconds)).await?;
        }
    }
    Ok(sums.map(Sum::side))
}

/// What a side did so far.
struct Sum<'a> {
    target: &'a Target,
    server: u32,
    outcome: Outcome,
    processor: Duration,
    database: Duration,
}

impl Sum<'_> {
    async fn add(
        &mut self,
        load_request: &LoadRequest,
        connections: usize,
        time: Duration,
    ) -> Result<(), Error> {
        let used = || self.target.pids.iter().copied().map(processor_time).sum::<Duration>();
        let before = (used(), children_time(self.server));
        let outcome = send_load(&self.target.addresses, load_request, connections, time).await?;
        self.processor += used().saturating_sub(before.0);
        self.database += children_time(self.server).saturating_sub(before.1);
        self.outcome.add(&outcome);
        Ok(())
    }

    fn side(self) -> Side {
        let each = |time: Duration| time.as_secs_f64() * 1e6 / self.outcome.requests as f64;
        Side {
            rate: self.outcome.rate(),
            p50: self.outcome.quantile(0.5),
            p99: self.outcome.quantile(0.99),
            processor: each(self.processor),
            database: each(self.database),
        }
    }
}
