//! A new task as it was said: one reading of its words, and where each part of it stands.

use crate::clock::Clock;
use crate::grammar::{PartOfDay, Phrase};
use crate::priorities::Priority;
use crate::recurrence::Recurrence;
use crate::selection::{choose, find};
use crate::titles::{title, without_loose_end};
use crate::when::When;
use crate::words::{Word, join, words};
use crate::{labels, notes, priorities};

/// A part of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// When it is due, and how it repeats.
    When,
    Priority,
    Labels,
    List,
    Notes,
}

/// Where a part stands: its first character and the one after its last, counted from the start of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub part: Part,
    pub start: usize,
    pub end: usize,
}

/// The name of a list.
pub type ListName = String;

/// A new task as it was said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// What is to be done: every word that is no other part.
    pub title: String,
    /// Anything longer.
    pub notes: Option<String>,
    pub when: Option<When>,
    /// How it repeats.
    pub every: Option<Recurrence>,
    /// How much it matters.
    pub priority: Option<Priority>,
    pub labels: Vec<String>,
    /// The list that it belongs on; none for "my list", which is all tasks.
    pub list: Option<ListName>,
    /// What said when stood before the title, and so may be meant for the tasks that follow too.
    pub when_led: bool,
    /// Two days or times that can't both be meant; both were left in the title.
    pub doubt: Option<(String, String)>,
    /// Where what was used stands; all else is the title.
    pub spans: Vec<Span>,
}

impl Draft {
    /// Reads what was typed as one new task.
    #[must_use]
    pub fn parse(typed: &str, clock: &Clock) -> Option<Draft> {
        Draft::read(&words(typed), clock)
    }

    /// Takes the words of one new task apart; `None` when no title is left.
    #[must_use]
    pub fn read(said: &[Word], clock: &Clock) -> Option<Draft> {
        let mut words = said.to_vec();
        let mut spans = Vec::new();
        let notes = taking(Part::Notes, &mut words, &mut spans, notes::take);
        let mut labels = taking(Part::Labels, &mut words, &mut spans, labels::take);
        let list = taking(Part::List, &mut words, &mut spans, take_list);
        let before_dates = taking(Part::Priority, &mut words, &mut spans, priorities::take);
        let chosen = taking(Part::When, &mut words, &mut spans, |words| take_when(words, clock));
        let priority =
            before_dates.or_else(|| taking(Part::Priority, &mut words, &mut spans, priorities::take));
        // A quoted title stands for itself; what is around it only says how and when.
        let quoted = words.first().filter(|word| word.quoted).map(|word| word.text.clone());
        let left = if chosen.when.is_some() { without_loose_end(&words) } else { &words };
        let title = quoted.or_else(|| title(left))?;
        let when = chosen.when.map(|when| when.around(usual_part(&title)));
        labels.dedup();
        spans.sort_by_key(|span| span.start);
        let Chosen { every, led, doubt, .. } = chosen;
        Some(Draft { title, notes, when, every, priority, labels, list, when_led: led, doubt, spans })
    }

    /// When it is due: of a repetition, the first time.
    #[must_use]
    pub fn first(&self, clock: &Clock) -> Option<When> {
        match &self.every {
            Some(every) => {
                let when = every.first(&self.when.clone().unwrap_or_default(), clock);
                (when.has_day() || when.has_time()).then_some(when)
            }
            None => self.when.clone(),
        }
    }
}

/// Takes a part out of the words, and notes where it stood.
fn taking<T>(
    part: Part,
    words: &mut Vec<Word>,
    spans: &mut Vec<Span>,
    take: impl FnOnce(&mut Vec<Word>) -> T,
) -> T {
    let before = words.clone();
    let taken = take(words);
    let mut goes_on = false;
    for word in before {
        let is_kept = words.iter().any(|kept| kept.start == word.start);
        match spans.last_mut().filter(|_| goes_on) {
            _ if is_kept => {}
            Some(span) => span.end = word.end,
            None => spans.push(Span { part, start: word.start, end: word.end }),
        }
        goes_on = !is_kept;
    }
    taken
}

/// The part of the day that a task belongs to by its name: dinner at 8 is in the evening.
fn usual_part(title: &str) -> Option<PartOfDay> {
    const EVENING: &[&str] = &[
        "dinner", "supper", "drinks", "party", "movie", "cinema", "concert", "theatre", "theater", "pub",
        "opera",
    ];
    const MORNING: &[&str] = &["breakfast", "brunch", "wake", "alarm"];
    let says = |names: &[&str]| title.to_lowercase().split_whitespace().any(|word| names.contains(&word));
    match (says(EVENING), says(MORNING)) {
        (true, false) => Some(PartOfDay::Evening),
        (false, true) => Some(PartOfDay::Morning),
        _ => None,
    }
}

#[derive(Default)]
struct Chosen {
    when: Option<When>,
    every: Option<Recurrence>,
    led: bool,
    doubt: Option<(String, String)>,
}

fn take_when(words: &mut Vec<Word>, clock: &Clock) -> Chosen {
    let choice = choose(words, clock);
    let text = |phrase: &Phrase| join(words.get(phrase.start..phrase.end).unwrap_or_default());
    let doubt = choice.doubt.as_ref().map(|(a, b)| (text(a), text(b)));
    let mut chosen = Chosen { doubt, ..Chosen::default() };
    for phrase in &choice.phrases {
        let when = chosen.when.take().unwrap_or_default();
        chosen.when = when.and(&phrase.when).or(Some(when));
        chosen.every = chosen.every.take().or_else(|| phrase.every.clone());
        chosen.led |= words.iter().take(phrase.start).all(|word| word.is(&["to", "that"]));
    }
    // "monday to friday" without a time is a stretch of days, that begins with the first of them.
    let says = |names: &[&str]| {
        choice.phrases.iter().any(|phrase| {
            words.get(phrase.start..phrase.end).unwrap_or_default().iter().any(|word| word.is(names))
        })
    };
    let stretch = chosen.every.as_ref().is_some_and(|every| every.weekdays.len() > 1)
        && says(&["to", "through", "until", "thru"]);
    if stretch && !says(&["every", "each"]) && !chosen.when.as_ref().is_some_and(When::has_time) {
        let days = chosen
            .every
            .take()
            .map(|every| Recurrence { weekdays: every.weekdays.into_iter().take(1).collect(), ..every });
        chosen.when = days.map(|first| first.first(&When::default(), clock));
    }
    let mut taken: Vec<(usize, usize)> =
        choice.phrases.iter().map(|phrase| (phrase.start, phrase.end)).collect();
    if let (Some(every), Some(phrase)) =
        (chosen.every.as_mut(), choice.phrases.iter().find(|phrase| phrase.every.is_some()))
    {
        let more = after_completion(words.get(phrase.end..).unwrap_or_default());
        every.from_completion = more > 0;
        taken.push((phrase.end, phrase.end + more));
    }
    let mut at = 0;
    words.retain(|_| {
        at += 1;
        !taken.iter().any(|(start, end)| (*start..*end).contains(&(at - 1)))
    });
    chosen
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

/// "+groceries", "… to the hardware store list". "My list" names none.
fn take_list(words: &mut Vec<Word>) -> Option<ListName> {
    if let Some(at) = words.iter().position(|word| {
        !word.quoted
            && word.key.len() > 1
            && word.key.starts_with('+')
            && word.key.chars().skip(1).all(|c| c.is_alphabetic() || c == '-' || c == '_')
    }) {
        let name = words.remove(at).key;
        return name.strip_prefix('+').map(str::to_owned);
    }
    let end = words.iter().rposition(|word| word.is(&["list", "lists"])).filter(|end| *end > 2)?;
    let start = words.iter().take(end).rposition(|word| word.is(&["to", "on", "onto", "in", "into"]))?;
    let name = words.get(start + 2..end)?;
    let owned = words.get(start + 1)?.is(&["the", "my", "our", "a"]);
    if start == 0 || !owned || name.len() > 3 {
        return None;
    }
    let name = list_name(&join(name));
    words.drain(start..=end);
    name
}

/// A list by its name; "todo" and the like are no names.
#[must_use]
pub fn list_name(name: &str) -> Option<ListName> {
    let name = name.to_lowercase();
    let plain = matches!(
        name.as_str(),
        "" | "to do" | "todo" | "to-do" | "task" | "tasks" | "todos" | "whole" | "entire"
    );
    (!plain).then_some(name)
}
