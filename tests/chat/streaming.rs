//! Answers as they are made.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use harness::{Answer, Caller, Event};
use serde_json::{Value, json};

use crate::chat_fixture::{add, fixture, lines, titles};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

fn stream(caller: &Caller, body: &Value) -> Answer {
    caller.request("POST", "/api/v1/chat").json(body).header("accept", "text/event-stream").send()
}

fn names(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.name.as_str()).collect()
}

#[test]
fn the_events_tell_what_happens_in_order_and_end_with_the_whole_answer() {
    let fixture = fixture();
    let caller = fixture.user();
    let word =
        fixture.model.script([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added ", "milk."])]);
    let answer = stream(&caller, &json!({"message": word})).expect(200);
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let events = answer.events();
    assert_eq!(names(&events), ["conversation", "tool_call", "tool_result", "delta", "delta", "done"]);
    let data = |place: usize| &events[place].data;
    assert_eq!(data(1)["arguments"], json!({"title": "milk"}));
    assert_eq!((&data(2)["id"], &data(2)["failed"]), (&data(1)["id"], &json!(false)));
    assert_eq!(data(2)["content"]["title"], "milk");
    assert_eq!(data(5)["reply"], "Added milk.");
    assert_eq!(data(5)["conversation_id"], data(0)["conversation_id"]);
    assert_eq!(data(5)["message_id"], data(0)["message_id"]);
    let id = data(0)["conversation_id"].as_str().unwrap();
    assert_eq!(lines(&caller, id)[1], ("assistant".into(), "Added milk.".into()));
}

#[test]
fn a_question_is_an_event() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "milk");
    let word = fixture.model.script([calls(&[("delete_task", json!({"id": id}))])]);
    let events = stream(&caller, &json!({"message": word})).expect(200).events();
    assert_eq!(names(&events), ["conversation", "delta", "confirmation", "done"]);
    assert_eq!(events[2].data["tool"], "delete_task");
    assert_eq!(events[2].data["prompt"], events[3].data["reply"]);
}

#[test]
fn a_failure_in_the_middle_is_an_error_event_with_the_problem() {
    let fixture = fixture();
    let caller = fixture.user();
    let word = fixture.model.script([Reply::Stream(vec![words("So "), Piece::Cut])]);
    let events = stream(&caller, &json!({"message": word})).expect(200).events();
    assert_eq!(names(&events), ["conversation", "delta", "error"]);
    assert_eq!(events[2].data["type"], "/problems/model-unavailable");
    assert_eq!(events[2].data["status"], 503);
    let id = events[0].data["conversation_id"].as_str().unwrap();
    assert_eq!(lines(&caller, id).len(), 1);
}

#[test]
fn what_is_refused_at_once_is_no_stream() {
    let caller = fixture().user();
    let answer = stream(&caller, &json!({"message": ""})).expect(422);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
}

/// Sends a message over a connection of its own and answers what is to be read from it, line by line.
fn open(caller: &Caller, body: &Value) -> BufReader<TcpStream> {
    let fixture = fixture();
    let host = fixture.app.url.trim_start_matches("http://");
    let mut connection = TcpStream::connect(host).unwrap();
    let body = body.to_string();
    write!(
        connection,
        "POST /api/v1/chat HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\naccept: text/event-stream\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        caller.token.as_deref().unwrap(),
        body.len()
    )
    .unwrap();
    BufReader::new(connection)
}

/// Reads until a line contains this.
fn read_until(reader: &mut impl BufRead, text: &str) {
    let mut line = String::new();
    while !line.contains(text) {
        line.clear();
        assert_ne!(reader.read_line(&mut line).unwrap(), 0, "the answer ended before {text:?}");
    }
}

#[test]
fn words_arrive_while_the_model_still_speaks() {
    let fixture = fixture();
    let caller = fixture.user();
    let pause = Duration::from_secs(6);
    let pieces = vec![words("first"), Piece::Pause(pause), words("second")];
    let word = fixture.model.script([Reply::Stream(pieces.into_iter().chain(end("stop")).collect())]);
    let begun = Instant::now();
    let mut reader = open(&caller, &json!({"message": word}));
    read_until(&mut reader, "first");
    let early = begun.elapsed();
    read_until(&mut reader, "second");
    assert!(early < pause, "{early:?}");
    assert!(begun.elapsed() >= pause);
    read_until(&mut reader, "event: done");
}

#[test]
fn an_answer_is_finished_and_stored_when_the_client_goes_away() {
    let fixture = fixture();
    let caller = fixture.user();
    let talk = Reply::Stream(
        [words("Adding"), Piece::Pause(Duration::from_secs(1)), words(" it.")]
            .into_iter()
            .chain([crate::scripted_model::call_piece(0, Some("c"), Some("add_task"), r#"{"title":"milk"}"#)])
            .chain(end("tool_calls"))
            .collect(),
    );
    let word = fixture.model.script([talk, says(&["Added."])]);
    let mut reader = open(&caller, &json!({"message": word}));
    read_until(&mut reader, "Adding");
    drop(reader);
    let begun = Instant::now();
    while titles(&caller).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(10), "nothing was added");
        thread::sleep(Duration::from_millis(50));
    }
    thread::sleep(Duration::from_millis(300));
    let page = caller.get("/api/v1/conversations").json();
    let id = page["items"][0]["id"].as_str().unwrap();
    assert_eq!(lines(&caller, id)[1], ("assistant".into(), "Adding it.\n\nAdded.".into()));
}
