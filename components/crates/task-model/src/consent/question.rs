//! The sentence that asks, and what it is made of.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::shown::NAMING;
use crate::text::{is_bidi_control, is_control, is_invisible};
use crate::types::BulkOutcome;

/// How many tasks a question names; of the others it says how many there are.
pub const MAX_NAMED: usize = 5;
/// How many characters of a title a question shows, the ellipsis included.
pub const MAX_TITLE_CHARACTERS: usize = 80;

/// What a call would do, as a question says it. With the question it goes to the client, which may have several to ask at
/// once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Action {
    /// Something with one task.
    Task {
        /// What is done to it.
        verb: String,
        /// Its id.
        id: String,
        /// Its title, if the caller may know it.
        title: Option<String>,
        /// How many tasks below it, at any depth, go with it.
        #[serde(default)]
        subtasks: u32,
        /// The call's input, which says what it becomes.
        input: Map<String, Value>,
    },
    /// Something with one list.
    List {
        /// What is done to it.
        verb: String,
        /// Its id.
        id: String,
        /// Its name, if the caller may know it.
        name: Option<String>,
        /// How many open tasks go to the inbox with it, if the caller may know it; none where it stays.
        released: Option<u32>,
        /// The call's input, which says what it becomes.
        input: Map<String, Value>,
    },
    /// Something with many tasks.
    Tasks {
        /// What is done to them.
        verb: String,
        /// How many one call changes.
        count: u64,
        /// How many more match, and are left to further calls.
        remaining: u64,
        /// The titles of the first of them.
        titles: Vec<String>,
    },
    /// Something of which nothing is known but the call.
    Call {
        /// The tool's name for people.
        title: String,
        /// The call's input.
        input: Map<String, Value>,
    },
}

impl Action {
    /// What a dry run found that a call would do.
    #[must_use]
    pub fn with_many(verb: &str, dry_run: &BulkOutcome) -> Self {
        Self::Tasks {
            verb: verb.to_owned(),
            count: dry_run.count.into(),
            remaining: dry_run.remaining.into(),
            titles: dry_run.tasks.iter().take(MAX_NAMED).map(|task| task.title.clone()).collect(),
        }
    }

    /// Whether both do the same to one task each.
    fn is_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Task { verb, .. }, Self::Task { verb: same, .. }) if verb == same)
    }
}

/// "delete the task “Milk”": the end of "this would …", and of the question about this alone.
impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Task { verb, title: Some(title), subtasks, input, .. } => {
                write!(formatter, "{verb} the task {}{}{}", quoted(title), along(*subtasks), becomes(input))
            }
            Self::Task { verb, id, title: None, input, .. } => {
                write!(formatter, "{verb} the task with the id {}{}", quoted(id), becomes(input))
            }
            Self::List { verb, id, name, released, input } => {
                match name {
                    Some(name) => write!(formatter, "{verb} the list {}", quoted(name))?,
                    None => write!(formatter, "{verb} the list with the id {}", quoted(id))?,
                }
                match released {
                    None | Some(0) => {}
                    Some(1) => write!(formatter, " and put its open task into the inbox")?,
                    Some(count) => write!(formatter, " and put its {count} open tasks into the inbox")?,
                }
                write!(formatter, "{}", becomes(input))
            }
            Self::Tasks { verb, count, remaining, titles } => {
                let named = first_of(*count, titles.iter().map(|title| quoted(title)));
                match remaining {
                    0 => write!(formatter, "{verb} {}: {named}", counted(*count)),
                    more => {
                        write!(formatter, "{verb} the first {count} of {}: {named}", counted(count + more))
                    }
                }
            }
            Self::Call { title, input } => write!(formatter, "run {}{}", quoted(title), members(input, &[])),
        }
    }
}

/// The question whether all of this is to be done. A yes does every part, so every part is counted, and the first are named.
#[must_use]
pub fn question(actions: &[Action]) -> String {
    let mut alike: Vec<Vec<&Action>> = Vec::new();
    for action in actions {
        match alike.iter_mut().find(|others| others.iter().any(|other| other.is_like(action))) {
            Some(others) => others.push(action),
            None => alike.push(vec![action]),
        }
    }
    let parts: Vec<String> = alike.iter().map(|actions| part(actions)).collect();
    let action = match parts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        // Parts are lists themselves, so a comma parts the last one as well.
        [others @ .., last] => format!("{}, and {last}", others.join(", ")),
    };
    format!("Do you want to {action}?")
}

/// What is done by one call, or by several that do the same to one task each.
fn part(actions: &[&Action]) -> String {
    let named = actions.iter().filter_map(|action| match action {
        Action::Task { title: Some(title), subtasks, input, .. } => {
            Some(format!("{}{}{}", quoted(title), along(*subtasks), becomes(input)))
        }
        Action::Task { title: None, id, input, .. } => {
            Some(format!("the one with the id {}{}", quoted(id), becomes(input)))
        }
        Action::List { .. } | Action::Tasks { .. } | Action::Call { .. } => None,
    });
    match actions {
        [only] => only.to_string(),
        [Action::Task { verb, .. }, ..] => {
            let count = u64::try_from(actions.len()).unwrap_or(u64::MAX);
            format!("{verb} these {}: {}", counted(count), first_of(count, named))
        }
        others => listed(&others.iter().map(ToString::to_string).collect::<Vec<_>>()),
    }
}

/// " with its 3 subtasks": what goes with a task.
fn along(subtasks: u32) -> String {
    match subtasks {
        0 => String::new(),
        1 => " with its subtask".to_owned(),
        count => format!(" with its {count} subtasks"),
    }
}

/// " (title: “Oat milk”)": what a task becomes; nothing where the input only names it.
fn becomes(input: &Map<String, Value>) -> String {
    members(input, &NAMING)
}

/// " (title: “Oat milk”)"
fn members(input: &Map<String, Value>, unsaid: &[&str]) -> String {
    let said: Vec<String> = input
        .iter()
        .filter(|(name, _)| !unsaid.contains(&name.as_str()))
        .map(|(name, value)| format!("{}: {}", name.replace('_', " "), worded(value)))
        .collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

/// A value from a model, so that it can't write the question either.
fn worded(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => listed(&values.iter().map(worded).collect::<Vec<_>>()),
        other => quoted(&other.to_string()),
    }
}

/// A title in quotation marks that nothing inside of it can close: a title is data, and may not write the question.
#[must_use]
pub fn quoted(title: &str) -> String {
    let one_line: String = title
        .chars()
        .filter_map(|character| match character {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' => Some('’'),
            // Emoji are put together with these.
            '\u{200D}' | '\u{FE0F}' => Some(character),
            breaking if breaking.is_whitespace() || is_control(breaking) => Some(' '),
            hidden if is_bidi_control(hidden) || is_invisible(hidden) => None,
            other => Some(other),
        })
        .collect();
    let words: Vec<&str> = one_line.split(' ').filter(|word| !word.is_empty()).collect();
    let mut text = words.join(" ");
    if let Some((cut, _)) = text.char_indices().nth(MAX_TITLE_CHARACTERS) {
        text.truncate(cut);
        text.pop();
        text.push('…');
    }
    format!("“{text}”")
}

/// "a", "a and b", "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first of these and how many more there are, as part of a list: of `count` things, `names` are known.
fn first_of(count: u64, names: impl IntoIterator<Item = String>) -> String {
    let mut parts: Vec<String> = names.into_iter().take(MAX_NAMED).collect();
    let unnamed = count.saturating_sub(u64::try_from(parts.len()).unwrap_or(u64::MAX));
    if unnamed > 0 {
        parts.push(format!("{unnamed} more"));
    }
    listed(&parts)
}

/// "1 task", "61 tasks".
fn counted(count: u64) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}
