//! What somebody says to an assistant whose language model plays scripts, and what came of it.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use harness::{Answer, Caller};
use serde_json::{Value, json};

use crate::scripted_app::fixture;
use crate::scripted_model::{Piece, Reply, end, words};

/// Somebody who talks to it.
#[derive(Debug)]
pub struct Talker {
    pub caller: Caller,
    pub conversation: Option<String>,
    /// What the model plays next.
    pub replies: Vec<Reply>,
    /// What the latest script is known by.
    pub word: String,
    /// What came back last.
    pub answer: Option<Answer>,
}

impl Talker {
    pub fn new() -> Self {
        Self {
            caller: fixture().app.user(),
            conversation: None,
            replies: Vec::new(),
            word: String::new(),
            answer: None,
        }
    }

    /// A message that makes the model play what it was told.
    pub fn message(&mut self) -> Value {
        self.word = fixture().model.script(std::mem::take(&mut self.replies));
        self.body(json!(format!("Play {}", self.word)))
    }

    /// These words in their conversation.
    pub fn body(&self, message: Value) -> Value {
        let mut body = json!({"message": message});
        if let Some(conversation) = &self.conversation {
            body["conversation_id"] = json!(conversation);
        }
        body
    }

    /// Sends it and remembers what came back.
    pub fn send(&mut self, body: &Value, key: Option<&str>) {
        let request = self.caller.request("POST", "/api/v1/chat").json(body);
        let answer = match key {
            Some(key) => request.header("idempotency-key", key).send(),
            None => request.send(),
        };
        self.remember(answer);
    }

    pub fn remember(&mut self, answer: Answer) {
        if let Some(id) = answer.json()["conversation_id"].as_str() {
            self.conversation = Some(id.to_owned());
        }
        self.answer = Some(answer);
    }

    /// What came back last.
    #[track_caller]
    pub fn answer(&self) -> &Answer {
        self.answer.as_ref().expect("nothing was said")
    }

    /// The reply, once it is one.
    #[track_caller]
    pub fn reply(&self) -> String {
        let body = self.answer().clone().expect(200).json();
        body["reply"].as_str().expect("a reply").to_owned()
    }

    /// Their conversations, latest first.
    pub fn conversations(&self) -> Vec<String> {
        let page = self.caller.get("/api/v1/conversations").expect(200).json();
        let items = page["items"].as_array().expect("items");
        items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
    }

    /// The roles of what stands in their latest conversation.
    pub fn roles(&self) -> Vec<String> {
        let id = self.conversation.clone().or_else(|| self.conversations().into_iter().next());
        let path = format!("/api/v1/conversations/{}?limit=200", id.expect("a conversation"));
        let read = self.caller.get(&path).expect(200).json();
        let messages = read["messages"].as_array().expect("messages");
        messages.iter().filter_map(|message| message["role"].as_str().map(str::to_owned)).collect()
    }

    /// The titles of their tasks, sorted.
    pub fn titles(&self) -> Vec<String> {
        crate::world::titles(&self.caller.get("/api/v1/tasks?limit=100").expect(200).json())
    }

    /// What the model was sent in the latest script.
    pub fn requests(&self) -> Vec<Value> {
        fixture().model.requests(&self.word)
    }
}

/// Those who talk, by name.
pub type Talkers = BTreeMap<String, Talker>;

/// Has all of them say something at the same moment.
pub fn say_at_once(callers: &[(Caller, Value)]) -> Vec<Answer> {
    thread::scope(|scope| {
        let all: Vec<_> = callers
            .iter()
            .map(|(caller, body)| scope.spawn(move || caller.post("/api/v1/chat", body)))
            .collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

/// Words after a pause.
pub fn says_later(text: &str, pause: Duration) -> Reply {
    Reply::Stream([Piece::Pause(pause), words(text)].into_iter().chain(end("stop")).collect())
}
