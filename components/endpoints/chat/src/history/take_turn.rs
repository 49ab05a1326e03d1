//! Taking a message, whatever stands in the way: a turn whose process died, or the same message sent before.

use endpoint::{Kind, Problem, Violation};
use user_database::{Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::find_turn::{EarlierTurn, MessageKey, find_turn};
use super::open_turn::{Attempt, Opened, Opening, open_turn};
use super::read_turn::State;
use super::reopen_turn::{Reopened, Reopening, reopen_turn};
use super::{TurnKey, problem, text};
use crate::turn_log::end_lost_turn;

parameters! {
    struct KeyToRelease { idempotency_key }
}

columns! {
    struct ReleasedTurn { id: Uuid }
}

const RELEASE: Statement<KeyToRelease, ReleasedTurn> = statement!("todo.turns", "release_key.sql");

/// How often what stands in the way is cleared away for one message. It takes two at most, unless others are at it as well.
const MAX_ATTEMPTS: usize = 4;
/// Seconds after which they may be done.
const RETRY_AFTER_SECONDS: u32 = 1;

/// What came of a message.
pub enum Taken {
    /// It is to be answered.
    New {
        /// What the turn is known by.
        key: TurnKey,
        /// What it begins with.
        opened: Opened,
        /// The message was taken before, and that turn ended without an answer.
        again: Option<EarlierTurn>,
    },
    /// It was taken before, and is answered or being answered.
    Before(EarlierTurn),
}

/// Takes a message. Sent again by the same key it is the same turn, or another attempt where that one ended without an answer.
///
/// # Errors
/// As [`open_turn`]; 422 where the key came with another message.
pub async fn take_turn(database: &UserDatabase, opening: &Opening<'_>) -> Result<Taken, Problem> {
    for _ in 0..MAX_ATTEMPTS {
        match open_turn(database, opening).await {
            Ok(Attempt::Open(opened)) => {
                return Ok(Taken::New { key: opening.key, opened, again: None });
            }
            Ok(Attempt::Lost(turn)) => end_lost_turn(database, opening.key.conversation, turn).await?,
            Ok(Attempt::Repeated) => {
                if let Some(taken) = repeat(database, opening).await? {
                    return Ok(taken);
                }
            }
            // What keeps it busy may be this very message.
            Err(busy) if busy.kind == Kind::ConversationBusy && opening.message_key.is_some() => {
                return repeat(database, opening).await?.ok_or(busy);
            }
            Err(refused) => return Err(refused),
        }
    }
    Err(Problem::new(Kind::ConversationBusy).retry_after(RETRY_AFTER_SECONDS))
}

/// What a message that was taken before is now; `None` where it can be taken like a new one.
async fn repeat(database: &UserDatabase, opening: &Opening<'_>) -> Result<Option<Taken>, Problem> {
    let Some(message_key) = opening.message_key else { return Ok(None) };
    let Some(earlier) = find_turn(database, message_key).await? else { return Ok(None) };
    if !earlier.is_same_input {
        return Err(another_message());
    }
    if earlier.state == State::Running && earlier.is_lost {
        end_lost_turn(database, earlier.key.conversation, earlier.key.turn).await?;
        return Ok(None);
    }
    if earlier.state != State::Failed {
        return Ok(Some(Taken::Before(earlier)));
    }
    if earlier.sequence != earlier.last_sequence {
        release(database, message_key).await?;
        return Ok(None);
    }
    let reopening = Reopening {
        key: TurnKey::again(earlier.key.conversation, earlier.key.message),
        last_sequence: earlier.last_sequence,
        history_characters: opening.history_characters,
        quota: opening.quota,
    };
    let Reopened { opened, .. } = take_again(database, &reopening).await?;
    Ok(Some(Taken::New { key: reopening.key, opened, again: Some(earlier) }))
}

/// Takes the turn for another answer to a message.
///
/// # Errors
/// As [`reopen_turn`].
pub async fn take_again(database: &UserDatabase, reopening: &Reopening) -> Result<Reopened, Problem> {
    for _ in 0..MAX_ATTEMPTS {
        match reopen_turn(database, reopening).await? {
            Attempt::Open(reopened) => return Ok(reopened),
            Attempt::Lost(turn) => end_lost_turn(database, reopening.key.conversation, turn).await?,
            Attempt::Repeated => break,
        }
    }
    Err(Problem::new(Kind::ConversationBusy).retry_after(RETRY_AFTER_SECONDS))
}

async fn release(database: &UserDatabase, key: &MessageKey) -> Result<(), Problem> {
    let key = KeyToRelease { idempotency_key: text(key.key.as_str()) };
    database.at_most_one(&RELEASE, key).await.map(drop).map_err(problem)
}

fn another_message() -> Problem {
    let detail = "This idempotency key came with another message before: use a new key for a new message.";
    Problem::with_errors(Kind::InvalidInput, vec![Violation::new("", detail)])
}
