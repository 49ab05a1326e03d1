//! What a turn says on its way into its log and to who listens.

use std::rc::Rc;

use serde_json::{Value, json};

use super::event::{Event, EventName};
use super::log::TurnLog;
use crate::messages::Confirmation;
use crate::transcript::{Call, Outcome, Question};
use crate::turn::Progress;

/// Hears the events of a turn, as it says them or when they are told again.
pub trait Listener {
    /// Hears one.
    fn hear(&mut self, event: &Event);

    /// Whether nobody is there to hear more.
    fn is_gone(&self) -> bool;

    /// Whether the turn is to end once nobody hears it.
    fn ends_turn(&self) -> bool {
        false
    }
}

/// Nobody listens, and it is waited for the end all the same.
pub struct Unheard;

impl Listener for Unheard {
    fn hear(&mut self, _: &Event) {}

    fn is_gone(&self) -> bool {
        false
    }
}

/// What a turn says on its way into its log and to who listens.
pub struct Recorder<'a, L> {
    log: Rc<TurnLog>,
    listener: &'a mut L,
}

impl<'a, L: Listener> Recorder<'a, L> {
    /// For a turn with this log.
    pub const fn new(log: Rc<TurnLog>, listener: &'a mut L) -> Self {
        Self { log, listener }
    }

    /// Says something.
    pub fn tell(&mut self, name: EventName, data: Value) {
        let event = self.log.add(name, data);
        self.listener.hear(&event);
    }

    /// Says something that is in the log already.
    pub fn pass_on(&mut self, event: &Event) {
        self.listener.hear(event);
    }
}

impl<L: Listener> Progress for Recorder<'_, L> {
    fn words(&mut self, text: &str) {
        self.tell(EventName::Delta, json!({"text": text}));
    }

    fn call(&mut self, call: &Call) {
        let mut begun = json!({"id": call.id, "name": call.name, "arguments": call.arguments});
        if let (Some(members), Some(wording)) = (begun.as_object_mut(), &call.wording) {
            members.insert("wording".to_owned(), json!(wording));
        }
        self.tell(EventName::ToolCall, begun);
    }

    fn result(&mut self, call: &Call, outcome: &Outcome) {
        let result =
            json!({"id": call.id, "name": call.name, "failed": outcome.failed, "content": outcome.content});
        self.tell(EventName::ToolResult, result);
    }

    fn question(&mut self, question: &Question) {
        self.tell(EventName::Confirmation, json!(Confirmation::from(question.clone())));
    }

    fn is_wanted(&self) -> bool {
        !(self.listener.ends_turn() && self.listener.is_gone())
    }
}
