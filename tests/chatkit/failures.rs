//! What fails before the first byte is a problem, and what fails after it is an event.

use serde_json::{Value, json};

use crate::client::{Client, fixture, input, kinds};
use crate::scripted_model::{Piece, Reply, calls, says, words};

#[test]
fn a_failure_in_the_middle_is_an_error_event_and_the_thread_is_as_it_truly_is() {
    let client = Client::new();
    let stream = client.create([Reply::Stream(vec![words("So "), Piece::Cut])]);
    let kinds_of = stream.kinds();
    assert_eq!(kinds_of[kinds_of.len() - 2..], ["thread.item.removed", "error"]);
    let error = stream.events.last().unwrap();
    assert_eq!((&error["code"], &error["allow_retry"]), (&json!("custom"), &json!(true)));
    assert!(error["message"].as_str().unwrap().contains("language model"));
    assert_eq!(
        stream.select("thread.item.removed")[0]["item_id"],
        stream.select("thread.item.added")[0]["item"]["id"]
    );
    assert_eq!(kinds(&client.items(&stream.thread())), ["user_message"]);
}

#[test]
fn what_was_done_before_a_failure_stays_and_is_an_answer() {
    let client = Client::new();
    let gone = Reply::Status(500, vec![], "{}".into());
    let stream =
        client.create([calls(&[("add_task", json!({"title": "milk"}))]), gone.clone(), gone.clone(), gone]);
    assert_eq!(stream.select("error"), Vec::<&Value>::new());
    assert!(stream.words().contains("What was done so far stays"), "{}", stream.words());
    assert_eq!(client.titles(), ["milk"]);
    assert_eq!(stream.select("client_effect").len(), 1);
}

#[test]
fn a_locked_or_closed_thread_takes_nothing_and_says_why() {
    let client = Client::new();
    client.add_task("milk");
    let stream = client.create([calls(&[("list_tasks", json!({}))]), says(&["One."])]);
    let thread = stream.thread();
    let (said, widget) = (stream.done("user_message")[0], stream.done("widget")[0]);
    for status in ["locked", "closed"] {
        let sql = format!(
            "UPDATE todo.conversations SET status = '{status}', status_reason = 'For now.' WHERE id = '{thread}'"
        );
        fixture().app.sql(&sql).unwrap();
        let read = client.json("threads.get_by_id", json!({"thread_id": thread}));
        assert_eq!(read["status"], json!({"type": status, "reason": "For now."}));
        let action = json!({"type": "task.complete", "payload": {"id": thread}});
        for (kind, params) in [
            ("threads.add_user_message", json!({"thread_id": thread, "input": input("hi")})),
            ("threads.retry_after_item", json!({"thread_id": thread, "item_id": said["id"]})),
            (
                "threads.add_structured_input",
                json!({"thread_id": thread, "item_id": widget["id"], "input": {}}),
            ),
            (
                "threads.custom_action",
                json!({"thread_id": thread, "item_id": widget["id"], "action": action}),
            ),
            ("threads.sync_custom_action", json!({"thread_id": thread, "action": action})),
            ("threads.add_client_tool_output", json!({"thread_id": thread, "result": 1})),
        ] {
            let refused = client.request(kind, params).expect(409);
            assert_eq!(refused.json()["type"], "/problems/conversation-locked", "{kind}");
        }
        let over_rest = json!({"message": "hi", "conversation_id": thread});
        client.caller.post("/api/v1/chat", &over_rest).expect(409);
        assert_eq!(client.items(&thread).len(), 3);
    }
}

#[test]
fn a_full_thread_is_closed() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    fixture()
        .app
        .sql(&format!("UPDATE todo.conversations SET last_sequence = 999 WHERE id = '{thread}'"))
        .unwrap();
    let read = client.json("threads.get_by_id", json!({"thread_id": thread}));
    assert_eq!(read["status"]["type"], "closed");
    let message = json!({"thread_id": thread, "input": input("hi")});
    let refused = client.request("threads.add_user_message", message).expect(409);
    assert_eq!(refused.json()["type"], "/problems/conversation-full");
}

#[test]
fn no_thread_waits_for_the_result_of_a_client_tool() {
    let client = Client::new();
    let thread = client.create([says(&["Hm."])]).thread();
    let params = json!({"thread_id": thread, "result": {"ok": true}});
    let refused = client.request("threads.add_client_tool_output", params).expect(409);
    assert_eq!(refused.json()["type"], "/problems/wrong-item-kind");
}

#[test]
fn nobody_understands_recordings_and_it_is_said() {
    let client = Client::new();
    let recording = json!({"audio_base64": "AA==", "mime_type": "audio/webm;codecs=opus"});
    let refused = client.request("input.transcribe", recording).expect(501);
    assert_eq!(refused.json()["type"], "/problems/transcription-unavailable");
}

#[test]
fn messages_and_calls_are_counted_as_those_of_rest() {
    let app = harness::App::start(harness::Options {
        variables: vec![
            ("chat_messages_per_minute".into(), "2".into()),
            ("rest_calls_per_minute".into(), "3".into()),
        ],
        ..harness::Options::default()
    })
    .unwrap();
    let caller = app.user();
    let message = json!({"type": "threads.create", "params": {"input": input("hello")}});
    caller.post("/api/v1/chat", &json!({"message": "hello"})).expect(200);
    caller.post("/chatkit", &message).expect(200);
    let refused = caller.post("/chatkit", &message).expect(429);
    assert!(refused.header("retry-after").is_some());
    let list = json!({"type": "threads.list", "params": {}});
    for _ in 0..3 {
        caller.post("/chatkit", &list).expect(200);
    }
    caller.post("/chatkit", &list).expect(429);
}
