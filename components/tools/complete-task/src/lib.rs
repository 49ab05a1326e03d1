//! Marks one of the caller's tasks as done.

use task_model::scope;
use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_rows::{ChangeParameters, ChangedTask, change_task, statement};
use user_database::Statement;

tool_bindings::export! { complete_task::complete_task(TaskRef) -> Task = complete_task }

const STATEMENT: Statement<ChangeParameters, ChangedTask> = statement!("complete_task.sql");

/// Marks one of the caller's tasks as done. One that is done already stays as it is.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
async fn complete_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    change_task(caller, &input, &STATEMENT).await
}
