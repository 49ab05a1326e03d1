//! Reads one of the caller's tasks.

mod select_task;

tool_bindings::export! { get_task::get_task(TaskKey) -> Task = select_task::select_task }
