//! Deletes many of the caller's tasks at once.

pub mod delete_tasks;

tool_bindings::export! { delete_tasks::delete_tasks(TaskSelection) -> BulkOutcome = delete_tasks::delete_tasks }
