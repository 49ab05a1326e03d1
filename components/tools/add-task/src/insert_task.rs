//! Stores the task.

use task_model::types::{Caller, NewTask, Task, ToolError};
use task_model::words::{Weight, fold, vector};
use task_model::{id, instant, invalid, priority, scope};
use task_rows::{due_parameters, refusal, task};
use user_database::{Fault, Parameter, Row, Statement, UserDatabase, optional, text_array};

use crate::arguments::{self, Arguments};

const STATEMENT: Statement = Statement::new("insert_task", "todo.tasks", include_str!("insert_task.sql"));

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
    let mut row = match insert(&database, caller, &arguments).await? {
        Some(row) => row,
        // Another call with the key was adding it in the same moment; by now it has.
        None => insert(&database, caller, &arguments)
            .await?
            .ok_or_else(|| database.fail(&STATEMENT, Fault::Rows { expected: "one", found: 0 }))?,
    };
    let (same_input, task) =
        database.reading(&STATEMENT, || Ok((row.read::<bool>("same_input")?, task(&mut row)?)))?;
    if !same_input {
        return Err(invalid(
            "",
            "This idempotency key came with another task before: use a new key for a new task.",
        ));
    }
    Ok(task)
}

async fn insert(database: &UserDatabase, caller: &Caller, new: &Arguments) -> Result<Option<Row>, ToolError> {
    let now = instant::now(caller);
    let [due_on, due_at, due_offset, time_zone, due_by] = due_parameters(new.due.as_ref());
    let key = new.idempotency.as_ref().map(|(key, _)| key.clone()).unwrap_or_default();
    let fingerprint = new.idempotency.as_ref().map(|(_, hash)| hash.to_vec());
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
        Parameter::Str(key),
        fingerprint.map_or(Parameter::DbNull, Parameter::Binary),
        Parameter::Str(caller.request_id.clone()),
        Parameter::Str(vector(&new.title, Weight::Title)),
        Parameter::Str(vector(&new.labels.join(" "), Weight::Labels)),
        Parameter::Str(vector(new.notes.as_deref().unwrap_or_default(), Weight::Notes)),
    ];
    database.at_most_one(&STATEMENT, parameters).await.map_err(refusal)
}
