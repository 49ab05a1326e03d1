//! Deletes one of the caller's tasks.

use task_model::scope;
use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_rows::{ChangeParameters, ChangedTask, change_task, statement};
use user_database::Statement;

tool_bindings::export! { delete_task::delete_task(TaskRef) -> Task = delete_task }

const STATEMENT: Statement<ChangeParameters, ChangedTask> = statement!("delete_task.sql");

/// Deletes one of the caller's tasks with all that is below it, and answers it as it last was.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
async fn delete_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::DELETE)?;
    change_task(caller, &input, &STATEMENT).await
}
