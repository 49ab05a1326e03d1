//! Completes a task.
