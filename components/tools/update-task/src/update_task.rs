//! Changes the task.

use task_model::search_terms::{Weight, fold, vector};
use task_model::types::{Caller, Task, TaskChanges, ToolError};
use task_model::{priority, scope};
use task_rows::{
    ChangeParameters, ChangedTask, DueParameters, changed_task, due_parameters, optional_uuid, statement,
    write_error,
};
use user_database::{Parameter, Statement, UserDatabase, optional, parameters, text_array};

use crate::arguments::{self, Arguments};

parameters! {
    /// NULL leaves a field as it is; notes, due and list are set where their flag says so.
    struct UpdateTask {
        change: ..ChangeParameters,
        title,
        title_key,
        title_words,
        priority,
        labels,
        label_words,
        sets_notes,
        notes,
        notes_words,
        sets_due,
        due: ..DueParameters,
        sets_list,
        list_id,
    }
}

const STATEMENT: Statement<UpdateTask, ChangedTask> = statement!("update_task.sql");

/// Changes fields of one of the caller's tasks. When nothing would differ, the task stays as it is, its version too.
///
/// # Errors
/// Forbidden; invalid; not found; list not found; conflict when the task has another version than expected; unavailable or internal
/// by the database.
pub async fn update_task(caller: &Caller, input: TaskChanges) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(caller, &input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let row = database.at_most_one(&STATEMENT, parameters(caller, &arguments)).await.map_err(write_error)?;
    changed_task(row, input.version)
}

fn parameters(caller: &Caller, change: &Arguments) -> UpdateTask {
    let title = change.title.as_deref();
    let labels = change.labels.as_ref();
    let notes = change.notes.clone().flatten();
    let notes_words = vector(notes.as_deref().unwrap_or_default(), Weight::Notes);
    UpdateTask {
        change: change.target.parameters(caller),
        title: optional(title.map(str::to_owned)),
        title_key: optional(title.map(fold)),
        title_words: optional(title.map(|title| vector(title, Weight::Title))),
        priority: optional(change.priority.map(priority::rank)),
        labels: labels.map_or(Parameter::DbNull, |labels| text_array(labels.clone())),
        label_words: optional(labels.map(|labels| vector(&labels.join(" "), Weight::Labels))),
        sets_notes: Parameter::Boolean(change.notes.is_some()),
        notes: optional(notes),
        notes_words: Parameter::Str(notes_words),
        sets_due: Parameter::Boolean(change.due.is_some()),
        due: due_parameters(change.due.as_ref().and_then(Option::as_ref)),
        sets_list: Parameter::Boolean(change.list_id.is_some()),
        list_id: optional_uuid(change.list_id.flatten()),
    }
}
