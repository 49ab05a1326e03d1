//! `DELETE /api/v1/conversations/{id}`: erases it. What people said is theirs: nothing of it stays behind.

use endpoint::{Context, Problem, Request, Response, body};
use http::StatusCode;
use user_database::{Statement, UserDatabase};
use uuid::Uuid;

use super::{connect, id, not_found};
use crate::history::{problem, uuid};

const STATEMENT: Statement =
    Statement::new("delete_conversation", "todo.conversations", include_str!("delete.sql"));

/// Erases a conversation with its messages.
///
/// # Errors
/// 404 when the user has no such conversation.
pub async fn delete(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let database = connect(context, request.headers()).await?;
    delete_conversation(&database, id(path_id)?).await?;
    Ok(body::empty(StatusCode::NO_CONTENT))
}

/// Erases a conversation with everything that belongs to it.
///
/// # Errors
/// 404 when the user has no such conversation.
pub async fn delete_conversation(database: &UserDatabase, id: Uuid) -> Result<(), Problem> {
    let row = database.at_most_one(&STATEMENT, vec![uuid(id)]).await.map_err(problem)?;
    row.map(drop).ok_or_else(not_found)
}
