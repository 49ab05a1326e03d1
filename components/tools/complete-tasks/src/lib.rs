//! Marks many of the caller's tasks as done at once.

pub mod complete_tasks;
pub mod moves;

tool_bindings::export! { complete_tasks::complete_tasks(TaskSelection) -> BulkOutcome = complete_tasks::complete_tasks }
