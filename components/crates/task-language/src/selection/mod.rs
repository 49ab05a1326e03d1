//! One reading of the words: which phrases say when, and which are words of a title that look like it.

use crate::clock::Clock;
use crate::grammar::{Length, Phrase, phrase_at, phrases};
use crate::language::ENGLISH;
use crate::when::When;
use crate::words::Word;

mod score;

use score::{is_capitalised, is_dated, is_past, score};

/// The phrases among the words, left to right; of those that overlap, the first.
#[must_use]
pub fn find(words: &[Word], clock: &Clock) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    for phrase in phrases(words, clock, &ENGLISH).into_iter().flatten() {
        if found.last().is_none_or(|last| phrase.start >= last.end) {
            found.push(phrase);
        }
    }
    found
}

/// What the words say about when, where they say nothing else and the day is not a repetition.
#[must_use]
pub fn whole(words: &[Word], clock: &Clock) -> Option<When> {
    if words.is_empty() || words.len() > MAX_PHRASE {
        return None;
    }
    let phrase = phrase_at(words, clock, &ENGLISH, 0)?;
    (phrase.end == words.len() && phrase.every.is_none()).then_some(phrase.when)
}

/// The phrase that the words begin with.
#[must_use]
pub fn beginning(words: &[Word], clock: &Clock) -> Option<Phrase> {
    phrase_at(words.get(..words.len().min(MAX_PHRASE))?, clock, &ENGLISH, 0)
}

/// A phrase has fewer words than this.
const MAX_PHRASE: usize = 16;

/// A length of time that the words are, and nothing else: "2 days", "by an hour", "a week later".
#[must_use]
pub fn length(words: &[Word], clock: &Clock) -> Option<Length> {
    crate::grammar::length(words, clock, &ENGLISH)
}

/// What was chosen.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    pub phrases: Vec<Phrase>,
    /// Two phrases say different things, and neither was chosen: the words of both.
    pub doubt: Option<(Phrase, Phrase)>,
}

/// Chooses what says when. What stands at the end counts first, then at the start, then what words lead into.
pub(crate) fn choose(words: &[Word], clock: &Clock) -> Choice {
    let all = phrases(words, clock, &ENGLISH);
    let mut candidates: Vec<(i32, Phrase)> = Vec::new();
    let mut reached = 0;
    for phrase in all.into_iter().flatten() {
        if phrase.start < reached {
            continue;
        }
        if is_capitalised(&phrase, words) {
            reached = phrase.end;
            continue;
        }
        // "last tuesday": a part of it is no day that is to come.
        if is_past(&phrase, clock) && !is_dated(words.get(phrase.start..phrase.end).unwrap_or_default()) {
            reached = phrase.end;
            continue;
        }
        if let Some(score) = score(&phrase, words) {
            reached = phrase.end;
            candidates.push((score, phrase));
        }
    }
    candidates.retain(|(_, phrase)| phrase.end - phrase.start < words.len());
    let Some(best) = (0..candidates.len())
        .max_by_key(|at| candidates.get(*at).map(|(score, phrase)| (*score, phrase.end)))
    else {
        return Choice::default();
    };
    let primary = candidates.remove(best).1;
    let mut chosen = Choice { phrases: vec![primary.clone()], doubt: None };
    // "monday or tuesday": one of them is meant, and nobody knows which.
    let joint =
        primary.start.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.is(&["or", "and"]));
    let other =
        candidates_before(words, clock, primary.start, 1).filter(|_| joint && primary.every.is_none());
    // "mon wed fri"
    let beside = || {
        candidates_before(words, clock, primary.start, 0)
            .filter(|other| other.when.weekday.is_some() && primary.when.weekday.is_some())
    };
    if let Some(other) = other.or_else(beside) {
        return Choice { phrases: Vec::new(), doubt: Some((other, primary)) };
    }
    if let Some(other) = other_hour(words, &primary) {
        return Choice { phrases: Vec::new(), doubt: Some((primary, other)) };
    }
    let (mut when, mut every) = (primary.when.clone(), primary.every.clone());
    for (score, phrase) in candidates {
        match (when.and(&phrase.when), &phrase.every) {
            (Some(both), None) => {
                when = both;
                chosen.phrases.push(phrase);
            }
            (Some(both), Some(_)) if every.is_none() => {
                when = both;
                every.clone_from(&phrase.every);
                chosen.phrases.push(phrase);
            }
            // Beside each other they can't both be right, and which one is meant nobody knows.
            _ if score >= 2 && (phrase.end == primary.start || primary.end == phrase.start) => {
                return Choice { phrases: Vec::new(), doubt: Some((primary, phrase)) };
            }
            _ => {}
        }
    }
    chosen.phrases.sort_by_key(|phrase| phrase.start);
    chosen
}

/// "at 8 or 9": the number after the time is another one.
fn other_hour(words: &[Word], primary: &Phrase) -> Option<Phrase> {
    let [or, number] = words.get(primary.end..primary.end + 2)? else { return None };
    let is_hour = primary.when.has_time()
        && or.is(&["or"])
        && words.get(primary.end - 1).is_some_and(|word| word.trail.is_empty())
        && crate::numbers::number(&number.key).is_some_and(|hour| (0..=24).contains(&hour));
    is_hour.then(|| Phrase { start: primary.end + 1, end: primary.end + 2, ..primary.clone() })
}

/// The phrase that ends so many words before this place.
fn candidates_before(words: &[Word], clock: &Clock, start: usize, between: usize) -> Option<Phrase> {
    let end = start.checked_sub(between)?;
    let from = end.saturating_sub(3);
    let near = words.get(from..end)?;
    let found = phrases(near, clock, &ENGLISH)
        .into_iter()
        .flatten()
        .find(|phrase| phrase.end == near.len() && phrase.when.day.is_some())?;
    let is_said = !found.when.is_weak;
    is_said.then(|| Phrase { start: found.start + from, end: found.end + from, ..found })
}
