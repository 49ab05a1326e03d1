//! Why a message gets no result: JSON-RPC errors, and what the transport has to know of them.

use std::borrow::Cow;

use rmcp::model::{ErrorCode, ErrorData};
use serde_json::{Value, json};

use super::Revision;

/// The code of an error for a token that lacks a scope. The protocol has none: the HTTP status and the header
/// `WWW-Authenticate` say it. The code is outside the range that JSON-RPC and MCP reserve.
const INSUFFICIENT_SCOPE: ErrorCode = ErrorCode(403);

/// Also without a code of its own in the protocol, and told by the HTTP status.
const RATE_LIMITED: ErrorCode = ErrorCode(429);

/// What the official SDKs answer with 404 for a session they don't know.
const NO_SESSION: ErrorCode = ErrorCode(-32001);

/// 2026-07-28, Overview, "Error Codes".
const MISSING_CAPABILITY: ErrorCode = ErrorCode(-32021);

/// What is wrong, for a transport that has a word of its own for it (in HTTP: a status).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The method ran, and this is what came of it: part of the conversation.
    Answer,
    /// The message, or what came with it, can't be understood.
    InvalidMessage,
    /// The method does not exist.
    UnknownMethod,
    /// The session does not exist, or not for this user.
    UnknownSession,
    /// The token lacks a scope.
    InsufficientScope,
    /// The caller calls too often, or listens on too many streams.
    RateLimited,
    /// The answer is a stream, and the client does not take one.
    StreamNotAccepted,
}

/// A JSON-RPC error, and what kind it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RpcError {
    /// What is wrong, for the transport.
    pub(crate) kind: ErrorKind,
    /// The member `error` of the answer.
    pub(crate) error: Box<ErrorData>,
    /// Whether the same may work in a moment.
    pub(crate) is_transient: bool,
}

impl RpcError {
    pub(crate) fn new(kind: ErrorKind, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            error: Box::new(ErrorData { code, message: message.into(), data: None }),
            is_transient: false,
        }
    }

    /// The body is not JSON.
    pub(crate) fn parse_error(error: &serde_json::Error) -> Self {
        let message = format!(
            "The body is not JSON: reading stopped at line {}, column {}.",
            error.line(),
            error.column()
        );
        Self::new(ErrorKind::InvalidMessage, ErrorCode::PARSE_ERROR, message)
    }

    /// The body is not UTF-8, so it is not JSON either (RFC 8259, section 8.1).
    pub(crate) fn not_utf8() -> Self {
        Self::new(ErrorKind::InvalidMessage, ErrorCode::PARSE_ERROR, "The body is not UTF-8.")
    }

    /// The body is JSON, but no message that can be taken.
    pub(crate) fn invalid_request(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidMessage, ErrorCode::INVALID_REQUEST, reason)
    }

    /// The method does not exist in this revision. The stateless revision wants that told by the transport; to
    /// a client of an older one, HTTP's 404 would say that its session is gone.
    pub(crate) fn method_not_found(revision: Revision, method: &str) -> Self {
        let kind = if revision.is_stateless() { ErrorKind::UnknownMethod } else { ErrorKind::Answer };
        Self::new(kind, ErrorCode::METHOD_NOT_FOUND, format!("There is no method {} here.", quoted(method)))
    }

    /// The parameters of a method that exists are not what it takes.
    pub(crate) fn invalid_params(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Answer, ErrorCode::INVALID_PARAMS, reason)
    }

    /// `params._meta` lacks what every request of the stateless revision carries.
    pub(crate) fn invalid_meta(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidMessage, ErrorCode::INVALID_PARAMS, reason)
    }

    /// A header is missing, can't be read, or says something else than the body.
    pub(crate) fn header_mismatch(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidMessage, ErrorCode::HEADER_MISMATCH, reason)
    }

    /// The revision asked for is not spoken here.
    pub(crate) fn unsupported_version(requested: &str) -> Self {
        let mut rpc_error = Self::new(
            ErrorKind::InvalidMessage,
            ErrorCode::UNSUPPORTED_PROTOCOL_VERSION,
            format!("The protocol version {} is not supported.", quoted(requested)),
        );
        rpc_error.error.data = Some(json!({
            "supported": Revision::ALL.map(Revision::as_str),
            "requested": requested,
        }));
        rpc_error
    }

    /// There is nothing of this URI. Older revisions have a code of their own for it (2025-11-25, Resources, "Error
    /// Handling").
    pub(crate) fn resource_not_found(revision: Revision, uri: &str) -> Self {
        let code =
            if revision.is_stateless() { ErrorCode::INVALID_PARAMS } else { ErrorCode::RESOURCE_NOT_FOUND };
        let mut rpc_error =
            Self::new(ErrorKind::Answer, code, format!("There is no resource {}.", quoted(uri)));
        rpc_error.error.data = Some(json!({ "uri": uri }));
        rpc_error
    }

    /// The client did not declare what the call needs (2026-07-28, Overview, "Missing Required Capabilities").
    pub(crate) fn missing_capability(required: &Value) -> Self {
        let message = "The call needs a capability that the client did not declare.";
        let mut rpc_error = Self::new(ErrorKind::InvalidMessage, MISSING_CAPABILITY, message);
        rpc_error.error.data = Some(json!({ "requiredCapabilities": required }));
        rpc_error
    }

    /// The session id is none that was given out to this user, or its time is over. The client begins anew (2025-11-25,
    /// Transports, "Session Management").
    pub(crate) fn no_session() -> Self {
        Self::new(ErrorKind::UnknownSession, NO_SESSION, "There is no such session. Send initialize again.")
    }

    /// What is asked for is kept for a session, and the request has none.
    pub(crate) fn session_needed() -> Self {
        Self::invalid_request(
            "This needs a session: send initialize, then the header Mcp-Session-Id it answers.",
        )
    }

    /// The answer is a stream, and the client does not take one.
    pub(crate) fn not_acceptable_stream() -> Self {
        Self::new(
            ErrorKind::StreamNotAccepted,
            ErrorCode::INVALID_REQUEST,
            "The header Accept must list text/event-stream.",
        )
    }

    /// The caller calls too often.
    pub(crate) fn rate_limited(seconds: u32) -> Self {
        let message = format!("Too many calls. Try again in {seconds} s.");
        let mut rpc_error = Self::new(ErrorKind::RateLimited, RATE_LIMITED, message);
        rpc_error.error.data = Some(json!({ "retryAfterSeconds": seconds }));
        rpc_error
    }

    /// The user listens on as many streams as they may.
    pub(crate) fn too_many_streams(limit: u32, seconds: u32) -> Self {
        let message = format!(
            "You listen on {limit} streams, as many as you may at a time. Close one, or try again in {seconds} s."
        );
        let mut rpc_error = Self::new(ErrorKind::RateLimited, RATE_LIMITED, message);
        rpc_error.error.data = Some(json!({ "retryAfterSeconds": seconds }));
        rpc_error
    }

    /// What the server needs is out of reach.
    pub(crate) fn unavailable(seconds: u32) -> Self {
        let message = format!("This can't be done right now. Try again in {seconds} s.");
        let mut rpc_error = Self::internal(message);
        rpc_error.error.data = Some(json!({ "retryAfterSeconds": seconds }));
        rpc_error.is_transient = true;
        rpc_error
    }

    /// The token does not allow this call.
    pub(crate) fn insufficient_scope(scope: &str) -> Self {
        let message = format!("The access token lacks the scope {scope}.");
        Self::new(ErrorKind::InsufficientScope, INSUFFICIENT_SCOPE, message)
    }

    /// A fault of the server.
    pub(crate) fn internal(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Answer, ErrorCode::INTERNAL_ERROR, message)
    }
}

/// A client's word in a sentence: in quotes, escaped, and cut where it gets long.
pub(crate) fn quoted(word: &str) -> String {
    const MAX_CHARACTERS: usize = 80;
    let mut characters = word.chars();
    let start: String = characters.by_ref().take(MAX_CHARACTERS).collect();
    let rest = if characters.next().is_some() { "…" } else { "" };
    format!("{:?}", format!("{start}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_or_odd_word_is_cut_and_escaped() {
        assert_eq!(quoted("a\n\"b"), r#""a\n\"b""#);
        assert_eq!(quoted(&"é".repeat(100)).chars().count(), 83);
    }
}
