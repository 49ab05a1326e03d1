//! Stores the list.

use list_rows::{ListRow, check_parent, rank, select_places, statement, write_error};
use task_model::list::MAX_LISTS;
use task_model::types::{Caller, NewList, TaskList, ToolError};
use task_model::{Named, id, instant, invalid, scope};
use user_database::{Parameter, Statement, UserDatabase, parameters};

use crate::arguments;

parameters! {
    struct InsertList { id, name, colour, parent_id, position, now, max_lists }
}

const STATEMENT: Statement<InsertList, ListRow> = statement!("insert_list.sql");

/// Adds a list behind all others of its level.
///
/// # Errors
/// Forbidden; invalid, also when the list that it is nested in is nested itself or archived; list not found when there is none to nest
/// it in; too many lists; unavailable or internal by the database.
pub async fn insert_list(caller: &Caller, input: NewList) -> Result<TaskList, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = arguments::check(&input)?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let places = select_places(&database).await?;
    if let Some(parent) = arguments.parent_id {
        check_parent(&places, parent)?;
    }
    let now = instant::now(caller);
    let id = id::new_id(now);
    let position =
        rank::last(&places, arguments.parent_id, id).map_err(|error| invalid("/parent_id", error))?;
    let parameters = InsertList {
        id: Parameter::Uuid(id.to_string()),
        name: Parameter::Str(arguments.name),
        colour: Parameter::Str(arguments.colour.name().to_owned()),
        parent_id: arguments.parent_id.map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string())),
        position: Parameter::Str(position),
        now: Parameter::Str(instant::text(now)),
        max_lists: Parameter::Int64(MAX_LISTS.into()),
    };
    let added = database.at_most_one(&STATEMENT, parameters).await.map_err(write_error)?;
    added.map(|ListRow(list)| list).ok_or(ToolError::TooManyLists(MAX_LISTS))
}
