//! What was said about when, and the due date it makes.

use jiff::Zoned;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::grammar::{PartOfDay, Time};

/// What was said about when. At least one field is there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct When {
    pub day: Option<Date>,
    /// A time of day.
    pub time: Option<Time>,
    /// A part of the day.
    pub part: Option<PartOfDay>,
    /// An instant counted from now; then nothing else is there.
    pub instant: Option<Zoned>,
    /// The zone that the time was said in, when it is not the person's.
    pub zone: Option<TimeZone>,
    /// The days that were meant, from one up to, not including, another: "next week".
    pub period: Option<(Date, Date)>,
    /// The day was said as a day of the week only.
    pub weekday: Option<Weekday>,
    /// Digits that could be read as two dates.
    pub ambiguous: Option<String>,
    /// The day of the week that was said, and is not that of the date.
    pub mismatch: Option<Weekday>,
    /// What was said and does not exist: "31 April", "25:00".
    pub nonexistent: Option<String>,
    /// It counts only where words lead into it: "in May", "at noon".
    pub is_weak: bool,
}

/// A due date.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// A whole day.
    Day(Date),
    /// An instant.
    At(Zoned),
}

impl When {
    /// A day.
    #[must_use]
    pub fn on_day(day: Date) -> When {
        When { day: Some(day), ..When::default() }
    }

    /// A time or a part of the day was said.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.time.is_some() || self.part.is_some() || self.instant.is_some()
    }

    /// It says a day, or an instant.
    #[must_use]
    pub fn has_day(&self) -> bool {
        self.day.is_some() || self.instant.is_some()
    }

    /// The same, in this part of the day where an hour was said that could be before or after noon.
    #[must_use]
    pub fn around(mut self, part: Option<PartOfDay>) -> When {
        if self.part.is_none() && matches!(self.time, Some(Time::Either(_))) {
            self.part = part;
        }
        self
    }

    /// The due date that this makes. A time without a day is the next such time.
    #[must_use]
    pub fn due(&self, clock: &Clock) -> Option<Due> {
        if let Some(instant) = &self.instant {
            return Some(Due::At(instant.clone()));
        }
        if !self.has_time() {
            return self.day.map(Due::Day);
        }
        if let Some(day) = self.day {
            let due = self.at(day, clock)?;
            // "tonight", said late: what is left of the day.
            let late = self.time.is_none() && due <= *clock.now() && day == clock.today();
            return Some(Due::At(if late { clock.at(day.at(23, 59, 0, 0))? } else { due }));
        }
        let today = self.at(clock.today(), clock)?;
        let due =
            if today > *clock.now() { today } else { self.at(Clock::days_after(clock.today(), 1), clock)? };
        Some(Due::At(due))
    }

    /// The time that was said, on this day.
    #[must_use]
    pub fn at(&self, day: Date, clock: &Clock) -> Option<Zoned> {
        let time = match self.time {
            Some(time) => time.resolve(self.part),
            None => self.part.and_then(|part| jiff::civil::Time::new(part.hour(), 0, 0, 0).ok()),
        };
        let local = match time {
            Some(time) => day.to_datetime(time),
            None => Clock::days_after(day, 1).at(0, 0, 0, 0),
        };
        match &self.zone {
            Some(zone) => {
                let there = zone.to_ambiguous_zoned(local).compatible().ok()?;
                Some(there.with_time_zone(clock.now().time_zone().clone()))
            }
            None => clock.at(local),
        }
    }

    /// Both taken together, when they do not say the same thing twice.
    #[must_use]
    pub fn and(&self, other: &When) -> Option<When> {
        if *self == When::default() {
            return Some(other.clone());
        }
        if *other == When::default() {
            return Some(self.clone());
        }
        let days = match (self.day, other.day) {
            // "friday, 5 december": the date counts, and where it is another day, that is said.
            (Some(a), Some(b)) => match (self.weekday, other.weekday) {
                (Some(weekday), None) if other.period.is_none() => {
                    Some((b, (b.weekday() != weekday).then_some(weekday)))
                }
                (None, Some(weekday)) if self.period.is_none() => {
                    Some((a, (a.weekday() != weekday).then_some(weekday)))
                }
                _ => None,
            },
            (a, b) => a.or(b).map(|day| (day, None)),
        };
        let clash = (self.day.is_some() && other.day.is_some() && days.is_none())
            || (self.time.is_some() && other.time.is_some())
            || (self.part.is_some() && other.part.is_some() && self.part != other.part)
            || self.instant.is_some()
            || other.instant.is_some();
        if clash {
            return None;
        }
        let both_days = self.day.is_some() && other.day.is_some();
        Some(When {
            day: days.map(|(day, _)| day),
            mismatch: days.and_then(|(_, mismatch)| mismatch),
            time: self.time.or(other.time),
            part: self.part.or(other.part),
            instant: None,
            zone: self.zone.clone().or_else(|| other.zone.clone()),
            period: self.period.or(other.period),
            weekday: if both_days { None } else { self.weekday.or(other.weekday) },
            ambiguous: self.ambiguous.clone().or_else(|| other.ambiguous.clone()),
            nonexistent: self.nonexistent.clone().or_else(|| other.nonexistent.clone()),
            is_weak: self.is_weak && other.is_weak,
        })
    }
}

impl Due {
    /// As RFC 3339: a full-date, or a date-time with its offset.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        match self {
            Due::Day(day) => day.to_string(),
            Due::At(instant) => instant.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        }
    }

    /// Reads a due date of a task, in the person's zone.
    #[must_use]
    pub fn parse(text: &str, clock: &Clock) -> Option<Due> {
        if text.contains(['T', 't', ' ']) {
            clock.instant(text).map(Due::At)
        } else {
            text.parse().ok().map(Due::Day)
        }
    }

    /// The calendar day.
    #[must_use]
    pub fn day(&self) -> Date {
        match self {
            Due::Day(day) => *day,
            Due::At(instant) => instant.date(),
        }
    }
}
