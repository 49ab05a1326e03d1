//! Marks the task as done.

use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_model::{instant, scope};
use task_rows::{Reference, changed_task};
use user_database::{Parameter, Statement, UserDatabase};

const STATEMENT: Statement = Statement::new("complete_task", "todo.tasks", include_str!("complete_task.sql"));

/// Marks one of the caller's tasks as done. One that is done already stays as it is.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
pub async fn complete_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
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
