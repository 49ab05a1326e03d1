//! A turn as events, each sent as soon as it is known.

use chatkit_protocol::widget::{Icon, IconName};
use chatkit_protocol::{OutputText, ThreadItem, ThreadItemUpdate, ThreadStreamEvent};
use endpoint::Problem;
use serde_json::{Map, Value, json};

use super::render;
use super::stream::{self, Events};
use crate::history::TurnKey;
use crate::messages::Finished;
use crate::turn_log::{Event, EventName, Listener};

/// What a page hears that shows tasks as well.
pub const TASKS_CHANGED: &str = "tasks.changed";

/// A turn on its way into a stream.
pub struct TurnEvents {
    events: Events,
    key: TurnKey,
    /// When the turn was taken.
    began_at: String,
    /// Who closes the stream has stopped the answer.
    is_stopped_by_leaving: bool,
    /// The assistant has begun to speak.
    speaks: bool,
}

/// The tasks with these ids have changed.
pub fn tasks_changed(ids: Vec<String>) -> ThreadStreamEvent {
    let data: Map<String, Value> = [("ids".to_owned(), json!(ids))].into_iter().collect();
    ThreadStreamEvent::ClientEffect { name: TASKS_CHANGED.to_owned(), data }
}

impl TurnEvents {
    /// A turn that was taken at this instant.
    pub const fn new(events: Events, key: TurnKey, began_at: String) -> Self {
        Self { events, key, began_at, is_stopped_by_leaving: false, speaks: false }
    }

    /// Who closes the stream has stopped the answer: it ends before its next call.
    pub const fn stopped_by_leaving(mut self, is_stopped: bool) -> Self {
        self.is_stopped_by_leaving = is_stopped;
        self
    }

    /// Sends an event that is not of the turn itself.
    pub fn send(&mut self, event: &ThreadStreamEvent) {
        self.events.send(event);
    }

    /// The answer is stored.
    pub fn finish(&mut self, finished: Finished) {
        let thread = self.key.conversation;
        self.end_words(&finished.output.reply);
        let said = render::assistant_message(finished.output.reply);
        let item = render::item(self.key.answer, thread, finished.at.clone(), said);
        self.send(&ThreadStreamEvent::ItemDone { item });
        for item in finished.items.iter().filter_map(|item| render::new_item(item, thread, &finished.at)) {
            self.send(&ThreadStreamEvent::ItemDone { item });
        }
        if let Some(ids) = finished.changed {
            self.send(&tasks_changed(ids));
        }
    }

    /// The answer was stored before: its items, and the tasks that it changed.
    pub fn tell_again(&mut self, reply: &str, items: Vec<ThreadItem>, changed: Option<Vec<String>>) {
        self.end_words(reply);
        items.into_iter().for_each(|item| self.send(&ThreadStreamEvent::ItemDone { item }));
        if let Some(ids) = changed {
            self.send(&tasks_changed(ids));
        }
    }

    fn end_words(&mut self, reply: &str) {
        if self.speaks {
            let content = OutputText::new(reply);
            self.update(ThreadItemUpdate::ContentPartDone { content_index: 0, content });
        }
    }

    /// There is no answer.
    pub fn fail(&mut self, problem: &Problem, request_id: &str) {
        if self.speaks {
            let item_id = self.key.answer.to_string();
            self.send(&ThreadStreamEvent::ItemRemoved { item_id });
        }
        self.send(&stream::error(problem, request_id));
    }

    fn update(&mut self, update: ThreadItemUpdate) {
        let item_id = self.key.answer.to_string();
        self.send(&ThreadStreamEvent::ItemUpdated { item_id, update });
    }
}

impl TurnEvents {
    fn words(&mut self, text: &str) {
        if !self.speaks {
            self.speaks = true;
            let nothing = render::assistant_message(String::new());
            let item = render::item(self.key.answer, self.key.conversation, self.began_at.clone(), nothing);
            self.send(&ThreadStreamEvent::ItemAdded { item });
            let content = OutputText::default();
            self.update(ThreadItemUpdate::ContentPartAdded { content_index: 0, content });
        }
        self.update(ThreadItemUpdate::TextDelta { content_index: 0, delta: text.to_owned() });
    }

    fn call(&mut self, call: &Value) {
        let wording = |member: &str| call.pointer(&format!("/wording/{member}")).and_then(Value::as_str);
        let (Some(verb), Some(running)) = (wording("verb"), wording("running")) else { return };
        let title = call.pointer("/arguments/title").and_then(Value::as_str);
        let about = title.map_or_else(|| "tasks".to_owned(), |title| format!("“{title}”"));
        let text = running.replace("{tasks}", &about);
        let icon = Some(Icon::Known(icon(verb)));
        self.send(&ThreadStreamEvent::ProgressUpdate { icon, text });
    }
}

impl Listener for TurnEvents {
    fn hear(&mut self, event: &Event) {
        match event.name {
            EventName::Delta => {
                self.words(event.data.get("text").and_then(Value::as_str).unwrap_or_default())
            }
            EventName::ToolCall => self.call(&event.data),
            // What came of a call, and what is asked, are items of their own, shown once the answer is stored.
            _ => {}
        }
    }

    fn is_gone(&self) -> bool {
        self.events.is_gone()
    }

    fn ends_turn(&self) -> bool {
        self.is_stopped_by_leaving
    }
}

fn icon(verb: &str) -> IconName {
    match verb {
        "add" => IconName::Plus,
        "complete" => IconName::CheckCircle,
        "change" => IconName::Write,
        "reopen" | "bring back" => IconName::Reload,
        "look at" => IconName::Analytics,
        "list" | "find" | "read" => IconName::Search,
        _ => IconName::Sparkle,
    }
}
