//! What people do with widgets.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, fixture, text};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

/// A thread with a list of these tasks: the thread, the widget, the tasks' ids.
fn listed(client: &Client, titles: &[&str]) -> (String, Value, Vec<String>) {
    let ids = titles.iter().map(|title| client.add_task(title)).collect();
    let stream = client.create([calls(&[("list_tasks", json!({"sort": "created"}))]), says(&["Here."])]);
    (stream.thread(), stream.done("widget")[0].clone(), ids)
}

fn params(thread: &str, item: &Value, kind: &str, payload: Value) -> Value {
    json!({"thread_id": thread, "item_id": item["id"], "action": {"type": kind, "payload": payload}})
}

fn ticked(item: &Value, row: usize) -> &Value {
    &item["widget"]["children"][row]["children"][0]["defaultChecked"]
}

#[test]
fn a_box_ticks_a_task_and_the_widget_shows_it_then_and_on_the_next_read() {
    let client = Client::new();
    let (thread, widget, ids) = listed(&client, &["milk", "bread"]);
    let action = &widget["widget"]["children"][0]["children"][0]["onChangeAction"];
    assert_eq!(action["payload"], json!({"id": ids[0]}));
    let answer = client.json(
        "threads.sync_custom_action",
        params(&thread, &widget, action["type"].as_str().unwrap(), action["payload"].clone()),
    );
    let updated = &answer["updated_item"];
    assert_eq!((ticked(updated, 0), ticked(updated, 1)), (&json!(true), &json!(false)));
    assert!(client.task(&ids[0])["completed_at"].is_string());
    assert_eq!(client.items(&thread)[2], *updated);

    let again = updated["widget"]["children"][0]["children"][0]["onChangeAction"].clone();
    assert_eq!(again["type"], "task.reopen");
    let stream = client
        .stream("threads.custom_action", params(&thread, &widget, "task.reopen", again["payload"].clone()));
    assert_eq!(stream.kinds(), ["stream_options", "thread.item.replaced", "client_effect"]);
    assert_eq!(ticked(&stream.events[1]["item"], 0), &json!(false));
    assert_eq!(stream.events[2]["data"]["ids"], json!([ids[0]]));
    assert!(client.task(&ids[0])["completed_at"].is_null());
}

#[test]
fn every_widget_of_the_thread_that_shows_the_task_follows() {
    let client = Client::new();
    let (thread, widget, ids) = listed(&client, &["milk"]);
    let other = client.say(&thread, [calls(&[("get_task", json!({"id": ids[0]}))]), says(&["This."])]);
    let card = other.done("widget")[0]["id"].clone();
    let stream = client
        .stream("threads.custom_action", params(&thread, &widget, "task.complete", json!({"id": ids[0]})));
    let replaced: Vec<&Value> =
        stream.select("thread.item.replaced").into_iter().map(|event| &event["item"]["id"]).collect();
    assert_eq!(replaced, [&widget["id"], &card]);
}

#[test]
fn a_card_saves_what_its_form_says_and_only_what_it_showed() {
    let client = Client::new();
    let stream = client.create([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]);
    let (thread, widget) = (stream.thread(), stream.done("widget")[0].clone());
    let save = &widget["widget"]["confirm"]["action"];
    let mut payload = save["payload"].clone();
    payload["title"] = json!("oat milk");
    payload["priority"] = json!("high");
    payload["done"] = json!(true);
    let saved = params(&thread, &widget, save["type"].as_str().unwrap(), payload.clone());
    let answer = client.json("threads.sync_custom_action", saved.clone());
    assert!(answer["updated_item"]["widget"].to_string().contains("oat milk"));
    let task = client.task(payload["id"].as_str().unwrap());
    assert_eq!((&task["title"], &task["priority"]), (&json!("oat milk"), &json!("high")));

    let stale = client.request("threads.sync_custom_action", saved).expect(409);
    assert_eq!(stale.json()["type"], "/problems/version-conflict");
}

#[test]
fn a_box_can_be_ticked_while_the_assistant_speaks() {
    let client = Client::new();
    let (thread, widget, ids) = listed(&client, &["milk"]);
    let slow = Reply::Stream(
        [words("Slowly"), Piece::Pause(Duration::from_secs(2))].into_iter().chain(end("stop")).collect(),
    );
    thread::scope(|scope| {
        let speaking = scope.spawn(|| client.say(&thread, [slow]));
        thread::sleep(Duration::from_millis(500));
        let ticked = params(&thread, &widget, "task.complete", json!({"id": ids[0]}));
        client.json("threads.sync_custom_action", ticked);
        assert!(!speaking.is_finished());
        assert_eq!(speaking.join().unwrap().words(), "Slowly");
    });
}

#[test]
fn two_windows_tick_two_boxes_of_one_widget_and_both_stay_ticked() {
    let client = Client::new();
    let titles: Vec<String> = (0..8).map(|number| format!("task {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let (thread, widget, ids) = listed(&client, &titles);
    thread::scope(|scope| {
        for id in &ids {
            let ticked = params(&thread, &widget, "task.complete", json!({"id": id}));
            let client = &client;
            scope.spawn(move || client.json("threads.sync_custom_action", ticked));
        }
    });
    let items = client.items(&thread);
    assert!((0..8).all(|row| ticked(&items[2], row) == &json!(true)), "{}", items[2]);
}

#[test]
fn what_removes_something_is_no_action_of_a_widget() {
    let client = Client::new();
    let (thread, widget, ids) = listed(&client, &["milk"]);
    let removal = params(&thread, &widget, "task.delete", json!({"id": ids[0], "confirm": true}));
    for kind in ["threads.custom_action", "threads.sync_custom_action"] {
        let refused = client.request(kind, removal.clone()).expect(400);
        assert_eq!(refused.json()["errors"][0]["pointer"], "/params/action/type");
    }
    assert_eq!(client.titles(), ["milk"]);
}

#[test]
fn an_action_without_a_widget_is_done_and_replaces_nothing() {
    let client = Client::new();
    let (thread, _, _) = listed(&client, &["milk"]);
    let apart = client.add_task("apart");
    let params = json!({"thread_id": thread, "action": {"type": "task.complete", "payload": {"id": apart}}});
    assert_eq!(client.json("threads.sync_custom_action", params), json!({}));
    assert!(client.task(&apart)["completed_at"].is_string());
}

#[test]
fn a_token_that_may_only_read_ticks_nothing() {
    let client = Client::new();
    let (thread, widget, ids) = listed(&client, &["milk"]);
    let reader = fixture().app.known_user(client.caller.id, "chat tasks:read", 900);
    let body = json!({"type": "threads.sync_custom_action",
        "params": params(&thread, &widget, "task.complete", json!({"id": ids[0]}))});
    let refused = reader.post("/chatkit", &body).expect(403);
    assert_eq!(refused.json()["type"], "/problems/insufficient-scope");
    assert!(text(&client.task(&ids[0])["completed_at"]).is_empty());
}
