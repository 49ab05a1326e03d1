//! A message: checked before it is read, worked on, and answered at once or as a stream.

use std::rc::Rc;

use bytes::Bytes;
use futures_channel::mpsc::unbounded;
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};
use futures_util::stream::StreamExt as _;
use http::{HeaderMap, StatusCode};

use super::{
    Reply, dispatch,
    error::HttpError,
    media_types,
    stream::{self, StreamSource},
};
use crate::{
    message::{RpcError, raw},
    server::{Event, NotificationSink, Server},
};

/// How many bytes a body may have.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How deep a body may nest.
const MAX_DEPTH: usize = 64;

/// How many values a body may have. A value in memory takes many times the bytes it takes in a text, so a limit on bytes
/// alone would let one request use up what several share.
const MAX_VALUES: usize = 10_000;

pub(super) async fn answer<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    if let Err(error) = check(&headers, &body) {
        return error.into_reply();
    }
    let is_stateless = dispatch::is_stateless(&headers);
    if !media_types::takes_events(&headers) {
        return dispatch::dispatch_body(server, &caller, &headers, &body, &NotificationSink::new(None)).await;
    }
    let (sender, mut events) = unbounded();
    let for_work = Rc::clone(&caller);
    let work = async move {
        let sink = NotificationSink::new(Some(sender));
        dispatch::dispatch_body(server, &for_work, &headers, &body, &sink).await
    };
    // Most requests are answered before anything else is said; then there is no stream.
    match select(work.boxed_local(), events.next()).await {
        Either::Left((done, next)) => {
            drop(next);
            match events.try_recv() {
                Ok(Event::Begin(resumable)) => {
                    let work =
                        StreamSource { done: std::future::ready(done).boxed_local(), events, is_stateless };
                    stream::answer(server, caller, resumable, work)
                }
                _ => done,
            }
        }
        Either::Right((Some(Event::Begin(resumable)), done)) => {
            stream::answer(server, caller, resumable, StreamSource { done, events, is_stateless })
        }
        Either::Right((_, done)) => done.await,
    }
}

/// Checks what can be known before the message is read.
fn check(headers: &HeaderMap, body: &[u8]) -> Result<(), HttpError> {
    if !media_types::takes_json(headers) {
        return Err(HttpError::new(
            StatusCode::NOT_ACCEPTABLE,
            "The header Accept must list application/json and text/event-stream.",
        ));
    }
    if !media_types::carries_json(headers) {
        return Err(HttpError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must be application/json, not encoded.",
        ));
    }
    if body.len() > MAX_BODY_BYTES {
        return Err(HttpError::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 1 MiB."));
    }
    let shape = raw::shape(body);
    if shape.depth > MAX_DEPTH {
        return Err(
            RpcError::invalid_request(format!("The body nests deeper than {MAX_DEPTH} levels.")).into()
        );
    }
    if shape.values > MAX_VALUES {
        return Err(HttpError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body has more than 10,000 values: send less at once.",
        ));
    }
    Ok(())
}
