//! A provider's answer as events, while it arrives.

mod assembler;
mod calls;
mod chunk;
mod responses;

use std::pin::pin;

use bytes::Bytes;
use futures_util::{StreamExt, future::Either, future::select};
use http::{Response, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sse_stream::SseStream;

use crate::bindings::todo::model::types::{Event, ModelError};
use crate::failure::{garbled, interrupted};
use crate::settings::Api;
use assembler::Assembler;
use responses::ResponsesAssembler;

/// The largest answer that is read, in bytes: 8 MiB. What is longer makes no sense as a turn of a conversation.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Ends a stream; no JSON.
const END_MARKER: &str = "[DONE]";

/// Takes events one by one; `false` once nobody reads them any more.
pub trait Sink {
    /// Hands on one event.
    async fn send(&mut self, event: Event) -> bool;
}

/// Puts the pieces of an answer together.
trait Assemble {
    /// Takes a piece and answers the words in it.
    ///
    /// # Errors
    /// It is no piece of an answer, or the provider reports an error in it.
    fn accept(&mut self, data: &str) -> Result<Vec<Event>, ModelError>;

    /// The provider says that nothing follows.
    fn close(&mut self);

    /// The calls, the cost, and the end.
    ///
    /// # Errors
    /// The answer broke off, is empty, or has a call that makes no sense.
    fn finish(self) -> Result<Vec<Event>, ModelError>;
}

/// What an HTTP body's error has to be for the decoder.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Reads an answer of this API, streamed or whole, and hands on its events up to `end`. `quiet` is asked for a new timer before
/// each read and ends the turn when it fires first.
///
/// # Errors
/// The answer breaks off, stays quiet for too long, reports an error, or makes no sense. Nothing but words and usage
/// has been handed on by then: calls follow when the answer is whole.
pub async fn read<B, Q>(
    api: Api,
    response: Response<B>,
    sink: &mut impl Sink,
    quiet: impl Fn() -> Q,
) -> Result<(), ModelError>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
    Q: Future<Output = ()>,
{
    match api {
        Api::ChatCompletions => assemble(Assembler::default(), response, sink, quiet).await,
        Api::Responses => assemble(ResponsesAssembler::default(), response, sink, quiet).await,
    }
}

async fn assemble<B, Q>(
    mut assembler: impl Assemble,
    response: Response<B>,
    sink: &mut impl Sink,
    quiet: impl Fn() -> Q,
) -> Result<(), ModelError>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
    Q: Future<Output = ()>,
{
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("application/json"));
    let body = Limited::new(response.into_body(), MAX_BYTES);
    if is_json {
        let whole =
            with_idle_timeout(body.collect(), quiet()).await?.map_err(|error| body_failed(&*error))?;
        let text = whole.to_bytes();
        let text = std::str::from_utf8(&text).map_err(|_| garbled("it is not UTF-8"))?;
        forward(sink, assembler.accept(text)?).await;
    } else {
        let mut events = pin!(SseStream::new(body.map_err(AnswerError)));
        while let Some(event) = with_idle_timeout(events.next(), quiet()).await? {
            let event = event.map_err(|error| match error {
                sse_stream::Error::Body(error) => body_failed(&*error),
                _ => garbled("its stream is not UTF-8"),
            })?;
            match event.data.as_deref() {
                None | Some("") => {}
                Some(data) if data.trim() == END_MARKER => {
                    assembler.close();
                    break;
                }
                Some(data) if !forward(sink, assembler.accept(data)?).await => return Ok(()),
                Some(_) => {}
            }
        }
    }
    forward(sink, assembler.finish()?).await;
    Ok(())
}

async fn forward(sink: &mut impl Sink, events: Vec<Event>) -> bool {
    for event in events {
        if !sink.send(event).await {
            return false;
        }
    }
    true
}

async fn with_idle_timeout<T>(
    next: impl Future<Output = T>,
    quiet: impl Future<Output = ()>,
) -> Result<T, ModelError> {
    match select(pin!(next), pin!(quiet)).await {
        Either::Left((value, _)) => Ok(value),
        Either::Right(_) => Err(interrupted()),
    }
}

fn body_failed(error: &(dyn std::error::Error + 'static)) -> ModelError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return garbled("it is too long");
        }
        cause = match error.downcast_ref::<AnswerError>() {
            Some(failed) => Some(&*failed.0),
            None => error.source(),
        };
    }
    interrupted()
}

/// Lets the decoder carry an error whose type is not known.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct AnswerError(BoxError);

#[cfg(test)]
mod tests;
