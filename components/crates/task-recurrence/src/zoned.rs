//! Places of a series as what a task is due by: the zone decides which instant a time is.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use task_model::due::{self, Due, Moment};
use task_model::recurrence::Place;
use task_model::zone::Zone;

/// The instant at which a place begins. A time that the zone skips is as much later as the zone skips, and of a time that it has
/// twice the first one is meant (RFC 5545, section 3.3.5).
pub(crate) fn instant(place: Place, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(time(place)).unwrap_or(Timestamp::MAX)
}

/// The place on clocks alone; a day begins at midnight.
pub(crate) fn time(place: Place) -> DateTime {
    match place {
        Place::Day(day) => day.into(),
        Place::Time(time) => time,
    }
}

/// A time as a place of the kind that another has.
pub(crate) fn place_like(kind: Place, time: DateTime) -> Place {
    match kind {
        Place::Day(_) => Place::Day(time.date()),
        Place::Time(_) => Place::Time(time),
    }
}

/// Where a due time stands in a series that is meant in this zone.
pub(crate) fn place(moment: Moment, zone: &TimeZone) -> Place {
    match moment {
        Moment::Day(day) => Place::Day(day),
        Moment::At(at) => Place::Time(to_second(at.to_zoned(zone.clone()).datetime())),
    }
}

/// Without parts of a second, which no rule has.
pub(crate) fn to_second(time: DateTime) -> DateTime {
    time.with().subsec_nanosecond(0).build().unwrap_or(time)
}

/// When a task is due at a place: the rule's zone decides the instant, the task's own how it is shown.
pub(crate) fn due_at(place: Place, rule_zone: &TimeZone, task_zone: &Zone) -> Option<Due> {
    let text = match place {
        Place::Day(day) => day.to_string(),
        Place::Time(_) => instant(place, rule_zone).to_string(),
    };
    due::due(&text, task_zone).ok()
}
