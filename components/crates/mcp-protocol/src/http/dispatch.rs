//! From the text of a message to its answer.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Reply, batch, error, mirrored_headers, notifications, reply};
use crate::{
    message::{self, Id, Message, Meta, Params, Revision, RpcError, quoted, raw},
    methods::{self, Request, RequestError},
    server::{ClientFeatures, LogFilter, NotificationSink, ResumableStream, Server, Session, Store as _},
};

/// How many bytes most answers fit in.
const REPLY_CAPACITY: usize = 1024;

/// The header that carries the id of a session.
const SESSION_ID: HeaderName = HeaderName::from_static("mcp-session-id");

/// The session that a request names, if it names one.
pub(super) fn find_session<S: Server>(
    server: &S,
    caller: &S::Caller,
    headers: &HeaderMap,
) -> Result<Option<Session>, RpcError> {
    let sealed = mirrored_headers::single(headers, SESSION_ID.as_str())?;
    sealed.map(|sealed| Session::open(server, caller, sealed).map_err(|_| RpcError::no_session())).transpose()
}

/// Whether the headers say that the request stands on its own.
pub(super) fn is_stateless(headers: &HeaderMap) -> bool {
    matches!(mirrored_headers::single(headers, mirrored_headers::PROTOCOL_VERSION), Ok(Some(date))
        if Revision::parse(date).is_some_and(Revision::is_stateless))
}

/// Answers the text of a body.
pub(super) async fn dispatch_body<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    body: &[u8],
    sink: &NotificationSink,
) -> Reply {
    let Ok(text) = str::from_utf8(body) else { return error::reply_rpc_error(None, &RpcError::not_utf8()) };
    if text.trim_ascii_start().starts_with('[') {
        return batch::answer(server, caller, headers, text).await;
    }
    dispatch_message(server, caller, headers, text, sink).await
}

/// Answers one message.
pub(super) async fn dispatch_message<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
    sink: &NotificationSink,
) -> Reply {
    match message::read(text) {
        Err(read_error) => error::reply_rpc_error(read_error.id, &read_error.rpc_error),
        Ok(Message::Request { id, method, params }) => {
            dispatch_request(server, caller, headers, id, &method, params, sink).await
        }
        Ok(Message::Response { id, text }) => notifications::reply_accepted(
            notifications::take_response(server, caller, headers, id, text).await,
        ),
        Ok(Message::Notification { method, params }) => notifications::reply_accepted(
            notifications::take_notification(server, caller, headers, &method, params).await,
        ),
    }
}

async fn dispatch_request<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    id: Id<'_>,
    method: &str,
    params: Option<&RawValue>,
    sink: &NotificationSink,
) -> Reply {
    let checked = match check(headers, method, params) {
        Ok(checked) => checked,
        Err(rpc_error) => return error::reply_rpc_error(Some(id), &rpc_error),
    };
    let request = match prepare(server, caller, headers, id, method, checked, sink).await {
        Ok(request) => request,
        Err(request_error) => return error::reply_request_error(server, caller, Some(id), &request_error),
    };
    if let Err(rpc_error) = check_parameter_headers(&request, headers) {
        return error::reply_rpc_error(Some(id), &rpc_error);
    }
    let mut out = Vec::with_capacity(REPLY_CAPACITY);
    message::write_result_start(&mut out, id);
    if let Err(request_error) = methods::run(&request, &mut out).await {
        return error::reply_request_error(server, caller, Some(id), &request_error);
    }
    out.push(b'}');
    let mut answer = reply::json(StatusCode::OK, out);
    if method == "initialize" {
        let client = methods::read_client_features(&request.params);
        let session = Session::begin(server, caller, client);
        if let Some(value) = session.and_then(|session| HeaderValue::try_from(session).ok()) {
            answer.headers_mut().insert(SESSION_ID, value);
        }
    }
    answer
}

/// Holds the headers that repeat a tool's parameters to its arguments. Of what else is wrong with them, the method speaks.
fn check_parameter_headers<S: Server>(request: &Request<'_, S>, headers: &HeaderMap) -> Result<(), RpcError> {
    if request.method != "tools/call" || !request.revision.is_stateless() {
        return Ok(());
    }
    let name = request.params.name.and_then(raw::string);
    let Some(tool) = name.and_then(|name| request.server.tool_with_headers(&name)) else { return Ok(()) };
    let Ok(arguments) = request.params.arguments() else { return Ok(()) };
    mirrored_headers::check_parameters(headers, tool.headers(), arguments)
}

/// What the headers and the metadata of a request say.
pub(super) struct CheckedRequest<'a> {
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
) -> Result<CheckedRequest<'a>, RpcError> {
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
    Ok(CheckedRequest { revision, params, meta })
}

/// Puts together what a method needs to know.
async fn prepare<'a, S: Server>(
    server: &'static S,
    caller: &'a S::Caller,
    headers: &HeaderMap,
    id: Id<'a>,
    method: &'a str,
    checked: CheckedRequest<'a>,
    sink: &'a NotificationSink,
) -> Result<Request<'a, S>, RequestError> {
    let CheckedRequest { revision, params, meta } = checked;
    let session = match revision.is_stateless() || method == "initialize" {
        true => None,
        false => find_session(server, caller, headers)?,
    };
    let client = match session {
        Some(session) => session.client,
        None if revision.is_stateless() => {
            meta.client_capabilities().map(ClientFeatures::read).unwrap_or_default()
        }
        None => ClientFeatures::default(),
    };
    // Whom nothing can be sent to before the answer, nothing can be asked either.
    let client = if revision.is_stateless() || sink.is_open() { client } else { ClientFeatures::default() };
    let log_filter = log_filter(server, caller, &meta, session.as_ref(), method).await?;
    let resumable = session.map(|session| ResumableStream {
        stream: Uuid::now_v7(),
        session: session.id,
        request_id: id.as_json().to_owned(),
        is_primed: revision >= Revision::V2025_11_25,
    });
    sink.set(resumable, meta.progress_token(), log_filter);
    Ok(Request { server, caller, revision, id, method, params, client, session, sink })
}

/// Which log messages the client wants: what the request says, or what the session has set.
async fn log_filter<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    meta: &Meta<'_>,
    session: Option<&Session>,
    method: &str,
) -> Result<LogFilter, RequestError> {
    if server.info().capabilities().logging.is_none() {
        return Ok(LogFilter::Silent);
    }
    if let Some(level) = meta.log_level()? {
        return Ok(LogFilter::From(level));
    }
    match session {
        Some(session) if method == "tools/call" => {
            let level = server.store(caller).session(session.id).await?.log_level;
            // Until a client sets a level, the server decides (2025-11-25, Logging, "Setting Log Level").
            Ok(LogFilter::From(level.unwrap_or(rmcp::model::LoggingLevel::Info)))
        }
        _ => Ok(LogFilter::Silent),
    }
}

/// The revision named by the header, to which the body's own word is held where it has one.
pub(super) fn revision(headers: &HeaderMap, in_body: Option<&str>) -> Result<Revision, RpcError> {
    let name = mirrored_headers::PROTOCOL_VERSION;
    match (mirrored_headers::single(headers, name)?, in_body) {
        (Some(header), Some(body)) if header != body => Err(RpcError::header_mismatch(format!(
            "The header {name} says {}, the body says {}.",
            quoted(header),
            quoted(body)
        ))),
        (Some(header), _) => Revision::parse(header).ok_or_else(|| RpcError::unsupported_version(header)),
        (None, Some(body)) => Err(RpcError::header_mismatch(format!(
            "The header {name} is missing; the body says {}.",
            quoted(body)
        ))),
        (None, None) => Ok(Revision::UNNAMED),
    }
}
