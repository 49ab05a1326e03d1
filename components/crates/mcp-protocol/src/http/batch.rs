//! Several messages in one body, as revision 2025-03-26 has them (JSON-RPC 2.0, section 6). Later ones have not.

use http::{HeaderMap, StatusCode};

use super::{Body, Reply, mirrored_headers, reply, respond};
use crate::{
    message::{self, Fault, Message, Revision},
    server::{Outlet, Server},
};

/// How many messages one body may hold: they are run one after the other, and the whole waits for the last.
const MAX_MESSAGES: usize = 20;

/// Answers a batch: one answer for each request, none for notifications alone.
pub(super) async fn answer<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
) -> Reply {
    let messages = match check(headers, text) {
        Ok(messages) => messages,
        Err(fault) => return reply::fault(None, &fault),
    };
    let mut out = vec![b'['];
    for message in messages {
        if out.len() > 1 {
            out.push(b',');
        }
        match answer_to(server, caller, headers, message.get()).await {
            Some(answer) => out.extend_from_slice(&answer),
            None if out.len() > 1 => drop(out.pop()),
            None => {}
        }
    }
    if out.len() == 1 {
        return reply::empty(StatusCode::ACCEPTED);
    }
    out.push(b']');
    reply::json(StatusCode::OK, out)
}

fn check<'a>(headers: &HeaderMap, text: &'a str) -> Result<Vec<&'a serde_json::value::RawValue>, Fault> {
    let messages = message::read_batch(text)?;
    let named = mirrored_headers::single(headers, mirrored_headers::PROTOCOL_VERSION)?;
    let revision = match named {
        Some(date) => Revision::parse(date).ok_or_else(|| Fault::unsupported_version(date))?,
        None => Revision::UNNAMED,
    };
    if !revision.allows_batches() {
        return Err(Fault::invalid_request(format!("Revision {revision} takes one message at a time.")));
    }
    if messages.is_empty() {
        return Err(Fault::invalid_request("A batch holds at least one message."));
    }
    if messages.len() > MAX_MESSAGES {
        return Err(Fault::invalid_request(format!("A batch holds at most {MAX_MESSAGES} messages.")));
    }
    Ok(messages)
}

/// The answer to one message; `None` where it gets none.
async fn answer_to<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
) -> Option<Vec<u8>> {
    let alone = match message::read(text) {
        // 2025-03-26, Lifecycle: "initialize" must not be part of a batch.
        Ok(Message::Request { id, method, .. }) if method == "initialize" => {
            reply::fault(Some(id), &Fault::invalid_request("The method initialize is sent alone."))
        }
        _ => respond::to_message(server, caller, headers, text, &Outlet::new(None)).await,
    };
    match alone.into_body() {
        Body::Json(json) => Some(json),
        _ => None,
    }
}
