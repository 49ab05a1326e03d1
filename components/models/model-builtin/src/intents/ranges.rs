//! Days to look at: `today`, `this week`, `by tuesday`, `the next 3 days`, `after tomorrow`.

use jiff::civil::Date;
use task_language::{Clock, Phrase, beginning, whole};

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

/// Words that bound the days, and which days they leave.
const BOUNDS: &[(&[&str], &str)] = &[
    (&["due", "by"], "by"),
    (&["due", "until"], "by"),
    (&["up", "to"], "by"),
    (&["due", "before"], "before"),
    (&["due", "after"], "after"),
    (&["later", "than"], "after"),
    (&["by"], "by"),
    (&["until"], "by"),
    (&["before"], "before"),
    (&["after"], "after"),
    (&["since"], "since"),
];

/// The range that the words begin with, and how many words it takes.
pub fn range_at(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    if let Some(found) = between(words, clock) {
        return Some(found);
    }
    let bound = BOUNDS.iter().find(|(keys, _)| {
        keys.iter().enumerate().all(|(at, key)| words.get(at).is_some_and(|word| word.key == *key))
    });
    let (skipped, bound) = bound.map_or((0, "on"), |(keys, bound)| (keys.len(), *bound));
    let rest = words.get(skipped..)?;
    if let Some(found) = week_or_owner(rest, clock).filter(|_| skipped == 0) {
        return Some(found);
    }
    let phrase = beginning(rest, clock)?;
    let weak = phrase.when.is_weak && phrase.lead.is_none() && skipped == 0;
    let day = phrase.when.day.or_else(|| phrase.when.instant.as_ref().map(jiff::Zoned::date))?;
    if weak || phrase.every.is_some() || (phrase.when.has_time() && phrase.when.part.is_none()) {
        return None;
    }
    let said = rest.get(..phrase.end)?;
    Some((skipped + phrase.end, range(bound, &phrase, day, said, clock)))
}

/// "between monday and wednesday", "from monday to wednesday"
fn between(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    words.first().filter(|word| word.is(&["between", "from"]))?;
    let joint = words.iter().take(8).position(|word| word.is(&["and", "to", "until", "till", "through"]))?;
    let first = whole(words.get(1..joint)?, clock)?.day?;
    let phrase = beginning(words.get(joint + 1..)?, clock)?;
    let day = phrase.when.day.filter(|_| !phrase.when.has_time())?;
    let last = if day < first { Clock::days_after(day, 7) } else { day };
    let said = format!("between {} and {}", day_words(first, clock), day_words(last, clock));
    let range = Range { from: Some(first), before: Some(Clock::days_after(last, 1)), words: said };
    Some((joint + 1 + phrase.end, range))
}

/// "how's my week looking", "today's tasks"
fn week_or_owner(words: &[Word], clock: &Clock) -> Option<(usize, Range)> {
    let first = words.first()?;
    let said = match first.text.strip_suffix("'s").or_else(|| first.text.strip_suffix("’s")) {
        Some(owner) => owner.to_owned(),
        None if first.key == "week"
            && words.get(1).is_none_or(|next| next.is(&["look", "looking", "looks", "ahead", "going"])) =>
        {
            "this week".to_owned()
        }
        None => return None,
    };
    let (_, range) = range_at(&crate::text::words(&said), clock)?;
    Some((1, range))
}

fn range(bound: &str, phrase: &Phrase, day: Date, said: &[Word], clock: &Clock) -> Range {
    // "What do I have on saturday", asked on a Saturday, is about today.
    let is_today = phrase.when.weekday == Some(clock.today().weekday()) && bound == "on";
    let day = if is_today { clock.today() } else { day };
    let (first, next) = phrase.when.period.unwrap_or((day, Clock::days_after(day, 1)));
    let named = match phrase.when.period {
        Some(_) => period_words(said, first),
        None => day_words(day, clock),
    };
    let (from, before) = match bound {
        "by" => (None, Some(next)),
        "before" => (None, Some(first)),
        "after" => (Some(next), None),
        "since" => (Some(first), None),
        _ => (Some(first), Some(next)),
    };
    let plain = bound == "on" && (phrase.when.period.is_some() || !named.starts_with(char::is_uppercase));
    let near = [("today", 0), ("tomorrow", 1), ("yesterday", -1)];
    let named = match near.into_iter().find(|(_, days)| {
        bound == "on" && phrase.when.period.is_none() && Clock::days_after(clock.today(), *days) == day
    }) {
        Some((name, _)) => name.to_owned(),
        None => named,
    };
    Range { from, before, words: if plain { named } else { format!("{bound} {named}") } }
}

/// "this week", "in December", "in the next 3 days"
fn period_words(said: &[Word], first: Date) -> String {
    let skipped = said
        .iter()
        .take_while(|word| word.is(&["due", "on", "for", "in", "the", "during", "within", "over", "from"]))
        .count();
    let keys: Vec<&str> = said.iter().skip(skipped).map(|word| word.key.as_str()).collect();
    match keys.as_slice() {
        [_] if keys.iter().all(|key| first.strftime("%B").to_string().to_lowercase().starts_with(key)) => {
            format!("in {}", first.strftime("%B"))
        }
        [_, _, _, ..] => format!("in the {}", keys.join(" ")),
        _ => keys.join(" "),
    }
}
