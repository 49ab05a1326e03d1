//! Deletes a task.
