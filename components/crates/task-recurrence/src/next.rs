//! The occurrence that comes after one is completed or skipped.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use task_model::due::{self, Due, Moment};
use task_model::recurrence::{Place, Series};
use task_model::types::{RecurrenceBase, Task};
use task_model::zone;

use crate::count;
use crate::rule::{Frequency, Rule};
use crate::zoned::{due_at, instant, place, place_like, time, to_second};

/// Why a task leaves an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was done.
    Completed,
    /// It is left out this time.
    Skipped,
}

/// What is stored is no series that this version knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored recurrence does not make sense")]
pub struct BrokenSeriesError;

/// How many times of a rule are looked at for one occurrence. More than all that can be left out, and than all that `COUNT`
/// may hold.
const MAX_LOOKED_AT: usize = 20_000;

/// Where a repeating task goes when it leaves its occurrence now: the series with its new place, and when it is due. `None` when
/// nothing is left.
///
/// From `due`, the next occurrence is the first of the rule after the one that was due, after the task's own due time if it was
/// moved behind it, and after now: what was missed does not come back one by one. From `completion` it is the first one after
/// the day of the completion (the time, for hours and minutes).
///
/// # Errors
/// What is stored does not make sense.
pub fn next(
    series: &Series,
    task: &Task,
    now: Timestamp,
    step: Step,
) -> Result<Option<(Series, Due)>, BrokenSeriesError> {
    let rule: Rule = series.rule.parse().map_err(|_| BrokenSeriesError)?;
    let rule_zone = zone::zone(&series.zone).map_err(|_| BrokenSeriesError)?;
    let task_zone = match &task.time_zone {
        Some(name) => zone::zone(name).map_err(|_| BrokenSeriesError)?,
        None => rule_zone.clone(),
    };
    let due = task.due.as_deref().and_then(|text| due::moment(text, &task_zone).ok());
    let walk = Walk { series, rule: &rule, zone: &rule_zone.rules, now };
    let found = match series.from {
        RecurrenceBase::Due => walk.after_due(due),
        RecurrenceBase::Completion => walk.after_completion(due.filter(|_| step == Step::Skipped)),
    };
    let Some((at, passed)) = found else { return Ok(None) };
    Ok(due_at(at, &rule_zone.rules, &task_zone).map(|due| (Series { at, passed, ..series.clone() }, due)))
}

struct Walk<'a> {
    series: &'a Series,
    rule: &'a Rule,
    zone: &'a TimeZone,
    now: Timestamp,
}

impl Walk<'_> {
    fn after_due(&self, due: Option<Moment>) -> Option<(Place, u32)> {
        let at = self.series.at;
        let now = self.clock();
        // Compared as days where the series is one of days, and otherwise as instants.
        let is_behind = |place: Place| match place {
            Place::Day(day) => {
                let due = due.map(|due| crate::zoned::place(due, self.zone).day());
                day > at.day() && day > now.date() && due.is_none_or(|due| day > due)
            }
            Place::Time(time_of_place) => {
                let instant = instant(place, self.zone);
                let due = due.map(|due| match due {
                    Moment::At(at) => at,
                    Moment::Day(day) => crate::zoned::instant(Place::Day(day), self.zone),
                });
                time_of_place > time(at) && instant > self.now && due.is_none_or(|due| instant > due)
            }
        };
        // Each time counts where the rule ends by their number, so none is passed over.
        let start = match self.rule.count() {
            Some(_) => time(at),
            None => count::forward(self.rule, time(at), now),
        };
        let mut passed = self.series.passed;
        for found in count::times(self.rule, start).take(MAX_LOOKED_AT) {
            if found <= time(at) {
                continue;
            }
            let place = place_like(at, found);
            passed = passed.saturating_add(1);
            if self.is_over(place, passed) {
                return None;
            }
            if is_behind(place) && !self.is_left_out(place) {
                return Some((place, passed));
            }
        }
        None
    }

    fn after_completion(&self, skipped: Option<Moment>) -> Option<(Place, u32)> {
        let at = self.series.at;
        let now = self.clock();
        // Who skips an occurrence that is not due yet means the one after it.
        let base = skipped.map_or(now, |due| now.max(time(place(due, self.zone))));
        let base = match at {
            Place::Day(_) => base.date().into(),
            Place::Time(_) if self.rule.frequency < Frequency::Daily => base,
            Place::Time(at) => base.date().to_datetime(at.time()),
        };
        let passed = self.series.passed.saturating_add(1);
        let plain = self.rule.is_plain().then(|| {
            let interval = count::interval(self.rule)?;
            Some(std::iter::successors(base.checked_add(interval).ok(), move |time| {
                time.checked_add(interval).ok()
            }))
        });
        let times: Box<dyn Iterator<Item = DateTime>> = match plain {
            Some(times) => Box::new(times.into_iter().flatten()),
            None => Box::new(count::times(self.rule, base)),
        };
        let is_behind = |place: Place| match place {
            Place::Day(day) => day > base.date(),
            Place::Time(time) => time > base && instant(place, self.zone) > self.now,
        };
        let mut places = times.take(MAX_LOOKED_AT).map(|time| place_like(at, time));
        let found = places.find(|place| is_behind(*place) && !self.is_left_out(*place))?;
        (!self.is_over(found, passed)).then_some((found, passed))
    }

    fn clock(&self) -> DateTime {
        to_second(self.now.to_zoned(self.zone.clone()).datetime())
    }

    fn is_over(&self, place: Place, passed: u32) -> bool {
        self.rule.count().is_some_and(|count| passed >= count)
            || self.rule.is_over(place, instant(place, self.zone), self.zone)
    }

    fn is_left_out(&self, place: Place) -> bool {
        is_left_out(&self.series.exceptions, place)
    }
}

/// Whether a place is on a day that is left out.
pub(crate) fn is_left_out(exceptions: &[String], place: Place) -> bool {
    !exceptions.is_empty() && exceptions.contains(&place.day().to_string())
}
