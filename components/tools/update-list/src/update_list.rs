//! Changes the list.

use list_rows::{ChangedList, changed_list, select_places, statement, write_error};
use task_model::types::{Caller, ListChanges, TaskList, ToolError};
use task_model::{Named, instant, scope};
use user_database::{Parameter, Statement, UserDatabase, optional, parameters};

use crate::arguments::{self, Arguments};
use crate::placement::{self, Placement};

parameters! {
    /// NULL leaves a field as it is; the parent is set where its flag says so.
    struct UpdateList {
        id,
        expected_version,
        name,
        colour,
        sets_parent,
        parent_id,
        position,
        archived,
        now,
    }
}

const STATEMENT: Statement<UpdateList, ChangedList> = statement!("update_list.sql");

/// Changes fields of one of the caller's lists. When nothing would differ, the list stays as it is, its version too.
///
/// # Errors
/// Forbidden; invalid; list not found; conflict when the list has another version than expected; unavailable or internal by the
/// database.
pub async fn update_list(caller: &Caller, input: ListChanges) -> Result<TaskList, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let placement = placement::place(&select_places(&database).await?, &arguments)?;
    let parameters = parameters(caller, arguments, placement, input.version);
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(write_error)?;
    changed_list(row, input.version)
}

fn parameters(
    caller: &Caller,
    change: Arguments,
    placement: Option<Placement>,
    expected: Option<u64>,
) -> UpdateList {
    let sets_parent = placement.is_some();
    let Placement { parent_id, position } =
        placement.unwrap_or(Placement { parent_id: None, position: None });
    UpdateList {
        id: Parameter::Uuid(change.id.to_string()),
        // No list has a version beyond what the column holds, so the nearest one conflicts as well.
        expected_version: optional(expected.map(|version| i64::try_from(version).unwrap_or(i64::MAX))),
        name: optional(change.name),
        colour: optional(change.colour.map(|colour| colour.name().to_owned())),
        sets_parent: Parameter::Boolean(sets_parent),
        parent_id: parent_id.map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string())),
        position: optional(position),
        archived: optional(change.archived),
        now: Parameter::Str(instant::text(instant::now(caller))),
    }
}
