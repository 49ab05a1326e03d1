//! Finding, listing, extending and ending sessions.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::session::{Session, SessionFacts};

const FIND: Statement = Statement::new("find_session", "todo.sessions", include_str!("find_session.sql"));
const EXTEND: Statement =
    Statement::new("extend_session", "todo.sessions", include_str!("extend_session.sql"));
const DELETE: Statement =
    Statement::new("delete_session", "todo.sessions", include_str!("delete_session.sql"));
const LIST: Statement = Statement::new("list_sessions", "todo.sessions", include_str!("list_sessions.sql"));
const REVOKE: Statement =
    Statement::new("revoke_session", "todo.sessions", include_str!("revoke_session.sql"));
const REVOKE_ALL: Statement =
    Statement::new("revoke_sessions", "todo.sessions", include_str!("revoke_sessions.sql"));

/// The session with this token's hash, if it has not ended.
pub async fn find_session(
    database: &Database,
    token_hash: &[u8],
    now: i64,
) -> Result<Option<Session>, LoggedDbError> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), Parameter::Int64(now)];
    let row = database.at_most_one(&FIND, parameters).await?;
    database.decode(&FIND, || row.map(read).transpose())
}

fn read(mut row: Row) -> Result<Session, DecodeError> {
    let id = row.read("session_id")?;
    let remembered = row.read("remembered")?;
    let facts = read_facts(&mut row, id)?;
    let user_id = row.read("user_id")?;
    let user = super::user(&mut row, user_id)?;
    Ok(Session { user, remembered, facts })
}

fn read_facts(row: &mut Row, id: Uuid) -> Result<SessionFacts, DecodeError> {
    Ok(SessionFacts {
        id,
        expires_at: row.read("expires_at_us")?,
        ip_address: row.read("ip_address")?,
        user_agent: row.read("user_agent")?,
        created_at: row.read("session_created_at_us")?,
        updated_at: row.read("session_updated_at_us")?,
    })
}

/// Stores a session's new expiry. `false` when it has been ended in the meantime.
pub async fn extend_session(database: &Database, session: &Session) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(session.facts.id.to_string()),
        Parameter::Uuid(session.user.id.to_string()),
        Parameter::Int64(session.facts.expires_at),
        Parameter::Int64(session.facts.updated_at),
    ];
    Ok(database.at_most_one(&EXTEND, parameters).await?.is_some())
}

/// Ends the session with this token's hash, if there is one.
pub async fn delete_session(database: &Database, token_hash: &[u8]) -> Result<Option<Uuid>, LoggedDbError> {
    let row = database.at_most_one(&DELETE, vec![Parameter::Binary(token_hash.to_vec())]).await?;
    database.decode(&DELETE, || row.map(|mut row| row.read("user_id")).transpose())
}

/// The sessions of a user that have not ended, the latest first.
pub async fn list_sessions(
    database: &Database,
    user_id: Uuid,
    now: i64,
) -> Result<Vec<SessionFacts>, LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), Parameter::Int64(now)];
    let rows = database.rows(&LIST, parameters).await?;
    database.decode(&LIST, || {
        let read = |mut row: Row| {
            let id = row.read("session_id")?;
            read_facts(&mut row, id)
        };
        rows.into_iter().map(read).collect()
    })
}

/// Ends a session of a user, named by its token's hash or by its id, if there is one.
pub async fn revoke_session(
    database: &Database,
    user_id: Uuid,
    token_hash: &[u8],
    id: Option<Uuid>,
) -> Result<(), LoggedDbError> {
    let parameters =
        vec![Parameter::Uuid(user_id.to_string()), Parameter::Binary(token_hash.to_vec()), optional_uuid(id)];
    database.rows(&REVOKE, parameters).await.map(drop)
}

/// Ends every session of a user, but for the one that is named.
pub async fn revoke_sessions(
    database: &Database,
    user_id: Uuid,
    kept: Option<Uuid>,
) -> Result<(), LoggedDbError> {
    let parameters = vec![Parameter::Uuid(user_id.to_string()), optional_uuid(kept)];
    database.rows(&REVOKE_ALL, parameters).await.map(drop)
}

fn optional_uuid(id: Option<Uuid>) -> Parameter {
    id.map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string()))
}
