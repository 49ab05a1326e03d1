//! What is said to an app whose language model plays scripts, and what it has then.

use harness::{Answer, Caller, Database, Options};
use serde_json::{Value, json};

pub use crate::scripted_app::{KEY, MODEL, ScriptedApp as ChatFixture, fixture, start, start_with};
use crate::scripted_model::{Reply, ScriptedModel};

/// What two processes of one app share: a database, and what signs tokens.
pub fn shared_by_processes(model: &ScriptedModel) -> Options {
    let database = Database::At(start(&model.origin, &[]).database_url.clone());
    Options {
        database,
        secret: Some("a secret of two processes, of 32 bytes".to_owned()),
        ..Options::default()
    }
}

impl ChatFixture {
    /// Where no provider is.
    pub fn nowhere() -> String {
        "http://127.0.0.1:9".to_owned()
    }

    /// Someone new.
    pub fn user(&self) -> Caller {
        self.app.user()
    }

    /// Says something in a new conversation while the model plays these replies.
    pub fn send(&self, caller: &Caller, replies: impl IntoIterator<Item = Reply>) -> SentMessage {
        self.send_in(caller, None, replies)
    }

    /// Says something in this conversation while the model plays these replies.
    pub fn send_in(
        &self,
        caller: &Caller,
        conversation: Option<&str>,
        replies: impl IntoIterator<Item = Reply>,
    ) -> SentMessage {
        let word = self.model.script(replies);
        let mut body = json!({"message": format!("Play {word}")});
        if let Some(id) = conversation {
            body["conversation_id"] = json!(id);
        }
        let answer = caller.post("/api/v1/chat", &body);
        SentMessage { word, answer }
    }

    /// What the model was sent in a script.
    pub fn requests_for(&self, message_sent: &SentMessage) -> Vec<Value> {
        self.model.requests(&message_sent.word)
    }
}

pub struct SentMessage {
    /// What the script is known by.
    pub word: String,
    /// What came back.
    pub answer: Answer,
}

impl SentMessage {
    /// The answer as JSON, once it is a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        self.answer.clone().expect(200).json()
    }

    /// The conversation's id.
    #[track_caller]
    pub fn conversation(&self) -> String {
        self.ok()["conversation_id"].as_str().expect("a conversation id").to_owned()
    }
}

/// Reads a conversation.
#[track_caller]
pub fn conversation(caller: &Caller, id: &str) -> Value {
    caller.get(&format!("/api/v1/conversations/{id}")).expect(200).json()
}

/// The roles and words of a conversation's messages.
#[track_caller]
pub fn lines(caller: &Caller, id: &str) -> Vec<(String, String)> {
    let conversation = conversation(caller, id);
    let text = |message: &Value, member: &str| message[member].as_str().unwrap_or_default().to_owned();
    let messages = conversation["messages"].as_array().expect("messages");
    messages.iter().map(|message| (text(message, "role"), text(message, "text"))).collect()
}

/// The titles of the caller's tasks, sorted.
#[track_caller]
pub fn titles(caller: &Caller) -> Vec<String> {
    let page = caller.get("/api/v1/tasks?limit=100").expect(200).json();
    let items = page["items"].as_array().expect("items");
    let mut titles: Vec<String> =
        items.iter().map(|task| task["title"].as_str().unwrap_or_default().to_owned()).collect();
    titles.sort();
    titles
}

/// Adds a task over REST and answers its id.
#[track_caller]
pub fn add(caller: &Caller, title: &str) -> String {
    let task = caller.post("/api/v1/tasks", &json!({"title": title})).expect(201).json();
    task["id"].as_str().expect("an id").to_owned()
}
