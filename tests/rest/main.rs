//! The REST endpoint: each operation, what bad input gets, which pages may call, and that its description is true.

mod actions;
mod bad_input;
mod calendar_feed;
mod cross_origin;
mod description;
mod health;
mod lists;
mod overview;
mod problems;
mod quotas;
mod reminders;
mod requests;
mod tasks;

use harness::{Answer, Caller};
use serde_json::{Value, json};

const TASKS: &str = "/api/v1/tasks";

/// Adds a task and answers it.
#[track_caller]
fn add(caller: &Caller, task: &Value) -> Value {
    caller.post(TASKS, task).expect(201).json()
}

/// Adds a task of this title and answers its path.
#[track_caller]
fn path_of_new(caller: &Caller, title: &str) -> String {
    let task = add(caller, &json!({ "title": title }));
    format!("{TASKS}/{}", task["id"].as_str().expect("an id"))
}

/// The end of a problem's type.
fn kind(answer: &Answer) -> String {
    answer.json()["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned()
}

/// The titles of a list, in its order.
fn titles(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap_or_else(|| panic!("not a list: {page}"));
    items.iter().map(|task| task["title"].as_str().expect("a title").to_owned()).collect()
}
