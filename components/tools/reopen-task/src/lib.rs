//! Makes one of the caller's done tasks open again.

use task_model::scope;
use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_rows::{ChangeParameters, ChangedTask, change_task, statement};
use user_database::Statement;

tool_bindings::export! { reopen_task::reopen_task(TaskRef) -> Task = reopen_task }

const STATEMENT: Statement<ChangeParameters, ChangedTask> = statement!("reopen_task.sql");

/// Makes one of the caller's done tasks open again. One that is open already stays as it is.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
async fn reopen_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    change_task(caller, &input, &STATEMENT).await
}
