//! Moves the task on.

use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_model::{instant, invalid, scope};
use task_recurrence::{Step, next};
use task_rows::{
    MAX_ATTEMPTS, MoveParameters, Reference, RepeatingTask, TaskRow, broken_series, move_parameters,
    read_series, statement,
};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters};

parameters! {
    struct SelectTask { id }
}

columns! {
    struct FoundTask {
        /// The series as it is stored; NULL where the task does not repeat.
        series: Option<String>,
        task: ..TaskRow,
    }
}

const SELECT: Statement<SelectTask, FoundTask> = statement!("select_task.sql");
const MOVE: Statement<MoveParameters, RepeatingTask> = statement!("move_task.sql");

/// Moves one of the caller's repeating tasks to its next occurrence without completing the one it stands for.
///
/// # Errors
/// Forbidden; invalid when the id is none, or the task does not repeat, is done or has no other occurrence; not found; conflict
/// when the task has another version than expected; unavailable or internal by the database.
pub async fn skip_occurrence(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    Reference::new(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let now = instant::now(caller);
    let mut skipping = None;
    for _ in 0..MAX_ATTEMPTS {
        let parameters = SelectTask { id: Parameter::Uuid(input.id.clone()) };
        let found = database.at_most_one(&SELECT, parameters).await?.ok_or(ToolError::NotFound)?;
        let FoundTask { series, task: TaskRow(task) } = found;
        if input.version.is_some_and(|expected| expected != task.version) {
            return Err(ToolError::Conflict(task.version));
        }
        let text =
            series.ok_or_else(|| invalid("", "This task does not repeat, so nothing can be skipped."))?;
        if task.completed_at.is_some() {
            return Err(invalid("", "This task is done: reopen it first."));
        }
        let series = database.decode(&SELECT, || read_series(&text))?;
        if skipping.is_some_and(|at| at != series.at) {
            // Another call moved the task on meanwhile: it is not moved twice for that.
            return Ok(task);
        }
        skipping = Some(series.at);
        let next = database
            .decode(&SELECT, || next(&series, &task, now, Step::Skipped).map_err(|_| broken_series()))?;
        let (series, due) =
            next.ok_or_else(|| invalid("", "This is the last occurrence: complete or delete the task."))?;
        let parameters = move_parameters(caller, &task, &series, &due)?;
        let moved = database.at_most_one(&MOVE, parameters).await?.ok_or(ToolError::NotFound)?;
        if moved.changed {
            return Ok(moved.task.0);
        }
        // The task changed since it was read: once more, from what it is now.
    }
    Err(ToolError::Unavailable(1))
}
