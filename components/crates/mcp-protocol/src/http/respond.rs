//! From the text of a message to its answer.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Reply, batch, mirrored_headers, reply, told};
use crate::{
    message::{self, Fault, Id, Message, Meta, Params, Revision, quoted, raw},
    methods::{self, Refusal, Request},
    server::{ClientFeatures, Outlet, Resumable, Server, Session, Store as _, Threshold},
};

/// How many bytes most answers fit in.
const USUAL_REPLY_BYTES: usize = 1024;

/// The header that carries the id of a session.
const SESSION_ID: HeaderName = HeaderName::from_static("mcp-session-id");

/// The session that a request names, if it names one.
pub(super) fn session_of<S: Server>(
    server: &S,
    caller: &S::Caller,
    headers: &HeaderMap,
) -> Result<Option<Session>, Fault> {
    let sealed = mirrored_headers::single(headers, SESSION_ID.as_str())?;
    sealed.map(|sealed| Session::open(server, caller, sealed).map_err(|_| Fault::no_session())).transpose()
}

/// Whether the headers say that the request stands on its own.
pub(super) fn is_stateless(headers: &HeaderMap) -> bool {
    matches!(mirrored_headers::single(headers, mirrored_headers::PROTOCOL_VERSION), Ok(Some(date))
        if Revision::parse(date).is_some_and(Revision::is_stateless))
}

/// Answers the text of a body.
pub(super) async fn to_text<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    body: &[u8],
    outlet: &Outlet,
) -> Reply {
    let Ok(text) = str::from_utf8(body) else { return reply::fault(None, &Fault::not_utf8()) };
    if text.trim_ascii_start().starts_with('[') {
        return batch::answer(server, caller, headers, text).await;
    }
    to_message(server, caller, headers, text, outlet).await
}

/// Answers one message.
pub(super) async fn to_message<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
    outlet: &Outlet,
) -> Reply {
    match message::read(text) {
        Err(unreadable) => reply::fault(unreadable.id, &unreadable.fault),
        Ok(Message::Request { id, method, params }) => {
            to_request(server, caller, headers, id, &method, params, outlet).await
        }
        Ok(Message::Response { id, text }) => {
            told::accepted(told::take_response(server, caller, headers, id, text).await)
        }
        Ok(Message::Notification { method, params }) => {
            told::accepted(told::take_notification(server, caller, headers, &method, params).await)
        }
    }
}

async fn to_request<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    id: Id<'_>,
    method: &str,
    params: Option<&RawValue>,
    outlet: &Outlet,
) -> Reply {
    let checked = match check(headers, method, params) {
        Ok(checked) => checked,
        Err(fault) => return reply::fault(Some(id), &fault),
    };
    let request = match open(server, caller, headers, id, method, checked, outlet).await {
        Ok(request) => request,
        Err(refusal) => return refusal.into_reply(server, caller, Some(id)),
    };
    let mut out = Vec::with_capacity(USUAL_REPLY_BYTES);
    reply::write_result_start(&mut out, id);
    if let Err(refusal) = methods::run(&request, &mut out).await {
        return refusal.into_reply(server, caller, Some(id));
    }
    out.push(b'}');
    let mut answer = reply::json(StatusCode::OK, out);
    if method == "initialize" {
        let client = methods::client_of_handshake(&request.params);
        let session = Session::begin(server, caller, client);
        if let Some(value) = session.and_then(|session| HeaderValue::try_from(session).ok()) {
            answer.headers_mut().insert(SESSION_ID, value);
        }
    }
    answer
}

/// What the headers and the metadata of a request say.
pub(super) struct Checked<'a> {
    revision: Revision,
    params: Params<'a>,
    meta: Meta<'a>,
}

/// Finds the revision that a request speaks and holds its headers to its body, in the order in which official
/// servers do: version, method, metadata, name.
pub(super) fn check<'a>(
    headers: &HeaderMap,
    method: &str,
    params: Option<&'a RawValue>,
) -> Result<Checked<'a>, Fault> {
    let params = Params::read(params)?;
    let meta = params.meta()?;
    let revision = revision(headers, meta.protocol_version()?.as_deref())?;
    if revision.is_stateless() {
        mirrored_headers::check_method(headers, method)?;
        meta.check()?;
        let named = match method {
            "tools/call" | "prompts/get" => params.name,
            "resources/read" => params.uri,
            // SEP-2663, "Streamable HTTP: Routing Headers".
            "tasks/get" | "tasks/update" | "tasks/cancel" => params.task_id,
            _ => None,
        };
        if let Some(name) = named.and_then(raw::string) {
            mirrored_headers::check_name(headers, &name)?;
        }
    }
    Ok(Checked { revision, params, meta })
}

/// Puts together what a method needs to know.
async fn open<'a, S: Server>(
    server: &'static S,
    caller: &'a S::Caller,
    headers: &'a HeaderMap,
    id: Id<'a>,
    method: &'a str,
    checked: Checked<'a>,
    outlet: &'a Outlet,
) -> Result<Request<'a, S>, Refusal> {
    let Checked { revision, params, meta } = checked;
    let session = match revision.is_stateless() || method == "initialize" {
        true => None,
        false => session_of(server, caller, headers)?,
    };
    let client = match session {
        Some(session) => session.client,
        None if revision.is_stateless() => {
            meta.client_capabilities().map(ClientFeatures::read).unwrap_or_default()
        }
        None => ClientFeatures::default(),
    };
    // Whom nothing can be sent to before the answer, nothing can be asked either.
    let client = if revision.is_stateless() || outlet.is_open() { client } else { ClientFeatures::default() };
    let threshold = threshold(server, caller, &meta, session.as_ref(), method).await?;
    let resumable = session.map(|session| Resumable {
        stream: Uuid::now_v7(),
        session: session.id,
        request_id: id.as_json().to_owned(),
        is_primed: revision >= Revision::V2025_11_25,
    });
    outlet.set(resumable, meta.progress_token(), threshold);
    Ok(Request { server, caller, headers, revision, id, method, params, client, session, outlet })
}

/// Which log messages the client wants: what the request says, or what the session has set.
async fn threshold<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    meta: &Meta<'_>,
    session: Option<&Session>,
    method: &str,
) -> Result<Threshold, Refusal> {
    if server.card().capabilities().logging.is_none() {
        return Ok(Threshold::Silent);
    }
    if let Some(level) = meta.log_level()? {
        return Ok(Threshold::From(level));
    }
    match session {
        Some(session) if method == "tools/call" => {
            let level = server.store(caller).session(session.id).await?.log_level;
            // Until a client sets a level, the server decides (2025-11-25, Logging, "Setting Log Level").
            Ok(Threshold::From(level.unwrap_or(rmcp::model::LoggingLevel::Info)))
        }
        _ => Ok(Threshold::Silent),
    }
}

/// The revision named by the header, to which the body's own word is held where it has one.
pub(super) fn revision(headers: &HeaderMap, in_body: Option<&str>) -> Result<Revision, Fault> {
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
