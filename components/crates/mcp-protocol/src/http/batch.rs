//! Several messages in one body, as revision 2025-03-26 has them (JSON-RPC 2.0, section 6). Later ones have not.

use http::{HeaderMap, StatusCode};

use super::{Body, Reply, dispatch, error, mirrored_headers, reply};
use crate::{
    message::{self, Message, Revision, RpcError},
    server::{NotificationSink, Server},
};

/// How many messages one body may hold: they are run one after the other, and the whole waits for the last.
const MAX_MESSAGES: usize = 20;

/// How many bytes of answers a batch may have before the next message is run. Each answer has a limit of its own, but all of
/// them are held until the last is there.
const MAX_ANSWERED_BYTES: usize = 1024 * 1024;

/// Answers a batch: one answer for each request, none for notifications alone.
pub(super) async fn answer<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
) -> Reply {
    let messages = match check(headers, text) {
        Ok(messages) => messages,
        Err(rpc_error) => return error::reply_rpc_error(None, &rpc_error),
    };
    let mut out = Vec::new();
    for message in messages {
        let answer = match out.len() {
            0..=MAX_ANSWERED_BYTES => answer_to(server, caller, headers, message.get()).await,
            _ => refuse(message.get()),
        };
        match answer {
            // The first one is taken as it is, so that a long one is not there twice.
            Some(answer) if out.is_empty() => {
                out = answer;
                out.insert(0, b'[');
            }
            Some(answer) => {
                out.push(b',');
                out.extend_from_slice(&answer);
            }
            None => {}
        }
    }
    if out.is_empty() {
        return reply::empty(StatusCode::ACCEPTED);
    }
    out.push(b']');
    reply::json(StatusCode::OK, out)
}

/// Says of a message that it was not run.
fn refuse(text: &str) -> Option<Vec<u8>> {
    let id = match message::read(text) {
        Ok(Message::Request { id, .. }) => Some(id),
        Ok(_) => return None,
        Err(read_error) => read_error.id,
    };
    let reason =
        "The answers before this one are too long for one batch. This message was not run: send it alone.";
    match error::reply_rpc_error(id, &RpcError::invalid_request(reason)).into_body() {
        Body::Json(json) => Some(json),
        _ => None,
    }
}

fn check<'a>(headers: &HeaderMap, text: &'a str) -> Result<Vec<&'a serde_json::value::RawValue>, RpcError> {
    let messages = message::read_batch(text)?;
    let named = mirrored_headers::single(headers, mirrored_headers::PROTOCOL_VERSION)?;
    let revision = match named {
        Some(date) => Revision::parse(date).ok_or_else(|| RpcError::unsupported_version(date))?,
        None => Revision::UNNAMED,
    };
    if !revision.allows_batches() {
        return Err(RpcError::invalid_request(format!("Revision {revision} takes one message at a time.")));
    }
    if messages.is_empty() {
        return Err(RpcError::invalid_request("A batch holds at least one message."));
    }
    if messages.len() > MAX_MESSAGES {
        return Err(RpcError::invalid_request(format!("A batch holds at most {MAX_MESSAGES} messages.")));
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
        Ok(Message::Request { id, method, .. }) if method == "initialize" => error::reply_rpc_error(
            Some(id),
            &RpcError::invalid_request("The method initialize is sent alone."),
        ),
        _ => dispatch::dispatch_message(server, caller, headers, text, &NotificationSink::new(None)).await,
    };
    match alone.into_body() {
        Body::Json(json) => Some(json),
        _ => None,
    }
}
