//! Deletes the task.

use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_model::{instant, scope};
use task_rows::{Reference, changed_task};
use user_database::{Parameter, Statement, UserDatabase};

const STATEMENT: Statement = Statement::new("delete_task", "todo.tasks", include_str!("delete_task.sql"));

/// Deletes one of the caller's tasks and answers it as it last was.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
pub async fn delete_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::DELETE)?;
    let target = Reference::new(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = vec![
        target.id(),
        target.version(),
        Parameter::Str(instant::text(instant::now(caller))),
        Parameter::Str(caller.request_id.clone()),
    ];
    let row = database.at_most_one(&STATEMENT, parameters).await?;
    changed_task(&database, &STATEMENT, row, input.version)
}
