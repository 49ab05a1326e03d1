//! Reads a rule.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use task_model::recurrence::MAX_RULE_CHARACTERS;

use super::{End, Frequency, MAX_COUNT, MAX_INTERVAL, MAX_TIMES_A_DAY, Rule, RuleError, WeekdayNumber};

/// What a list of numbers may hold.
struct Numbers {
    part: &'static str,
    max: i16,
    /// Whether 0 is one of them; otherwise they may count from the end.
    from_zero: bool,
    right: &'static str,
}

const MONTHS: Numbers = Numbers { part: "BYMONTH", max: 12, from_zero: false, right: "months are 1 to 12" };
const WEEKS: Numbers =
    Numbers { part: "BYWEEKNO", max: 53, from_zero: false, right: "weeks are 1 to 53, or -53 to -1" };
const YEAR_DAYS: Numbers =
    Numbers { part: "BYYEARDAY", max: 366, from_zero: false, right: "days are 1 to 366, or -366 to -1" };
const MONTH_DAYS: Numbers =
    Numbers { part: "BYMONTHDAY", max: 31, from_zero: false, right: "days are 1 to 31, or -31 to -1" };
const HOURS: Numbers = Numbers { part: "BYHOUR", max: 23, from_zero: true, right: "hours are 0 to 23" };
const MINUTES: Numbers = Numbers { part: "BYMINUTE", max: 59, from_zero: true, right: "minutes are 0 to 59" };
const POSITIONS: Numbers =
    Numbers { part: "BYSETPOS", max: 366, from_zero: false, right: "positions are 1 to 366, or -366 to -1" };

/// The days of the week as rules name them, Monday first.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// The units as rules name them.
pub(super) const FREQUENCIES: [(&str, Frequency); 6] = [
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

/// The parts of a rule.
const PARTS: [&str; 14] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
    "BYSETPOS",
    "WKST",
];

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        if text.len() > MAX_RULE_CHARACTERS {
            return Err(RuleError::Length);
        }
        let text = text.to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let text = text.strip_suffix(';').unwrap_or(text);
        let parts = parts(text)?;
        let value = |name: &str| parts.iter().find(|(part, _)| *part == name).map(|(_, value)| *value);
        let list = |numbers: &Numbers| value(numbers.part).map_or(Ok(Vec::new()), |text| numbers.read(text));
        if value("BYSECOND").is_some() {
            return Err(RuleError::TooOften("BYSECOND"));
        }
        let rule = Self {
            frequency: frequency(value("FREQ").ok_or(RuleError::NoFrequency)?)?,
            interval: value("INTERVAL").map_or(Ok(1), interval)?,
            end: end(value("COUNT"), value("UNTIL"))?,
            months: list(&MONTHS)?.into_iter().map(positive).collect::<Result<_, _>>()?,
            weeks: list(&WEEKS)?,
            year_days: list(&YEAR_DAYS)?,
            month_days: list(&MONTH_DAYS)?,
            weekdays: value("BYDAY").map_or(Ok(Vec::new()), weekdays)?,
            hours: list(&HOURS)?,
            minutes: list(&MINUTES)?,
            positions: list(&POSITIONS)?,
            week_start: value("WKST").map_or(Ok(Weekday::Monday), |name| weekday("WKST", name))?,
        };
        let times = rule.hours.len().max(1) * rule.minutes.len().max(1);
        if rule.frequency >= Frequency::Daily && times > MAX_TIMES_A_DAY {
            return Err(RuleError::TooManyTimes);
        }
        rule.check_combinations()?;
        Ok(rule)
    }
}

fn parts(text: &str) -> Result<Vec<(&'static str, &str)>, RuleError> {
    let mut parts: Vec<(&'static str, &str)> = Vec::new();
    for part in text.split(';') {
        let (name, value) = part.split_once('=').ok_or(RuleError::Form)?;
        let Some(known) = PARTS.into_iter().find(|known| *known == name) else {
            // What nobody knows is not repeated: it may be anything.
            return Err(RuleError::Part("of this name"));
        };
        if parts.iter().any(|(there, _)| *there == known) {
            return Err(RuleError::Twice(known));
        }
        parts.push((known, value));
    }
    Ok(parts)
}

impl Numbers {
    fn read(&self, text: &str) -> Result<Vec<i16>, RuleError> {
        let wrong = || RuleError::Value { part: self.part, right: self.right };
        let mut numbers = Vec::new();
        for text in text.split(',') {
            let number: i16 = text.parse().map_err(|_| wrong())?;
            let least = if self.from_zero { 0 } else { -self.max };
            if !(least..=self.max).contains(&number) || (number == 0 && !self.from_zero) {
                return Err(wrong());
            }
            numbers.push(number);
        }
        numbers.sort_unstable_by_key(|number| (*number < 0, *number));
        numbers.dedup();
        Ok(numbers)
    }
}

fn positive(month: i16) -> Result<i16, RuleError> {
    if month > 0 { Ok(month) } else { Err(RuleError::Value { part: MONTHS.part, right: MONTHS.right }) }
}

fn frequency(name: &str) -> Result<Frequency, RuleError> {
    if name == "SECONDLY" {
        return Err(RuleError::TooOften("SECONDLY"));
    }
    let found = FREQUENCIES.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, frequency)| frequency).ok_or(RuleError::Value {
        part: "FREQ",
        right: "it is DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY or MINUTELY",
    })
}

fn interval(text: &str) -> Result<u16, RuleError> {
    let interval = text.parse().ok().filter(|interval| (1..=MAX_INTERVAL).contains(interval));
    interval.ok_or(RuleError::Value { part: "INTERVAL", right: "it is 1 to 1,000" })
}

fn end(count: Option<&str>, until: Option<&str>) -> Result<End, RuleError> {
    match (count, until) {
        (None, None) => Ok(End::Never),
        (Some(_), Some(_)) => Err(RuleError::TwoEnds),
        (Some(count), None) => {
            let count = count.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count));
            count.map(End::Count).ok_or(RuleError::Value { part: "COUNT", right: "it is 1 to 1,000" })
        }
        (None, Some(until)) => until_end(until).ok_or(RuleError::Value {
            part: "UNTIL",
            right: "it is a day such as 20261224, or a time such as 20261224T170000Z",
        }),
    }
}

fn until_end(text: &str) -> Option<End> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z') {
        return None;
    }
    let day: Date = Date::strptime("%Y%m%d", text.get(..8)?).ok()?;
    match text.get(8..)? {
        "" => Some(End::Day(day)),
        time => {
            let (time, is_utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
            let digits = time.strip_prefix('T').filter(|digits| digits.len() == 6)?;
            let time: DateTime = day.to_datetime(jiff::civil::Time::strptime("%H%M%S", digits).ok()?);
            if !is_utc {
                return Some(End::Time(time));
            }
            let at: Timestamp = jiff::tz::TimeZone::UTC.to_timestamp(time).ok()?;
            Some(End::At(at))
        }
    }
}

fn weekday(part: &'static str, name: &str) -> Result<Weekday, RuleError> {
    let found = WEEKDAYS.into_iter().find(|(known, _)| *known == name);
    found
        .map(|(_, weekday)| weekday)
        .ok_or(RuleError::Value { part, right: "days of the week are MO, TU, WE, TH, FR, SA and SU" })
}

fn weekdays(text: &str) -> Result<Vec<WeekdayNumber>, RuleError> {
    let wrong =
        RuleError::Value { part: "BYDAY", right: "days are such as MO, 1MO (the first) or -1FR (the last)" };
    let mut days: Vec<WeekdayNumber> = Vec::new();
    for text in text.split(',') {
        let (number, name) =
            text.len().checked_sub(2).and_then(|place| text.split_at_checked(place)).ok_or(wrong.clone())?;
        let weekday = weekday("BYDAY", name)?;
        let number = match number {
            "" => None,
            number => {
                let number = number.parse::<i16>().map_err(|_| wrong.clone())?;
                Some(number)
                    .filter(|number| (1..=53).contains(&number.abs()))
                    .ok_or(wrong.clone())
                    .map(Some)?
            }
        };
        let day = WeekdayNumber { number, weekday };
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort_by_key(|day| {
        let number = day.number.unwrap_or_default();
        (number < 0, number, day.weekday.to_monday_zero_offset())
    });
    Ok(days)
}
