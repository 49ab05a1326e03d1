//! A rule in words, as a person would say it: "every 2nd Friday".

use jiff::civil::Weekday;
use task_model::types::RecurrenceBase;

use crate::rule::{End, Frequency, Rule, WeekdayNumber};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WORKING_WEEK: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// The rule in words.
pub(crate) fn words(rule: &Rule, from: RecurrenceBase) -> String {
    let mut words = beginning(rule);
    for part in
        [positions(rule), weeks(rule), year_days(rule), months(rule), times(rule)].into_iter().flatten()
    {
        words.push(' ');
        words.push_str(&part);
    }
    if from == RecurrenceBase::Completion {
        words.push_str(" from completion");
    }
    match rule.end {
        End::Never => {}
        End::Count(1) => words.push_str(", once"),
        End::Count(count) => words.push_str(&format!(", {count} times")),
        End::Day(day) => words.push_str(&format!(", until {day}")),
        End::Time(time) => words.push_str(&format!(", until {}", time.strftime("%Y-%m-%d %H:%M"))),
        End::At(at) => words.push_str(&format!(", until {}", at.strftime("%Y-%m-%d %H:%M UTC"))),
    }
    words
}

/// "every 3 days", "every 2nd Friday", "every weekday".
fn beginning(rule: &Rule) -> String {
    let every = |unit: &str| match rule.interval {
        1 => format!("every {unit}"),
        interval => format!("every {interval} {unit}s"),
    };
    match rule.frequency {
        Frequency::Minutely => with_days(rule, every("minute")),
        Frequency::Hourly => with_days(rule, every("hour")),
        Frequency::Daily if rule.interval == 1 && !rule.weekdays.is_empty() && rule.positions.is_empty() => {
            format!("every {}{}", weekdays(rule, "or"), month_days(rule))
        }
        Frequency::Daily => with_days(rule, every("day")),
        Frequency::Weekly if !rule.positions.is_empty() || rule.weekdays.is_empty() => every("week"),
        Frequency::Weekly => match (rule.interval, rule.weekdays.as_slice()) {
            (1, _) => format!("every {}", weekdays(rule, "and")),
            (interval, [day]) => format!("every {} {}", ordinal(interval.into()), name(day)),
            _ => format!("{} on {}", every("week"), weekdays(rule, "and")),
        },
        Frequency::Monthly => with_days(rule, every("month")),
        Frequency::Yearly => with_days(rule, every("year")),
    }
}

/// Days of the month or the week behind the unit, where no positions choose among them.
fn with_days(rule: &Rule, unit: String) -> String {
    if !rule.positions.is_empty() {
        return unit;
    }
    let on = if rule.weekdays.is_empty() { String::new() } else { format!(" on {}", weekdays(rule, "and")) };
    format!("{unit}{on}{}", month_days(rule))
}

/// " on the 1st and the last day".
fn month_days(rule: &Rule) -> String {
    if rule.month_days.is_empty() || !rule.positions.is_empty() {
        return String::new();
    }
    let days: Vec<String> = rule.month_days.iter().map(|day| nth(*day, "day")).collect();
    let only = if rule.weekdays.is_empty() { " on" } else { " if it is" };
    format!("{only} {}", listed(&days, "and"))
}

/// "on the last weekday": what BYSETPOS chooses.
fn positions(rule: &Rule) -> Option<String> {
    if rule.positions.is_empty() {
        return None;
    }
    let numbers: Vec<String> = rule.positions.iter().map(|number| nth(*number, "")).collect();
    let kind = match (rule.weekdays.is_empty(), rule.month_days.is_empty()) {
        (false, _) => weekdays(rule, "or"),
        (true, false) => {
            listed(&rule.month_days.iter().map(|day| nth(*day, "day")).collect::<Vec<_>>(), "or")
        }
        (true, true) => "time".to_owned(),
    };
    let numbers: Vec<&str> = numbers.iter().map(|number| number.trim_end()).collect();
    Some(format!("on {} {kind}", listed(&numbers, "and")))
}

fn weeks(rule: &Rule) -> Option<String> {
    let names: Vec<String> = rule
        .weeks
        .iter()
        .map(|week| if *week > 0 { format!("week {week}") } else { nth(*week, "week") })
        .collect();
    (!names.is_empty()).then(|| format!("in {}", listed(&names, "and")))
}

fn year_days(rule: &Rule) -> Option<String> {
    let names: Vec<String> = rule
        .year_days
        .iter()
        .map(|day| if *day > 0 { format!("day {day}") } else { nth(*day, "day") })
        .collect();
    (!names.is_empty()).then(|| format!("on {} of the year", listed(&names, "and")))
}

fn months(rule: &Rule) -> Option<String> {
    let names: Vec<&str> = rule
        .months
        .iter()
        .filter_map(|month| MONTHS.get(usize::try_from(*month).ok()?.checked_sub(1)?).copied())
        .collect();
    (!names.is_empty()).then(|| format!("in {}", listed(&names, "and")))
}

/// "at 9:00 and 18:00"; "at minute 0 and 30" where hours are not chosen.
fn times(rule: &Rule) -> Option<String> {
    let chooses_hours = rule.frequency >= Frequency::Daily;
    if rule.hours.is_empty() && rule.minutes.is_empty() {
        return None;
    }
    if !chooses_hours || rule.hours.is_empty() {
        let hours: Vec<String> = rule.hours.iter().map(|hour| format!("{hour}:00")).collect();
        let minutes: Vec<String> = rule.minutes.iter().map(i16::to_string).collect();
        let in_hours = (!hours.is_empty()).then(|| format!("in the hours from {}", listed(&hours, "and")));
        let at = (!minutes.is_empty()).then(|| format!("at minute {}", listed(&minutes, "and")));
        return Some(in_hours.into_iter().chain(at).collect::<Vec<_>>().join(" "));
    }
    let minutes: &[i16] = if rule.minutes.is_empty() { &[0] } else { &rule.minutes };
    let times: Vec<String> = rule
        .hours
        .iter()
        .flat_map(|hour| minutes.iter().map(move |minute| format!("{hour}:{minute:02}")))
        .collect();
    Some(format!("at {}", listed(&times, "and")))
}

/// "weekday", "Monday and Friday", "the 2nd Tuesday".
fn weekdays(rule: &Rule, last: &str) -> String {
    let plain: Vec<Weekday> =
        rule.weekdays.iter().filter(|day| day.number.is_none()).map(|day| day.weekday).collect();
    if plain == WORKING_WEEK && plain.len() == rule.weekdays.len() {
        return "weekday".to_owned();
    }
    let names: Vec<String> = rule.weekdays.iter().map(name).collect();
    listed(&names, last)
}

fn name(day: &WeekdayNumber) -> String {
    let name = match day.weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    day.number.map_or(name.to_owned(), |number| nth(number, name))
}

/// "the 1st", "the last Friday", "the 2nd to last day".
fn nth(number: i16, name: &str) -> String {
    let which = match number {
        -1 => "last".to_owned(),
        number if number < 0 => format!("{} to last", ordinal(number.unsigned_abs().into())),
        number => ordinal(number.unsigned_abs().into()),
    };
    // "the 15th" of a month needs no "day".
    if name == "day" && number > 0 { format!("the {which}") } else { format!("the {which} {name}") }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// "a", "a and b", "a, b and c".
fn listed<T: AsRef<str>>(parts: &[T], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rule: &str) -> String {
        words(&rule.parse().unwrap(), RecurrenceBase::Due)
    }

    #[test]
    fn a_rule_is_said_as_a_person_would() {
        for (rule, words) in [
            ("FREQ=DAILY", "every day"),
            ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
            ("FREQ=WEEKLY", "every week"),
            ("FREQ=WEEKLY;BYDAY=FR", "every Friday"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every 2nd Friday"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
            ("FREQ=DAILY;BYDAY=FR,MO,TU,WE,TH", "every weekday"),
            ("FREQ=WEEKLY;BYDAY=TH,MO", "every Monday and Thursday"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday"),
            ("FREQ=MONTHLY", "every month"),
            ("FREQ=MONTHLY;BYMONTHDAY=15,1", "every month on the 1st and the 15th"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
            ("FREQ=MONTHLY;BYDAY=2TU", "every month on the 2nd Tuesday"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on Friday if it is the 13th"),
            ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=21", "every year on the 21st in June"),
            ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=1TU", "every 4 years on the 1st Tuesday in November"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on Monday in week 20"),
            ("FREQ=YEARLY;BYYEARDAY=100,-1", "every year on day 100 and the last day of the year"),
            ("FREQ=DAILY;BYHOUR=18,9;BYMINUTE=30", "every day at 9:30 and 18:30"),
            ("FREQ=HOURLY;INTERVAL=2", "every 2 hours"),
            ("FREQ=MINUTELY;INTERVAL=15;BYDAY=MO", "every 15 minutes on Monday"),
            ("FREQ=DAILY;COUNT=10", "every day, 10 times"),
            ("FREQ=DAILY;COUNT=1", "every day, once"),
            ("FREQ=DAILY;UNTIL=20261224", "every day, until 2026-12-24"),
            ("FREQ=DAILY;UNTIL=20261224T170000Z", "every day, until 2026-12-24 17:00 UTC"),
        ] {
            assert_eq!(said(rule), words, "{rule}");
        }
    }

    #[test]
    fn what_is_counted_from_completion_says_so() {
        let rule = "FREQ=DAILY;INTERVAL=3".parse().unwrap();
        assert_eq!(words(&rule, RecurrenceBase::Completion), "every 3 days from completion");
    }
}
