//! A series that begins: its input checked, and its first occurrence.

use jiff::Timestamp;
use jiff::civil::Date;
use task_model::Violations;
use task_model::due::{Due, Moment};
use task_model::recurrence::{MAX_EXCEPTIONS, Place, Series};
use task_model::types::{NewRecurrence, RecurrenceBase};
use task_model::zone::{self, Zone};

use crate::count;
use crate::next::is_left_out;
use crate::rule::{Frequency, Rule, RuleError};
use crate::words::words;
use crate::zoned::{due_at, instant, place, place_like, time, to_second};

/// What a series begins with.
pub struct Terms<'a> {
    /// When the task is due, if it is: that is the first occurrence, as it stands.
    pub due: Option<&'a Due>,
    /// The zone in which the rule is meant where it names none.
    pub zone: &'a Zone,
    /// The instant from which on an occurrence is looked for where nothing is due.
    pub now: Timestamp,
}

/// A series that has begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Started {
    /// The rule and its first place.
    pub series: Series,
    /// When the task is due.
    pub due: Due,
}

/// Begins a series. A task that is due keeps its due time as the first occurrence; of one that is not, the first occurrence of
/// the rule from now on becomes due: a day, or a time where the rule names hours or minutes.
pub fn start(input: &NewRecurrence, terms: &Terms<'_>, violations: &mut Violations) -> Option<Started> {
    let rule = violations.check("/recurrence/rule", input.rule.parse::<Rule>());
    let zone = match &input.zone {
        Some(name) => violations.check("/recurrence/zone", zone::zone(name)),
        None => Some(terms.zone.clone()),
    };
    let exceptions = exceptions(input.exceptions.as_deref().unwrap_or_default(), violations);
    let rule = rule?;
    if !exceptions.is_empty() && rule.frequency < Frequency::Daily {
        violations.add(
            "/recurrence/exceptions",
            "Days can be left out of rules by the day, week, month or year only.",
        );
    }
    let zone = zone?;
    let place = violations.check("/recurrence/rule", first(&rule, &exceptions, &zone, terms))?;
    let due = match terms.due {
        Some(due) => due.clone(),
        None => due_at(place, &zone.rules, &zone)?,
    };
    let from = input.from.unwrap_or(RecurrenceBase::Due);
    let series = Series {
        words: words(&rule, from),
        rule: rule.to_string(),
        from,
        zone: zone.name,
        exceptions,
        at: place,
        passed: 0,
    };
    Some(Started { series, due })
}

/// The first place of a series.
fn first(rule: &Rule, exceptions: &[String], zone: &Zone, terms: &Terms<'_>) -> Result<Place, RuleError> {
    let now = to_second(terms.now.to_zoned(zone.rules.clone()).datetime());
    let start = match terms.due.map(|due| due.moment) {
        Some(Moment::Day(_)) if rule.has_times() => return Err(RuleError::NeedsTime),
        Some(moment) => place(moment, &zone.rules),
        None if rule.frequency < Frequency::Daily => Place::Time(now.with().second(0).build().unwrap_or(now)),
        None if rule.has_times() => Place::Time(now.date().into()),
        None => Place::Day(now.date()),
    };
    let comes = |found: &Place| match found {
        // A day has begun when it is today.
        Place::Time(_) if terms.due.is_none() => instant(*found, &zone.rules) > terms.now,
        _ => true,
    };
    let found = count::times(rule, time(start))
        .take(MAX_EXCEPTIONS * 24 + 24)
        .map(|time| place_like(start, time))
        .find(|found| comes(found) && !is_left_out(exceptions, *found))
        .filter(|found| !rule.is_over(*found, instant(*found, &zone.rules), &zone.rules))
        .ok_or(RuleError::Barren)?;
    Ok(if terms.due.is_some() { start } else { found })
}

/// Days that are left out, in order and each once.
fn exceptions(texts: &[String], violations: &mut Violations) -> Vec<String> {
    if texts.len() > MAX_EXCEPTIONS {
        violations.add("/recurrence/exceptions", "At most 100 days can be left out.");
        return Vec::new();
    }
    let mut days = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match day(text) {
            Some(day) => days.push(day.to_string()),
            None => violations.add(
                format!("/recurrence/exceptions/{index}"),
                "This is no day such as 2026-12-24 (1970 to 9999).",
            ),
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

fn day(text: &str) -> Option<Date> {
    // The date library reads more forms than this one.
    let is_date = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    text.parse().ok().filter(|day: &Date| is_date && day.year() >= 1970)
}
