//! Who is signed in.

use user_database::{Database, LoggedDbError, Parameter, Statement};

use crate::session::Session;

const FIND: Statement =
    Statement::new("find_session_user", "todo.sessions", include_str!("find_session_user.sql"));

const END: Statement = Statement::new("end_session", "todo.sessions", include_str!("end_session.sql"));

/// Ends the session with this token's hash, if there is one.
pub async fn end_session(database: &Database, token_hash: &[u8]) -> Result<(), LoggedDbError> {
    database.at_most_one(&END, vec![Parameter::Binary(token_hash.to_vec())]).await.map(drop)
}

/// The session with this token's hash, if it has not ended.
pub async fn find_session(
    database: &Database,
    token_hash: Vec<u8>,
) -> Result<Option<Session>, LoggedDbError> {
    let row = database.at_most_one(&FIND, vec![Parameter::Binary(token_hash.clone())]).await?;
    database.decode(&FIND, || {
        row.map(|mut row| {
            Ok(Session { token_hash, user_id: row.read("user_id")?, email: row.read("email")? })
        })
        .transpose()
    })
}
