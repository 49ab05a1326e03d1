//! A turn as events, each sent as soon as it is known.

use chatkit_protocol::widget::{Icon, IconName};
use chatkit_protocol::{OutputText, ThreadItemUpdate, ThreadStreamEvent};
use endpoint::Problem;
use serde_json::{Map, Value, json};

use super::render;
use super::stream::{self, Events};
use crate::history::TurnKey;
use crate::messages::Finished;
use crate::transcript::{Call, Outcome, Question};
use crate::turn::Progress;

/// What a page hears that shows tasks as well.
pub const TASKS_CHANGED: &str = "tasks.changed";

/// A turn on its way into a stream.
pub struct TurnEvents {
    events: Events,
    key: TurnKey,
    /// When the turn was taken.
    began_at: String,
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
        Self { events, key, began_at, speaks: false }
    }

    /// Sends an event that is not of the turn itself.
    pub fn send(&mut self, event: &ThreadStreamEvent) {
        self.events.send(event);
    }

    /// The answer is stored.
    pub fn finish(&mut self, finished: Finished) {
        let thread = self.key.conversation;
        if self.speaks {
            let content = OutputText::new(finished.output.reply.as_str());
            self.update(ThreadItemUpdate::ContentPartDone { content_index: 0, content });
        }
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

impl Progress for TurnEvents {
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

    fn call(&mut self, call: &Call) {
        let Some(wording) = &call.wording else { return };
        let title = call.arguments.get("title").and_then(Value::as_str);
        let about = title.map_or_else(|| "tasks".to_owned(), |title| format!("“{title}”"));
        let text = wording.running.replace("{tasks}", &about);
        let icon = Some(Icon::Known(icon(&wording.verb)));
        self.send(&ThreadStreamEvent::ProgressUpdate { icon, text });
    }

    fn result(&mut self, _call: &Call, _outcome: &Outcome) {
        // What came of it is shown once the answer is stored.
    }

    fn question(&mut self, _question: &Question) {
        // It is an item of its own, once the answer is stored.
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
