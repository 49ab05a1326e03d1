//! What a line says about when.

use super::{Line, LinePart, LineSpan};
use crate::clock::Clock;
use crate::draft::usual_part;
use crate::grammar::{PartOfDay, Phrase};
use crate::language::ENGLISH;
use crate::timing::{self, Timing};
use crate::titles::title;
use crate::when::{Due, When};
use crate::words::{Word, join};

/// Reads what the words say about when, if it is one thing.
pub(super) fn take(words: &[Word], clock: &Clock, line: &mut Line) {
    let timing = timing::read(words, clock);
    if let Some(reason) = find_reason_against(&timing, words, clock) {
        line.notices.push(reason);
        return;
    }
    let Some(when) = timing.when.clone().or_else(|| timing.every.as_ref().map(|_| When::default())) else {
        return;
    };
    let is_left = |at: &usize| !timing.phrases.iter().any(|(_, taken)| taken.contains(at));
    let left: Vec<Word> =
        words.iter().enumerate().filter(|(at, _)| is_left(at)).map(|(_, word)| word.clone()).collect();
    let part = title(&left).as_deref().and_then(usual_part);
    let first = match &timing.every {
        Some(every) => every.first(&when, clock),
        None => when,
    };
    line.due = first.around(part).due(clock);
    line.every.clone_from(&timing.every);
    for (phrase, taken) in &timing.phrases {
        let Some(said) = words.get(taken.clone()) else { continue };
        let (Some(start), Some(end)) = (said.first(), said.last()) else { continue };
        let read = describe(phrase, &timing, part, line.due.as_ref(), clock);
        line.spans.push(LineSpan {
            part: read.0,
            start: start.start,
            end: end.end,
            text: String::new(),
            words: read.1,
        });
    }
    line.notices.extend(timing.when.as_ref().into_iter().flat_map(list_readings));
}

/// What a phrase was read as, and that in words.
fn describe(
    phrase: &Phrase,
    timing: &Timing,
    part: Option<PartOfDay>,
    due: Option<&Due>,
    clock: &Clock,
) -> (LinePart, String) {
    let is_alone = timing.phrases.len() == 1;
    let whole = due.map(|due| due_words(due, clock)).unwrap_or_default();
    if let Some(every) = timing.every.as_ref().filter(|_| phrase.every.is_some()) {
        return (LinePart::Recurrence, every.words());
    }
    if is_alone || phrase.every.is_some() {
        return (LinePart::Due, whole);
    }
    let own = phrase.when.clone().around(part).due(clock);
    match own {
        Some(Due::At(at)) if !phrase.when.has_day() => (LinePart::Time, at.strftime("%H:%M").to_string()),
        Some(own) => (LinePart::Due, due_words(&own, clock)),
        None => (LinePart::Due, whole),
    }
}

/// `Tue 8 Dec 09:00`; with the year where it is another one.
fn due_words(due: &Due, clock: &Clock) -> String {
    let day = due.day();
    let format = if day.year() == clock.today().year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    let words = day.strftime(format).to_string();
    match due {
        Due::Day(_) => words,
        Due::At(at) => format!("{words} {}", at.strftime("%H:%M")),
    }
}

/// Why what says when is left in the title.
fn find_reason_against(timing: &Timing, words: &[Word], clock: &Clock) -> Option<String> {
    if let Some((one, other)) = &timing.doubt {
        return Some(format!("“{one}” and “{other}” can't both be meant, so both are in the title."));
    }
    if let Some(nonexistent) = timing.when.as_ref().and_then(|when| when.nonexistent.as_deref()) {
        return Some(format!("There is no {nonexistent}, so it is in the title."));
    }
    if let Some(every) = timing.every.as_ref().filter(|every| every.times.is_some()) {
        return Some(format!("On which days is not said by “{}”, so it is in the title.", every.words()));
    }
    let left = timing.phrases.iter().find_map(|(_, taken)| {
        let beside = find_beside(words, taken.start, taken.end);
        let is_left = |at: &usize| !timing.phrases.iter().any(|(_, taken)| taken.contains(at));
        let at = beside.into_iter().flatten().filter(is_left).find(|at| says_when(words.get(*at), clock))?;
        Some((words.get(at)?.text.clone(), join(words.get(taken.clone())?)))
    });
    left.map(|(word, phrase)| format!("“{word}” stands beside “{phrase}”, so both are in the title."))
}

/// The words before and after these, where no punctuation stands between.
fn find_beside(words: &[Word], start: usize, end: usize) -> [Option<usize>; 2] {
    let is_open = |at: &usize| words.get(*at).is_some_and(|word| word.trail.is_empty());
    let before = start.checked_sub(1).filter(is_open);
    let after = end.checked_sub(1).filter(is_open).map(|_| end).filter(|after| *after < words.len());
    [before, after]
}

/// A word that says a day or a time by itself.
fn says_when(word: Option<&Word>, clock: &Clock) -> bool {
    let Some(word) = word.filter(|word| !word.quoted && !word.plain) else { return false };
    // Short names of days that are words of their own.
    if word.is(&["sun", "sat", "wed"]) {
        return false;
    }
    crate::grammar::phrase_at(std::slice::from_ref(word), clock, &ENGLISH, 0).is_some_and(|phrase| {
        phrase.end == 1 && !phrase.when.is_weak && (phrase.when.has_day() || phrase.when.time.is_some())
    })
}

/// What was read in one of several ways.
fn list_readings(when: &When) -> Vec<String> {
    let Some(day) = when.day else { return Vec::new() };
    let ambiguous =
        when.ambiguous.as_ref().map(|digits| format!("{digits} is read as {}.", day.strftime("%-d %B")));
    let mismatch =
        when.mismatch.map(|weekday| format!("{}, not a {weekday:?}.", day.strftime("%-d %B is a %A")));
    ambiguous.into_iter().chain(mismatch).collect()
}
