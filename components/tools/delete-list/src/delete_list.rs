//! Deletes the list.

use list_rows::{ChangedList, changed_list, statement};
use task_model::types::{Caller, ListDeletion, ListRef, ToolError};
use task_model::{Violations, instant, list, scope};
use user_database::{LoggedDbError, Parameter, Statement, UserDatabase, columns, optional, parameters};

parameters! {
    struct DeleteList { id, expected_version, now, request_id }
}

columns! {
    struct DeletedList {
        /// How many tasks were in it.
        moved_count: i64,
        /// How many lists were nested in it.
        raised_count: i64,
        list: ..ChangedList,
    }
}

const STATEMENT: Statement<DeleteList, DeletedList> = statement!("delete_list.sql");

/// Deletes one of the caller's lists, puts its tasks into the inbox, and answers it as it last was.
///
/// # Errors
/// Forbidden; invalid when the id is none; list not found; conflict when the list has another version than expected; unavailable or
/// internal by the database.
pub async fn delete_list(caller: &Caller, input: ListRef) -> Result<ListDeletion, ToolError> {
    scope::require(caller, scope::DELETE)?;
    let mut violations = Violations::none();
    let id = violations.check("/id", list::id(&input.id)).unwrap_or_default();
    if input.version == Some(0) {
        violations.add("/version", "Versions start at 1: use the one that the list had when it was read.");
    }
    violations.finish()?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let parameters = DeleteList {
        id: Parameter::Uuid(id.to_string()),
        // No list has a version beyond what the column holds, so the nearest one conflicts as well.
        expected_version: optional(input.version.map(|version| i64::try_from(version).unwrap_or(i64::MAX))),
        now: Parameter::Str(instant::text(instant::now(caller))),
        request_id: Parameter::Str(caller.request_id.clone()),
    };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(refused)?;
    let DeletedList { moved_count, raised_count, list } = row.ok_or(ToolError::ListNotFound)?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(ListDeletion {
        list: changed_list(Some(list), input.version)?,
        moved_count: count(moved_count),
        raised_count: count(raised_count),
    })
}

/// What a failed deletion answers.
fn refused(error: LoggedDbError) -> ToolError {
    match error.constraint() {
        // Another list was nested in it in the same moment.
        Some("lists_parent") => ToolError::Unavailable(1),
        _ => error.into(),
    }
}
