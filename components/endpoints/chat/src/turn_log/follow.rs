//! Hearing a turn that runs anywhere, or that is over: waiting is looking.

use std::time::Duration;

use endpoint::{Kind, Problem};
use spin_sdk::time::sleep;
use user_database::UserDatabase;
use uuid::Uuid;

use super::event::EventName;
use super::lost::end_lost_turn;
use super::recorder::Listener;
use crate::history::{self, State, TurnKey, TurnStanding, read_turn};

/// How long to wait before looking again: soon at first, then less often.
const MIN_BACKOFF: Duration = Duration::from_millis(10);
const MAX_BACKOFF: Duration = Duration::from_millis(250);
/// More looks than a turn can last in a row without an answer of the database end the stream.
const MAX_FAILURES: u32 = 20;

/// How a turn ended that was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// What it is known by.
    pub key: TurnKey,
    /// How it stands: running only where nobody listens any more.
    pub state: State,
    /// Its last event was told.
    pub has_told_end: bool,
}

/// Tells a turn's events after this number, and those that come, until it is over or nobody listens.
///
/// # Errors
/// 404 when there is no such turn; 503 when the database is away for long.
pub async fn follow(
    (user_id, request_id): (&str, &str),
    (conversation, turn): (Uuid, Uuid),
    mut after: i32,
    listener: &mut impl Listener,
) -> Result<Followed, Problem> {
    let (mut backoff, mut failures) = (MIN_BACKOFF, 0);
    let mut has_told_end = false;
    loop {
        let database = UserDatabase::open(user_id, request_id).await.map_err(history::problem);
        let found = match database {
            Ok(database) => look(&database, conversation, turn, after).await,
            Err(problem) => Err(problem),
        };
        match found {
            Ok(standing) => {
                failures = 0;
                let is_over = standing.state != State::Running;
                for event in standing.events {
                    after = event.number;
                    has_told_end |= matches!(event.name, EventName::Done | EventName::Error);
                    listener.hear(&event);
                    backoff = MIN_BACKOFF;
                }
                if is_over || listener.is_gone() {
                    return Ok(Followed { key: standing.key, state: standing.state, has_told_end });
                }
            }
            Err(problem) if problem.kind == Kind::Unavailable && failures < MAX_FAILURES => failures += 1,
            Err(problem) => return Err(problem),
        }
        sleep(backoff).await;
        backoff = (backoff * 3 / 2).min(MAX_BACKOFF);
    }
}

/// Looks how a turn stands, and ends it where nobody holds it any more.
async fn look(
    database: &UserDatabase,
    conversation: Uuid,
    turn: Uuid,
    after: i32,
) -> Result<TurnStanding, Problem> {
    let find = async || {
        let found = read_turn(database, conversation, Some(turn), after).await?;
        found.ok_or_else(|| Problem::new(Kind::TurnNotFound))
    };
    let standing = find().await?;
    if !standing.is_lost {
        return Ok(standing);
    }
    end_lost_turn(database, conversation, turn).await?;
    find().await
}
