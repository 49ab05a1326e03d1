//! Messages that get no answer: notifications, and a client's answers to what it was asked.

use http::{HeaderMap, StatusCode};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::{
    Reply,
    dispatch::{find_session, revision},
    error, reply,
};
use crate::{
    message::{Id, Params, RpcError, raw},
    methods::RequestError,
    server::{Server, Store as _},
};

/// Says that a message was taken, or why not.
pub(super) fn reply_accepted(taken: Result<(), RequestError>) -> Reply {
    match taken {
        Ok(()) => reply::empty(StatusCode::ACCEPTED),
        Err(request_error) => error::reply_rpc_error(None, &request_error.rpc_error),
    }
}

/// Takes a notification. The only one that asks for something is that a request is no longer of interest.
pub(super) async fn take_notification<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    method: &str,
    params: Option<&RawValue>,
) -> Result<(), RequestError> {
    if !method.starts_with("notifications/") {
        return Err(RpcError::invalid_request("A request needs an id.").into());
    }
    let params = Params::read(params)?;
    let revision = revision(headers, params.meta()?.protocol_version()?.as_deref())?;
    if revision.is_stateless() || method != "notifications/cancelled" {
        return Ok(());
    }
    if let (Some(session), Some(id)) = (find_session(server, caller, headers)?, params.request_id) {
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
) -> Result<(), RequestError> {
    if revision(headers, None)?.is_stateless() {
        return Err(unasked_response().into());
    }
    let session = find_session(server, caller, headers)?.ok_or_else(unasked_response)?;
    let request = id.to_value().as_str().and_then(|id| Uuid::try_parse(id).ok());
    let request = request.ok_or_else(unasked_response)?;
    if raw::has_nul(text) {
        return Err(RpcError::invalid_request("The answer has the character U+0000.").into());
    }
    let response: Value = serde_json::from_str(text).unwrap_or_default();
    let taken = server.store(caller).record_response(session.id, request, &response).await;
    if taken? { Ok(()) } else { Err(unasked_response().into()) }
}

fn unasked_response() -> RpcError {
    RpcError::invalid_request("No request of this server waits for this answer.")
}
