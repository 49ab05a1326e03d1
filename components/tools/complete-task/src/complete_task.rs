//! Completes the task, or the occurrence that it stands for.

use task_model::types::{Caller, Task, TaskRef, ToolError};
use task_model::{instant, scope};
use task_recurrence::{Step, next};
use task_rows::{
    ChangeParameters, Effect, MAX_ATTEMPTS, MoveParameters, Reference, RepeatingTask, TaskRow, broken_series,
    move_parameters, pinned, read_series, statement, tell_changed,
};
use user_database::{Parameter, Statement, UserDatabase, parameters};

parameters! {
    struct CompleteTask {
        change: ..ChangeParameters,
        /// Whether nothing comes after a task that repeats.
        is_last,
    }
}

const COMPLETE: Statement<CompleteTask, RepeatingTask> = statement!("complete_task.sql");
const MOVE: Statement<MoveParameters, RepeatingTask> = statement!("move_task.sql");

/// Marks one of the caller's tasks as done, and what is open below it. One that is done already stays as it is. One that repeats moves to its next
/// occurrence, and is done when there is none.
///
/// # Errors
/// Forbidden; invalid when the id is none; not found; conflict when the task has another version than expected;
/// unavailable or internal by the database.
pub async fn complete_task(caller: &Caller, input: TaskRef) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let target = Reference::new(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let now = instant::now(caller);
    let mut completing = None;
    for _ in 0..MAX_ATTEMPTS {
        let found = complete(&database, &target, caller, false).await?;
        let RepeatingTask { changed, changed_subtasks, series, task: TaskRow(mut task) } = found;
        if !changed && input.version.is_some_and(|expected| expected != task.version) {
            return Err(ToolError::Conflict(task.version));
        }
        if changed {
            Effect::Completed.apply(&mut task);
            tell_changed(&mut task, changed_subtasks);
        }
        let Some(text) = series.filter(|_| !changed && task.completed_at.is_none()) else { return Ok(task) };
        let series = database.decode(&COMPLETE, || read_series(&text))?;
        if completing.is_some_and(|at| at != series.at) {
            // Another call completed the occurrence meanwhile: no second one is completed for that.
            return Ok(task);
        }
        completing = Some(series.at);
        let next = database
            .decode(&COMPLETE, || next(&series, &task, now, Step::Completed).map_err(|_| broken_series()))?;
        let (effect, moved) = match next {
            Some((series, due)) => {
                let parameters = move_parameters(caller, &task, &series, &due)?;
                let moved = database.at_most_one(&MOVE, parameters).await?.ok_or(ToolError::NotFound)?;
                (Effect::Opened, moved)
            }
            None => (Effect::Completed, complete(&database, &pinned(&task)?, caller, true).await?),
        };
        if moved.changed {
            let TaskRow(mut task) = moved.task;
            effect.apply(&mut task);
            tell_changed(&mut task, moved.changed_subtasks);
            return Ok(task);
        }
        // The task changed since it was read: once more, from what it is now.
    }
    Err(ToolError::Unavailable(1))
}

async fn complete(
    database: &UserDatabase,
    target: &Reference,
    caller: &Caller,
    is_last: bool,
) -> Result<RepeatingTask, ToolError> {
    let parameters = CompleteTask { change: target.parameters(caller), is_last: Parameter::Boolean(is_last) };
    database.at_most_one(&COMPLETE, parameters).await?.ok_or(ToolError::NotFound)
}
