//! Rows as threads and items of the protocol.

use chatkit_protocol::{
    AnswerGiven, AssistantMessage, ItemContent, MultipleChoice, OutputText, Page, Question, QuestionOption,
    StructuredInput, StructuredInputStatus, Thread, ThreadItem, ThreadStatus, UserContent, UserMessage,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::widgets;
use crate::history::MAX_MESSAGES;
use crate::thread_items::{self, Content, Kind, NewItem};
use crate::transcript;

/// What the question of an item is called.
pub const QUESTION: &str = "confirm";
/// What it is called where a yes deletes something, so that a client can warn: an option has nothing but its value.
pub const DESTRUCTIVE_QUESTION: &str = "confirm_destructive";
/// What a person who passes a question over has said.
pub const SKIPPED: &str = "Skip";

const FULL: &str = "It holds as many messages as it can. Start a new one.";

/// A conversation as a statement answers it.
#[derive(Deserialize)]
pub struct ThreadRow {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// When it began.
    pub created_at: String,
    /// `active`, `locked` or `closed`.
    pub status: String,
    /// Why.
    pub status_reason: Option<String>,
    /// The sequence of its newest message.
    pub last_sequence: i32,
}

impl ThreadRow {
    /// The thread without its items.
    pub fn thread(self) -> Thread {
        let reason = self.status_reason;
        let status = match self.status.as_str() {
            "locked" => ThreadStatus::Locked { reason },
            "closed" => ThreadStatus::Closed { reason },
            _ if self.last_sequence >= MAX_MESSAGES - 1 => {
                ThreadStatus::Closed { reason: Some(FULL.to_owned()) }
            }
            _ => ThreadStatus::Active,
        };
        Thread {
            title: Some(self.title),
            id: self.id.to_string(),
            created_at: self.created_at,
            status,
            allowed_image_domains: None,
            metadata: Map::new(),
            items: Page::empty(),
        }
    }
}

/// An item as a statement answers it.
#[derive(Deserialize)]
pub struct ItemRow {
    /// Its id.
    pub id: Uuid,
    created_at: String,
    /// Who said it, or what kind of item it is beside messages.
    pub kind: String,
    text: Option<String>,
    input: Option<UserMessage>,
    content: Option<Value>,
    /// The question can still be answered.
    #[serde(default)]
    pub is_open: bool,
    answer: Option<Answer>,
}

/// What the person said after a question.
#[derive(Deserialize)]
struct Answer {
    kind: transcript::Kind,
    text: String,
}

impl ItemRow {
    /// The item; `None` where it is of no kind that the protocol knows.
    pub fn item(self, thread: Uuid) -> Option<ThreadItem> {
        let content = match self.kind.as_str() {
            "user" => {
                let said = || plain(self.text.unwrap_or_default());
                ItemContent::UserMessage(self.input.unwrap_or_else(said))
            }
            "assistant" => assistant_message(self.text.unwrap_or_default()),
            kind => match serde_json::from_value(self.content.clone()?) {
                Ok(Content::Question(asked)) => question(&asked, self.is_open, self.answer.as_ref()),
                Ok(content) => widgets::widget(&content)?,
                Err(_) => read_protocol_content(kind, self.content?)?,
            },
        };
        Some(item(self.id, thread, self.created_at, content))
    }
}

/// An item whose content is stored as the protocol has it.
fn read_protocol_content(kind: &str, content: Value) -> Option<ItemContent> {
    let Value::Object(mut content) = content else { return None };
    content.insert("type".to_owned(), kind.into());
    serde_json::from_value(Value::Object(content)).ok()
}

/// An item.
pub fn item(id: Uuid, thread: Uuid, created_at: String, content: ItemContent) -> ThreadItem {
    ThreadItem { id: id.to_string(), thread_id: thread.to_string(), created_at, content }
}

/// What was said in words alone.
pub fn plain(text: String) -> UserMessage {
    UserMessage { content: vec![UserContent::Text { text }], ..UserMessage::default() }
}

/// What the assistant said.
pub fn assistant_message(text: String) -> ItemContent {
    let content = if text.is_empty() { Vec::new() } else { vec![OutputText::new(text)] };
    ItemContent::AssistantMessage(AssistantMessage { content })
}

/// An item that has just been stored.
pub fn new_item(new: &NewItem, thread: Uuid, created_at: &str) -> Option<ThreadItem> {
    let content = match (&new.kind, &new.content) {
        (Kind::StructuredInput, Content::Question(asked)) => question(asked, true, None),
        (_, content) => widgets::widget(content)?,
    };
    Some(item(new.id, thread, created_at.to_owned(), content))
}

fn question(question: &thread_items::Question, is_open: bool, answer: Option<&Answer>) -> ItemContent {
    let (status, value) = match answer.map(|answer| (answer.kind, answer.text.as_str())) {
        _ if is_open => (StructuredInputStatus::Pending, None),
        Some((transcript::Kind::Confirmed, _)) => (StructuredInputStatus::Settled, Some(&question.yes)),
        Some((transcript::Kind::Declined, text)) if text != SKIPPED => {
            (StructuredInputStatus::Settled, Some(&question.no))
        }
        _ => (StructuredInputStatus::Skipped, None),
    };
    ItemContent::StructuredInput(asked(question, status, value.map(String::as_str)))
}

/// A question with its answer.
pub fn asked(
    question: &thread_items::Question,
    status: StructuredInputStatus,
    value: Option<&str>,
) -> StructuredInput {
    let answer = match (status, value) {
        (StructuredInputStatus::Pending, _) => None,
        (_, Some(value)) => Some(AnswerGiven { values: vec![value.to_owned()], skipped: false }),
        (_, None) => Some(AnswerGiven { values: Vec::new(), skipped: true }),
    };
    let options = [&question.yes, &question.no].map(|value| QuestionOption { value: value.clone() });
    let question = MultipleChoice {
        id: if question.destructive { DESTRUCTIVE_QUESTION } else { QUESTION }.to_owned(),
        question: question.prompt.clone(),
        options: options.to_vec(),
        multiple: false,
        answer,
    };
    StructuredInput { status, inputs: vec![Question::MultipleChoice(question)] }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(row: Value) -> Option<Value> {
        let row: ItemRow = serde_json::from_value(row).unwrap();
        row.item(Uuid::nil()).map(|item| serde_json::to_value(item).unwrap())
    }

    fn row(kind: &str, more: Value) -> Value {
        let mut row = json!({"id": Uuid::nil(), "created_at": "2026-11-30T08:00:00Z", "kind": kind});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    }

    #[test]
    fn a_message_of_any_client_is_an_item() {
        let said = rendered(row("user", json!({"text": "add milk"}))).unwrap();
        assert_eq!(said["content"], json!([{"type": "input_text", "text": "add milk"}]));
        assert_eq!((&said["inference_options"], &said["attachments"]), (&json!({}), &json!([])));
        let answered = rendered(row("assistant", json!({"text": "Added."}))).unwrap();
        assert_eq!(answered["type"], "assistant_message");
        assert_eq!(
            answered["content"],
            json!([{"annotations": [], "text": "Added.", "type": "output_text"}])
        );
        assert_eq!(rendered(row("assistant", json!({"text": ""}))).unwrap()["content"], json!([]));
    }

    #[test]
    fn a_question_tells_how_it_was_answered_by_whatever_client() {
        let content = json!({"view": "question", "prompt": "Really?"});
        for (open, answer, status, values) in [
            (true, Value::Null, "pending", None),
            (false, json!({"kind": "confirmed", "text": "yes"}), "answered", Some(json!(["Yes"]))),
            (false, json!({"kind": "declined", "text": "no"}), "answered", Some(json!(["No"]))),
            (false, json!({"kind": "declined", "text": "Skip"}), "skipped", Some(json!([]))),
            (false, json!({"kind": "message", "text": "what?"}), "skipped", Some(json!([]))),
            (false, Value::Null, "skipped", Some(json!([]))),
        ] {
            let stored =
                row("structured_input", json!({"content": content, "is_open": open, "answer": answer}));
            let item = rendered(stored).unwrap();
            assert_eq!(item["status"], status);
            assert_eq!(item["inputs"][0]["answer"].get("values"), values.as_ref());
            assert_eq!(item["inputs"][0]["id"], QUESTION);
        }
    }

    #[test]
    fn a_question_says_what_its_answers_do() {
        let content = json!({"view": "question", "prompt": "Really?", "yes": "Delete", "no": "Keep it", "destructive": true});
        let answer = json!({"kind": "confirmed", "text": "Yes"});
        let stored = row("structured_input", json!({"content": content, "is_open": false, "answer": answer}));
        let input = &rendered(stored).unwrap()["inputs"][0];
        assert_eq!(input["options"], json!([{"value": "Delete"}, {"value": "Keep it"}]));
        assert_eq!(input["answer"]["values"], json!(["Delete"]));
        assert_eq!(input["id"], DESTRUCTIVE_QUESTION);
    }

    #[test]
    fn items_that_others_stored_are_shown_as_the_protocol_has_them_and_nonsense_is_left_out() {
        let call = json!({"call_id": "c", "name": "n", "arguments": {}, "status": "pending"});
        let item = rendered(row("client_tool_call", json!({"content": call}))).unwrap();
        assert_eq!((&item["type"], &item["call_id"]), (&json!("client_tool_call"), &json!("c")));
        assert_eq!(rendered(row("workflow", json!({"content": {"x": 1}}))), None);
        assert_eq!(rendered(row("end_of_turn", json!({"content": {}}))).unwrap()["type"], "end_of_turn");
    }
}
