//! Several messages in one body, as revision 2025-03-26 has them (JSON-RPC 2.0, section 6). Later ones have not.

use http::{HeaderMap, StatusCode};

use crate::{
    Reply, Revision, Server, dispatch,
    fault::Fault,
    message::{self, Message},
    mirrored_headers,
    params::Params,
    post, reply,
};

/// How many messages one body may hold: they are run one after the other, and the whole waits for the last.
const MAX_MESSAGES: usize = 20;

/// Answers a batch: one answer for each request, none for notifications alone.
pub(crate) async fn answer<S: Server>(
    server: &S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
) -> Reply {
    let messages = match check(headers, text) {
        Ok(messages) => messages,
        Err(fault) => return reply::fault(None, &fault),
    };
    let mut out = vec![b'['];
    for text in messages {
        let start = out.len();
        if start > 1 {
            out.push(b',');
        }
        let before = out.len();
        write_answer(server, caller, headers, text.get(), &mut out).await;
        if out.len() == before {
            out.truncate(start);
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

/// Writes the answer to one message; nothing where it gets none.
async fn write_answer<S: Server>(
    server: &S,
    caller: &S::Caller,
    headers: &HeaderMap,
    text: &str,
    out: &mut Vec<u8>,
) {
    let start = out.len();
    let (id, fault) = match message::read(text) {
        Err(unreadable) => (unreadable.id, unreadable.fault),
        Ok(Message::Response) => (None, post::unasked_response()),
        Ok(Message::Notification { method, params }) => {
            match post::take_notification(headers, &method, params) {
                Ok(()) => return,
                Err(fault) => (None, fault),
            }
        }
        Ok(Message::Request { id, method, .. }) if method == "initialize" => {
            // 2025-03-26, Lifecycle: "initialize" must not be part of a batch.
            (Some(id), Fault::invalid_request("The method initialize is sent alone."))
        }
        Ok(Message::Request { id, method, params }) => {
            reply::write_result_start(out, id);
            let done = match Params::read(params) {
                Ok(params) => {
                    dispatch::run(server, caller, Revision::V2025_03_26, &method, &params, out).await
                }
                Err(fault) => Err(fault.into()),
            };
            match done {
                Ok(()) => {
                    out.push(b'}');
                    return;
                }
                Err(refusal) => (Some(id), refusal.fault),
            }
        }
    };
    out.truncate(start);
    reply::write_fault(out, id, &fault);
}
