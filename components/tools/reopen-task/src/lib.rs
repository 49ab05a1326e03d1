//! Reopens a task.
