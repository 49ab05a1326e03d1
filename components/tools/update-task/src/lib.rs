//! Changes a task.
