//! Days seen from today: `tomorrow`, `next friday`, `weekend`, `end of month`, `next week`.

use jiff::civil::Date;

use super::library;
use super::times::Part;
use crate::clock::Clock;
use crate::text::Word;

/// A day found in words.
pub struct Day {
    /// How many words it took.
    pub length: usize,
    /// The day.
    pub date: Date,
    /// The part of the day that the word brings along: `tonight`.
    pub part: Option<Part>,
    /// It can hardly mean anything else; a bare weekday can ("the friday report").
    pub strong: bool,
}

const WEEKDAYS: &[(&str, &[&str])] = &[
    ("monday", &["mon"]),
    ("tuesday", &["tue", "tues"]),
    ("wednesday", &["wed", "weds"]),
    ("thursday", &["thu", "thur", "thurs"]),
    ("friday", &["fri"]),
    ("saturday", &["sat"]),
    ("sunday", &["sun"]),
];

/// The full name of a weekday.
pub fn weekday(key: &str) -> Option<&'static str> {
    WEEKDAYS.iter().find(|(full, short)| *full == key || short.contains(&key)).map(|(full, _)| *full)
}

/// The day seen from today that the words begin with.
pub fn day_at(words: &[Word], clock: &Clock) -> Option<Day> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let today = clock.today();
    let strong = |length, date| Some(Day { length, date, part: None, strong: true });
    match (key(0), key(1), key(2), key(3)) {
        ("the", "day", "after", "tomorrow") => return strong(4, Clock::days_after(today, 2)),
        ("day", "after", "tomorrow", _) => return strong(3, Clock::days_after(today, 2)),
        ("the", "day", "before", "yesterday") => return strong(4, Clock::days_after(today, -2)),
        ("later", "today", ..) => return strong(2, today),
        ("later" | "sometime", "this", "week", _) => return strong(3, end_of_week(today)),
        (word @ ("today" | "tomorrow" | "yesterday"), ..) => return strong(1, library::day(word, today)?),
        ("tonight", ..) => {
            return Some(Day { length: 1, date: today, part: Some(Part::Night), strong: true });
        }
        _ => {}
    }
    if let Some(part @ (Part::Morning | Part::Afternoon | Part::Evening | Part::Night)) = part(key(1))
        && key(0) == "this"
    {
        return Some(Day { length: 2, date: today, part: Some(part), strong: true });
    }
    end_of_period(words, clock).or_else(|| period(words, clock)).or_else(|| weekday_at(words, clock))
}

fn part(key: &str) -> Option<Part> {
    match key {
        "morning" => Some(Part::Morning),
        "afternoon" => Some(Part::Afternoon),
        "evening" => Some(Part::Evening),
        "night" => Some(Part::Night),
        _ => None,
    }
}

/// A plain weekday is the coming one, never today; "this" one is today's if it is that day; "next" one is in the
/// calendar week after this one, Monday to Sunday.
fn weekday_at(words: &[Word], clock: &Clock) -> Option<Day> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let today = clock.today();
    let modifier = key(0);
    let modified = matches!(modifier, "next" | "this" | "coming" | "last") as usize;
    let name = weekday(key(modified))?;
    let coming = library::day(name, Clock::days_after(today, 1))
        .map(|date| if date > Clock::days_after(today, 7) { Clock::days_after(date, -7) } else { date })?;
    let is_today = Clock::days_after(coming, -7) == today;
    let date = match modifier {
        "this" if is_today => today,
        "last" => Clock::days_after(coming, if is_today { -14 } else { -7 }),
        "next" => {
            let next_monday = Clock::days_after(Clock::monday(today), 7);
            if coming < next_monday { Clock::days_after(coming, 7) } else { coming }
        }
        _ => coming,
    };
    Some(Day { length: modified + 1, date, part: None, strong: modified > 0 })
}

fn period(words: &[Word], clock: &Clock) -> Option<Day> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let today = clock.today();
    let skipped = usize::from(key(0) == "the");
    let (length, date) = match (key(skipped), key(skipped + 1)) {
        ("weekend", _) => (1, weekend(today, 0)),
        ("this", "weekend") => (2, weekend(today, 0)),
        ("next", "weekend") => (2, weekend(today, 1)),
        ("this", "week") => (2, end_of_week(today)),
        ("early" | "sometime", "next") if key(skipped + 2) == "week" => (3, next_monday(today)),
        ("sometime", "next") if key(skipped + 2) == "month" => (3, next_month(today)),
        ("next", "week") => (2, next_monday(today)),
        ("this", "month") => (2, today.last_of_month()),
        ("next", "month") => (2, next_month(today)),
        ("this", "year") => (2, today.last_of_year()),
        ("next", "year") => (2, Clock::days_after(today.last_of_year(), 1)),
        _ => return None,
    };
    Some(Day { length: length + skipped, date, part: None, strong: true })
}

/// `end of month`, `eom`, `the end of next week`, `month end`, `start of december` is left alone.
fn end_of_period(words: &[Word], clock: &Clock) -> Option<Day> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let today = clock.today();
    let strong = |length, date| Some(Day { length, date, part: None, strong: true });
    match (key(0), key(1)) {
        ("eow", _) => return strong(1, end_of_week(today)),
        ("eom", _) => return strong(1, today.last_of_month()),
        ("eoy", _) => return strong(1, today.last_of_year()),
        ("month", "end") => return strong(2, today.last_of_month()),
        ("year", "end") => return strong(2, today.last_of_year()),
        _ => {}
    }
    let mut at = usize::from(key(0) == "the");
    if key(at) != "end" || key(at + 1) != "of" {
        return None;
    }
    at += 2;
    let next = key(at) == "next";
    at += usize::from(matches!(key(at), "the" | "this" | "next"));
    let date = match (key(at), next) {
        ("week", false) => end_of_week(today),
        ("week", true) => Clock::days_after(next_monday(today), 4),
        ("month", false) => today.last_of_month(),
        ("month", true) => next_month(today).last_of_month(),
        ("year", false) => today.last_of_year(),
        (name, _) => {
            let month = super::absolute::month(name)?;
            let first = library::day(&format!("1 {month} {}", today.year()), today)?;
            let last = first.last_of_month();
            if last < today {
                library::day(&format!("1 {month} {}", today.year() + 1), today)?.last_of_month()
            } else {
                last
            }
        }
    };
    strong(at + 1, date)
}

/// Friday; on a weekend its Sunday.
fn end_of_week(today: Date) -> Date {
    let monday = Clock::monday(today);
    let friday = Clock::days_after(monday, 4);
    if today > friday { Clock::days_after(monday, 6) } else { friday }
}

/// Saturday, or today on a Sunday, so many weeks on.
fn weekend(today: Date, weeks: i64) -> Date {
    let saturday = Clock::days_after(Clock::monday(today), 5 + 7 * weeks);
    saturday.max(today)
}

fn next_monday(today: Date) -> Date {
    Clock::days_after(Clock::monday(today), 7)
}

fn next_month(today: Date) -> Date {
    Clock::days_after(today.last_of_month(), 1)
}
