//! Errors over HTTP: the status of each, and the headers that say what to do next.

use http::{HeaderName, HeaderValue, StatusCode, header};
use rmcp::model::ErrorCode;

use super::{Reply, reply};
use crate::{
    message::{ErrorKind, Id, RpcError},
    methods::RequestError,
    server::Server,
};

/// How many calls a minute are allowed, and how many are left (draft-ietf-httpapi-ratelimit-headers, sections 3 and 4).
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// A JSON-RPC error and the status it is sent with.
pub(super) struct HttpError {
    pub(super) status: StatusCode,
    pub(super) rpc_error: RpcError,
}

impl HttpError {
    /// What is wrong with a request that no message was read from: the status says it.
    pub(super) fn new(status: StatusCode, reason: &'static str) -> Self {
        let rpc_error = RpcError::new(ErrorKind::InvalidMessage, ErrorCode::INVALID_REQUEST, reason);
        Self { status, rpc_error }
    }

    /// The answer over HTTP, to nobody in particular.
    pub(super) fn into_reply(self) -> Reply {
        reply::error(self.status, None, &self.rpc_error)
    }
}

impl From<RpcError> for HttpError {
    fn from(rpc_error: RpcError) -> Self {
        Self { status: status(rpc_error.kind), rpc_error }
    }
}

/// The status with which an error of this kind is sent (2026-07-28, Streamable HTTP, "Sending Messages").
const fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Answer => StatusCode::OK,
        ErrorKind::InvalidMessage => StatusCode::BAD_REQUEST,
        ErrorKind::UnknownMethod | ErrorKind::UnknownSession => StatusCode::NOT_FOUND,
        ErrorKind::InsufficientScope => StatusCode::FORBIDDEN,
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::StreamNotAccepted => StatusCode::NOT_ACCEPTABLE,
    }
}

/// The answer that is this error, to a request that has an id if it came as a message.
pub(super) fn reply_rpc_error(id: Option<Id<'_>>, rpc_error: &RpcError) -> Reply {
    reply::error(status(rpc_error.kind), id, rpc_error)
}

/// The answer to a request that got no result.
pub(super) fn reply_request_error<S: Server>(
    server: &S,
    caller: &S::Caller,
    id: Option<Id<'_>>,
    error: &RequestError,
) -> Reply {
    let mut answer = reply_rpc_error(id, &error.rpc_error);
    let headers = answer.headers_mut();
    let challenge = error.scope.as_deref().and_then(|scope| server.scope_challenge(caller, scope));
    if let Some(challenge) = challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    if let Some(seconds) = error.retry_after.or(error.rate.map(|(_, seconds)| seconds)) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if let Some((limit, seconds)) = error.rate {
        // So many calls in a window of a minute.
        for (name, value) in [
            (RATE_LIMIT_POLICY, format!("\"calls\";q={limit};w=60")),
            (RATE_LIMIT, format!("\"calls\";r=0;t={seconds}")),
        ] {
            headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
        }
    }
    answer
}
