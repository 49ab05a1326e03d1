//! A recurrence rule: its parts, and the limits of what is taken.

mod parse;
mod text;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use task_model::recurrence::Place;

/// The most occurrences that a rule may end after.
const MAX_COUNT: u32 = 1000;
/// The longest interval.
const MAX_INTERVAL: u16 = 1000;
/// The most times of a day that hours and minutes make together.
const MAX_TIMES_A_DAY: usize = 24;

/// The unit in which a rule counts, shortest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Minutes.
    Minutely,
    /// Hours.
    Hourly,
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months.
    Monthly,
    /// Years.
    Yearly,
}

/// When a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Never.
    Never,
    /// After this many occurrences, the first one counted.
    Count(u32),
    /// With this day.
    Day(Date),
    /// With this time on the clocks of its zone.
    Time(DateTime),
    /// With this instant.
    At(Timestamp),
}

/// A day of the week: each, or the one of that number in the month or year, from the end where it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekdayNumber {
    /// Which one.
    pub number: Option<i16>,
    /// The day of the week.
    pub weekday: Weekday,
}

/// A recurrence rule (RFC 5545, section 3.3.10). Lists are in order and name everything once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The unit in which it counts.
    pub(crate) frequency: Frequency,
    /// Every so many of the unit.
    pub(crate) interval: u16,
    /// When it ends.
    pub(crate) end: End,
    /// Only in these months.
    pub(crate) months: Vec<i16>,
    /// Only in these weeks of the year.
    pub(crate) weeks: Vec<i16>,
    /// Only on these days of the year.
    pub(crate) year_days: Vec<i16>,
    /// Only on these days of the month.
    pub(crate) month_days: Vec<i16>,
    /// Only on these days of the week.
    pub(crate) weekdays: Vec<WeekdayNumber>,
    /// Only in these hours.
    pub(crate) hours: Vec<i16>,
    /// Only in these minutes.
    pub(crate) minutes: Vec<i16>,
    /// Of all in one unit only these.
    pub(crate) positions: Vec<i16>,
    /// The day on which weeks start.
    pub(crate) week_start: Weekday,
}

/// Why a text is no rule that is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Too long.
    #[error("The rule must have at most 500 characters.")]
    Length,
    /// Not the form `NAME=VALUE;NAME=VALUE`.
    #[error(
        "This is no recurrence rule: write it as iCalendar does (RFC 5545), such as FREQ=WEEKLY;BYDAY=FR."
    )]
    Form,
    /// A part is not known.
    #[error("A recurrence rule has no part {0}.")]
    Part(&'static str),
    /// A part is there more than once.
    #[error("{0} is there more than once.")]
    Twice(&'static str),
    /// The value of a part is none that it may have.
    #[error("The value of {part} is wrong: {right}.")]
    Value {
        /// The part.
        part: &'static str,
        /// What would be right.
        right: &'static str,
    },
    /// Without a unit.
    #[error("FREQ is missing: DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY or MINUTELY.")]
    NoFrequency,
    /// A unit or part that is too fine.
    #[error("A task repeats every minute at most: {0} can't be used.")]
    TooOften(&'static str),
    /// Hours and minutes make too many times.
    #[error("BYHOUR and BYMINUTE make more than 24 times a day.")]
    TooManyTimes,
    /// Two ends.
    #[error("A rule ends by COUNT or by UNTIL, not by both.")]
    TwoEnds,
    /// Parts that can't be combined.
    #[error("These parts can't be combined: {0}.")]
    Combination(&'static str),
    /// Days where only times are possible.
    #[error("A rule with hours or minutes needs a time: give `due` as a date-time, not as a day.")]
    NeedsTime,
    /// Nothing comes of it.
    #[error("Nothing ever comes of this rule: no day fits it, or it is over before it starts.")]
    Barren,
}

impl Rule {
    /// Whether it chooses times of a day by itself.
    pub(crate) fn has_times(&self) -> bool {
        self.frequency < Frequency::Daily || !self.hours.is_empty() || !self.minutes.is_empty()
    }

    /// Whether it names days by themselves, and not only those of its start.
    pub(crate) fn names_days(&self) -> bool {
        !(self.year_days.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty())
    }

    /// Whether it is no more than a length of time.
    pub(crate) fn is_plain(&self) -> bool {
        !self.names_days()
            && self.months.is_empty()
            && self.weeks.is_empty()
            && self.hours.is_empty()
            && self.minutes.is_empty()
    }

    /// Whether it ends before this place, which is that instant in its zone.
    pub(crate) fn is_over(&self, place: Place, at: Timestamp, zone: &TimeZone) -> bool {
        match (self.end, place) {
            (End::Never | End::Count(_), _) => false,
            (End::Day(last), place) => place.day() > last,
            (End::Time(last), Place::Time(time)) => time > last,
            (End::Time(last), Place::Day(day)) => day > last.date(),
            (End::At(last), Place::Time(_)) => at > last,
            (End::At(last), Place::Day(day)) => day > last.to_zoned(zone.clone()).date(),
        }
    }

    /// What RFC 5545 rules out, and what would take long.
    fn check_combinations(&self) -> Result<(), RuleError> {
        let is_in_a_month = matches!(self.frequency, Frequency::Monthly | Frequency::Yearly);
        let has_numbers = self.weekdays.iter().any(|day| day.number.is_some());
        if has_numbers && (!is_in_a_month || !self.weeks.is_empty()) {
            return Err(RuleError::Combination(
                "a BYDAY with numbers is for MONTHLY and YEARLY, without BYWEEKNO",
            ));
        }
        if !self.month_days.is_empty() && self.frequency == Frequency::Weekly {
            return Err(RuleError::Combination("BYMONTHDAY is not for WEEKLY"));
        }
        if !self.weeks.is_empty() && self.frequency != Frequency::Yearly {
            return Err(RuleError::Combination("BYWEEKNO is for YEARLY"));
        }
        let counts_days = matches!(self.frequency, Frequency::Daily | Frequency::Weekly | Frequency::Monthly);
        if !self.year_days.is_empty() && counts_days {
            return Err(RuleError::Combination("BYYEARDAY is not for DAILY, WEEKLY and MONTHLY"));
        }
        if !self.positions.is_empty() && self.is_plain() {
            return Err(RuleError::Combination("BYSETPOS chooses among what another BY part names"));
        }
        // The library goes through the minutes of each day that is left out.
        let chooses_days = self.names_days() || !self.months.is_empty();
        let chooses_times = !self.hours.is_empty() || !self.minutes.is_empty();
        if self.frequency == Frequency::Minutely && chooses_days && chooses_times {
            return Err(RuleError::Combination(
                "MINUTELY takes BYHOUR and BYMINUTE without days or months; use DAILY with BYHOUR and BYMINUTE instead",
            ));
        }
        crate::count::check(self)
    }

    /// How many occurrences it has at most.
    pub(crate) fn count(&self) -> Option<u32> {
        if let End::Count(count) = self.end { Some(count) } else { None }
    }
}

#[cfg(test)]
mod tests;
