//! Finding what was made of a message by the key that its client gave it.

use endpoint::Problem;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::read_turn::State;
use super::{TurnKey, problem, text};

parameters! {
    struct TurnByKey { idempotency_key, fingerprint }
}

columns! {
    struct FoundTurn {
        is_same_input: bool,
        conversation_id: Uuid,
        message_id: Uuid,
        turn_id: Uuid,
        answer_id: Uuid,
        state: String,
        is_lost: Option<bool>,
        sequence: i32,
        last_sequence: i32,
        title: String,
        conversation_at: String,
        message_at: String,
    }
}

const STATEMENT: Statement<TurnByKey, FoundTurn> = statement!("todo.turns", "find_turn.sql");

/// What a client calls a message, and the hash of what it sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageKey {
    /// The key.
    pub key: String,
    /// The hash.
    pub fingerprint: [u8; 32],
}

impl MessageKey {
    /// The hash, for a statement.
    pub(super) fn fingerprint(&self) -> Parameter {
        Parameter::Binary(self.fingerprint.to_vec())
    }
}

/// A message that was taken before.
#[derive(Debug)]
pub struct EarlierTurn {
    /// Whether it is the same message.
    pub is_same_input: bool,
    /// What its newest turn is known by.
    pub key: TurnKey,
    /// How that stands.
    pub state: State,
    /// Nobody holds it any more.
    pub is_lost: bool,
    /// The message's place in its conversation.
    pub sequence: i32,
    /// The place of the conversation's newest message.
    pub last_sequence: i32,
    /// The conversation's title.
    pub title: String,
    /// When the conversation began.
    pub conversation_at: String,
    /// When the message came.
    pub message_at: String,
}

/// Finds the message that was taken by this key, if one was.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn find_turn(database: &UserDatabase, key: &MessageKey) -> Result<Option<EarlierTurn>, Problem> {
    let parameters = TurnByKey { idempotency_key: text(key.key.as_str()), fingerprint: key.fingerprint() };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    Ok(row.map(|row| EarlierTurn {
        is_same_input: row.is_same_input,
        key: TurnKey {
            conversation: row.conversation_id,
            message: row.message_id,
            turn: row.turn_id,
            answer: row.answer_id,
        },
        state: State::from_name(&row.state),
        is_lost: row.is_lost.unwrap_or_default(),
        sequence: row.sequence,
        last_sequence: row.last_sequence,
        title: row.title,
        conversation_at: row.conversation_at,
        message_at: row.message_at,
    }))
}
