//! How a task repeats from now on: a series that starts where the task is due, or goes on where it has come.

use task_model::due::{self, Due};
use task_model::recurrence::Series;
use task_model::types::{Caller, ClearableField, TaskChanges};
use task_model::zone::{self, Zone};
use task_model::{Violations, instant};
use task_recurrence::{Started, Terms, start};

use crate::arguments::Arguments;

/// What the task is before the change, as far as its recurrence depends on it.
#[derive(Debug)]
pub struct Current {
    /// When it is due.
    pub due: Option<String>,
    /// The zone that is meant in.
    pub time_zone: Option<String>,
    /// How it repeats.
    pub series: Option<Series>,
}

/// Sets the recurrence, and the due time of a task that had none.
pub fn set(
    caller: &Caller,
    input: &TaskChanges,
    current: Option<&Current>,
    arguments: &mut Arguments,
    violations: &mut Violations,
) {
    let Some(recurrence) = &input.recurrence else { return };
    if input.clear.iter().flatten().any(|field| *field == ClearableField::Due) {
        violations.add("/recurrence", "What repeats is due: leave `due` as it is, or give a new one.");
        return;
    }
    let given = arguments.due.clone().flatten();
    let found = current.and_then(is_due);
    let due = given.as_ref().or(found.as_ref());
    let zone = match due {
        Some(due) => zone::zone(&due.zone).ok(),
        None => zone::from_caller(caller).ok(),
    };
    // A zone of the caller that is none is named where it is needed; here the rest is looked at all the same.
    let Some(zone) = zone.or_else(|| zone::zone("UTC").ok()) else { return };
    let terms = Terms { due, zone: &zone, now: instant::now(caller) };
    let Some(Started { series, due: first }) = start(recurrence, &terms, violations) else { return };
    if due.is_none() {
        arguments.due = Some(Some(first));
    }
    let known = current.and_then(|current| current.series.as_ref());
    let goes_on = known.filter(|known| {
        given.is_none() && (&known.rule, known.from, &known.zone) == (&series.rule, series.from, &series.zone)
    });
    arguments.recurrence = Some(Some(match goes_on {
        Some(known) => Series { at: known.at, passed: known.passed, ..series },
        None => series,
    }));
}

fn is_due(current: &Current) -> Option<Due> {
    let zone: Zone = zone::zone(current.time_zone.as_deref()?).ok()?;
    due::due(current.due.as_deref()?, &zone).ok()
}
