//! Turns in the database: taken, held, cancelled, read and ended, with one statement each. Nothing is kept in memory between
//! requests, and between taking and ending no transaction is open.

mod cancel_turn;
mod end_turn;
mod extend_turn;
mod find_turn;
mod open_turn;
mod read_turn;
mod reopen_turn;
mod select_answer;
mod take_turn;

pub use cancel_turn::cancel_turn;
pub use end_turn::{Ending, TAKEN_AWAY, end_turn};
pub use extend_turn::extend_turn;
pub use find_turn::{EarlierTurn, MessageKey};
pub use open_turn::{Opened, Opening, Sent};
pub use read_turn::{State, TurnStanding, read_turn};
pub use reopen_turn::Reopening;
pub use select_answer::{StoredAnswer, select_answer};
pub use take_turn::{Taken, take_again, take_turn};

use task_model::types::ToolError;
use user_database::{LoggedDbError, Parameter};
use uuid::Uuid;

use endpoint::Problem;

/// How many messages a conversation may hold. The last ones would be of no use to a model, and an export stays small.
pub const MAX_MESSAGES: i32 = 1_000;
/// How long a conversation is held for its turn without the turn saying so again, in seconds. Where its process has died, whoever
/// comes after that ends it.
pub const LEASE_SECONDS: f64 = 4.5;
/// How long a question waits for its answer, in seconds.
pub const QUESTION_SECONDS: f64 = 900.0;

/// What a turn is known by in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnKey {
    /// The conversation.
    pub conversation: Uuid,
    /// The person's message.
    pub message: Uuid,
    /// This attempt to answer it: the first has the message's id.
    pub turn: Uuid,
    /// The answer to it.
    pub answer: Uuid,
}

impl TurnKey {
    /// Ids for a message in this conversation, or in a new one.
    pub fn new(conversation: Option<Uuid>) -> Self {
        let message = Uuid::now_v7();
        let conversation = conversation.unwrap_or_else(Uuid::now_v7);
        Self { conversation, message, turn: message, answer: Uuid::now_v7() }
    }

    /// Ids for another answer to a message.
    pub fn again(conversation: Uuid, message: Uuid) -> Self {
        Self { conversation, message, turn: Uuid::now_v7(), answer: Uuid::now_v7() }
    }
}

pub(crate) fn uuid(id: Uuid) -> Parameter {
    Parameter::Uuid(id.to_string())
}

pub(crate) fn text(text: impl Into<String>) -> Parameter {
    Parameter::Str(text.into())
}

pub(crate) fn jsonb<T: serde::Serialize + ?Sized>(value: &T) -> Parameter {
    // Structs of strings and JSON values have no way to fail.
    Parameter::Jsonb(serde_json::to_vec(value).unwrap_or_default())
}

/// Token counts and the like as PostgreSQL has them: signed.
pub(crate) fn bigint(count: u64) -> Parameter {
    Parameter::Int64(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Token counts and the like as PostgreSQL has them: signed.
pub(crate) fn integer(count: u32) -> Parameter {
    Parameter::Int32(i32::try_from(count).unwrap_or(i32::MAX))
}

/// What a failure of the database is on HTTP.
pub(crate) fn problem(failure: LoggedDbError) -> Problem {
    Problem::from(ToolError::from(failure))
}
