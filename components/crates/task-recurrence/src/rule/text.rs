//! Writes a rule in its one spelling.

use std::fmt;

use jiff::civil::Weekday;

use super::parse::{FREQUENCIES, WEEKDAYS};
use super::{End, Frequency, Rule, WeekdayNumber};

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FREQ={}", frequency(self.frequency))?;
        if self.interval != 1 {
            write!(formatter, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(formatter, ";COUNT={count}")?,
            End::Day(day) => write!(formatter, ";UNTIL={}", day.strftime("%Y%m%d"))?,
            End::Time(time) => write!(formatter, ";UNTIL={}", time.strftime("%Y%m%dT%H%M%S"))?,
            End::At(at) => write!(formatter, ";UNTIL={}", at.strftime("%Y%m%dT%H%M%SZ"))?,
        }
        for (part, numbers) in [
            ("BYMONTH", &self.months),
            ("BYWEEKNO", &self.weeks),
            ("BYYEARDAY", &self.year_days),
            ("BYMONTHDAY", &self.month_days),
        ] {
            list(formatter, part, numbers)?;
        }
        list(formatter, "BYDAY", &self.weekdays)?;
        for (part, numbers) in
            [("BYHOUR", &self.hours), ("BYMINUTE", &self.minutes), ("BYSETPOS", &self.positions)]
        {
            list(formatter, part, numbers)?;
        }
        if self.week_start != Weekday::Monday {
            write!(formatter, ";WKST={}", weekday(self.week_start))?;
        }
        Ok(())
    }
}

impl fmt::Display for WeekdayNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(number) = self.number {
            write!(formatter, "{number}")?;
        }
        formatter.write_str(weekday(self.weekday))
    }
}

fn list<T: fmt::Display>(formatter: &mut fmt::Formatter<'_>, part: &str, values: &[T]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        if index == 0 {
            write!(formatter, ";{part}={value}")?;
        } else {
            write!(formatter, ",{value}")?;
        }
    }
    Ok(())
}

fn frequency(frequency: Frequency) -> &'static str {
    FREQUENCIES.into_iter().find(|(_, known)| *known == frequency).map_or("DAILY", |(name, _)| name)
}

fn weekday(weekday: Weekday) -> &'static str {
    WEEKDAYS.into_iter().find(|(_, known)| *known == weekday).map_or("MO", |(name, _)| name)
}
