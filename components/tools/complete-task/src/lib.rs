//! Marks one of the caller's tasks as done.

mod complete_task;

tool_bindings::export! { complete_task::complete_task(TaskRef) -> Task = complete_task::complete_task }
