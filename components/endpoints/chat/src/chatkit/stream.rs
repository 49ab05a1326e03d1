//! Streams of the protocol: server-sent events that have data and nothing else.

use chatkit_protocol::{ErrorCode, StreamOptions, ThreadStreamEvent};
use endpoint::{Kind, Problem, Response, sse};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use http::header;
use sse_stream::Sse;
use uuid::Uuid;

use crate::messages::{KEEP_ALIVE_INTERVAL, sentence};

/// Where events go.
pub struct Events(Option<UnboundedSender<Sse>>);

/// Events, and the answer that sends them.
pub fn channel() -> (Events, Response) {
    let (sender, receiver) = unbounded();
    (Events(Some(sender)), sse::stream(receiver, KEEP_ALIVE_INTERVAL))
}

/// Events of an answer, and the answer that sends them and says by which request it is stopped: closing the stream does not always.
pub fn stoppable_channel(thread: Uuid) -> (Events, Response) {
    let (events, mut response) = channel();
    let link = format!("</api/v1/conversations/{thread}/cancel>; rel=\"cancel\"");
    if let Ok(link) = link.parse() {
        response.headers_mut().insert(header::LINK, link);
    }
    (events, response)
}

/// A stream of events that are all known.
pub fn send_all(known: impl IntoIterator<Item = ThreadStreamEvent>) -> Response {
    let (mut events, response) = channel();
    known.into_iter().for_each(|event| events.send(&event));
    response
}

/// An answer can be stopped: by closing its stream where the message has no key, and always by a request.
pub const fn options() -> ThreadStreamEvent {
    ThreadStreamEvent::StreamOptions { stream_options: StreamOptions { allow_cancel: true } }
}

impl Events {
    /// Sends an event, unless nobody listens any more.
    pub fn send(&mut self, event: &ThreadStreamEvent) {
        let Some(sender) = &self.0 else { return };
        // Structs of strings and JSON values have no way to fail.
        let data = serde_json::to_string(event).unwrap_or_default();
        if sender.unbounded_send(Sse::default().data(data)).is_err() {
            self.0 = None;
        }
    }

    /// Whether nobody listens any more.
    pub fn is_gone(&self) -> bool {
        self.0.as_ref().is_none_or(UnboundedSender::is_closed)
    }
}

/// A problem that came after the first byte.
pub fn error(problem: &Problem, request_id: &str) -> ThreadStreamEvent {
    let message = sentence(problem, request_id).into_owned();
    // What was refused will be refused again, but for who has to wait.
    let allow_retry = problem.status().is_server_error() || problem.kind == Kind::ConversationBusy;
    ThreadStreamEvent::Error { code: ErrorCode::Custom, message: Some(message), allow_retry }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use http_body_util::BodyExt;

    use super::*;

    #[test]
    fn an_event_is_one_line_of_data_without_a_name() {
        let response = send_all([options(), error(&Problem::new(Kind::ModelUnavailable), "r-1")]);
        let sent = block_on(response.into_body().collect()).unwrap().to_bytes();
        let sent = std::str::from_utf8(&sent).unwrap();
        let blocks: Vec<&str> = sent.split_terminator("\n\n").collect();
        assert_eq!(blocks[0], r#"data: {"type":"stream_options","stream_options":{"allow_cancel":true}}"#);
        assert!(blocks[1].starts_with(r#"data: {"type":"error","code":"custom","message":"The language"#));
        assert!(blocks[1].ends_with(r#""allow_retry":true}"#));
    }

    #[test]
    fn an_answer_says_by_which_request_it_is_stopped() {
        let (_, response) = stoppable_channel(Uuid::nil());
        let link = response.headers()[header::LINK].to_str().unwrap();
        assert_eq!(link, format!("</api/v1/conversations/{}/cancel>; rel=\"cancel\"", Uuid::nil()));
    }

    #[test]
    fn only_what_may_work_the_next_time_is_worth_a_retry() {
        for (kind, worth) in [
            (Kind::Unavailable, true),
            (Kind::AnswerTimedOut, true),
            (Kind::ConversationBusy, true),
            (Kind::ConversationNotFound, false),
            (Kind::DailyTokensUsed, false),
        ] {
            let ThreadStreamEvent::Error { allow_retry, .. } = error(&Problem::new(kind), "r") else {
                panic!("no error")
            };
            assert_eq!(allow_retry, worth, "{kind:?}");
        }
    }
}
