//! Adds a task to the caller's list.

mod arguments;
mod insert_task;
mod quota;

tool_bindings::export! { add_task::add_task(NewTask) -> Task = insert_task::insert_task }
