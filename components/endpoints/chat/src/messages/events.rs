//! The answer as server-sent events, each sent as soon as it is known.

use std::time::Duration;

use endpoint::{Problem, Response, sse};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use serde::Serialize;
use serde_json::json;
use sse_stream::Sse;

use super::answer::Answer;
use super::confirmation::Confirmation;
use crate::history::TurnKey;
use crate::transcript::{Call, Outcome, Question};
use crate::turn::Progress;

/// A comment is sent after as much silence, so that proxies keep the connection.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// Where events go.
pub struct Events(Option<UnboundedSender<Sse>>);

/// Events, and the answer that sends them.
pub fn channel() -> (Events, Response) {
    let (sender, receiver) = unbounded();
    (Events(Some(sender)), sse::stream(receiver, KEEP_ALIVE_INTERVAL))
}

impl Events {
    /// Nobody listens.
    pub const fn nowhere() -> Self {
        Self(None)
    }

    /// The ids, before anything else.
    pub fn conversation(&mut self, key: TurnKey) {
        self.send("conversation", &json!({"conversation_id": key.conversation, "message_id": key.answer}));
    }

    /// The whole answer, once it is stored.
    pub fn done(&mut self, answer: &Answer) {
        self.send("done", answer);
    }

    /// There is no answer.
    pub fn error(&mut self, mut problem: Problem, path: &str, request_id: &str) {
        if problem.kind == endpoint::Kind::InternalError && problem.detail.is_none() {
            let detail = format!("Something went wrong on our side. Please report this id: {request_id}.");
            problem.detail = Some(detail.into());
        }
        problem.instance = Some(path.into());
        problem.request_id = Some(request_id.into());
        self.send("error", &problem.body());
    }

    fn send(&mut self, event: &str, data: &impl Serialize) {
        let Some(sender) = &self.0 else { return };
        // Structs of strings and JSON values have no way to fail.
        let data = serde_json::to_string(data).unwrap_or_default();
        if sender.unbounded_send(Sse::default().event(event).data(data)).is_err() {
            // The client is gone; the answer is still made and stored.
            self.0 = None;
        }
    }
}

impl Progress for Events {
    fn words(&mut self, text: &str) {
        self.send("delta", &json!({"text": text}));
    }

    fn call(&mut self, call: &Call) {
        let mut begun = json!({"id": call.id, "name": call.name, "arguments": call.arguments});
        if let (Some(members), Some(wording)) = (begun.as_object_mut(), &call.wording) {
            members.insert("wording".to_owned(), json!(wording));
        }
        self.send("tool_call", &begun);
    }

    fn result(&mut self, call: &Call, outcome: &Outcome) {
        let result =
            json!({"id": call.id, "name": call.name, "failed": outcome.failed, "content": outcome.content});
        self.send("tool_result", &result);
    }

    fn question(&mut self, question: &Question) {
        self.send("confirmation", &Confirmation::from(question.clone()));
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use http_body_util::BodyExt;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_event_has_a_name_and_one_line_of_json() {
        let (mut events, answer) = channel();
        events.conversation(TurnKey {
            conversation: Uuid::from_u128(1),
            turn: Uuid::nil(),
            answer: Uuid::from_u128(2),
        });
        events.words("two\nlines ü");
        events.error(Problem::new(endpoint::Kind::ModelUnavailable), "/api/v1/chat", "r-1");
        drop(events);
        let sent = block_on(answer.into_body().collect()).unwrap().to_bytes();
        let sent = std::str::from_utf8(&sent).unwrap();
        let blocks: Vec<&str> = sent.split_terminator("\n\n").collect();
        assert_eq!(
            blocks[..2],
            [
                "event: conversation\ndata: {\"conversation_id\":\"00000000-0000-0000-0000-000000000001\",\"message_id\":\"00000000-0000-0000-0000-000000000002\"}",
                "event: delta\ndata: {\"text\":\"two\\nlines ü\"}"
            ]
        );
        assert!(
            blocks[2].starts_with("event: error\ndata: {\"type\":\"/problems/model-unavailable\""),
            "{}",
            blocks[2]
        );
        assert!(blocks[2].contains("\"request_id\":\"r-1\""));
    }

    #[test]
    fn events_for_a_client_that_is_gone_are_dropped() {
        let (mut events, body) = channel();
        drop(body);
        events.words("a");
        assert!(events.0.is_none());
        events.words("b");
    }
}
