//! Repetition, which is understood and honestly declined: `every monday`, `daily at 9`, `each month`.

use crate::text::{Word, words};

const WEEKDAYS: &[(&str, &str)] = &[
    ("mondays", "on monday"),
    ("tuesdays", "on tuesday"),
    ("wednesdays", "on wednesday"),
    ("thursdays", "on thursday"),
    ("fridays", "on friday"),
    ("saturdays", "on saturday"),
    ("sundays", "on sunday"),
];

/// Takes what says that a task repeats out of the words, and leaves what says when it is first due. `true` when
/// there was something.
pub fn take(said: &mut Vec<Word>) -> bool {
    let Some((start, length, first)) = (0..said.len())
        .find_map(|at| said.get(at..).and_then(at_start).map(|(length, first)| (at, length, first)))
    else {
        return false;
    };
    // A lone adverb in the middle of a title describes something ("the daily report").
    let edge = start == 0 || start + length == said.len() || length > 1;
    if !edge && first.is_empty() {
        return false;
    }
    let lead = usize::from(
        start > 0 && said.get(start - 1).is_some_and(|word| word.is(&["on"])) && !first.is_empty(),
    );
    let trail = said.get(start + length - 1).map(|word| word.trail.clone()).unwrap_or_default();
    let mut first = words(first);
    if let Some(last) = first.last_mut() {
        last.trail = trail;
    }
    said.splice(start - lead..start + length, first);
    true
}

/// How many words say it, and what says when it is first due.
fn at_start(said: &[Word]) -> Option<(usize, &'static str)> {
    let key = |at: usize| said.get(at).map_or("", |word| word.key.as_str());
    // "friday's launch" happens once.
    if said.first().is_none_or(|word| word.quoted || word.text.contains('\'')) {
        return None;
    }
    match key(0) {
        "daily" | "everyday" | "weekly" | "monthly" | "yearly" | "annually" | "hourly" | "fortnightly"
        | "biweekly" | "nightly" => return Some((1, "")),
        "every" | "each" => {}
        plural => {
            return WEEKDAYS.iter().find(|(many, _)| *many == plural).map(|(_, one)| (1, *one));
        }
    }
    let other = usize::from(
        matches!(key(1), "other" | "single" | "second" | "2nd" | "third")
            || crate::dates::number(key(1)).is_some(),
    );
    let first = match key(1 + other) {
        "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "hour" | "hours"
        | "weekday" | "weekdays" | "minutes" | "quarter" => "",
        "weekend" => "on the weekend",
        "morning" => "in the morning",
        "afternoon" => "in the afternoon",
        "evening" => "in the evening",
        "night" => "in the evening",
        "monday" | "mon" => "on monday",
        "tuesday" | "tue" => "on tuesday",
        "wednesday" | "wed" => "on wednesday",
        "thursday" | "thu" => "on thursday",
        "friday" | "fri" => "on friday",
        "saturday" | "sat" => "on saturday",
        "sunday" | "sun" => "on sunday",
        _ => return None,
    };
    Some((2 + other, first))
}
