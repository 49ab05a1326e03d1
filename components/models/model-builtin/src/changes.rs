//! What was changed in a conversation, so that it can be taken back.

use serde_json::Value;

use crate::tasks::{Bulk, Task, TaskList};

/// A change that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Added(Task),
    Completed(Task),
    /// This was made open again.
    Reopened(Task),
    /// This was deleted; as it last was.
    Deleted(Task),
    /// These were deleted by one call.
    DeletedMany(Many),
    /// These were completed by one call.
    CompletedMany(Many),
    /// This list was made.
    ListAdded(TaskList),
    /// This list got another name.
    ListRenamed {
        list: TaskList,
        before: String,
    },
    /// The list of this name was deleted, which can't be taken back.
    ListDeleted(String),
    /// This was changed.
    Updated {
        before: Box<Task>,
        /// As it is now.
        after: Box<Task>,
    },
}

/// Tasks that one call changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Many {
    /// The ids that the answer named.
    pub ids: Vec<String>,
    pub count: u64,
}

impl Change {
    /// The ids of what was changed.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Change::Added(task)
            | Change::Completed(task)
            | Change::Reopened(task)
            | Change::Deleted(task) => {
                vec![&task.id]
            }
            Change::Updated { after, .. } => vec![&after.id],
            Change::DeletedMany(many) | Change::CompletedMany(many) => {
                many.ids.iter().map(String::as_str).collect()
            }
            Change::ListAdded(_) | Change::ListRenamed { .. } | Change::ListDeleted(_) => Vec::new(),
        }
    }

    /// The change that an answer of this tool tells, if it can be taken back.
    pub fn from_answer(tool: &str, answer: &Value) -> Option<Change> {
        let task = || Task::read(answer);
        match tool {
            "add_task" => task().map(Change::Added),
            "complete_task" => task().map(Change::Completed),
            "reopen_task" => task().map(Change::Reopened),
            "delete_task" => task().map(Change::Deleted),
            "add_list" => TaskList::read(answer).map(Change::ListAdded),
            "delete_list" => {
                answer.get("list").and_then(TaskList::read).map(|list| Change::ListDeleted(list.name))
            }
            "delete_tasks" => Bulk::read(answer).many().map(Change::DeletedMany),
            "complete_tasks" => Bulk::read(answer).many().map(Change::CompletedMany),
            _ => None,
        }
    }
}

/// The changes of each message that were not taken back, the latest last.
#[derive(Debug, Clone, Default)]
pub struct Changes(Vec<Vec<Change>>);

impl Changes {
    /// Notes what a message changed.
    pub fn push(&mut self, changes: Vec<Change>) {
        if !changes.is_empty() {
            self.0.push(changes);
        }
    }

    /// The latest.
    pub fn last(&self) -> &[Change] {
        self.0.last().map_or(&[], Vec::as_slice)
    }

    /// Forgets the latest, since they were taken back. A change and its reversal each make a new version of a task, so what
    /// was changed before can be taken back from the version that it has now.
    pub fn take_back(&mut self) {
        let Some(undone) = self.0.pop() else { return };
        for id in undone.iter().flat_map(Change::ids) {
            for earlier in self.0.iter_mut().flatten() {
                if let Change::Updated { after, .. } = earlier
                    && after.id == id
                {
                    after.version = after.version.map(|version| version.saturating_add(2));
                }
            }
        }
    }
}
