//! The answer as server-sent events, each sent as soon as it is known, with an id to read on from.

use std::borrow::Cow;
use std::time::Duration;

use endpoint::{Kind, Problem, Response, sse};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use serde_json::Value;
use sse_stream::Sse;
use uuid::Uuid;

use crate::turn_log::{Event, EventId, EventName, LAST_NUMBER, Listener};

/// A comment is sent after as much silence, so that proxies keep the connection.
pub const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// Where the events of a turn go.
pub struct Events {
    turn: Uuid,
    sender: UnboundedSender<Sse>,
}

/// Events of a turn, and the answer that sends them.
pub fn channel(turn: Uuid) -> (Events, Response) {
    let (sender, receiver) = unbounded();
    (Events { turn, sender }, sse::stream(receiver, KEEP_ALIVE_INTERVAL))
}

impl Events {
    /// There is no answer, and nobody has said so.
    pub fn error(&mut self, problem: Problem, path: &str, request_id: &str) {
        let data = error_data(problem, path, request_id);
        self.hear(&Event { number: LAST_NUMBER, name: EventName::Error, data });
    }
}

/// What a problem says in a stream. For a fault of ours it names the request.
pub fn sentence(problem: &Problem, request_id: &str) -> Cow<'static, str> {
    if problem.kind == Kind::InternalError && problem.detail.is_none() {
        return format!("Something went wrong on our side. Please report this id: {request_id}.").into();
    }
    problem.sentence().into_owned().into()
}

/// A problem as an event tells it.
pub fn error_data(mut problem: Problem, path: &str, request_id: &str) -> Value {
    if problem.kind == Kind::InternalError {
        problem.detail = Some(sentence(&problem, request_id));
    }
    problem.instance = Some(path.into());
    problem.request_id = Some(request_id.into());
    // Structs of strings and JSON values have no way to fail.
    serde_json::to_value(problem.body()).unwrap_or_default()
}

impl Listener for Events {
    fn hear(&mut self, event: &Event) {
        let id = EventId { turn: self.turn, number: event.number };
        let sent = Sse::default().event(event.name.as_str()).id(id.to_string()).data(event.data.to_string());
        // The client may be gone; the answer is still made and stored.
        let _ = self.sender.unbounded_send(sent);
    }

    fn is_gone(&self) -> bool {
        self.sender.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use http_body_util::BodyExt;
    use serde_json::json;

    use super::*;

    #[test]
    fn each_event_has_a_name_an_id_and_one_line_of_json() {
        let (mut events, answer) = channel(Uuid::from_u128(7));
        events.hear(&Event { number: 2, name: EventName::Delta, data: json!({"text": "two\nlines ü"}) });
        events.error(Problem::new(Kind::ModelUnavailable), "/api/v1/chat", "r-1");
        drop(events);
        let sent = block_on(answer.into_body().collect()).unwrap().to_bytes();
        let sent = std::str::from_utf8(&sent).unwrap();
        let blocks: Vec<&str> = sent.split_terminator("\n\n").collect();
        let mut lines: Vec<&str> = blocks[0].lines().collect();
        lines.sort_unstable();
        assert_eq!(
            lines,
            ["data: {\"text\":\"two\\nlines ü\"}", "event: delta", "id: 00000000000000000000000000000007.2"]
        );
        assert!(
            blocks[1].contains("event: error") && blocks[1].contains("/problems/model-unavailable"),
            "{}",
            blocks[1]
        );
        assert!(blocks[1].contains("\"request_id\":\"r-1\""));
    }

    #[test]
    fn events_for_a_client_that_is_gone_are_dropped() {
        let (mut events, body) = channel(Uuid::nil());
        assert!(!events.is_gone());
        drop(body);
        events.hear(&Event { number: 1, name: EventName::Delta, data: json!({"text": "a"}) });
        assert!(events.is_gone());
    }
}
