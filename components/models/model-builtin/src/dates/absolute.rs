//! Days of the calendar: `5 March`, `March 5th 2027`, `5/3`, `24.12.2026`, `2027-02-01`, `the 15th`, holidays.

use jiff::civil::Date;

use super::library;
use super::numbers::ordinal;
use crate::clock::Clock;
use crate::text::Word;

/// A day found in words.
pub struct Day {
    /// How many words it took.
    pub length: usize,
    /// The day.
    pub date: Date,
    /// For dates in digits that can be read in two ways: the words, so that the reply says the reading.
    pub ambiguous: Option<String>,
}

const MONTHS: &[(&str, &str)] = &[
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

/// Days with a name, as day and month.
const HOLIDAYS: &[(&[&str], u32, &str)] = &[
    (&["christmas", "eve"], 24, "december"),
    (&["xmas", "eve"], 24, "december"),
    (&["christmas", "day"], 25, "december"),
    (&["christmas"], 25, "december"),
    (&["xmas"], 25, "december"),
    (&["boxing", "day"], 26, "december"),
    (&["new", "years", "eve"], 31, "december"),
    (&["nye"], 31, "december"),
    (&["new", "years", "day"], 1, "january"),
    (&["new", "year"], 1, "january"),
    (&["valentines", "day"], 14, "february"),
    (&["valentines"], 14, "february"),
    (&["halloween"], 31, "october"),
];

/// The day of the calendar that the words begin with. `led` says that "on", "by" or the like came before: "the 15th"
/// and "christmas" are days only then.
pub fn day_at(words: &[Word], clock: &Clock, led: bool) -> Option<Day> {
    named_month(words, clock)
        .or_else(|| in_digits(words, clock))
        .or_else(|| if led { holiday(words, clock).or_else(|| day_of_month(words, clock)) } else { None })
}

/// The month that the words begin with, by its first day; the current one by its last, because its first is past.
pub fn month_at(words: &[Word], clock: &Clock) -> Option<Date> {
    let (name, today) = (month(&words.first()?.key)?, clock.today());
    let first = library::day(&format!("1 {name} {}", today.year()), today)?;
    if first.last_of_month() < today {
        library::day(&format!("1 {name} {}", today.year() + 1), today)
    } else {
        Some(if first < today { first.last_of_month() } else { first })
    }
}

/// The full name of a month: `sept` → `september`.
pub fn month(key: &str) -> Option<&'static str> {
    let key = if key == "sept" { "sep" } else { key };
    MONTHS.iter().find(|(full, short)| *full == key || *short == key).map(|(full, _)| *full)
}

fn named_month(words: &[Word], clock: &Clock) -> Option<Day> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    // 5 March, 5th of March, the 5th of March; 5mar is left alone.
    let skipped = usize::from(key(0) == "the");
    if let Some(day) = day_number(key(skipped)) {
        let of = usize::from(key(skipped + 1) == "of");
        if let Some(month) = month(key(skipped + 1 + of)) {
            return with_year(words, skipped + 2 + of, day, month, clock);
        }
    }
    // March 5, March 5th, March the 5th
    let month = month(key(0))?;
    let the = usize::from(key(1) == "the");
    let day = day_number(key(1 + the))?;
    with_year(words, 2 + the, day, month, clock)
}

fn with_year(words: &[Word], length: usize, day: u32, month: &str, clock: &Clock) -> Option<Day> {
    let year = words.get(length).and_then(|word| year(&word.key));
    let date = match year {
        Some(year) => library::day(&format!("{day} {month} {year}"), clock.today())?,
        None => next_time(day, month, clock)?,
    };
    Some(Day { length: length + usize::from(year.is_some()), date, ambiguous: None })
}

/// The first such day that is not past. 29 February can be years away.
fn next_time(day: u32, month: &str, clock: &Clock) -> Option<Date> {
    let today = clock.today();
    (0..9)
        .filter_map(|years| library::day(&format!("{day} {month} {}", today.year() + years), today))
        .find(|date| *date >= today)
}

fn holiday(words: &[Word], clock: &Clock) -> Option<Day> {
    HOLIDAYS.iter().find_map(|(name, day, month)| {
        let named =
            name.iter().enumerate().all(|(at, part)| words.get(at).is_some_and(|word| word.key == *part));
        let date = next_time(*day, month, clock).filter(|_| named)?;
        Some(Day { length: name.len(), date, ambiguous: None })
    })
}

/// "the 15th": this month's, or next month's when that is past.
fn day_of_month(words: &[Word], clock: &Clock) -> Option<Day> {
    let skipped = usize::from(words.first().is_some_and(|word| word.is(&["the"])));
    let word = words.get(skipped)?;
    if !word.key.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let day = ordinal(&word.key).filter(|day| (1..=31).contains(day))?;
    let today = clock.today();
    (0..3)
        .filter_map(|months| {
            let first = library::day(&format!("{months} months"), today.first_of_month())?;
            Date::new(first.year(), first.month(), i8::try_from(day).ok()?).ok()
        })
        .find(|date| *date >= today)
        .map(|date| Day { length: skipped + 1, date, ambiguous: None })
}

/// `2027-02-01`, `24.12.2026`, `24.12.`, `5/3`, `5/3/27`, `5-3-2027`.
fn in_digits(words: &[Word], clock: &Clock) -> Option<Day> {
    let word = words.first()?;
    let key = word.key.split('t').next()?;
    let separator = key.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '.' | '/') {
        return None;
    }
    let parts: Vec<u32> = key.split(separator).map(digits).collect::<Option<_>>()?;
    let one = |date| Some(Day { length: 1, date, ambiguous: None });
    match (separator, parts.as_slice()) {
        ('-' | '/' | '.', [year, month, day]) if *year >= 1000 => {
            one(calendar_day(*day, *month, Some(*year), clock)?)
        }
        // 6.30 is a time; 24.12. and 24.12.2026 are days.
        ('.', [day, month]) if word.trail.starts_with('.') => one(calendar_day(*day, *month, None, clock)?),
        ('.', [day, month, year]) => one(calendar_day(*day, *month, Some(*year), clock)?),
        ('/', [a, b]) if !is_fraction(words, *a, *b) => read_both_ways(word, *a, *b, None, clock),
        ('/' | '-', [a, b, year]) => read_both_ways(word, *a, *b, Some(*year), clock),
        _ => None,
    }
}

/// The one reading that is a date; by the rule of the zone when both are.
fn read_both_ways(word: &Word, a: u32, b: u32, year: Option<u32>, clock: &Clock) -> Option<Day> {
    let day_first = calendar_day(a, b, year, clock);
    let month_first = calendar_day(b, a, year, clock);
    let both = day_first.is_some() && month_first.is_some() && a != b;
    let date = if clock.month_first() { month_first.or(day_first) } else { day_first.or(month_first) }?;
    Some(Day { length: 1, date, ambiguous: both.then(|| word.text.clone()) })
}

fn calendar_day(day: u32, month: u32, year: Option<u32>, clock: &Clock) -> Option<Date> {
    let (name, _) = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    match year {
        None => next_time(day, name, clock),
        Some(year) => {
            let year = if year < 100 { 2000 + year } else { year };
            (1900..=2999)
                .contains(&year)
                .then(|| library::day(&format!("{day} {name} {year}"), clock.today()))?
        }
    }
}

/// `1/2 kg`, `3/4 cup`: an amount, not a day.
fn is_fraction(words: &[Word], a: u32, b: u32) -> bool {
    const MEASURES: &[&str] = &[
        "kg",
        "g",
        "lb",
        "lbs",
        "pound",
        "pounds",
        "cup",
        "cups",
        "litre",
        "litres",
        "liter",
        "liters",
        "l",
        "pint",
        "pints",
        "tsp",
        "tbsp",
        "teaspoon",
        "tablespoon",
        "hour",
        "mile",
        "miles",
        "of",
        "price",
        "dozen",
        "inch",
        "gallon",
        "oz",
        "ounce",
        "ounces",
        "portion",
    ];
    a < b && words.get(1).is_some_and(|next| next.is(MEASURES))
}

fn day_number(key: &str) -> Option<u32> {
    let plain = if key.len() <= 2 { digits(key) } else { None };
    let number = plain.or_else(|| ordinal(key).filter(|_| key.starts_with(|c: char| c.is_ascii_digit())));
    number.or_else(|| ordinal(key)).filter(|day| (1..=31).contains(day))
}

fn year(key: &str) -> Option<u32> {
    if key.len() != 4 {
        return None;
    }
    digits(key).filter(|year| (1900..=2999).contains(year))
}

fn digits(text: &str) -> Option<u32> {
    if (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
