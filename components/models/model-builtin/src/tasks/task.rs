//! A task, read from a tool's answer.

use serde::Deserialize;
use serde_json::Value;
pub use task_language::Priority;

/// What the rules need to know of a task. More lenient than the record of `todo:types`: history may hold answers of
/// an older version.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Task {
    pub id: String,
    /// What is to be done.
    #[serde(default)]
    pub title: String,
    /// Anything longer.
    #[serde(default)]
    pub notes: Option<String>,
    /// A full-date, or a date-time with its offset.
    #[serde(default)]
    pub due: Option<String>,
    /// The IANA time zone that it is due in.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// How much it matters.
    #[serde(default)]
    pub priority: Priority,
    /// Lower-case labels.
    #[serde(default)]
    pub labels: Vec<String>,
    /// The list that it is in; absent when it is in the inbox.
    #[serde(default)]
    pub list_id: Option<String>,
    /// That list's name.
    #[serde(default)]
    pub list: Option<String>,
    /// How it repeats, as the tools answer it; absent when it does not.
    #[serde(default)]
    pub recurrence: Option<Value>,
    /// When it was completed; absent while it is open.
    #[serde(default)]
    pub completed_at: Option<String>,
    /// Goes up with each change.
    #[serde(default)]
    pub version: Option<u64>,
}

impl Task {
    pub fn is_done(&self) -> bool {
        self.completed_at.is_some()
    }

    /// How it repeats, in words: "every Friday".
    pub fn repeats(&self) -> Option<&str> {
        self.recurrence.as_ref()?.get("words")?.as_str()
    }

    /// Reads one task; `None` when the answer is none.
    pub fn read(answer: &Value) -> Option<Task> {
        Task::deserialize(answer).ok()
    }
}

/// Some tasks, and where to go on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    pub items: Vec<Task>,
    /// For the next page.
    pub next_cursor: Option<String>,
}

impl Page {
    /// Reads a list's or a search's answer. What can't be read is left out.
    pub fn read(answer: &Value) -> Page {
        let items = answer.get("items").and_then(Value::as_array);
        Page {
            items: items.into_iter().flatten().filter_map(Task::read).collect(),
            next_cursor: answer.get("next_cursor").and_then(Value::as_str).map(str::to_owned),
        }
    }
}

/// What a change of many did.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Bulk {
    /// Nothing was changed.
    pub dry_run: bool,
    /// How many tasks were changed.
    pub count: u64,
    /// How many more match.
    pub remaining: u64,
    /// The ids of the first of them.
    pub ids: Vec<String>,
    /// The first of them.
    pub tasks: Vec<Task>,
}

impl Bulk {
    /// Reads an answer. One that can't be read changed nothing.
    pub fn read(answer: &Value) -> Bulk {
        Bulk::deserialize(answer).unwrap_or_default()
    }

    /// What was changed, to be taken back.
    pub fn many(&self) -> Option<crate::changes::Many> {
        let changed = !self.dry_run && self.count > 0 && !self.ids.is_empty();
        changed.then(|| crate::changes::Many { ids: self.ids.clone(), count: self.count })
    }
}
