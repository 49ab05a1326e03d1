//! Adds a task to the caller's list.

tool_bindings::export! { add_task::add_task(NewTask) -> Task = task_addition::insert_task }
