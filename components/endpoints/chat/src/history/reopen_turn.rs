//! Having a message answered once more.

use endpoint::Problem;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::open_turn::{Attempt, Opened, list, refuse};
use super::{LEASE_SECONDS, TurnKey, bigint, problem, uuid};
use crate::quota::Quota;
use crate::transcript::Kind;

parameters! {
    struct ReopenTurn {
        conversation_id, message_id, last_sequence, turn_id, answer_id, lease_seconds, history_characters, daily_tokens
    }
}

columns! {
    struct ReopenedTurn {
        outcome: String,
        day_left: i32,
        kind: Option<String>,
        text: Option<String>,
        input: Option<String>,
        confirmed_calls: Option<String>,
        earlier_turn: Option<Uuid>,
        history: Option<String>,
        opened_at: String,
    }
}

const STATEMENT: Statement<ReopenTurn, ReopenedTurn> = statement!("todo.conversations", "reopen_turn.sql");

/// A message to answer once more.
pub struct Reopening {
    /// The conversation, the message, the turn and its answer.
    pub key: TurnKey,
    /// The conversation's newest message, as far as is known: where it is another one by now, nothing is done.
    pub last_sequence: i32,
    /// How many characters of history are read.
    pub history_characters: u64,
    /// What one person may have and use.
    pub quota: Quota,
}

/// A message that is answered once more.
pub struct Reopened {
    /// What was opened.
    pub opened: Opened,
    /// The person's words.
    pub text: String,
    /// The message as a ChatKit client sent it.
    pub input: Option<String>,
}

/// Removes what came after a message and takes the turn for another answer to it.
///
/// # Errors
/// 404 when there is no such conversation or message, 409 when the conversation is locked or busy, the item is no message of the
/// person, or it said yes to a question that is no longer open; 429 when the day's tokens are used up; 503 when the database is out
/// of reach. Then nothing was changed.
pub async fn reopen_turn(
    database: &UserDatabase,
    reopening: &Reopening,
) -> Result<Attempt<Reopened>, Problem> {
    let parameters = ReopenTurn {
        conversation_id: uuid(reopening.key.conversation),
        message_id: uuid(reopening.key.message),
        last_sequence: Parameter::Int32(reopening.last_sequence),
        turn_id: uuid(reopening.key.turn),
        answer_id: uuid(reopening.key.answer),
        lease_seconds: Parameter::Floating64(LEASE_SECONDS),
        history_characters: bigint(reopening.history_characters),
        daily_tokens: reopening.quota.daily_tokens.map_or(Parameter::DbNull, |tokens| bigint(tokens.into())),
    };
    let row = database.one(&STATEMENT, parameters).await.map_err(problem)?;
    match (row.outcome.as_str(), row.earlier_turn) {
        ("open", _) => {}
        ("lost", Some(turn)) => return Ok(Attempt::Lost(turn)),
        (outcome, _) => {
            let day_left = u32::try_from(row.day_left).unwrap_or_default();
            return Err(refuse(outcome, reopening.quota, day_left));
        }
    }
    Ok(Attempt::Open(Reopened {
        opened: Opened {
            kind: Kind::from_name(row.kind.as_deref().unwrap_or_default()),
            confirmed: list(row.confirmed_calls),
            history: list(row.history),
            at: row.opened_at,
        },
        text: row.text.unwrap_or_default(),
        input: row.input,
    }))
}
