//! What productions mean.

use jiff::civil::{self, Date, Weekday};
use jiff::{Span, ToSpan};

use crate::recurrence::Recurrence;
use crate::when::When;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    /// Monday to Friday.
    Workday,
    Week,
    Month,
    Year,
}

/// A length of time. Its parts have one direction.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Length {
    pub minutes: i64,
    pub days: i64,
    /// Days from Monday to Friday.
    pub workdays: i64,
    /// Calendar months.
    pub months: i64,
}

/// No length is longer: a thousand years.
const MAX_COUNT: i64 = 366_000;

impl Length {
    /// So many of a unit.
    #[must_use]
    pub fn new(count: i64, unit: Unit) -> Length {
        let count = count.clamp(-MAX_COUNT, MAX_COUNT);
        match unit {
            Unit::Minute => Length { minutes: count, ..Length::default() },
            Unit::Hour => Length { minutes: count * 60, ..Length::default() },
            Unit::Day => Length { days: count, ..Length::default() },
            Unit::Workday => Length { workdays: count, ..Length::default() },
            Unit::Week => Length { days: count * 7, ..Length::default() },
            Unit::Month => Length { months: count, ..Length::default() },
            Unit::Year => Length { months: count * 12, ..Length::default() },
        }
    }

    /// Both, one after the other.
    #[must_use]
    pub fn and(self, more: Length) -> Length {
        Length {
            minutes: self.minutes + more.minutes,
            days: self.days + more.days,
            workdays: self.workdays + more.workdays,
            months: self.months + more.months,
        }
    }

    /// The same in the other direction.
    #[must_use]
    pub fn reversed(self) -> Length {
        Length { minutes: -self.minutes, days: -self.days, workdays: -self.workdays, months: -self.months }
    }

    /// It has a part that is shorter than a day, so that an instant is meant.
    #[must_use]
    pub fn is_within_day(self) -> bool {
        self.minutes != 0
    }

    /// The day that is this length after another; its minutes count for nothing.
    #[must_use]
    pub fn after(self, day: Date) -> Option<Date> {
        let mut day = day.checked_add(self.months.months()).ok()?.checked_add(self.days.days()).ok()?;
        let step = self.workdays.signum();
        for _ in 0..self.workdays.abs().min(5_000) {
            day = day.checked_add(step.days()).ok()?;
            while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                day = day.checked_add(step.days()).ok()?;
            }
        }
        Some(day)
    }

    /// As a span of the calendar.
    #[must_use]
    pub fn span(self) -> Span {
        self.minutes.minutes().days(self.days + self.workdays).months(self.months)
    }
}

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Time {
    /// Exactly this.
    Exact(civil::Time),
    /// An hour from 1 to 12 without am or pm: a part of the day may settle it.
    Either(civil::Time),
    /// The midnight that ends the day.
    Midnight,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PartOfDay {
    /// 09:00.
    Morning,
    /// 12:00.
    Lunchtime,
    /// 15:00.
    Afternoon,
    /// 17:00.
    EndOfDay,
    /// 18:00.
    Evening,
    /// 20:00.
    Night,
}

impl PartOfDay {
    /// The hour that it stands for when no time is said.
    #[must_use]
    pub fn hour(self) -> i8 {
        match self {
            PartOfDay::Morning => 9,
            PartOfDay::Lunchtime => 12,
            PartOfDay::Afternoon => 15,
            PartOfDay::EndOfDay => 17,
            PartOfDay::Evening => 18,
            PartOfDay::Night => 20,
        }
    }

    fn is_late(self, hour: i8) -> bool {
        match self {
            PartOfDay::Morning => false,
            PartOfDay::Lunchtime => hour < 5,
            // "3 at night" is before dawn.
            PartOfDay::Night => hour > 4 && hour < 12,
            _ => true,
        }
    }
}

impl Time {
    /// A time of the clock; one that is not said with am or pm could be before or after noon. 24:00 ends the day.
    #[must_use]
    pub fn new(hour: i64, minute: i64, is_exact: bool) -> Option<Time> {
        if hour == 24 && minute == 0 {
            return Some(Time::Midnight);
        }
        let time = civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        Some(if !is_exact && (1..=12).contains(&hour) { Time::Either(time) } else { Time::Exact(time) })
    }

    /// The time of day meant. Without am, pm or a part of the day, 1 to 7 are in the afternoon and evening, 8 to 12
    /// in the morning and at noon. `None` for the midnight that ends the day.
    #[must_use]
    pub fn resolve(self, part: Option<PartOfDay>) -> Option<civil::Time> {
        match self {
            Time::Exact(time) => Some(time),
            Time::Midnight => None,
            Time::Either(time) => {
                let late = part.map_or(time.hour() < 8, |part| part.is_late(time.hour()));
                let hour = if late && time.hour() < 12 { time.hour() + 12 } else { time.hour() };
                civil::Time::new(hour, time.minute(), 0, 0).ok()
            }
        }
    }
}

/// What a production means.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(i64),
    Unit(Unit),
    Length(Length),
    Weekday(Weekday),
    Month(i8),
    /// A day, a time, a part of the day.
    When(When),
    /// A repetition, and when it is first due.
    Every(Recurrence, When),
}
