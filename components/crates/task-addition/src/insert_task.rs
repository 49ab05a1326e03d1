//! Stores the task.

use task_model::recurrence::Series;
use task_model::search_terms::{Weight, fold, vector};
use task_model::types::{Caller, NewTask, Task, ToolError};
use task_model::{id, instant, invalid, priority, scope};
use task_rows::{DueParameters, TaskRow, due_parameters, max_tasks, optional_uuid, statement, write_error};
use user_database::{Parameter, Statement, UserDatabase, columns, optional, parameters, text_array};

use crate::arguments::{self, Arguments, Attempt};
use crate::quota;

parameters! {
    struct InsertTask {
        id,
        title,
        title_key,
        notes,
        due: ..DueParameters,
        priority,
        labels,
        now,
        idempotency_key,
        fingerprint,
        request_id,
        title_words,
        label_words,
        notes_words,
        list_id,
        recurrence,
        parent_id,
    }
}

parameters! {
    struct InsertCounted { task: ..InsertTask, max_tasks }
}

columns! {
    struct CountedTask {
        task: ..TaskRow,
        /// How many tasks the list had room for before this one.
        room: i32,
    }
}

parameters! {
    struct SelectByKey { idempotency_key, fingerprint }
}

columns! {
    struct EarlierTask {
        /// Whether the key came with the same input.
        same_input: bool,
        task: ..TaskRow,
    }
}

const INSERT: Statement<InsertTask, TaskRow> = statement!("insert_task.sql");
const INSERT_COUNTED: Statement<InsertCounted, CountedTask> = statement!("insert_task_counted.sql");
const SELECT: Statement<SelectByKey, EarlierTask> = statement!("select_task_by_key.sql");

/// Adds a task to the caller's list.
///
/// With an idempotency key only the first call adds: another one with the same input answers the task that the
/// first one added, as it is now.
///
/// # Errors
/// Forbidden; invalid, also when the key came with another input before; list not found; full; unavailable or internal by the
/// database.
pub async fn insert_task(caller: &Caller, input: NewTask) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    insert(caller, &arguments::check(caller, &input)?).await
}

/// Adds a task whose input was checked, for a caller who may.
///
/// # Errors
/// Invalid when the key came with another input before; list not found; full; unavailable or internal by the database.
pub async fn insert(caller: &Caller, arguments: &Arguments) -> Result<Task, ToolError> {
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let limit = max_tasks(caller).await?;
    if limit == 0 || quota::has_room(&caller.user_id) {
        return match database
            .at_most_one(&INSERT, parameters(caller, arguments))
            .await
            .map_err(write_error)?
        {
            Some(TaskRow(task)) => Ok(task),
            // The key was in use, so there is a task.
            None => earlier(&database, arguments.idempotency.as_ref())
                .await?
                .ok_or_else(|| ToolError::Internal(caller.request_id.clone())),
        };
    }
    match insert_counted(&database, caller, arguments, limit).await? {
        Some(task) => Ok(task),
        // The task of the key is answered, also when the list is full since.
        None if arguments.idempotency.is_some() => {
            earlier(&database, arguments.idempotency.as_ref()).await?.ok_or(ToolError::Full(limit))
        }
        None => Err(ToolError::Full(limit)),
    }
}

/// Adds the task if the list has room, and keeps how much is left.
async fn insert_counted(
    database: &UserDatabase,
    caller: &Caller,
    new: &Arguments,
    limit: u32,
) -> Result<Option<Task>, ToolError> {
    let max_tasks = Parameter::Int32(i32::try_from(limit).unwrap_or(i32::MAX));
    let parameters = InsertCounted { task: parameters(caller, new), max_tasks };
    let row = database.at_most_one(&INSERT_COUNTED, parameters).await.map_err(write_error)?;
    let Some(CountedTask { task: TaskRow(added), room }) = row else { return Ok(None) };
    quota::keep_room(&caller.user_id, u32::try_from(room - 1).unwrap_or_default());
    Ok(Some(added))
}

/// The task that this caller's key has added before by the input of this fingerprint, as it is now; `None` where it has added none, or
/// where there is no key.
///
/// # Errors
/// Invalid when the key came with another input before; unavailable or internal by the database.
pub async fn find_earlier(caller: &Caller, fingerprint: [u8; 32]) -> Result<Option<Task>, ToolError> {
    let Some(key) = &caller.idempotency_key else { return Ok(None) };
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    earlier(&database, Some(&(key.clone(), fingerprint))).await
}

/// What both statements that add take.
fn parameters(caller: &Caller, new: &Arguments) -> InsertTask {
    let now = instant::now(caller);
    let SelectByKey { idempotency_key, fingerprint } = key_parameters(new.idempotency.as_ref());
    InsertTask {
        id: Parameter::Uuid(id::new_id(now).to_string()),
        title: Parameter::Str(new.title.clone()),
        title_key: Parameter::Str(fold(&new.title)),
        notes: optional(new.notes.clone()),
        due: due_parameters(new.due.as_ref()),
        priority: Parameter::Int16(priority::rank(new.priority)),
        labels: text_array(new.labels.clone()),
        now: Parameter::Str(instant::text(now)),
        idempotency_key,
        fingerprint,
        request_id: Parameter::Str(caller.request_id.clone()),
        title_words: Parameter::Str(vector(&new.title, Weight::Title)),
        label_words: Parameter::Str(vector(&new.labels.join(" "), Weight::Labels)),
        notes_words: Parameter::Str(vector(new.notes.as_deref().unwrap_or_default(), Weight::Notes)),
        list_id: optional_uuid(new.list_id),
        recurrence: optional(new.recurrence.as_ref().map(Series::text)),
        parent_id: optional_uuid(new.parent_id),
    }
}

/// The task that the key has added before, if it has; an insertion that found the key in use has waited until it was there.
async fn earlier(database: &UserDatabase, key: Option<&Attempt>) -> Result<Option<Task>, ToolError> {
    let row = database.at_most_one(&SELECT, key_parameters(key)).await?;
    let Some(EarlierTask { same_input, task: TaskRow(task) }) = row else { return Ok(None) };
    if !same_input {
        return Err(invalid(
            "",
            "This idempotency key came with another task before: use a new key for a new task.",
        ));
    }
    Ok(Some(task))
}

fn key_parameters(key: Option<&Attempt>) -> SelectByKey {
    let (idempotency_key, fingerprint) = match key {
        Some((key, fingerprint)) => (Parameter::Str(key.clone()), Parameter::Binary(fingerprint.to_vec())),
        None => (Parameter::DbNull, Parameter::DbNull),
    };
    SelectByKey { idempotency_key, fingerprint }
}

#[cfg(test)]
mod tests {
    #[test]
    fn with_and_without_counting_the_same_is_stored() {
        let code =
            |text: &str| text.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        let counted = code(include_str!("insert_task_counted.sql"));
        let (before, rest) = counted.split_once("room AS MATERIALIZED (").unwrap();
        let (_, after) = rest.split_once("\n),\n").unwrap();
        let plain = format!("{before}{after}")
            .replace("    WHERE (SELECT tasks FROM room) > 0\n", "")
            .replace(",\n    (SELECT tasks FROM room) AS room", "");
        assert_eq!(plain, code(include_str!("insert_task.sql")));
    }
}
