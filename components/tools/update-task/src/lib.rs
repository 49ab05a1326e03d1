//! Changes fields of one of the caller's tasks.

mod arguments;
mod recurrence;
mod update_task;

tool_bindings::export! { update_task::update_task(TaskChanges) -> Task = update_task::update_task }
