//! Changes the task.

use task_model::recurrence::Series;
use task_model::search_terms::{Weight, fold, vector};
use task_model::types::{Caller, Task, TaskChanges, TaskRef, ToolError};
use task_model::{priority, scope};
use task_rows::{
    ChangeParameters, ChangedTask, DueParameters, MAX_ATTEMPTS, Reference, TaskRow, changed_task,
    due_parameters, optional_uuid, pinned, read_series, statement, write_error,
};
use user_database::{Parameter, Statement, UserDatabase, columns, optional, parameters, text_array};

use crate::arguments::{self, Arguments};
use crate::recurrence::Current;

parameters! {
    /// NULL leaves a field as it is; notes, due, list and parent are set where their flag says so.
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
        sets_parent,
        parent_id,
        sets_recurrence,
        recurrence,
    }
}

parameters! {
    struct SelectTask { id }
}

columns! {
    struct FoundTask {
        series: Option<String>,
        task: ..TaskRow,
    }
}

const STATEMENT: Statement<UpdateTask, ChangedTask> = statement!("update_task.sql");
const SELECT: Statement<SelectTask, FoundTask> = statement!("select_task.sql");

/// Changes fields of one of the caller's tasks. When nothing would differ, the task stays as it is, its version too.
///
/// # Errors
/// Forbidden; invalid; not found; list not found; conflict when the task has another version than expected; unavailable or internal
/// by the database.
pub async fn update_task(caller: &Caller, input: TaskChanges) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let id = Reference::new(&TaskRef { id: input.id.clone(), version: None });
    let (Some(_), Ok(_)) = (&input.recurrence, id) else {
        let arguments = arguments::check(caller, &input, None)?;
        let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
        return changed_task(update(&database, caller, &arguments).await?, input.version);
    };
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    for _ in 0..MAX_ATTEMPTS {
        let (current, task) = find(&database, &input.id).await?;
        let mut arguments = arguments::check(caller, &input, Some(&current))?;
        if input.version.is_some_and(|expected| expected != task.version) {
            return Err(ToolError::Conflict(task.version));
        }
        // The series was computed from this version.
        arguments.target = pinned(&task)?;
        let row = update(&database, caller, &arguments).await?.ok_or(ToolError::NotFound)?;
        if row.changed || row.task.0.version == task.version {
            return changed_task(Some(row), None);
        }
        // The task changed since it was read: once more, from what it is now.
    }
    Err(ToolError::Unavailable(1))
}

async fn update(
    database: &UserDatabase,
    caller: &Caller,
    change: &Arguments,
) -> Result<Option<ChangedTask>, ToolError> {
    database.at_most_one(&STATEMENT, parameters(caller, change)).await.map_err(write_error)
}

/// The task before the change.
async fn find(database: &UserDatabase, id: &str) -> Result<(Current, Task), ToolError> {
    let parameters = SelectTask { id: Parameter::Uuid(id.trim().to_owned()) };
    let found = database.at_most_one(&SELECT, parameters).await?.ok_or(ToolError::NotFound)?;
    let FoundTask { series, task: TaskRow(task) } = found;
    let series = database.decode(&SELECT, || series.map(|text| read_series(&text)).transpose())?;
    Ok((Current { due: task.due.clone(), time_zone: task.time_zone.clone(), series }, task))
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
        sets_parent: Parameter::Boolean(change.parent_id.is_some()),
        parent_id: optional_uuid(change.parent_id.flatten()),
        sets_recurrence: Parameter::Boolean(change.recurrence.is_some()),
        recurrence: optional(change.recurrence.iter().flatten().next().map(Series::text)),
    }
}
