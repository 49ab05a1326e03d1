//! Messages and their answers.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, Stream, fixture, input, kinds, text};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

#[test]
fn a_thread_begins_and_its_events_tell_what_happens_in_order() {
    let client = Client::new();
    let stream = client
        .create([calls(&[("add_task", json!({"title": "Buy milk"}))]), says(&["Added ", "“Buy milk”."])]);
    assert_eq!(
        stream.kinds(),
        [
            "thread.created",
            "thread.item.done",
            "stream_options",
            "thread.updated",
            "progress_update",
            "thread.item.added",
            "thread.item.updated",
            "thread.item.updated",
            "thread.item.updated",
            "thread.item.updated",
            "thread.item.done",
            "thread.item.done",
            "client_effect",
        ]
    );
    let created = &stream.events[0]["thread"];
    assert_eq!(created["status"], json!({"type": "active"}));
    assert_eq!(created["items"], json!({"data": [], "has_more": false}));
    assert_eq!(created.get("title"), None);
    assert!(text(&stream.select("thread.updated")[0]["thread"]["title"]).starts_with("Play script-"));
    assert_eq!(stream.select("progress_update")[0]["text"], "Adding “Buy milk”");
    assert_eq!(stream.words(), "Added “Buy milk”.");
    let said = stream.done("assistant_message")[0];
    assert_eq!(said["content"][0]["text"], "Added “Buy milk”.");
    assert_eq!(said["id"], stream.select("thread.item.added")[0]["item"]["id"]);
    let widget = stream.done("widget")[0];
    assert_eq!(widget["widget"]["type"], "Card");
    let effect = stream.select("client_effect")[0];
    assert_eq!(effect["name"], "tasks.changed");
    let task = client.task(effect["data"]["ids"][0].as_str().unwrap());
    assert_eq!(task["title"], "Buy milk");
}

#[test]
fn what_was_streamed_is_what_is_read_afterwards() {
    let client = Client::new();
    for title in ["a", "b"] {
        client.add_task(title);
    }
    let first = client.create([calls(&[("list_tasks", json!({}))]), says(&["Two."])]);
    let thread = first.thread();
    let second = client.say(&thread, [says(&["Hm."])]);
    let streamed: Vec<Value> = [&first, &second]
        .into_iter()
        .flat_map(|stream| stream.select("thread.item.done"))
        .map(|event| event["item"].clone())
        .collect();
    assert_eq!(
        kinds(&streamed),
        ["user_message", "assistant_message", "widget", "user_message", "assistant_message"]
    );
    assert_eq!(client.items(&thread), streamed);
    assert_eq!(second.select("thread.created"), Vec::<&Value>::new());
    let whole = client.json("threads.get_by_id", json!({"thread_id": thread}));
    assert_eq!(whole["items"]["data"], json!(streamed));
}

#[test]
fn a_message_keeps_its_parts_what_it_quotes_and_how_it_wants_to_be_answered() {
    let client = Client::new();
    let word = fixture().model.script([says(&["Hm."])]);
    let content = json!([
        {"type": "input_text", "text": format!("{word} about ")},
        {"type": "input_tag", "id": "t1", "text": "Buy milk", "data": {"kind": "task"}, "interactive": true},
    ]);
    let input = json!({
        "content": content, "attachments": [], "quoted_text": "It is late.",
        "inference_options": {"model": "scripted-1", "tool_choice": {"id": "add"}},
    });
    let stream = client.stream("threads.create", json!({"input": input}));
    let said = stream.done("user_message")[0];
    assert_eq!(said["content"], content);
    assert_eq!(said["quoted_text"], "It is late.");
    assert_eq!(said["inference_options"], json!({"tool_choice": {"id": "add"}, "model": "scripted-1"}));
    assert_eq!(client.items(&stream.thread())[0], *said);
    let sent = fixture().model.requests(&word);
    let asked = sent[0]["messages"].as_array().unwrap().last().unwrap()["content"].to_string();
    assert!(asked.contains("about Buy milk") && asked.contains("It is late."), "{asked}");
}

#[test]
fn where_the_person_stands_is_a_chart() {
    let client = Client::new();
    client.add_task("a");
    let stream = client.create([calls(&[("overview", json!({}))]), says(&["One open."])]);
    let widget = stream.done("widget")[0];
    assert_eq!(widget["widget"]["children"][1]["type"], "Chart");
    assert!(text(&widget["copy_text"]).contains("Open: 1"));
}

#[test]
fn a_second_message_at_the_same_time_is_refused_and_spoils_nothing() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let slow = Reply::Stream(
        [words("Slowly"), Piece::Pause(Duration::from_secs(2))].into_iter().chain(end("stop")).collect(),
    );
    thread::scope(|scope| {
        let first = scope.spawn(|| client.say(&thread, [slow]));
        thread::sleep(Duration::from_millis(700));
        let message = json!({"thread_id": thread, "input": input("Quickly")});
        let busy = client.request("threads.add_user_message", message).expect(409);
        assert_eq!(busy.json()["type"], "/problems/conversation-busy");
        assert!(busy.header("retry-after").is_some());
        assert_eq!(first.join().unwrap().words(), "Slowly");
    });
    let items = client.items(&thread);
    assert_eq!(kinds(&items), ["user_message", "assistant_message"].repeat(2));
}

#[test]
fn a_page_of_another_origin_may_ask_where_the_operator_allows_it() {
    let answer = fixture()
        .app
        .nobody()
        .request("OPTIONS", "/chatkit")
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "POST")
        .send();
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let app = harness::App::start(harness::Options {
        variables: vec![("cors_origins".into(), "https://elsewhere.example".into())],
        ..harness::Options::default()
    })
    .unwrap();
    let body = json!({"type": "threads.create", "params": {"input": input("add milk")}});
    let answer = app
        .user()
        .request("POST", "/chatkit")
        .json(&body)
        .header("origin", "https://elsewhere.example")
        .send();
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://elsewhere.example"));
    // By rules: the built-in model speaks the same protocol.
    let stream = Stream::read(answer.expect(200));
    assert_eq!(stream.done("widget").len(), 1);
}
