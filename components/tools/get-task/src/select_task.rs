//! Reads the task.

use task_model::types::{Caller, Task, TaskKey, ToolError};
use task_model::{id, invalid, scope};
use task_rows::task;
use user_database::{Parameter, Statement, UserDatabase};

const STATEMENT: Statement = Statement::new("select_task", "todo.tasks", include_str!("select_task.sql"));

/// Reads one of the caller's tasks.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; unavailable or internal by the database.
pub async fn select_task(caller: &Caller, input: TaskKey) -> Result<Task, ToolError> {
    scope::require(caller, scope::READ)?;
    let id = id::id(&input.id).map_err(|error| invalid("/id", error))?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let row = database.at_most_one(&STATEMENT, vec![Parameter::Uuid(id.to_string())]).await?;
    let mut row = row.ok_or(ToolError::NotFound)?;
    Ok(database.reading(&STATEMENT, || task(&mut row))?)
}
