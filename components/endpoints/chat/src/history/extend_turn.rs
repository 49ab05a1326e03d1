//! Holding a conversation for its turn.

use endpoint::Problem;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};

use super::{LEASE_SECONDS, TurnKey, jsonb, problem, uuid};
use crate::turn_log::Event;

parameters! {
    struct ExtendTurn { conversation_id, turn_id, lease_seconds, last_number, events }
}

columns! {
    struct HeldTurn { is_cancelled: bool }
}

const STATEMENT: Statement<ExtendTurn, HeldTurn> = statement!("todo.turns", "extend_turn.sql");

/// Holds the conversation some more and stores what was said since the last time. Answers whether the person wants the turn to end;
/// `None` where the conversation is no longer the turn's.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn extend_turn(
    database: &UserDatabase,
    key: TurnKey,
    events: &[Event],
) -> Result<Option<bool>, Problem> {
    let parameters = ExtendTurn {
        conversation_id: uuid(key.conversation),
        turn_id: uuid(key.turn),
        lease_seconds: Parameter::Floating64(LEASE_SECONDS),
        last_number: Parameter::Int32(events.last().map_or(0, |event| event.number)),
        events: if events.is_empty() { Parameter::DbNull } else { jsonb(&events) },
    };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    Ok(row.map(|row| row.is_cancelled))
}
