//! What is to be done with tasks, once it is known which.

use crate::tasks::Priority;
use task_language::{Length, Recurrence, When};

/// What is to be done with tasks.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskAction {
    /// Mark as done.
    Complete,
    /// Make open again.
    Reopen,
    Delete,
    /// Tell all about it.
    Show,
    /// A new title.
    Rename(String),
    /// A new title that was not said yet.
    AskNewTitle,
    /// Another due date.
    Reschedule(DueChange),
    /// Another priority.
    Prioritise(PriorityChange),
    /// Other labels.
    Label(LabelChange),
    /// Other notes.
    Note(NoteChange),
    /// Another list.
    MoveTo(ListChoice),
    /// Another way to repeat.
    Repeat(RepeatChange),
    /// To the next occurrence, without being done.
    Skip,
    /// A reminder, so many minutes before it is due.
    Remind(u32),
    /// No reminders any more.
    CancelReminders,
}

/// A list, as it was named; and which one it is, once that is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListChoice {
    pub name: String,
    /// Its id, or `inbox`.
    pub id: Option<String>,
    /// No list was spoken of as such: "what's in work".
    pub is_guess: bool,
}

/// What the tasks that are in no list are in.
pub const INBOX: &str = "inbox";

impl ListChoice {
    /// The list of this name; the inbox is known by it.
    pub fn named(name: &str) -> ListChoice {
        let id = (name == INBOX).then(|| INBOX.to_owned());
        ListChoice { name: name.to_owned(), id, is_guess: false }
    }

    pub fn is_inbox(&self) -> bool {
        self.id.as_deref() == Some(INBOX)
    }

    /// There is no list of this name.
    pub fn is_missing(&self) -> bool {
        self.id.is_none()
    }

    /// Its name as a label.
    pub fn as_label(&self) -> String {
        self.name.split_whitespace().collect::<Vec<_>>().join("-")
    }
}

/// How it repeats from now on.
#[derive(Debug, Clone, PartialEq)]
pub enum RepeatChange {
    /// By this rule, first when this says.
    To(Box<Recurrence>, Box<When>),
    Stop,
}

/// How a due date changes.
#[derive(Debug, Clone, PartialEq)]
pub enum DueChange {
    To(When),
    /// By this much, to this time of day if one was said.
    By(Length, Option<When>),
    /// Away.
    ClearDue,
    /// Later; how much was not said.
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PriorityChange {
    To(Priority),
    Up,
    /// One less.
    Down,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LabelChange {
    /// These too.
    Add(Vec<String>),
    /// Without these.
    Remove(Vec<String>),
    Clear,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NoteChange {
    /// This too.
    Add(String),
    Clear,
}
