//! An answer in chunks, each sent as soon as its words are known: server-sent events that have data and nothing else, and `[DONE]` at
//! the end.

use endpoint::{Problem, Response, sse};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use serde::Serialize;
use serde_json::{Value, json};
use sse_stream::Sse;

use super::answer::{ChatCompletionChunk, CompletionId};
use super::error::to_error;
use crate::messages::KEEP_ALIVE_INTERVAL;
use crate::turn::Cost;
use crate::turn_log::{Event, EventName, Listener};

/// What comes last.
const DONE: &str = "[DONE]";

/// A turn on its way into a stream of chunks.
pub struct Chunks {
    sender: UnboundedSender<Sse>,
    id: CompletionId,
    /// How many bytes of words were sent.
    sent: usize,
    ends_turn: bool,
}

impl Chunks {
    /// Chunks, and the answer that sends them.
    pub fn new(id: CompletionId) -> (Self, Response) {
        let (sender, receiver) = unbounded();
        let chunks = Self { sender, id, sent: 0, ends_turn: false };
        chunks.send(&ChatCompletionChunk::first(id));
        (chunks, sse::stream(receiver, KEEP_ALIVE_INTERVAL))
    }

    /// Who closes the stream has stopped the answer: it ends before its next call.
    pub const fn ends_turn_by_leaving(&mut self, ends_turn: bool) {
        self.ends_turn = ends_turn;
    }

    /// The answer is stored; what it cost is told to a client that asked.
    pub fn finish(&self, cost: Option<Cost>) {
        self.send(&ChatCompletionChunk::last(self.id));
        if let Some(cost) = cost {
            self.send(&ChatCompletionChunk::usage(self.id, cost));
        }
        self.send_data(DONE.to_owned());
    }

    /// The answer was stored before, in these words. Those that were not heard are sent.
    pub fn finish_with(&self, reply: &str) {
        if let Some(rest) = reply.get(self.sent..).filter(|rest| !rest.is_empty()) {
            self.send(&ChatCompletionChunk::words(self.id, rest));
        }
        self.finish(None);
    }

    /// There is no answer.
    pub fn fail(&self, problem: &Problem, request_id: &str) {
        self.send(&json!({"error": to_error(problem, request_id)}));
    }

    fn send(&self, chunk: &impl Serialize) {
        // Structs of strings and numbers have no way to fail.
        self.send_data(serde_json::to_string(chunk).unwrap_or_default());
    }

    fn send_data(&self, data: String) {
        // The client may be gone; what is said is stored all the same.
        let _ = self.sender.unbounded_send(Sse::default().data(data));
    }
}

impl Listener for Chunks {
    fn hear(&mut self, event: &Event) {
        // Calls, and what is asked, are told in the words as well.
        if event.name == EventName::Delta
            && let Some(text) = event.data.get("text").and_then(Value::as_str)
        {
            self.sent += text.len();
            self.send(&ChatCompletionChunk::words(self.id, text));
        }
    }

    fn is_gone(&self) -> bool {
        self.sender.is_closed()
    }

    fn ends_turn(&self) -> bool {
        self.ends_turn
    }
}
