//! Stores the task.

use task_model::types::{Caller, NewTask, Task, ToolError};
use task_model::words::{Weight, fold, vector};
use task_model::{id, instant, invalid, priority, scope};
use task_rows::{due_parameters, refusal, task};
use user_database::{Parameter, Row, Statement, UserDatabase, optional, text_array};

use crate::arguments::{self, Arguments};

const INSERT: Statement = Statement::new("insert_task", "todo.tasks", include_str!("insert_task.sql"));
const SELECT: Statement =
    Statement::new("select_task_by_key", "todo.tasks", include_str!("select_task_by_key.sql"));

/// Adds a task to the caller's list.
///
/// With an idempotency key only the first call adds: another one with the same input answers the task that the
/// first one added, as it is now.
///
/// # Errors
/// Forbidden; invalid, also when the key came with another input before; unavailable or internal by the database.
pub async fn insert_task(caller: &Caller, input: NewTask) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(caller, &input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    match insert(&database, caller, &arguments).await? {
        Some(mut row) => Ok(database.reading(&INSERT, || task(&mut row))?),
        None => earlier(&database, &arguments).await,
    }
}

async fn insert(database: &UserDatabase, caller: &Caller, new: &Arguments) -> Result<Option<Row>, ToolError> {
    let now = instant::now(caller);
    let [due_on, due_at, due_offset, time_zone, due_by] = due_parameters(new.due.as_ref());
    let (key, fingerprint) = key_parameters(new);
    let parameters = vec![
        Parameter::Uuid(id::new_id(now).to_string()),
        Parameter::Str(new.title.clone()),
        Parameter::Str(fold(&new.title)),
        optional(new.notes.clone()),
        due_on,
        due_at,
        due_offset,
        time_zone,
        due_by,
        Parameter::Int16(priority::rank(new.priority)),
        text_array(new.labels.clone()),
        Parameter::Str(instant::text(now)),
        key,
        fingerprint,
        Parameter::Str(caller.request_id.clone()),
        Parameter::Str(vector(&new.title, Weight::Title)),
        Parameter::Str(vector(&new.labels.join(" "), Weight::Labels)),
        Parameter::Str(vector(new.notes.as_deref().unwrap_or_default(), Weight::Notes)),
    ];
    database.at_most_one(&INSERT, parameters).await.map_err(refusal)
}

/// The task that the key has added before; an insertion that found the key in use has waited until it was there.
async fn earlier(database: &UserDatabase, new: &Arguments) -> Result<Task, ToolError> {
    let (key, fingerprint) = key_parameters(new);
    let mut row = database.one(&SELECT, vec![key, fingerprint]).await?;
    let (same_input, task) =
        database.reading(&SELECT, || Ok((row.read::<bool>("same_input")?, task(&mut row)?)))?;
    if !same_input {
        return Err(invalid(
            "",
            "This idempotency key came with another task before: use a new key for a new task.",
        ));
    }
    Ok(task)
}

fn key_parameters(new: &Arguments) -> (Parameter, Parameter) {
    match &new.idempotency {
        Some((key, fingerprint)) => (Parameter::Str(key.clone()), Parameter::Binary(fingerprint.to_vec())),
        None => (Parameter::DbNull, Parameter::DbNull),
    }
}
