//! What a statement that changes one task answers: the task as it is now, and whether this statement changed it.

use task_model::types::{Task, ToolError};
use user_database::{Row, Statement, UserDatabase};

use crate::task::task;

/// Reads the answer of a change: `changed` (boolean) and the task's columns, or no row when there is no such task.
/// The statement changes nothing when `expected` is given and is not the version it finds.
///
/// # Errors
/// Not found; conflict with the version found; internal when the row makes no sense.
pub fn changed_task(
    database: &UserDatabase,
    statement: &Statement,
    row: Option<Row>,
    expected: Option<u64>,
) -> Result<Task, ToolError> {
    let mut row = row.ok_or(ToolError::NotFound)?;
    let (changed, task) =
        database.reading(statement, || Ok((row.read::<bool>("changed")?, task(&mut row)?)))?;
    match expected {
        Some(expected) if !changed && expected != task.version => Err(ToolError::Conflict(task.version)),
        _ => Ok(task),
    }
}
