//! A client of the protocol.

use harness::{Answer, Caller};
use serde_json::{Value, json};

pub use crate::scripted_app::fixture;
use crate::scripted_model::Reply;

/// Somebody with a ChatKit client.
pub struct Client {
    pub caller: Caller,
}

impl Client {
    pub fn new() -> Self {
        Self { caller: fixture().app.user() }
    }

    /// Sends a request of this type.
    #[track_caller]
    pub fn request(&self, kind: &str, params: Value) -> Answer {
        self.caller.post("/chatkit", &json!({"type": kind, "params": params}))
    }

    /// The answer to a request that has one.
    #[track_caller]
    pub fn json(&self, kind: &str, params: Value) -> Value {
        self.request(kind, params).expect(200).json()
    }

    /// The events of a request that is answered by a stream.
    #[track_caller]
    pub fn stream(&self, kind: &str, params: Value) -> Stream {
        Stream::read(self.request(kind, params).expect(200))
    }

    /// Begins a thread, while the model plays these replies.
    #[track_caller]
    pub fn create(&self, replies: impl IntoIterator<Item = Reply>) -> Stream {
        let word = fixture().model.script(replies);
        self.stream("threads.create", json!({"input": input(&format!("Play {word}"))}))
    }

    /// Goes on with a thread, while the model plays these replies.
    #[track_caller]
    pub fn say(&self, thread: &str, replies: impl IntoIterator<Item = Reply>) -> Stream {
        let word = fixture().model.script(replies);
        let input = input(&format!("Play {word}"));
        self.stream("threads.add_user_message", json!({"thread_id": thread, "input": input}))
    }

    /// What a thread holds.
    #[track_caller]
    pub fn items(&self, thread: &str) -> Vec<Value> {
        let page = self.json("items.list", json!({"thread_id": thread, "order": "asc", "limit": 100}));
        page["data"].as_array().expect("items").clone()
    }

    /// Adds a task over REST and answers its id.
    #[track_caller]
    pub fn add_task(&self, title: &str) -> String {
        let task = self.caller.post("/api/v1/tasks", &json!({"title": title})).expect(201).json();
        task["id"].as_str().expect("an id").to_owned()
    }

    /// A task as REST has it.
    #[track_caller]
    pub fn task(&self, id: &str) -> Value {
        self.caller.get(&format!("/api/v1/tasks/{id}")).expect(200).json()
    }

    /// The titles of their tasks, sorted.
    #[track_caller]
    pub fn titles(&self) -> Vec<String> {
        let page = self.caller.get("/api/v1/tasks?limit=100").expect(200).json();
        let items = page["items"].as_array().expect("items");
        let mut titles: Vec<String> = items.iter().map(|task| text(&task["title"])).collect();
        titles.sort();
        titles
    }
}

/// What a person says.
pub fn input(text: &str) -> Value {
    json!({"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}})
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The kinds of items.
pub fn kinds(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["type"].as_str().unwrap_or_default()).collect()
}

/// A stream, read to its end.
#[derive(Debug)]
pub struct Stream {
    pub events: Vec<Value>,
}

impl Stream {
    /// Reads an answer: nothing but data, and comments in between.
    #[track_caller]
    pub fn read(answer: Answer) -> Self {
        assert_eq!(answer.header("content-type"), Some("text/event-stream"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let lines = answer.body.lines().filter(|line| !line.is_empty() && !line.starts_with(':'));
        let data = |line: &str| {
            let data = line.strip_prefix("data: ").unwrap_or_else(|| panic!("no data: {line}"));
            serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))
        };
        Self { events: lines.map(data).collect() }
    }

    pub fn kinds(&self) -> Vec<&str> {
        kinds(&self.events)
    }

    /// The events of this type.
    pub fn select(&self, kind: &str) -> Vec<&Value> {
        self.events.iter().filter(|event| event["type"] == kind).collect()
    }

    /// The items that are done, of this type.
    pub fn done(&self, kind: &str) -> Vec<&Value> {
        self.select("thread.item.done")
            .into_iter()
            .map(|event| &event["item"])
            .filter(|item| item["type"] == kind)
            .collect()
    }

    /// The id of the thread that was begun.
    #[track_caller]
    pub fn thread(&self) -> String {
        text(&self.select("thread.created")[0]["thread"]["id"])
    }

    /// The words that the assistant said, as they came.
    pub fn words(&self) -> String {
        let updates = self.select("thread.item.updated").into_iter().map(|event| &event["update"]);
        updates.filter_map(|update| update["delta"].as_str()).collect()
    }
}
