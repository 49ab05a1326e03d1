//! Turns in the database: taken, finished or abandoned, with one statement each. Nothing is kept in memory between
//! requests, and between taking and finishing no transaction is open.

mod abandon_turn;
mod finish_turn;
mod open_turn;
mod reopen_turn;

pub use abandon_turn::abandon_turn;
pub use finish_turn::finish_turn;
pub use open_turn::{Opened, Opening, Sent, open_turn};
pub use reopen_turn::{Reopening, reopen_turn};

use task_model::types::ToolError;
use user_database::{LoggedDbError, Parameter};
use uuid::Uuid;

use endpoint::Problem;

/// How many messages a conversation may hold. The last ones would be of no use to a model, and an export stays small.
pub const MAX_MESSAGES: i32 = 1_000;
/// How long a question waits for its answer, in seconds.
pub const QUESTION_SECONDS: f64 = 900.0;

/// What a turn is known by in the database.
#[derive(Clone, Copy, Debug)]
pub struct TurnKey {
    /// The conversation.
    pub conversation: Uuid,
    /// The person's message.
    pub turn: Uuid,
    /// The answer to it.
    pub answer: Uuid,
}

pub(crate) fn uuid(id: Uuid) -> Parameter {
    Parameter::Uuid(id.to_string())
}

pub(crate) fn text(text: impl Into<String>) -> Parameter {
    Parameter::Str(text.into())
}

pub(crate) fn jsonb(value: &impl serde::Serialize) -> Parameter {
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
