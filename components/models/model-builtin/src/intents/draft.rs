//! A new task as it was said.

use crate::clock::Clock;
use crate::dates::{Part, When, find};
use crate::details::{labels, notes, priorities, repetition};
use crate::tasks::Priority;
use crate::text::Word;
use crate::titles::{title, without_loose_end};

/// A new task as it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What is to be done.
    pub title: String,
    /// Anything longer.
    pub notes: Option<String>,
    pub when: Option<When>,
    /// How much it matters.
    pub priority: Option<Priority>,
    pub labels: Vec<String>,
    /// It was asked to repeat.
    pub repeats: bool,
    /// What said when stood before the title, and so may be meant for the tasks that follow too.
    pub when_led: bool,
}

impl Draft {
    /// Takes the words of one new task apart; `None` when no title is left.
    pub fn read(said: &[Word], clock: &Clock) -> Option<Draft> {
        let mut words = said.to_vec();
        let notes = notes::take(&mut words);
        let repeats = repetition::take(&mut words);
        let labels = labels::take(&mut words);
        let before_dates = priorities::take(&mut words);
        let (when, when_led) = take_when(&mut words, clock);
        let priority = before_dates.or_else(|| priorities::take(&mut words));
        // A quoted title stands for itself; what is around it only says how and when.
        let quoted = words.first().filter(|word| word.quoted).map(|word| word.text.clone());
        let left = if when.is_some() { without_loose_end(&words) } else { &words };
        let title = quoted.or_else(|| title(left))?;
        let when = when.map(|when| when.around(usual_part(&title)));
        Some(Draft { title, notes, when, priority, labels, repeats, when_led })
    }
}

/// The part of the day that a task belongs to by its name: dinner at 8 is in the evening.
fn usual_part(title: &str) -> Option<Part> {
    const EVENING: &[&str] = &[
        "dinner", "supper", "drinks", "party", "movie", "cinema", "concert", "theatre", "theater", "pub",
        "opera",
    ];
    const MORNING: &[&str] = &["breakfast", "brunch", "wake", "alarm"];
    let says = |names: &[&str]| title.to_lowercase().split_whitespace().any(|word| names.contains(&word));
    match (says(EVENING), says(MORNING)) {
        (true, false) => Some(Part::Evening),
        (false, true) => Some(Part::Morning),
        _ => None,
    }
}

/// Takes what says when out of the words. What stands at the end counts first, then at the start, then what can hardly
/// mean anything else: "prepare monday meeting tomorrow" is for tomorrow.
fn take_when(words: &mut Vec<Word>, clock: &Clock) -> (Option<When>, bool) {
    let spans = find(words, clock);
    let covered: usize = spans.iter().map(|span| span.end - span.start).sum();
    if covered >= words.len() {
        return (None, false);
    }
    let end = words.len();
    let start = words.iter().take_while(|word| word.is(&["to", "that"])).count();
    let last = spans.iter().rposition(|span| span.end == end);
    let first = spans.iter().position(|span| span.start <= start);
    let strong = spans.iter().rposition(|span| span.strong);
    let Some(primary) = last.or(first).or(strong) else {
        return (None, false);
    };
    let mut chosen = vec![primary];
    let Some(mut when) = spans.get(primary).map(|span| span.when.clone()) else {
        return (None, false);
    };
    // "tomorrow call mom at 6pm": a day here, a time there.
    for (at, span) in spans.iter().enumerate() {
        let edge = span.start <= start || span.end == end;
        if at != primary
            && (span.strong || edge)
            && let Some(both) = when.and(&span.when)
        {
            when = both;
            chosen.push(at);
        }
    }
    let led = first.is_some_and(|first| chosen.contains(&first));
    let spans: Vec<_> =
        spans.iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, span)| span).collect();
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    for (at, word) in words.drain(..).enumerate() {
        let gone = spans.iter().any(|span| (span.start..span.end).contains(&at));
        if !gone {
            kept.push(word);
        }
    }
    *words = kept;
    (Some(when), led)
}
