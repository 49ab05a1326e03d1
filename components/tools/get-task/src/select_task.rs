//! Reads the task.

use task_model::types::{Caller, Task, TaskKey, ToolError};
use task_model::{id, invalid, scope};
use task_rows::{TaskRow, statement};
use user_database::{Parameter, Statement, UserDatabase, parameters};

parameters! {
    struct SelectTask { id }
}

const STATEMENT: Statement<SelectTask, TaskRow> = statement!("select_task.sql");

/// Reads one of the caller's tasks.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; unavailable or internal by the database.
pub async fn select_task(caller: &Caller, input: TaskKey) -> Result<Task, ToolError> {
    scope::require(caller, scope::READ)?;
    let id = id::id(&input.id).map_err(|error| invalid("/id", error))?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = SelectTask { id: Parameter::Uuid(id.to_string()) };
    let TaskRow(task) = database.at_most_one(&STATEMENT, parameters).await?.ok_or(ToolError::NotFound)?;
    Ok(task)
}
