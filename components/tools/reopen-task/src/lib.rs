//! Makes one of the caller's done tasks open again.

mod reopen_task;

tool_bindings::export! { reopen_task::reopen_task(TaskRef) -> Task = reopen_task::reopen_task }
