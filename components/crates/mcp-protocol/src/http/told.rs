//! Messages that get no answer: notifications, and a client's answers to what it was asked.

use http::{HeaderMap, StatusCode};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::{
    Reply, reply,
    respond::{revision, session_of},
};
use crate::{
    message::{Fault, Id, Params, raw},
    methods::Refusal,
    server::{Server, Store as _},
};

/// Says that a message was taken, or why not.
pub(super) fn accepted(taken: Result<(), Refusal>) -> Reply {
    match taken {
        Ok(()) => reply::empty(StatusCode::ACCEPTED),
        Err(refusal) => reply::fault(None, &refusal.fault),
    }
}

/// Takes a notification. The only one that asks for something is that a request is no longer of interest.
pub(super) async fn take_notification<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    method: &str,
    params: Option<&RawValue>,
) -> Result<(), Refusal> {
    if !method.starts_with("notifications/") {
        return Err(Fault::invalid_request("A request needs an id.").into());
    }
    let params = Params::read(params)?;
    let revision = revision(headers, params.meta()?.protocol_version()?.as_deref())?;
    if revision.is_stateless() || method != "notifications/cancelled" {
        return Ok(());
    }
    if let (Some(session), Some(id)) = (session_of(server, caller, headers)?, params.request_id) {
        server.store(caller).cancel(session.id, id.get()).await?;
    }
    Ok(())
}

/// Takes a client's answer to a request of the server, which another process may have sent.
pub(super) async fn take_response<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    id: Id<'_>,
    text: &str,
) -> Result<(), Refusal> {
    if revision(headers, None)?.is_stateless() {
        return Err(unasked_response().into());
    }
    let session = session_of(server, caller, headers)?.ok_or_else(unasked_response)?;
    let question = id.to_value().as_str().and_then(|id| Uuid::try_parse(id).ok());
    let question = question.ok_or_else(unasked_response)?;
    if raw::has_nul(text) {
        return Err(Fault::invalid_request("The answer has the character U+0000.").into());
    }
    let response: Value = serde_json::from_str(text).unwrap_or_default();
    let taken = server.store(caller).answer(session.id, question, &response).await;
    if taken? { Ok(()) } else { Err(unasked_response().into()) }
}

fn unasked_response() -> Fault {
    Fault::invalid_request("No request of this server waits for this answer.")
}
