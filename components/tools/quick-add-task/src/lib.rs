//! Adds a task by a line of text, or shows what would be added.

mod arguments;
mod draft;
mod quick_add;

tool_bindings::export! { quick_add_task::quick_add_task(QuickAddition) -> QuickAddOutcome = quick_add::quick_add_task }
