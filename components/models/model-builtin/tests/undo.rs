//! "Undo" brings back what was, step by step, and all that one message did at once.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chat;

use chat::Chat;
use serde_json::Value;

fn chat(set: &str) -> Chat {
    Chat::new(set, "2026-11-21T10:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone"))
}

/// The tasks in the order of their ids, without what says when and how often they were changed.
fn contents(chat: &Chat) -> Vec<Value> {
    let mut tasks = chat.tasks().to_vec();
    tasks.sort_by_key(|task| task["id"].as_str().unwrap_or_default().to_owned());
    for task in &mut tasks {
        task["version"] = Value::Null;
        task["updated_at"] = Value::Null;
    }
    tasks
}

#[test]
fn a_done_task_that_was_deleted_comes_back_done_since_the_same_instant() {
    let mut chat = chat("default");
    let before = contents(&chat);
    chat.say("delete the gym membership");
    assert!(contents(&chat).len() < before.len());
    chat.say("undo");
    assert_eq!(contents(&chat), before);
}

#[test]
fn each_undo_takes_back_the_change_before() {
    let mut chat = chat("default");
    let mut states = vec![contents(&chat)];
    for said in [
        "rename the car task to polish the car",
        "make it urgent",
        "done with milk",
        "complete all #work tasks",
        "delete all done tasks",
    ] {
        chat.say(said);
        states.push(contents(&chat));
    }
    for state in states.iter().rev().skip(1) {
        let reply = chat.say("undo");
        assert_eq!(contents(&chat), *state, "{reply}");
    }
    assert!(chat.say("undo").contains("nothing to undo"));
}

#[test]
fn two_changes_of_one_task_in_one_message_are_taken_back_together() {
    let mut chat = chat("default");
    let before = contents(&chat);
    chat.say("move the report to friday and make it urgent");
    assert_ne!(contents(&chat), before);
    let reply = chat.say("undo");
    assert_eq!(contents(&chat), before, "{reply}");
}

#[test]
fn what_a_person_declined_to_undo_can_be_undone_later() {
    let mut chat = chat("default");
    chat.say("add plant tulips");
    let mut chat = chat.declining(true);
    chat.say("undo");
    let mut chat = chat.declining(false);
    assert!(chat.say("undo").contains("Deleted “Plant tulips”"));
}
