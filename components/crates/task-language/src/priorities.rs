//! Priorities: `urgent`, `high priority`, `p1`, `!!`, `low prio`, `important`.

use serde::Deserialize;

use crate::words::Word;

/// How much a task matters, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl Priority {
    /// The name in a tool's input.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Priority::Low => "low",
            Priority::Normal => "normal",
            Priority::High => "high",
            Priority::Urgent => "urgent",
        }
    }

    /// One step more.
    #[must_use]
    pub fn raised(self) -> Priority {
        match self {
            Priority::Low => Priority::Normal,
            Priority::Normal => Priority::High,
            Priority::High | Priority::Urgent => Priority::Urgent,
        }
    }

    /// One step less.
    #[must_use]
    pub fn lowered(self) -> Priority {
        match self {
            Priority::Urgent => Priority::High,
            Priority::High => Priority::Normal,
            Priority::Normal | Priority::Low => Priority::Low,
        }
    }
}

/// The priority that the words are, and nothing else: "urgent", "high priority", "p2", "very important".
pub fn whole(words: &[Word]) -> Option<Priority> {
    let words = match words.split_first() {
        Some((first, rest))
            if first.is(&["as", "to", "a", "an", "very", "really", "super", "top"]) && !rest.is_empty() =>
        {
            if first.is(&["top"]) {
                words
            } else {
                rest
            }
        }
        _ => words,
    };
    let (length, priority) = at(words).or_else(|| level(words.first()?).map(|priority| (1, priority)))?;
    let rest = words.get(length..)?;
    rest.iter()
        .all(|word| word.is(&["priority", "task", "tasks", "again", "now", "one", "ones"]))
        .then_some(priority)
}

/// A priority that the words begin with and that can hardly mean anything else, and how many words it takes.
pub fn at(words: &[Word]) -> Option<(usize, Priority)> {
    let first = words.first()?;
    let next_is_priority = words.get(1).is_some_and(|word| word.is(&["priority"]));
    match first.key.as_str() {
        "p1" | "!1" | "!urgent" => return Some((1, Priority::Urgent)),
        "p2" | "!2" | "!high" => return Some((1, Priority::High)),
        "p3" | "!3" | "!normal" | "!medium" => return Some((1, Priority::Normal)),
        "p4" | "!4" | "!low" => return Some((1, Priority::Low)),
        "high-priority" | "high-prio" => return Some((1, Priority::High)),
        "low-priority" | "low-prio" => return Some((1, Priority::Low)),
        "not" if words.get(1).is_some_and(|word| word.is(&["urgent", "important"])) => {
            return Some((2, Priority::Normal));
        }
        "no" if words.get(1).is_some_and(|word| word.is(&["rush", "hurry"])) => {
            return Some((2, Priority::Low));
        }
        "urgent" | "important" if !next_is_priority => {
            return Some((1, if first.key == "urgent" { Priority::Urgent } else { Priority::High }));
        }
        "priority" => {
            let of = usize::from(words.get(1).is_some_and(|word| word.is(&["is", "to", "of"])));
            return words.get(1 + of).and_then(level).map(|priority| (2 + of, priority));
        }
        _ => {}
    }
    if next_is_priority { level(first).map(|priority| (2, priority)) } else { None }
}

fn level(word: &Word) -> Option<Priority> {
    Some(match word.key.as_str() {
        "urgent" | "highest" | "top" | "critical" | "1" | "p1" => Priority::Urgent,
        "high" | "higher" | "important" | "2" | "p2" => Priority::High,
        "normal" | "medium" | "regular" | "default" | "3" | "p3" | "med" => Priority::Normal,
        "low" | "lower" | "lowest" | "4" | "p4" => Priority::Low,
        _ => return None,
    })
}

/// Takes the priority out of the words of a new task. "Urgent" and "important" count at either end only: in the middle
/// they belong to the title ("send urgent email to Bob").
pub fn take(words: &mut Vec<Word>) -> Option<Priority> {
    exclamation(words).or_else(|| at_an_end(words)).or_else(|| anywhere(words))
}

fn exclamation(words: &mut [Word]) -> Option<Priority> {
    let word = words.iter_mut().find(|word| word.trail.contains("!!"))?;
    let priority = if word.trail.contains("!!!") { Priority::Urgent } else { Priority::High };
    word.trail.retain(|c| c != '!');
    Some(priority)
}

fn anywhere(words: &mut Vec<Word>) -> Option<Priority> {
    let (start, length, priority) = (0..words.len()).find_map(|start| {
        let rest = words.get(start..)?;
        if rest.first()?.is(&["urgent", "important", "not", "no"]) {
            return None;
        }
        at(rest).map(|(length, priority)| (start, length, priority))
    })?;
    // "with high priority", "as a low priority"
    let lead = words
        .iter()
        .take(start)
        .rev()
        .take_while(|word| word.is(&["with", "as", "a", "at", "its", "set", "marked"]))
        .count();
    words.drain(start - lead..start + length);
    Some(priority)
}

fn at_an_end(words: &mut Vec<Word>) -> Option<Priority> {
    let first = words.first()?;
    if first.is(&["urgent", "important", "urgently", "asap"]) && words.len() > 1 {
        let priority = if first.is(&["important"]) { Priority::High } else { Priority::Urgent };
        words.remove(0);
        if words.first().is_some_and(|word| word.is(&["task", "todo", "reminder", "item"])) {
            words.remove(0);
        }
        return Some(priority);
    }
    let last = words.last()?;
    let priority = match last.key.as_str() {
        "urgent" | "asap" | "urgently" | "immediately" | "critical" => Priority::Urgent,
        "important" => Priority::High,
        "rush" | "hurry" => Priority::Low,
        _ => return None,
    };
    let led_by_no =
        words.len() >= 2 && words.get(words.len() - 2).is_some_and(|word| word.is(&["no", "not"]));
    if words.len() < 2 || (priority == Priority::Low && !led_by_no) {
        return None;
    }
    words.pop();
    let mut priority = priority;
    while words.len() > 1
        && let Some(lead) = words.last().filter(|word| {
            word.is(&[
                "its", "it", "is", "this", "thats", "very", "really", "super", "as", "marked", "mark",
                "make", "set", "not", "no", "quite", "pretty", "most",
            ])
        })
    {
        if lead.is(&["not", "no"]) {
            priority = Priority::Low;
        }
        words.pop();
    }
    Some(priority)
}
