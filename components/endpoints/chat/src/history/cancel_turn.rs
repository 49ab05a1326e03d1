//! Asking a turn to end.

use endpoint::{Kind, Problem};
use user_database::{Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::{problem, uuid};

parameters! {
    struct CancelTurn { conversation_id }
}

columns! {
    struct CancelledTurn { turn_id: Option<Uuid> }
}

const STATEMENT: Statement<CancelTurn, CancelledTurn> = statement!("todo.conversations", "cancel_turn.sql");

/// Asks the turn that a conversation has to end before its next call. Answers which it is; `None` where nothing is being answered.
///
/// # Errors
/// 404 when the user has no such conversation; 503 when the database is out of reach.
pub async fn cancel_turn(database: &UserDatabase, conversation: Uuid) -> Result<Option<Uuid>, Problem> {
    let parameters = CancelTurn { conversation_id: uuid(conversation) };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    row.map(|row| row.turn_id).ok_or_else(|| Problem::new(Kind::ConversationNotFound))
}
