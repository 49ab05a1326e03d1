//! Runs stages in lanes: what computes follows each other, what waits runs beside it, two at a time, and what has to be
//! installed is installed beside both. What measures comes last, alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::outcome::{Outcome, Report, Row};
use super::part::{Part, run_apart};
use crate::count::Count;
use crate::stages::{Depth, Lane, Stage};

/// Between two lines that say what is running.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(60);

/// What is known of a run so far.
#[derive(Default)]
struct State {
    prepared: BTreeMap<&'static str, Outcome>,
    begun: BTreeSet<&'static str>,
    ended: BTreeMap<&'static str, Row>,
    running: BTreeMap<String, Instant>,
}

/// A stage that begins, what came of installing what it needs, and a stage that it lacks because that failed.
type Begun = (&'static Stage, Outcome, Option<&'static str>);

struct Run<'a> {
    stages: &'a [&'static Stage],
    depth: Depth,
    names: &'a [String],
    started: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

/// Runs the stages; with names, only their tests whose names contain one of these.
pub fn run(stages: &[&'static Stage], depth: Depth, names: &[String]) -> Report {
    let run = Run {
        stages,
        depth,
        names,
        started: Instant::now(),
        state: Mutex::default(),
        changed: Condvar::new(),
    };
    let run = &run;
    thread::scope(|scope| {
        scope.spawn(|| run.prepare_all());
        for lane in [Lane::Compute, Lane::Wait, Lane::Wait, Lane::Alone] {
            scope.spawn(move || run.follow(lane));
        }
        scope.spawn(|| run.report_progress());
    });
    let mut state = run.lock();
    let rows = stages.iter().filter_map(|stage| state.ended.remove(stage.name)).collect();
    Report { rows, wall: run.started.elapsed() }
}

impl Run<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to take.
    fn wait<T>(&self, take: impl Fn(&mut State) -> Option<T>) -> T {
        let mut state = self.lock();
        loop {
            if let Some(taken) = take(&mut state) {
                return taken;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Installs what the stages need, in their order.
    fn prepare_all(&self) {
        for stage in self.stages {
            let outcome = self.part(Part::Prepare, stage);
            self.change(|state| {
                state.prepared.insert(stage.name, outcome);
            });
        }
    }

    /// Runs stages of one lane, one after the other, until all have begun.
    fn follow(&self, lane: Lane) {
        while let Some((stage, prepared, lacked)) = self.wait(|state| self.begin(lane, state)) {
            let mut row = Row { name: stage.name, prepared, lacked, ..Row::default() };
            if lacked.is_none() && prepared.count.failed == 0 {
                row.ran = self.part(Part::Run, stage);
            }
            let count = row.count();
            let word = if count.failed == 0 { "ok" } else { "FAILED" };
            println!(
                "=== {word} {}: {} passed, {} failed, {} s (at {} s)",
                stage.name,
                count.passed,
                count.failed,
                row.ran.wall.as_secs(),
                self.started.elapsed().as_secs()
            );
            self.change(|state| {
                state.ended.insert(stage.name, row);
            });
        }
    }

    /// Begins the first stage of the lane that may; `None` inside when there is none left to begin.
    fn begin(&self, lane: Lane, state: &mut State) -> Option<Option<Begun>> {
        let mut left = self
            .stages
            .iter()
            .filter(|stage| stage.lane == lane && !state.begun.contains(stage.name))
            .peekable();
        if left.peek().is_none() {
            return Some(None);
        }
        if lane == Lane::Alone && !self.is_quiet(state) {
            return None;
        }
        let begun = left.find_map(|stage| {
            let (prepared, lacked) = self.ready(stage, state)?;
            Some((*stage, prepared, lacked))
        })?;
        state.begun.insert(begun.0.name);
        Some(Some(begun))
    }

    /// Whether all is installed, and every stage has ended that may run beside others.
    fn is_quiet(&self, state: &State) -> bool {
        let mut others = self.stages.iter().filter(|stage| stage.lane != Lane::Alone);
        state.prepared.len() == self.stages.len() && others.all(|stage| state.ended.contains_key(stage.name))
    }

    /// What the stage has when it may begin: what came of installing, and a stage that it lacks because that failed.
    fn ready(&self, stage: &Stage, state: &State) -> Option<(Outcome, Option<&'static str>)> {
        let prepared = *state.prepared.get(stage.name)?;
        let mut lacked = None;
        for needed in
            stage.after.iter().filter(|needed| self.stages.iter().any(|other| other.name == **needed))
        {
            if state.ended.get(needed)?.count().failed > 0 {
                lacked = Some(*needed);
            }
        }
        Some((prepared, lacked))
    }

    fn part(&self, part: Part, stage: &'static Stage) -> Outcome {
        let what = match part {
            Part::Prepare => format!("what {} needs", stage.name),
            Part::Run => {
                println!("=== {}: {}", stage.name, stage.promise);
                stage.name.to_owned()
            }
        };
        self.change(|state| {
            state.running.insert(what.clone(), Instant::now());
        });
        let outcome = run_apart(part, stage, self.depth, self.names);
        self.change(|state| {
            state.running.remove(&what);
        });
        outcome.unwrap_or_else(|error| {
            eprintln!("{error}");
            Outcome { count: Count { passed: 0, failed: 1 }, ..Outcome::default() }
        })
    }

    /// Says from time to time what is running, until all has ended.
    fn report_progress(&self) {
        let mut told = Instant::now();
        let mut state = self.lock();
        while state.ended.len() < self.stages.len() {
            if told.elapsed() >= PROGRESS_INTERVAL {
                told = Instant::now();
                let running: Vec<String> = state
                    .running
                    .iter()
                    .map(|(what, since)| format!("{what} ({} s)", since.elapsed().as_secs()))
                    .collect();
                let failed = state.ended.values().filter(|row| row.count().failed > 0).count();
                println!(
                    "=== {} s: {} of {} stages done, {failed} failed; running: {}",
                    self.started.elapsed().as_secs(),
                    state.ended.len(),
                    self.stages.len(),
                    running.join(", ")
                );
            }
            state = match self.changed.wait_timeout(state, Duration::from_secs(1)) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}
