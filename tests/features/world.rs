//! What a scenario remembers.

use std::collections::BTreeMap;

use harness::{Answer, App, Caller};
use serde_json::{Value, json};

use crate::talk::{Talker, Talkers};

/// The zone in which everyone in the scenarios lives.
pub const ZONE: &str = "Europe/Berlin";

/// Someone with an account.
#[derive(Debug, Clone)]
pub struct Person {
    pub caller: Caller,
    pub email: String,
    pub password: String,
    pub cookie: String,
    pub conversation: Option<String>,
}

/// A scenario's memory.
#[derive(Debug, Default, cucumber::World)]
pub struct World {
    pub people: BTreeMap<String, Person>,
    pub reply: Value,
    pub events: Vec<String>,
    pub conversation: Value,
    /// Those who talk to a language model that plays scripts.
    pub talkers: Talkers,
    /// The task that one of them has made last.
    pub task_there: String,
    /// What was said with a key, to be sent again.
    pub said: Value,
    /// What came back to several who spoke at once.
    pub answers: Vec<Answer>,
}

impl World {
    pub fn person(&self, name: &str) -> &Person {
        &self.people[name]
    }

    pub fn talker(&self, name: &str) -> &Talker {
        &self.talkers[name]
    }

    pub fn talker_mut(&mut self, name: &str) -> &mut Talker {
        self.talkers.get_mut(name).unwrap_or_else(|| panic!("{name} does not talk to a language model"))
    }

    /// The tasks that a person sees over REST, by title.
    pub fn titles(&self, name: &str, query: &str) -> Vec<String> {
        let page = self.person(name).caller.get(&format!("/api/v1/tasks?{query}")).expect(200).json();
        titles(&page)
    }

    /// The task of that title, open or done.
    pub fn task(&self, name: &str, title: &str) -> Value {
        let page = self.person(name).caller.get("/api/v1/tasks?limit=100").expect(200).json();
        let items = page["items"].as_array().cloned().unwrap_or_default();
        items
            .into_iter()
            .find(|task| task["title"] == title)
            .unwrap_or_else(|| panic!("no task {title:?} in {page}"))
    }

    /// Says something in the person's conversation.
    pub fn send_message(&mut self, name: &str, message: &str, accept: &str) -> Answer {
        let person = &self.people[name];
        let mut body = json!({ "message": message });
        if let Some(conversation) = &person.conversation {
            body["conversation_id"] = json!(conversation);
        }
        let request = person.caller.request("POST", "/api/v1/chat").json(&body);
        request.header("accept", accept).header("time-zone", ZONE).send().expect(200)
    }

    /// Says something and remembers the reply.
    pub fn converse(&mut self, name: &str, message: &str) {
        self.reply = self.send_message(name, message, "application/json").json();
        let conversation = self.reply["conversation_id"].as_str().map(str::to_owned);
        self.people.get_mut(name).unwrap().conversation = conversation;
    }
}

/// The titles in a page of tasks, sorted.
pub fn titles(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap_or_else(|| panic!("not a page: {page}"));
    let mut titles: Vec<String> =
        items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

/// The titles in a step: `"A", "B"`.
pub fn quoted(list: &str) -> Vec<String> {
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The app that all scenarios share.
pub fn app() -> &'static App {
    App::shared()
}
