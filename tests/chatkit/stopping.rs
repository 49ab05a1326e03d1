//! Who closes a stream stops its answer, unless the message has a key to come back with; and who comes back hears all of it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, Stream, fixture, input, kinds, text};
use crate::scripted_model::{Piece, Reply, call_piece, calls, end, says, words};

/// Says that it adds something, takes a second, and does.
fn adds_slowly() -> Reply {
    let talk = [words("Adding"), Piece::Pause(Duration::from_secs(1)), words(" it.")];
    let call = call_piece(0, Some("c"), Some("add_task"), r#"{"title":"milk"}"#);
    Reply::Stream(talk.into_iter().chain([call]).chain(end("tool_calls")).collect())
}

/// Sends a request and closes its stream once this came.
fn leave_after(client: &Client, body: &Value, key: Option<&str>, word: &str) {
    let host = fixture().app.url.trim_start_matches("http://");
    let body = body.to_string();
    let key = key.map(|key| format!("idempotency-key: {key}\r\n")).unwrap_or_default();
    let mut connection = TcpStream::connect(host).unwrap();
    write!(
        connection,
        "POST /chatkit HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n{key}\
         content-length: {}\r\n\r\n{body}",
        client.caller.token.as_deref().unwrap(),
        body.len()
    )
    .unwrap();
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    while !line.contains(word) {
        line.clear();
        assert_ne!(reader.read_line(&mut line).unwrap(), 0);
    }
}

fn create(word: &str) -> Value {
    json!({"type": "threads.create", "params": {"input": input(word)}})
}

/// The items of the only thread, once there are so many.
fn items(client: &Client, count: usize) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let threads = client.json("threads.list", json!({}))["data"].as_array().unwrap().clone();
        let items = client.items(&text(&threads[0]["id"]));
        if items.len() >= count {
            return items;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{items:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn who_closes_the_stream_has_stopped_the_answer_before_its_next_call() {
    let client = Client::new();
    let word = fixture().model.script([adds_slowly(), says(&["Added."])]);
    leave_after(&client, &create(&word), None, "text_delta");
    let items = items(&client, 2);
    assert_eq!(kinds(&items), ["user_message", "assistant_message"]);
    let said = text(&items[1]["content"][0]["text"]);
    assert!(said.starts_with("Adding") && said.ends_with("Nothing was changed."), "{said}");
    assert_eq!(client.titles(), Vec::<String>::new());
}

#[test]
fn who_goes_away_with_a_key_finds_the_answer_in_the_thread_and_hears_it_again() {
    let client = Client::new();
    let word = fixture().model.script([adds_slowly(), says(&["Added."])]);
    leave_after(&client, &create(&word), Some("key"), "text_delta");
    let again = || {
        client.caller.request("POST", "/chatkit").json(&create(&word)).header("idempotency-key", "key").send()
    };
    // While it is made, and afterwards.
    for _ in 0..2 {
        let stream = Stream::read(again().expect(200));
        assert_eq!(
            stream.kinds()[..4],
            ["thread.created", "thread.item.done", "stream_options", "thread.updated"]
        );
        assert_eq!(stream.words(), "Adding it.\n\nAdded.");
        assert_eq!(stream.select("client_effect").len(), 1);
        let items = items(&client, 3);
        let done: Vec<Value> =
            stream.select("thread.item.done").into_iter().map(|event| event["item"].clone()).collect();
        assert_eq!(done, items);
    }
    assert_eq!(client.titles(), ["milk"]);
    let other =
        client.caller.request("POST", "/chatkit").json(&create("other")).header("idempotency-key", "key");
    assert_eq!(other.send().expect(400).json()["type"], "/problems/invalid-request");
    assert_eq!(client.json("threads.list", json!({}))["data"].as_array().unwrap().len(), 1);
}

#[test]
fn a_thread_that_was_loaded_again_hears_the_answer_that_is_on_its_way() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let word = fixture().model.script([adds_slowly(), says(&["Added."])]);
    let params = json!({"thread_id": thread, "input": input(&word)});
    let body = json!({"type": "threads.add_user_message", "params": params});
    leave_after(&client, &body, Some("key"), "text_delta");
    let said = client.items(&thread).pop().unwrap();
    assert_eq!(said["type"], "user_message");
    let answering = || client.json("threads.get_by_id", json!({"thread_id": thread}))["metadata"].clone();
    assert_eq!(answering(), json!({"answering": said["id"]}));
    let stream =
        client.stream("threads.retry_after_item", json!({"thread_id": thread, "item_id": said["id"]}));
    assert_eq!(stream.words(), "Adding it.\n\nAdded.");
    assert_eq!(stream.done("widget").len(), 1);
    assert_eq!(client.titles(), ["milk"]);
    assert_eq!(answering(), json!({}));
}

#[test]
fn an_answer_says_by_which_request_it_is_stopped() {
    let client = Client::new();
    let word = fixture().model.script([says(&["Hm."])]);
    let answer = client.caller.post("/chatkit", &create(&word)).expect(200);
    let link = answer.header("link").map(str::to_owned);
    let thread = Stream::read(answer).thread();
    assert_eq!(link, Some(format!("</api/v1/conversations/{thread}/cancel>; rel=\"cancel\"")));
}

#[test]
fn a_thread_is_stopped_by_a_request_as_well() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let replies = [calls(&[("add_task", json!({"title": "bread"}))]), adds_slowly(), says(&["Added."])];
    let word = fixture().model.script(replies);
    let stream = thread::scope(|scope| {
        let params = json!({"thread_id": thread, "input": input(&word)});
        let stream = scope.spawn(|| client.stream("threads.add_user_message", params));
        while client.titles().is_empty() {
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_millis(200));
        let path = format!("/api/v1/conversations/{thread}/cancel");
        let stopped = client.caller.request("POST", &path).send().expect(200).json();
        assert_eq!(stopped["state"], "cancelled");
        stream.join().unwrap()
    });
    assert_eq!(stream.select("stream_options")[0]["stream_options"]["allow_cancel"], true);
    assert!(
        stream.words().contains("as you asked") && stream.words().contains("bread"),
        "{}",
        stream.words()
    );
    assert_eq!(stream.select("error"), Vec::<&Value>::new());
    assert_eq!(client.titles(), ["bread"]);
}
