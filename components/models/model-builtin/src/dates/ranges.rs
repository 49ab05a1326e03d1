//! Spans of days to look at: `today`, `this week`, `by tuesday`, `the next 3 days`.

use jiff::civil::Date;

use super::absolute;
use super::find::find;
use super::offsets::{Length, length_at};
use super::relative;
use crate::clock::Clock;
use crate::replies::day_words;
use crate::text::Word;

/// Days from one up to, not including, another.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The first day.
    pub from: Option<Date>,
    /// The day after the last.
    pub before: Option<Date>,
    /// How a person says it: "today", "by Tue 24 Nov".
    pub words: String,
}

/// The range that the words begin with, and how many words it takes.
pub fn range_at(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let leads = words
        .iter()
        .take(3)
        .take_while(|word| word.is(&["due", "on", "for", "in", "the", "during", "within", "over", "from"]))
        .count();
    for skip in (0..=leads).rev() {
        let rest = words.get(skip..)?;
        let month = if skip > 0 { month(rest, clock) } else { None };
        if let Some((length, range)) = month.or_else(|| named(rest, clock)).or_else(|| counted(rest, clock)) {
            return Some((skip + length, range));
        }
    }
    let (bound, lead) = match (key(0), key(1)) {
        ("due", "by" | "until") | ("up", "to") => ("by", 2),
        ("due", "before") => ("before", 2),
        ("due", "after") | ("later", "than") => ("after", 2),
        ("by" | "until", _) => ("by", 1),
        ("before", _) => ("before", 1),
        ("after", _) => ("after", 1),
        ("since", _) => ("since", 1),
        _ => ("on", 0),
    };
    // A day is said in a few words: no need to look through all that follow.
    let near = words.get(lead..words.len().min(lead + 9))?;
    let first = find(near, clock).into_iter().next().filter(|found| found.start == 0)?;
    if lead == 0 && !first.strong && words.len() > 1 && !words.first()?.is(&["on"]) && !is_weekday(words) {
        return None;
    }
    let day = said_day(words, lead, first.when.day?, clock);
    let next = Clock::days_after(day, 1);
    let named = day_words(day, clock);
    let (from, before) = match bound {
        "by" => (None, Some(next)),
        "before" => (None, Some(day)),
        "after" => (Some(next), None),
        "since" => (Some(day), None),
        _ => (Some(day), Some(next)),
    };
    let bound = if bound == "on" && !named.starts_with(|c: char| c.is_uppercase()) {
        String::new()
    } else {
        format!("{bound} ")
    };
    let words = format!("{bound}{named}");
    Some((lead + first.end, Range { from, before, words }))
}

/// "in december"; "on december 5" is a day.
fn month(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    if words.get(1).is_some_and(|next| next.key.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let first = absolute::month_at(words, clock)?.first_of_month();
    let before = Clock::days_after(first.last_of_month(), 1);
    let words = format!("in {}", first.strftime("%B"));
    Some((1, Range { from: Some(first), before: Some(before), words }))
}

fn is_weekday(words: &[Word]) -> bool {
    words.first().is_some_and(|word| relative::weekday(&word.key).is_some())
}

/// "What do I have on saturday", asked on a Saturday, is about today.
fn said_day(words: &[Word], lead: usize, day: Date, clock: &Clock) -> Date {
    let rest = words.get(lead..).unwrap_or_default();
    let at = usize::from(rest.first().is_some_and(|word| word.is(&["on", "for"])));
    let bare = rest.get(at).is_some_and(|word| relative::weekday(&word.key).is_some());
    if bare && Clock::days_after(day, -7) == clock.today() { clock.today() } else { day }
}

fn named(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let today = clock.today();
    let monday = Clock::monday(today);
    let month = today.first_of_month();
    let next_month = Clock::days_after(today.last_of_month(), 1);
    let weekend = Clock::days_after(monday, 5);
    let (length, from, before, words) = match (key(0), key(1)) {
        ("today" | "todays" | "tonight", _) => (1, today, Clock::days_after(today, 1), "today"),
        ("tomorrow" | "tomorrows", _) => {
            (1, Clock::days_after(today, 1), Clock::days_after(today, 2), "tomorrow")
        }
        ("yesterday", _) => (1, Clock::days_after(today, -1), today, "yesterday"),
        ("this" | "the" | "current", "week") => (2, monday, Clock::days_after(monday, 7), "this week"),
        ("week", "" | "looking" | "look" | "looks" | "ahead" | "going") => {
            (1, monday, Clock::days_after(monday, 7), "this week")
        }
        ("next" | "coming" | "following", "week") => {
            (2, Clock::days_after(monday, 7), Clock::days_after(monday, 14), "next week")
        }
        ("last", "week") => (2, Clock::days_after(monday, -7), monday, "last week"),
        ("this" | "the", "weekend") => (2, weekend, Clock::days_after(monday, 7), "this weekend"),
        ("weekend", _) => (1, weekend, Clock::days_after(monday, 7), "this weekend"),
        ("next", "weekend") => {
            (2, Clock::days_after(weekend, 7), Clock::days_after(monday, 14), "next weekend")
        }
        ("this" | "the", "month") => (2, month, next_month, "this month"),
        ("next", "month") => (2, next_month, Clock::days_after(next_month.last_of_month(), 1), "next month"),
        ("last", "month") => (2, Clock::days_after(month, -1).first_of_month(), month, "last month"),
        _ => return None,
    };
    Some((length, Range { from: Some(from), before: Some(before), words: words.to_owned() }))
}

/// "the next 3 days", "the last two weeks".
fn counted(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    let first = words.first()?;
    let back = first.is(&["last", "past"]);
    if !back && !first.is(&["next", "coming", "following"]) {
        return None;
    }
    let (taken, length) = length_at(words.get(1..)?)?;
    let today = clock.today();
    let tomorrow = Clock::days_after(today, 1);
    let days = match length {
        Length::Minutes(minutes) => i64::from(minutes / (24 * 60)),
        Length::Days(days) => i64::from(days),
        Length::Months(months) => i64::from(months) * 30,
    };
    let said: Vec<&str> = words.iter().take(1 + taken).map(|word| word.key.as_str()).collect();
    let words = format!("in the {}", said.join(" "));
    let (from, before) = if back {
        (Clock::days_after(today, -days), tomorrow)
    } else {
        (today, Clock::days_after(tomorrow, days))
    };
    Some((1 + taken, Range { from: Some(from), before: Some(before), words }))
}
