//! Which tasks, in which order, and the input of `list_tasks` for it.

use serde_json::{Map, Value, json};

use super::ListChoice;
use super::ranges::Range;
use crate::tasks::Priority;

/// Which tasks by completion.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Status {
    /// Those to do.
    #[default]
    Open,
    Done,
    /// Both.
    All,
}

/// An order that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sort {
    /// Soonest due first.
    Due,
    /// Most urgent first.
    Priority,
    Title,
    /// Last added first.
    Newest,
    /// First added first.
    Oldest,
}

/// Which tasks, in which order. All filters hold together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// By completion.
    pub status: Status,
    /// Past their due time.
    pub overdue: bool,
    pub priority: Option<Priority>,
    pub label: Option<String>,
    /// In this list.
    pub list: Option<ListChoice>,
    /// With these words.
    pub text: Option<String>,
    /// Due, or done, in these days.
    pub range: Option<Range>,
    /// Not due at all.
    pub undated: bool,
    /// Without any label.
    pub unlabelled: bool,
    /// With a due date.
    pub dated: bool,
    /// Those that come again.
    pub repeating: bool,
    /// With this label, or this word: "all shopping".
    pub about: Option<String>,
    /// Without those that these words describe.
    pub except: Vec<Vec<String>>,
    /// The order.
    pub sort: Option<Sort>,
}

impl Listing {
    /// The list must be filtered here, because the tool has no such filter.
    pub fn is_filtered_here(&self) -> bool {
        self.undated
            || self.unlabelled
            || self.dated
            || self.repeating
            || self.about.is_some()
            || !self.except.is_empty()
            || (self.status == Status::Done && self.range.is_some())
    }

    /// Which tasks, as `list_tasks`, `complete_tasks` and `delete_tasks` take it.
    pub fn selection(&self) -> Map<String, Value> {
        let mut filter = Map::new();
        let mut set = |name: &str, value: Value| filter.insert(name.to_owned(), value);
        let status = match self.status {
            Status::Open => "open",
            Status::Done => "done",
            Status::All => "all",
        };
        set("status", json!(status));
        if let Some(range) = self.range.as_ref().filter(|_| self.status != Status::Done) {
            if let Some(from) = range.from {
                set("due_after", json!(from.to_string()));
            }
            if let Some(before) = range.before {
                set("due_before", json!(before.to_string()));
            }
        }
        if self.overdue {
            set("overdue", json!(true));
        }
        if let Some(label) = &self.label {
            set("label", json!(label));
        }
        if let Some(id) = self.list.as_ref().and_then(|list| list.id.as_ref()) {
            set("list", json!(id));
        }
        if let Some(priority) = self.priority {
            set("priority", json!(priority.name()));
        }
        if let Some(text) = &self.text {
            set("text", json!(text));
        }
        filter
    }

    /// The input of `list_tasks`.
    pub fn query(&self, limit: u32) -> Value {
        let mut query = self.selection();
        let mut set = |name: &str, value: Value| query.insert(name.to_owned(), value);
        let (sort, descending) = match self.sort {
            Some(Sort::Due) => (Some("due"), false),
            Some(Sort::Priority) => (Some("priority"), false),
            Some(Sort::Title) => (Some("title"), false),
            Some(Sort::Oldest) => (Some("created"), false),
            Some(Sort::Newest) => (Some("created"), true),
            None if self.status == Status::Done => (Some("updated"), true),
            None => (None, false),
        };
        if let Some(sort) = sort {
            set("sort", json!(sort));
        }
        if descending {
            set("direction", json!("descending"));
        }
        set("limit", json!(limit));
        Value::Object(query)
    }
}
