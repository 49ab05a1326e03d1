//! Finding, prolonging and ending a session.

use user_database::{Database, Failure, Inconsistency, Parameter, Row, Statement};

use crate::session::Session;

const FIND: Statement = Statement::new("find_session", "todo.sessions", include_str!("find_session.sql"));
const PROLONG: Statement =
    Statement::new("prolong_session", "todo.sessions", include_str!("prolong_session.sql"));
const DELETE: Statement =
    Statement::new("delete_session", "todo.sessions", include_str!("delete_session.sql"));

/// The session with this token's hash, if it has not ended.
pub async fn find_session(
    database: &Database,
    token_hash: &[u8],
    now: i64,
) -> Result<Option<Session>, Failure> {
    let parameters = vec![Parameter::Binary(token_hash.to_vec()), Parameter::Int64(now)];
    let row = database.at_most_one(&FIND, parameters).await?;
    database.reading(&FIND, || row.map(read).transpose())
}

fn read(mut row: Row) -> Result<Session, Inconsistency> {
    let id = row.read("session_id")?;
    let remembered = row.read("remembered")?;
    let expires_at = row.read("expires_at_us")?;
    let ip_address = row.read("ip_address")?;
    let user_agent = row.read("user_agent")?;
    let created_at = row.read("session_created_at_us")?;
    let updated_at = row.read("session_updated_at_us")?;
    let user_id = row.read("user_id")?;
    let user = super::user(&mut row, user_id)?;
    Ok(Session { id, user, remembered, expires_at, ip_address, user_agent, created_at, updated_at })
}

/// Stores a session's new expiry. `false` when it has been ended in the meantime.
pub async fn prolong_session(database: &Database, session: &Session) -> Result<bool, Failure> {
    let parameters = vec![
        Parameter::Uuid(session.id.to_string()),
        Parameter::Uuid(session.user.id.to_string()),
        Parameter::Int64(session.expires_at),
        Parameter::Int64(session.updated_at),
    ];
    Ok(database.at_most_one(&PROLONG, parameters).await?.is_some())
}

/// Ends the session with this token's hash, if there is one.
pub async fn delete_session(database: &Database, token_hash: &[u8]) -> Result<(), Failure> {
    database.at_most_one(&DELETE, vec![Parameter::Binary(token_hash.to_vec())]).await.map(drop)
}
