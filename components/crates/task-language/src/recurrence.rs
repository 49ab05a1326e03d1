//! How a task repeats, as RFC 5545 writes it.

use std::fmt;

use jiff::civil::{Date, Weekday};

use crate::clock::Clock;
use crate::when::When;

/// How often, before the interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frequency {
    Hourly,
    #[default]
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// How a task repeats: the parts of an RRULE that people say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recurrence {
    pub frequency: Frequency,
    /// Every so many; 1 when nothing else was said.
    pub interval: i64,
    /// Days of the week; the first number says which of the month, 0 every one, -1 the last.
    pub weekdays: Vec<(i8, Weekday)>,
    /// Days of the month; -1 is the last.
    pub month_days: Vec<i8>,
    /// So many times in all.
    pub count: Option<i64>,
    /// Up to this day.
    pub until: Option<Date>,
    /// So many times in each, on days that were not said: no rule says that.
    pub times: Option<i64>,
    /// Counted from when it was done, not from when it was due: "every 3 days after I finish".
    pub from_completion: bool,
}

impl Recurrence {
    /// Every so many of these.
    #[must_use]
    pub fn every(interval: i64, frequency: Frequency) -> Recurrence {
        Recurrence { frequency, interval: interval.max(1), ..Recurrence::default() }
    }

    /// Every week on these days.
    #[must_use]
    pub fn on(weekdays: Vec<(i8, Weekday)>) -> Recurrence {
        Recurrence { weekdays, ..Recurrence::every(1, Frequency::Weekly) }
    }

    /// The day that it first falls on, where it says days; a day of the week is never today.
    #[must_use]
    pub fn first_day(&self, clock: &Clock) -> Option<Date> {
        let fits = |day: &Date| {
            let weekday = self.weekdays.iter().any(|(nth, weekday)| {
                *weekday == day.weekday()
                    && match nth {
                        0 => true,
                        -1 => day.day() + 7 > day.days_in_month(),
                        nth => (day.day() - 1) / 7 + 1 == *nth,
                    }
            });
            let month_day = self
                .month_days
                .iter()
                .any(|wanted| *wanted == day.day() || (*wanted == -1 && day.day() == day.days_in_month()));
            weekday || month_day
        };
        (i64::from(self.frequency == Frequency::Weekly)..=62)
            .map(|days| Clock::days_after(clock.today(), days))
            .find(fits)
    }

    /// When it is first due, given what else was said.
    #[must_use]
    pub fn first(&self, when: &When, clock: &Clock) -> When {
        if when.has_day() {
            return when.clone();
        }
        When { day: self.first_day(clock), ..when.clone() }
    }

    /// As a person would say it: "every 2 weeks", "every Monday and Friday".
    #[must_use]
    pub fn words(&self) -> String {
        let unit = match self.frequency {
            Frequency::Hourly => "hour",
            Frequency::Daily => "day",
            Frequency::Weekly => "week",
            Frequency::Monthly => "month",
            Frequency::Yearly => "year",
        };
        if let Some(times) = self.times {
            return format!("{times} times every {unit}");
        }
        let mut words = if self.interval > 1 {
            format!("every {} {unit}s", self.interval)
        } else {
            format!("every {unit}")
        };
        let names: Vec<String> =
            self.weekdays.iter().map(|(nth, weekday)| format!("{}{weekday:?}", place(*nth))).collect();
        if self.frequency == Frequency::Weekly && self.interval == 1 && !names.is_empty() {
            words = format!("every {}", names.join(", "));
        } else if !names.is_empty() {
            words.push_str(&format!(" on the {}", names.join(", ")));
        }
        match self.month_days[..] {
            [] => {}
            [-1] => words.push_str(" on the last day"),
            ref days => {
                let days: Vec<String> = days.iter().map(ToString::to_string).collect();
                words.push_str(&format!(" on day {}", days.join(" and ")));
            }
        }
        if self.from_completion {
            words.push_str(" after it is done");
        }
        words
    }
}

fn place(nth: i8) -> String {
    match nth {
        0 => String::new(),
        -1 => "last ".to_owned(),
        1 => "first ".to_owned(),
        2 => "second ".to_owned(),
        3 => "third ".to_owned(),
        nth => format!("{nth}th "),
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Hourly => "HOURLY",
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if !self.weekdays.is_empty() {
            let days: Vec<String> = self
                .weekdays
                .iter()
                .map(|(nth, weekday)| {
                    let name: String = format!("{weekday:?}").chars().take(2).collect();
                    let nth = if *nth == 0 { String::new() } else { nth.to_string() };
                    format!("{nth}{}", name.to_uppercase())
                })
                .collect();
            write!(f, ";BYDAY={}", days.join(","))?;
        }
        if !self.month_days.is_empty() {
            let days: Vec<String> = self.month_days.iter().map(ToString::to_string).collect();
            write!(f, ";BYMONTHDAY={}", days.join(","))?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.strftime("%Y%m%d"))?;
        }
        Ok(())
    }
}
