//! What was said about when, and the due date it makes.

use jiff::Zoned;
use jiff::civil::Date;

use super::times::{Part, Time};
use crate::clock::Clock;

/// What was said about when. At least one field is there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct When {
    pub day: Option<Date>,
    /// A time of day.
    pub time: Option<Time>,
    /// A part of the day.
    pub part: Option<Part>,
    /// An instant counted from now; then nothing else is there.
    pub instant: Option<Zoned>,
    /// Digits that could be read as two dates.
    pub ambiguous: Option<String>,
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
    /// A time or a part of the day was said.
    pub fn has_time(&self) -> bool {
        self.time.is_some() || self.part.is_some() || self.instant.is_some()
    }

    /// The same, in this part of the day where an hour was said that could be before or after noon.
    pub fn around(mut self, part: Option<Part>) -> When {
        if self.part.is_none() && matches!(self.time, Some(Time::Either(_))) {
            self.part = part;
        }
        self
    }

    /// The due date that this makes. A time without a day is the next such time.
    pub fn due(&self, clock: &Clock) -> Option<Due> {
        if let Some(instant) = &self.instant {
            return Some(Due::At(instant.clone()));
        }
        if !self.has_time() {
            return self.day.map(Due::Day);
        }
        if let Some(day) = self.day {
            let due = self.on(day, clock)?;
            // "tonight", said late: what is left of the day.
            let late = self.time.is_none() && due <= *clock.now() && day == clock.today();
            return Some(Due::At(if late { clock.at(day.at(23, 59, 0, 0))? } else { due }));
        }
        let today = self.on(clock.today(), clock)?;
        let due =
            if today > *clock.now() { today } else { self.on(Clock::days_after(clock.today(), 1), clock)? };
        Some(Due::At(due))
    }

    /// The time that was said, on this day.
    pub fn on(&self, day: Date, clock: &Clock) -> Option<Zoned> {
        let time = match self.time {
            Some(time) => time.resolve(self.part),
            None => self.part.and_then(|part| jiff::civil::Time::new(part.hour(), 0, 0, 0).ok()),
        };
        match time {
            Some(time) => clock.at(day.to_datetime(time)),
            None => clock.at(Clock::days_after(day, 1).at(0, 0, 0, 0)),
        }
    }

    /// Both taken together, when they do not say the same thing twice.
    pub fn and(&self, other: &When) -> Option<When> {
        let clash = (self.day.is_some() && other.day.is_some())
            || (self.time.is_some() && other.time.is_some())
            || (self.part.is_some() && other.part.is_some())
            || self.instant.is_some()
            || other.instant.is_some();
        if clash {
            return None;
        }
        Some(When {
            day: self.day.or(other.day),
            time: self.time.or(other.time),
            part: self.part.or(other.part),
            instant: None,
            ambiguous: self.ambiguous.clone().or_else(|| other.ambiguous.clone()),
        })
    }
}

impl Due {
    /// As RFC 3339: a full-date, or a date-time with its offset.
    pub fn rfc3339(&self) -> String {
        match self {
            Due::Day(day) => day.to_string(),
            Due::At(instant) => instant.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        }
    }

    /// Reads a due date of a task, in the person's zone.
    pub fn parse(text: &str, clock: &Clock) -> Option<Due> {
        if text.contains(['T', 't', ' ']) {
            clock.instant(text).map(Due::At)
        } else {
            text.parse().ok().map(Due::Day)
        }
    }

    /// The calendar day.
    pub fn day(&self) -> Date {
        match self {
            Due::Day(day) => *day,
            Due::At(instant) => instant.date(),
        }
    }
}
