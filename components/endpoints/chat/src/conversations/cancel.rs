//! `POST /api/v1/conversations/{id}/cancel`: stops the answer that is on its way.

use std::time::{Duration, Instant};

use endpoint::{Context, Problem, Request, Response, body};
use http::StatusCode;
use serde::Serialize;
use spin_sdk::time::sleep;
use user_database::UserDatabase;
use uuid::Uuid;

use super::{admit, id};
use crate::history::{self, State, TurnKey, cancel_turn, read_turn};
use crate::messages::Answer;
use crate::turn_log::end_lost_turn;

/// How long it is waited for a call that had begun. After that the turn ends by itself when the call has.
const END_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait before looking again: soon at first, then less often.
const MIN_BACKOFF: Duration = Duration::from_millis(10);
const MAX_BACKOFF: Duration = Duration::from_millis(250);

/// How the answer stands that was to be stopped.
#[derive(Debug, Serialize)]
struct Cancellation {
    conversation_id: Uuid,
    state: Outcome,
    /// What was said, if the answer is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

/// What came of stopping an answer.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// Nothing was being answered.
    Idle,
    /// It was stopped.
    Cancelled,
    /// It had come to its end by itself.
    #[serde(rename = "answered")]
    Complete,
    /// It ended without an answer.
    Failed,
    /// Its last call takes long; it ends when that has.
    Ending,
}

/// Stops the answer that is on its way in a conversation. No call begins after the answer to this.
///
/// # Errors
/// 404 when the user has no such conversation.
pub async fn cancel(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let asking = admit(context, &parts.headers).await?;
    body::expect_none(&parts.headers, content).await?;
    let conversation_id = id(path_id)?;
    let connect =
        async || UserDatabase::open(&asking.user_id, &asking.request_id).await.map_err(history::problem);
    let answer = |state, answer| body::json(StatusCode::OK, &Cancellation { conversation_id, state, answer });
    let Some(turn) = cancel_turn(&connect().await?, conversation_id).await? else {
        return answer(Outcome::Idle, None);
    };
    let (begun, mut backoff) = (Instant::now(), MIN_BACKOFF);
    while begun.elapsed() < END_TIMEOUT {
        let (key, state) = match look(&connect().await?, conversation_id, turn).await? {
            Some(found) => found,
            // The message is gone that it answered.
            None => return answer(Outcome::Failed, None),
        };
        let outcome = match state {
            State::Running => None,
            State::Cancelled => Some(Outcome::Cancelled),
            State::Complete => Some(Outcome::Complete),
            State::Failed => Some(Outcome::Failed),
        };
        if let Some(outcome) = outcome {
            return answer(outcome, asking.answer(key).await?);
        }
        sleep(backoff).await;
        backoff = (backoff * 3 / 2).min(MAX_BACKOFF);
    }
    answer(Outcome::Ending, None)
}

/// How a turn stands; it is ended where nobody holds it any more.
async fn look(
    database: &UserDatabase,
    conversation: Uuid,
    turn: Uuid,
) -> Result<Option<(TurnKey, State)>, Problem> {
    let standing = read_turn(database, conversation, Some(turn), i32::MAX).await?;
    if standing.as_ref().is_some_and(|standing| standing.is_lost) {
        end_lost_turn(database, conversation, turn).await?;
    }
    Ok(standing.map(|standing| (standing.key, standing.state)))
}
