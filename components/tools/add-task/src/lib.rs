//! Adds a task.
