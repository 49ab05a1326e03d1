//! `DELETE /api/v1/conversations/{id}`: erases it. What people said is theirs: nothing of it stays behind.

use endpoint::{Context, Problem, Request, Response, body};
use http::StatusCode;
use user_database::Statement;

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
    let row = database.at_most_one(&STATEMENT, vec![uuid(id(path_id)?)]).await.map_err(problem)?;
    row.map(|_| body::empty(StatusCode::NO_CONTENT)).ok_or_else(not_found)
}
