//! Changes of one task: what they take, and what they answer.

use task_model::types::{Caller, Task, TaskRef, ToolError};
use user_database::{Statement, UserDatabase, columns, parameters};

use crate::reference::Reference;
use crate::subtasks::tell_changed;
use crate::task::TaskRow;

parameters! {
    /// What a change of one task takes.
    pub struct ChangeParameters {
        /// The task.
        id,
        /// The version that it must have, NULL when any will do.
        expected_version,
        /// The instant of the change.
        now,
        /// The request, for the event.
        request_id,
    }
}

columns! {
    /// What a change of one task answers; no row when there is no such task. It changes nothing where another version is
    /// expected than the one it finds.
    pub struct ChangedTask {
        /// Whether this statement changed it.
        changed: bool,
        /// How many tasks below it were changed with it.
        changed_subtasks: i64,
        /// The task as it is now.
        task: ..TaskRow,
    }
}

/// Changes one of the caller's tasks by a statement.
///
/// # Errors
/// Invalid when the id is none; not found; conflict when the task has another version than expected; unavailable or
/// internal by the database.
pub async fn change_task(
    caller: &Caller,
    input: &TaskRef,
    statement: &Statement<ChangeParameters, ChangedTask>,
) -> Result<Task, ToolError> {
    let target = Reference::new(input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let row = database.at_most_one(statement, target.parameters(caller)).await?;
    changed_task(row, input.version)
}

/// What the answer of a change means where this version was expected.
///
/// # Errors
/// Not found; conflict with the version found.
pub fn changed_task(row: Option<ChangedTask>, expected: Option<u64>) -> Result<Task, ToolError> {
    let ChangedTask { changed, changed_subtasks, task: TaskRow(mut task) } =
        row.ok_or(ToolError::NotFound)?;
    tell_changed(&mut task, changed_subtasks);
    match expected {
        Some(expected) if !changed && expected != task.version => Err(ToolError::Conflict(task.version)),
        _ => Ok(task),
    }
}
