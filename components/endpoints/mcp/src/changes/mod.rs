//! What changed for a person, by whichever endpoint: read from the events that the tools write with each change.

use mcp_protocol::{CallError, Changes, Position};
use user_database::{Failure, Inconsistency, Row, Statement, UserDatabase};

use crate::{
    resources::{self, AGENDA},
    user_context::{UserContext, call_error},
};

const STATEMENT: Statement =
    Statement::new("read_changes", "todo.task_events", include_str!("read_changes.sql"));

/// What changed since a position; without one, the position that is now.
pub(crate) async fn since(person: &UserContext, position: Option<&Position>) -> Result<Changes, CallError> {
    let failed = |failure: Failure| call_error(failure.into());
    let database = UserDatabase::open(&person.user_id, &person.request_id).await.map_err(failed)?;
    let since = position.map(|Position(text)| text.clone());
    let parameters = vec![user_database::optional(since)];
    let mut row = database.one(&STATEMENT, parameters).await.map_err(failed)?;
    let read = |row: &mut Row| -> Result<_, Inconsistency> {
        Ok((
            row.read::<String>("position")?,
            row.read::<Vec<String>>("task_ids")?,
            row.read::<bool>("other_tasks")?,
        ))
    };
    let (position, ids, other_tasks) = database.reading(&STATEMENT, || read(&mut row)).map_err(failed)?;
    let mut updated: Vec<String> = ids.iter().map(|id| resources::uri_of(id)).collect();
    if !updated.is_empty() {
        updated.push(AGENDA.to_owned());
    }
    Ok(Changes { position: Position(position), resources: other_tasks, updated, ..Changes::default() })
}
