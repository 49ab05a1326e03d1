//! What happened to accounts.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::events::AccountEvent;

const LIST: Statement =
    Statement::new("list_events", "todo.audit_event_details", include_str!("list_events.sql"));

/// So many of the last events of a user, the latest first.
pub async fn list_events(
    database: &Database,
    user_id: Uuid,
    most: i32,
) -> Result<Vec<AccountEvent>, LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), Parameter::Int32(most)];
    let rows = database.rows(&LIST, parameters).await?;
    database.decode(&LIST, || rows.into_iter().map(read).collect())
}

fn read(mut row: Row) -> Result<AccountEvent, DecodeError> {
    Ok(AccountEvent {
        at: row.read("at_us")?,
        action: row.read("action")?,
        outcome: row.read("outcome")?,
        detail: row.read("detail")?,
        client_id: row.read("client_id")?,
        network: row.read("network")?,
        request_id: row.read("request_id")?,
    })
}
