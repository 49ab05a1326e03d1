//! Stores the task.

use task_model::types::{Caller, NewTask, Task, ToolError};
use task_model::words::{Weight, fold, vector};
use task_model::{id, instant, invalid, priority, scope};
use task_rows::{due_parameters, refusal, task};
use user_database::{Parameter, Statement, UserDatabase, optional, text_array};

use crate::arguments::{self, Arguments};
use crate::quota;

const INSERT: Statement = Statement::new("insert_task", "todo.tasks", include_str!("insert_task.sql"));
const INSERT_COUNTED: Statement =
    Statement::new("insert_task_counted", "todo.tasks", include_str!("insert_task_counted.sql"));
const SELECT: Statement =
    Statement::new("select_task_by_key", "todo.tasks", include_str!("select_task_by_key.sql"));

/// Adds a task to the caller's list.
///
/// With an idempotency key only the first call adds: another one with the same input answers the task that the
/// first one added, as it is now.
///
/// # Errors
/// Forbidden; invalid, also when the key came with another input before; full; unavailable or internal by the database.
pub async fn insert_task(caller: &Caller, input: NewTask) -> Result<Task, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(caller, &input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let limit = quota::max_tasks(caller).await?;
    if limit == 0 || quota::has_room(&caller.user_id) {
        return match database.at_most_one(&INSERT, parameters(caller, &arguments)).await.map_err(refusal)? {
            Some(mut row) => Ok(database.reading(&INSERT, || task(&mut row))?),
            // The key was in use, so there is a task.
            None => earlier(&database, &arguments)
                .await?
                .ok_or_else(|| ToolError::Internal(caller.request_id.clone())),
        };
    }
    match insert_counted(&database, caller, &arguments, limit).await? {
        Some(task) => Ok(task),
        // The task of the key is answered, also when the list is full since.
        None if arguments.idempotency.is_some() => {
            earlier(&database, &arguments).await?.ok_or(ToolError::Full(limit))
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
    let mut parameters = parameters(caller, new);
    parameters.push(Parameter::Int32(i32::try_from(limit).unwrap_or(i32::MAX)));
    let row = database.at_most_one(&INSERT_COUNTED, parameters).await.map_err(refusal)?;
    let Some(mut row) = row else { return Ok(None) };
    let (added, room) =
        database.reading(&INSERT_COUNTED, || Ok((task(&mut row)?, row.read::<i32>("room")?)))?;
    quota::keep_room(&caller.user_id, u32::try_from(room - 1).unwrap_or_default());
    Ok(Some(added))
}

/// What both statements that add take; the one that counts takes one more.
fn parameters(caller: &Caller, new: &Arguments) -> Vec<Parameter> {
    let now = instant::now(caller);
    let [due_on, due_at, due_offset, time_zone, due_by] = due_parameters(new.due.as_ref());
    let (key, fingerprint) = key_parameters(new);
    vec![
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
    ]
}

/// The task that the key has added before, if it has; an insertion that found the key in use has waited until it was there.
async fn earlier(database: &UserDatabase, new: &Arguments) -> Result<Option<Task>, ToolError> {
    let (key, fingerprint) = key_parameters(new);
    let Some(mut row) = database.at_most_one(&SELECT, vec![key, fingerprint]).await? else { return Ok(None) };
    let (same_input, task) =
        database.reading(&SELECT, || Ok((row.read::<bool>("same_input")?, task(&mut row)?)))?;
    if !same_input {
        return Err(invalid(
            "",
            "This idempotency key came with another task before: use a new key for a new task.",
        ));
    }
    Ok(Some(task))
}

fn key_parameters(new: &Arguments) -> (Parameter, Parameter) {
    match &new.idempotency {
        Some((key, fingerprint)) => (Parameter::Str(key.clone()), Parameter::Binary(fingerprint.to_vec())),
        None => (Parameter::DbNull, Parameter::DbNull),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_and_without_counting_the_same_is_stored() {
        let counted =
            INSERT_COUNTED.sql.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        let (before, rest) = counted.split_once("room AS MATERIALIZED (").unwrap();
        let (_, after) = rest.split_once("\n),\n").unwrap();
        let plain = format!("{before}{after}")
            .replace("    WHERE (SELECT tasks FROM room) > 0\n", "")
            .replace(",\n    (SELECT tasks FROM room) AS room", "");
        let expected =
            INSERT.sql.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        assert_eq!(plain, expected);
    }
}
