//! Changes the task.

use task_model::types::{Caller, Task, TaskChanges, ToolError};
use task_model::words::{Weight, fold, vector};
use task_model::{instant, priority, scope};
use task_rows::{changed_task, due_parameters, refusal};
use user_database::{Parameter, Statement, UserDatabase, optional, text_array};

use crate::arguments::{self, Arguments};

const STATEMENT: Statement = Statement::new("update_task", "todo.tasks", include_str!("update_task.sql"));

/// Changes fields of one of the caller's tasks. When nothing would differ, the task stays as it is, its version too.
///
/// # Errors
/// Forbidden; invalid; not found; conflict when the task has another version than expected; unavailable or internal
/// by the database.
pub async fn update_task(caller: &Caller, input: TaskChanges) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(caller, &input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let row = database.at_most_one(&STATEMENT, parameters(caller, &arguments)).await.map_err(refusal)?;
    changed_task(&database, &STATEMENT, row, input.version)
}

fn parameters(caller: &Caller, change: &Arguments) -> Vec<Parameter> {
    let title = change.title.as_deref();
    let labels = change.labels.as_ref();
    let notes = change.notes.clone().flatten();
    let notes_words = vector(notes.as_deref().unwrap_or_default(), Weight::Notes);
    let [due_on, due_at, due_offset, time_zone, due_by] =
        due_parameters(change.due.as_ref().and_then(Option::as_ref));
    vec![
        change.target.id(),
        change.target.version(),
        Parameter::Str(instant::text(instant::now(caller))),
        Parameter::Str(caller.request_id.clone()),
        optional(title.map(str::to_owned)),
        optional(title.map(fold)),
        optional(title.map(|title| vector(title, Weight::Title))),
        optional(change.priority.map(priority::rank)),
        labels.map_or(Parameter::DbNull, |labels| text_array(labels.clone())),
        optional(labels.map(|labels| vector(&labels.join(" "), Weight::Labels))),
        Parameter::Boolean(change.notes.is_some()),
        optional(notes),
        Parameter::Str(notes_words),
        Parameter::Boolean(change.due.is_some()),
        due_on,
        due_at,
        due_offset,
        time_zone,
        due_by,
    ]
}
