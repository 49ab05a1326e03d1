//! The question before something that can't be taken back or changes many tasks: how it names the tasks, and how a yes is
//! held to what was shown. Chat and MCP ask in these words.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::text::{controls, reorders, shows_nothing};
use crate::types::BulkOutcome;

/// How many tasks a question names; of the others it says how many there are.
pub const MAX_NAMED: usize = 5;
/// How many characters of a title a question shows, the ellipsis included.
pub const MAX_QUOTED_CHARACTERS: usize = 80;
/// How many tasks one message may change one by one before the person is asked: a model that was talked into it would
/// write over the whole list.
pub const MAX_UNASKED_CHANGES: u32 = 3;
/// The member of an input by which a call says which version of a task it means.
const VERSION: &str = "version";

/// A title in quotation marks that nothing inside of it can close: a title is data, and may not write the question.
#[must_use]
pub fn quoted(title: &str) -> String {
    let one_line: String = title
        .chars()
        .filter_map(|character| match character {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' => Some('’'),
            // Emoji are put together with these.
            '\u{200D}' | '\u{FE0F}' => Some(character),
            breaking if breaking.is_whitespace() || controls(breaking) => Some(' '),
            hidden if reorders(hidden) || shows_nothing(hidden) => None,
            other => Some(other),
        })
        .collect();
    let words: Vec<&str> = one_line.split(' ').filter(|word| !word.is_empty()).collect();
    let mut text = words.join(" ");
    if let Some((cut, _)) = text.char_indices().nth(MAX_QUOTED_CHARACTERS) {
        text.truncate(cut);
        text.pop();
        text.push('…');
    }
    format!("“{text}”")
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first of these and how many more there are, as part of a list: of `count` things, `names` are known.
#[must_use]
pub fn first_of(count: u64, names: impl IntoIterator<Item = String>) -> String {
    let mut parts: Vec<String> = names.into_iter().take(MAX_NAMED).collect();
    let unnamed = count.saturating_sub(u64::try_from(parts.len()).unwrap_or(u64::MAX));
    if unnamed > 0 {
        parts.push(format!("{unnamed} more"));
    }
    listed(&parts)
}

/// "1 task", "61 tasks".
#[must_use]
pub fn counted(count: u64) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

/// What a question about many tasks showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// How many tasks one call changes.
    pub count: u64,
    /// How many more match, and are left to further calls.
    pub remaining: u64,
    /// The first of them, as they were.
    pub tasks: Vec<ShownTask>,
}

/// A task as a question showed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTask {
    /// Its id.
    pub id: String,
    /// Its version at that time.
    pub version: u64,
}

impl Shown {
    /// What a dry run shows; nothing where it would change nothing.
    #[must_use]
    pub fn from_dry_run(dry_run: &BulkOutcome) -> Option<Self> {
        let task = |task: &crate::types::Task| ShownTask { id: task.id.clone(), version: task.version };
        (dry_run.count > 0).then(|| Self {
            count: dry_run.count.into(),
            remaining: dry_run.remaining.into(),
            tasks: dry_run.tasks.iter().map(task).collect(),
        })
    }

    /// Whether a call that would now do this does no more than what was shown: no more tasks, and the tasks that
    /// were named as they were then. That some are gone meanwhile is no reason to ask again.
    #[must_use]
    pub fn covers(&self, dry_run: &BulkOutcome) -> bool {
        let matching = u64::from(dry_run.count) + u64::from(dry_run.remaining);
        let unchanged = |task: &crate::types::Task| {
            self.tasks.iter().all(|shown| shown.id != task.id || shown.version == task.version)
        };
        matching <= self.count + self.remaining && dry_run.tasks.iter().all(unchanged)
    }
}

/// "delete 61 tasks: “a”, “b” and 59 more"; of more than one call can change, how many it does.
#[must_use]
pub fn deed_with_many(verb: &str, dry_run: &BulkOutcome) -> String {
    let (count, remaining) = (u64::from(dry_run.count), u64::from(dry_run.remaining));
    let named = first_of(count, dry_run.tasks.iter().map(|task| quoted(&task.title)));
    match remaining {
        0 => format!("{verb} {}: {named}", counted(count)),
        more => format!("{verb} the first {count} of {}: {named}", counted(count + more)),
    }
}

/// Holds a call to the version of a task that was shown.
pub fn pin_version(arguments: &mut Map<String, Value>, version: u64) {
    arguments.insert(VERSION.to_owned(), version.into());
}

/// Holds a call to the tasks that a dry run found, where it named them all. Where it did not, what was [`Shown`] has to be
/// compared once more before the call is made.
pub fn pin_ids(arguments: &mut Map<String, Value>, dry_run: &BulkOutcome) {
    if dry_run.remaining > 0 || usize::try_from(dry_run.count) != Ok(dry_run.ids.len()) {
        return;
    }
    let mut filter = arguments.get("filter").and_then(Value::as_object).cloned().unwrap_or_default();
    filter.insert("ids".to_owned(), dry_run.ids.clone().into());
    arguments.insert("filter".to_owned(), filter.into());
}

#[cfg(test)]
mod tests;
