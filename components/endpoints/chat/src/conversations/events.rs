//! `GET /api/v1/conversations/{id}/events`: the answer that is on its way, or was, from the event on that was read last.

use endpoint::sse::EVENT_STREAM;
use endpoint::{Context, Kind, Problem, Request, Response, accept, body};
use http::{HeaderMap, StatusCode};
use user_database::UserDatabase;

use super::{admit, id};
use crate::history::{self, State, read_turn};
use crate::messages::stream_turn;
use crate::turn_log::EventId;

const LAST_EVENT_ID: &str = "last-event-id";

/// Tells the events of a conversation's newest answer, or of that which `Last-Event-ID` names, those after that event.
///
/// # Errors
/// 404 when the user has no such conversation, or it no such answer; 400 for an id that is none.
pub async fn events(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let asking = admit(context, request.headers()).await?;
    accept::negotiate(request.headers(), &[EVENT_STREAM])?;
    let last = last_event_id(request.headers())?;
    let conversation = id(path_id)?;
    let database = UserDatabase::open(&asking.user_id, &asking.request_id).await.map_err(history::problem)?;
    let after = last.map_or(0, |last| last.number);
    let found = read_turn(&database, conversation, last.map(|last| last.turn), after).await?;
    drop(database);
    match found {
        Some(standing) if standing.state == State::Running || !standing.events.is_empty() => {
            Ok(stream_turn(asking, (conversation, standing.key.turn), after))
        }
        None if last.is_some() => Err(Problem::new(Kind::TurnNotFound)),
        // There is nothing more to tell, and a client that reconnects by itself stops at this status (HTML, section 9.2.3).
        _ => Ok(body::empty(StatusCode::NO_CONTENT)),
    }
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<EventId>, Problem> {
    let mut values = headers.get_all(LAST_EVENT_ID).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            let id = value.to_str().ok().and_then(|value| EventId::read(value.trim()));
            id.map(Some).ok_or_else(malformed)
        }
        (Some(_), Some(_)) => Err(malformed()),
    }
}

fn malformed() -> Problem {
    let detail = "The header Last-Event-ID takes the id of one event of an answer, as the stream gave it.";
    Problem::with_detail(Kind::InvalidHeader, detail)
}
