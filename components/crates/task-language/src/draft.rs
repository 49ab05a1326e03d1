//! A new task as it was said: one reading of its words, and where each part of it stands.

use crate::clock::Clock;
use crate::grammar::PartOfDay;
use crate::priorities::Priority;
use crate::recurrence::Recurrence;
use crate::timing::{self, Timing};
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
    /// A reminder was asked for. Who reads requests says so: no part of a task does.
    pub remind: bool,
    /// Nobody asked for it to be added: it was only said. Who reads requests says so.
    pub is_implied: bool,
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
        let length = words.len();
        let chosen = taking(Part::When, &mut words, &mut spans, |words| take_when(words, clock));
        let priority =
            before_dates.or_else(|| taking(Part::Priority, &mut words, &mut spans, priorities::take));
        // A quoted title stands for itself; what is around it only says how and when.
        let quoted =
            words.first().filter(|word| word.quoted && words.len() == 1).map(|word| word.text.clone());
        // "that the oven is on": only what stood before a date can hang in the air.
        let at_end = chosen.phrases.iter().any(|(_, taken)| taken.end == length);
        let left = if at_end { without_loose_end(&words) } else { &words };
        let title = quoted.or_else(|| title(left))?;
        let when = chosen.when.map(|when| when.around(usual_part(&title)));
        labels.dedup();
        spans.sort_by_key(|span| span.start);
        let Timing { every, led, doubt, .. } = chosen;
        Some(Draft {
            title,
            notes,
            when,
            every,
            priority,
            labels,
            list,
            when_led: led,
            doubt,
            remind: false,
            is_implied: false,
            spans,
        })
    }

    /// Without the two days that could not both be meant: "call the vet today or tomorrow", when the day is known.
    #[must_use]
    pub fn without_doubt(&self) -> Draft {
        let draft = Draft { doubt: None, ..self.clone() };
        let Some((one, other)) = &self.doubt else { return draft };
        let Some((before, rest)) = self.title.split_once(one.as_str()) else { return draft };
        let Some((_, after)) = rest.split_once(other.as_str()) else { return draft };
        let left = words(&format!("{before} {after}"));
        Draft { title: title(without_loose_end(&left)).unwrap_or_else(|| self.title.clone()), ..draft }
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
pub(crate) fn usual_part(title: &str) -> Option<PartOfDay> {
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

/// Takes what says when out of the words.
fn take_when(words: &mut Vec<Word>, clock: &Clock) -> Timing {
    let timing = timing::read(words, clock);
    let mut at = 0;
    words.retain(|_| {
        at += 1;
        !timing.phrases.iter().any(|(_, taken)| taken.contains(&(at - 1)))
    });
    timing
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
