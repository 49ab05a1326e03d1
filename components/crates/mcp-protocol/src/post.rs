//! One HTTP request to the MCP endpoint, from its headers and body to its answer.

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::value::RawValue;

use crate::{
    Reply, Revision, Server, batch,
    dispatch::{self, Refusal},
    fault::{Fault, quoted},
    media_types,
    message::{self, Id, Message},
    mirrored_headers,
    params::Params,
    raw, reply,
};

/// How many bytes a body may have.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How deep a body may nest.
const MAX_DEPTH: usize = 64;

/// How many bytes most answers fit in.
const USUAL_REPLY_BYTES: usize = 1024;

/// Answers one HTTP request. Who calls is already known, and that its page may call
/// ([`AllowedOrigins`](crate::AllowedOrigins)).
pub async fn answer<S: Server>(
    server: &S,
    caller: &S::Caller,
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> Reply {
    match open(method, headers, body) {
        Err(fault) => refuse_to_open(&fault),
        Ok(text) if text.trim_ascii_start().starts_with('[') => {
            batch::answer(server, caller, headers, text).await
        }
        Ok(text) => answer_message(server, caller, headers, text).await,
    }
}

/// Checks what can be known before the message is read.
fn open<'a>(method: &Method, headers: &HeaderMap, body: &'a [u8]) -> Result<&'a str, Fault> {
    if method != Method::POST {
        // There is no stream to open and no session to end.
        return Err(Fault::http(StatusCode::METHOD_NOT_ALLOWED, "Messages are sent with POST."));
    }
    if !media_types::takes_json(headers) {
        return Err(Fault::http(
            StatusCode::NOT_ACCEPTABLE,
            "The header Accept must list application/json and text/event-stream.",
        ));
    }
    if !media_types::carries_json(headers) {
        return Err(Fault::http(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must be application/json, not encoded.",
        ));
    }
    if body.len() > MAX_BODY_BYTES {
        return Err(Fault::http(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 1 MiB."));
    }
    let text = str::from_utf8(body).map_err(|_| Fault::not_utf8())?;
    if raw::nests_deeper_than(body, MAX_DEPTH) {
        return Err(Fault::invalid_request("The body nests deeper than 64 levels."));
    }
    Ok(text)
}

fn refuse_to_open(fault: &Fault) -> Reply {
    let mut refused = reply::fault(None, fault);
    if fault.status == StatusCode::METHOD_NOT_ALLOWED {
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST, OPTIONS"));
    }
    refused
}

async fn answer_message<S: Server>(server: &S, caller: &S::Caller, headers: &HeaderMap, text: &str) -> Reply {
    match message::read(text) {
        Err(unreadable) => reply::fault(unreadable.id, &unreadable.fault),
        Ok(Message::Response) => reply::fault(None, &unasked_response()),
        Ok(Message::Notification { method, params }) => match take_notification(headers, &method, params) {
            Ok(()) => reply::empty(StatusCode::ACCEPTED),
            Err(fault) => reply::fault(None, &fault),
        },
        Ok(Message::Request { id, method, params }) => {
            answer_request(server, caller, headers, id, &method, params).await
        }
    }
}

async fn answer_request<S: Server>(
    server: &S,
    caller: &S::Caller,
    headers: &HeaderMap,
    id: Id<'_>,
    method: &str,
    params: Option<&RawValue>,
) -> Reply {
    let (revision, params) = match check_request(headers, method, params) {
        Ok(checked) => checked,
        Err(fault) => return reply::fault(Some(id), &fault),
    };
    let mut out = Vec::with_capacity(USUAL_REPLY_BYTES);
    reply::write_result_start(&mut out, id);
    match dispatch::run(server, caller, revision, method, &params, &mut out).await {
        Ok(()) => {
            out.push(b'}');
            reply::json(StatusCode::OK, out)
        }
        Err(refusal) => refuse(server, id, &refusal),
    }
}

fn refuse<S: Server>(server: &S, id: Id<'_>, refusal: &Refusal) -> Reply {
    let mut answer = reply::fault(Some(id), &refusal.fault);
    let challenge = refusal.scope.as_deref().and_then(|scope| server.scope_challenge(scope));
    if let Some(challenge) = challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

/// Finds the revision that a request speaks and holds its headers to its body, in the order in which official
/// servers do: version, method, metadata, name.
fn check_request<'a>(
    headers: &HeaderMap,
    method: &str,
    params: Option<&'a RawValue>,
) -> Result<(Revision, Params<'a>), Fault> {
    let params = Params::read(params)?;
    let meta = params.meta()?;
    let revision = revision(headers, meta.protocol_version()?.as_deref())?;
    if revision.is_stateless() {
        mirrored_headers::check_method(headers, method)?;
        meta.check()?;
        if method == "tools/call"
            && let Some(name) = params.name.and_then(raw::string)
        {
            mirrored_headers::check_name(headers, &name)?;
        }
    }
    Ok((revision, params))
}

/// The revision named by the header, to which the body's own word is held where it has one.
fn revision(headers: &HeaderMap, in_body: Option<&str>) -> Result<Revision, Fault> {
    let name = mirrored_headers::PROTOCOL_VERSION;
    match (mirrored_headers::single(headers, name)?, in_body) {
        (Some(header), Some(body)) if header != body => Err(Fault::header_mismatch(format!(
            "The header {name} says {}, the body says {}.",
            quoted(header),
            quoted(body)
        ))),
        (Some(header), _) => Revision::parse(header).ok_or_else(|| Fault::unsupported_version(header)),
        (None, Some(body)) => Err(Fault::header_mismatch(format!(
            "The header {name} is missing; the body says {}.",
            quoted(body)
        ))),
        (None, None) => Ok(Revision::UNNAMED),
    }
}

/// Takes a notification. None of those a client may send asks for anything that is done here.
pub(crate) fn take_notification(
    headers: &HeaderMap,
    method: &str,
    params: Option<&RawValue>,
) -> Result<(), Fault> {
    if !method.starts_with("notifications/") {
        return Err(Fault::invalid_request("A request needs an id."));
    }
    let params = Params::read(params)?;
    revision(headers, params.meta()?.protocol_version()?.as_deref()).map(drop)
}

/// Nothing is ever asked of a client, so no answer of one is waited for.
pub(crate) fn unasked_response() -> Fault {
    Fault::invalid_request("No request of this server waits for an answer.")
}
