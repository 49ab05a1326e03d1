//! Finding days and times among other words.

use super::absolute;
use super::offsets::{self, Moment};
use super::relative;
use super::times::{part_at, time_at};
use super::when::When;
use crate::clock::Clock;
use crate::text::Word;

/// Words that say when.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The first of the words.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// What they say.
    pub when: When,
    /// They can hardly mean anything else, wherever they stand.
    pub strong: bool,
}

/// Words that lead to a day or a time.
const LEADS: &[&str] = &[
    "by", "on", "at", "before", "until", "due", "for", "from", "around", "about", "in", "this", "sometime",
    "starting", "latest", "not", "than", "no", "later", "is", "the", "of", "during", "over", "come",
];

/// Words between a day and a time.
const BETWEEN: &[&str] = &["at", "on", "in", "the", "by", "around", "of", "from", "about", "before"];

/// Finds what says when, from left to right.
pub fn find(words: &[Word], clock: &Clock) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match found_at(words, at, clock) {
            Some(one) => {
                at = one.end;
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

/// The words say when, and nothing else.
pub fn whole(words: &[Word], clock: &Clock) -> Option<When> {
    // "on the 3rd, not the 1st"
    if let Some(but) = words.iter().position(|word| word.is(&["not"])).filter(|at| *at > 0)
        && words.get(but + 1).is_some_and(|word| !word.is(&["later", "before"]))
    {
        return whole(words.get(..but)?, clock);
    }
    let spans = find(words, clock);
    let mut when: Option<When> = None;
    let mut covered = 0;
    for span in &spans {
        let between = words.get(covered..span.start)?;
        if !between.iter().all(|word| word.is(LEADS)) {
            return None;
        }
        covered = span.end;
        when = match when {
            None => Some(span.when.clone()),
            Some(so_far) => Some(so_far.and(&span.when)?),
        };
    }
    let rest = words.get(covered..)?;
    when.filter(|_| {
        rest.iter().all(|word| word.is(&["instead", "then", "sharp", "latest", "now", "please", "pls"]))
    })
}

fn found_at(words: &[Word], start: usize, clock: &Clock) -> Option<Found> {
    if words.get(start)?.quoted {
        return None;
    }
    // The longest lead that brings a day or a time: "due on the 15th", "no later than 5pm".
    let leads = words.iter().skip(start).take(4).take_while(|word| word.is(LEADS) && !word.quoted).count();
    (0..=leads).rev().find_map(|lead| led(words, start, lead, clock))
}

fn led(words: &[Word], start: usize, lead: usize, clock: &Clock) -> Option<Found> {
    let leads = words.get(start..start + lead)?;
    if !makes_sense(leads) {
        return None;
    }
    let names_time =
        leads.iter().any(|word| word.is(&["at", "by", "before", "until", "around", "about", "due"]));
    let names_day = leads.iter().any(|word| !word.is(&["about", "the", "of", "this", "from"]));
    let mut end = start + lead;
    let after_article = start.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| {
        word.is(&["the", "a", "an", "my", "our", "his", "her", "their", "your", "every", "each"])
    });
    let here = words.get(end..)?;
    let within =
        leads.first().is_some_and(|word| word.is(&["in", "by", "before", "during", "until", "sometime"]));
    let (length, mut when, mut strong) = match absolute::month_at(here, clock).filter(|_| within) {
        Some(first) if piece(here, clock, names_day, names_time).is_none() => {
            (1, When { day: Some(first), ..When::default() }, true)
        }
        _ => piece(here, clock, names_day, names_time)?,
    };
    // "in the sun", "about friday", "the friday": not a day to do something on.
    let article = leads.last().is_some_and(|word| word.is(&["the"]));
    strong |= names_day && !article;
    // The "evening" of "parents' evening" says nothing of when.
    let bare_part =
        lead == 0 && start > 0 && when.day.is_none() && when.time.is_none() && when.instant.is_none();
    if !strong && (lead > 0 || after_article || bare_part) {
        return None;
    }
    // "monday's dinner" is about another thing; "monday-friday" is a range.
    if words.get(end + length - 1).is_some_and(|word| word.text.contains('\'') || word.text.contains("’")) {
        return None;
    }
    end += length;
    loop {
        let between = words.iter().skip(end).take(2).take_while(|word| word.is(BETWEEN)).count();
        let next = (0..=between).rev().find_map(|skip| {
            let led = words
                .get(end + skip.saturating_sub(1))
                .is_some_and(|word| word.is(&["at", "by", "around", "before"]));
            let (length, more, _) = piece(words.get(end + skip..)?, clock, skip > 0, skip > 0 && led)?;
            let both = when.and(&more)?;
            Some((skip + length, both))
        });
        match next {
            Some((length, both)) => {
                end += length;
                when = both;
                strong = true;
            }
            None => break,
        }
    }
    Some(Found { start, end, when, strong })
}

/// Leads that people say together.
fn makes_sense(leads: &[Word]) -> bool {
    let keys: Vec<&str> = leads.iter().map(|word| word.key.as_str()).collect();
    let keys = match keys.as_slice() {
        [rest @ .., "the"] => rest,
        all => all,
    };
    matches!(
        keys,
        [] | ["by" | "on" | "at" | "before" | "until" | "due" | "for" | "from" | "around" | "about" | "in"]
            | ["sometime" | "starting" | "this" | "during" | "over" | "latest"]
            | [
                "due" | "sometime" | "starting" | "latest",
                "by" | "on" | "at" | "before" | "in" | "around" | "this" | "from"
            ]
            | ["is", "due"]
            | ["is", "due", "by" | "on" | "at" | "before" | "in"]
            | ["no" | "not", "later", "than"]
            | ["by" | "for" | "until" | "at" | "in", "about" | "around" | "at" | "this"]
    )
}

/// One day, time, part of the day or moment at the start of the words.
fn piece(words: &[Word], clock: &Clock, names_day: bool, names_time: bool) -> Option<(usize, When, bool)> {
    if words.first()?.quoted {
        return None;
    }
    if let Some((length, moment)) = offsets::moment_at(words, clock) {
        let when = match moment {
            Moment::Day(day) => When { day: Some(day), ..When::default() },
            Moment::Instant(instant) => When { instant: Some(instant), ..When::default() },
        };
        return Some((length, when, true));
    }
    if let Some(day) = absolute::day_at(words, clock, names_day) {
        let when = When { day: Some(day.date), ambiguous: day.ambiguous, ..When::default() };
        return Some((day.length, when, true));
    }
    if let Some((length, time)) = time_at(words, names_time) {
        return Some((length, When { time: Some(time), ..When::default() }, true));
    }
    if let Some(day) = relative::day_at(words, clock) {
        let when = When { day: Some(day.date), part: day.part, ..When::default() };
        return Some((day.length, when, day.strong));
    }
    let (length, part) = part_at(words)?;
    Some((length, When { part: Some(part), ..When::default() }, names_day || length > 1))
}
