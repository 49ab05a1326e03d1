//! Marks many of the caller's tasks as done at once.
#![allow(
    long_running_const_eval,
    reason = "the compiler fills and checks the statement, which is long, once for each variant"
)]

pub mod complete_tasks;
pub mod moves;

tool_bindings::export! { complete_tasks::complete_tasks(TaskSelection) -> BulkOutcome = complete_tasks::complete_tasks }
