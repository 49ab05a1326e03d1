//! When a task is due and how it repeats, as its words say it together.

use std::ops::Range;

use crate::clock::Clock;
use crate::grammar::Phrase;
use crate::recurrence::Recurrence;
use crate::selection::{choose, find};
use crate::when::When;
use crate::words::{Word, join};

/// What words say about when.
#[derive(Default)]
pub(crate) struct Timing {
    pub when: Option<When>,
    /// How it repeats.
    pub every: Option<Recurrence>,
    /// It was said before all else.
    pub led: bool,
    /// Two days or times that can't both be meant; neither was read.
    pub doubt: Option<(String, String)>,
    /// What was read, with the words that each takes.
    pub phrases: Vec<(Phrase, Range<usize>)>,
}

/// Reads what words say about when: one reading of them.
pub(crate) fn read(words: &[Word], clock: &Clock) -> Timing {
    let choice = choose(words, clock);
    let text = |phrase: &Phrase| join(words.get(phrase.start..phrase.end).unwrap_or_default());
    let doubt = choice.doubt.as_ref().map(|(a, b)| (text(a), text(b)));
    let mut timing = Timing { doubt, ..Timing::default() };
    for phrase in &choice.phrases {
        let when = timing.when.take().unwrap_or_default();
        timing.when = when.and(&phrase.when).or(Some(when));
        timing.every = timing.every.take().or_else(|| phrase.every.clone());
        timing.led |= words.iter().take(phrase.start).all(|word| word.is(&["to", "that"]));
    }
    // "monday to friday" without a time is a stretch of days, that begins with the first of them.
    let says = |names: &[&str]| {
        choice.phrases.iter().any(|phrase| {
            words.get(phrase.start..phrase.end).unwrap_or_default().iter().any(|word| word.is(names))
        })
    };
    let stretch = timing.every.as_ref().is_some_and(|every| every.weekdays.len() > 1)
        && says(&["to", "through", "until", "thru"]);
    if stretch && !says(&["every", "each"]) && !timing.when.as_ref().is_some_and(When::has_time) {
        let days = timing
            .every
            .take()
            .map(|every| Recurrence { weekdays: every.weekdays.into_iter().take(1).collect(), ..every });
        timing.when = days.map(|first| first.first(&When::default(), clock));
    }
    let mut more = 0;
    if let (Some(every), Some(phrase)) =
        (timing.every.as_mut(), choice.phrases.iter().find(|phrase| phrase.every.is_some()))
    {
        let is_closed = words.get(phrase.end - 1).is_some_and(|last| last.trail.contains(';'));
        more = if is_closed { 0 } else { after_completion(words.get(phrase.end..).unwrap_or_default()) };
        every.from_completion = more > 0;
    }
    for phrase in choice.phrases {
        let end = phrase.end + if phrase.every.is_some() { std::mem::take(&mut more) } else { 0 };
        let taken = phrase.start..end;
        timing.phrases.push((phrase, taken));
    }
    timing
}

/// How many words say that a repetition is counted from when it was done: "after I finish", "from completion".
fn after_completion(words: &[Word]) -> usize {
    const PHRASES: &[&[&str]] = &[
        &["after", "i", "finish"],
        &["after", "i", "finished"],
        &["after", "i", "complete"],
        &["after", "i", "completed"],
        &["after", "i", "do"],
        &["after", "i", "did"],
        &["after", "i", "have", "done"],
        &["after", "ive", "done"],
        &["after", "im", "done"],
        &["after", "i", "am", "done"],
        &["after", "its", "done"],
        &["after", "it", "is", "done"],
        &["after", "it", "was", "done"],
        &["after", "finishing"],
        &["after", "completing"],
        &["after", "doing"],
        &["after", "completion"],
        &["from", "completion"],
    ];
    let begins = |phrase: &&&[&str]| {
        words.len() >= phrase.len()
            && phrase.iter().zip(words).all(|(key, word)| word.key == *key && !word.quoted)
    };
    let Some(phrase) = PHRASES.iter().find(begins) else { return 0 };
    // "after I do the dishes" is about something else.
    match words.get(phrase.len()) {
        Some(word) if word.is(&["it", "that", "this"]) => phrase.len() + 1,
        Some(_) if words.get(phrase.len() - 1).is_some_and(|last| last.trail.is_empty()) => 0,
        _ => phrase.len(),
    }
}

/// How often, and when first, where the words say nothing else: "every friday at 9", "every 3 days after I finish".
#[must_use]
pub fn repetition(said: &[Word], clock: &Clock) -> Option<(Recurrence, When)> {
    let (mut at, mut every, mut when) = (0, None, When::default());
    for phrase in find(said, clock).into_iter().filter(|phrase| phrase.end > 0) {
        if phrase.start != at {
            return None;
        }
        at = phrase.end;
        when = when.and(&phrase.when)?;
        if let Some(found) = phrase.every.filter(|_| every.is_none()) {
            let more = after_completion(said.get(at..).unwrap_or_default());
            every = Some(Recurrence { from_completion: more > 0, ..found });
            at += more;
        }
    }
    every.filter(|_| at == said.len()).map(|every| (every, when))
}
