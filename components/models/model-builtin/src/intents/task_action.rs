//! What is to be done with tasks, once it is known which.

use crate::tasks::Priority;
use task_language::{Length, When};

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
