//! Deletes one of the caller's tasks.

mod delete_task;

tool_bindings::export! { delete_task::delete_task(TaskRef) -> Task = delete_task::delete_task }
