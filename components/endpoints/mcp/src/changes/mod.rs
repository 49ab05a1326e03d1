//! What changed for a person, by whichever endpoint: read from the events that the tools write with each change.

use mcp_protocol::{CallError, Changes, Position};
use user_database::{LoggedDbError, Statement, UserDatabase, columns, optional, parameters, statement};

use crate::{
    resources::{self, AGENDA},
    user_context::{UserContext, call_error},
};

parameters! {
    struct Since { position }
}

columns! {
    struct Changed { position: String, task_ids: Vec<String>, other_tasks: bool }
}

const STATEMENT: Statement<Since, Changed> = statement!("todo.task_events", "read_changes.sql");

/// What changed since a position; without one, the position that is now.
pub(crate) async fn since(person: &UserContext, position: Option<&Position>) -> Result<Changes, CallError> {
    let failed = |failure: LoggedDbError| call_error(failure.into());
    let database = UserDatabase::open(&person.user_id, &person.request_id).await.map_err(failed)?;
    let since = position.map(|Position(text)| text.clone());
    let parameters = Since { position: optional(since) };
    let Changed { position, task_ids, other_tasks } =
        database.one(&STATEMENT, parameters).await.map_err(failed)?;
    let mut updated: Vec<String> = task_ids.iter().map(|id| resources::uri_of(id)).collect();
    if !updated.is_empty() {
        updated.push(AGENDA.to_owned());
    }
    Ok(Changes { position: Position(position), resources: other_tasks, updated, ..Changes::default() })
}
