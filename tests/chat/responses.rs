//! A provider that is spoken to by the Responses API.

use std::sync::OnceLock;

use harness::{App, Caller};
use serde_json::{Value, json};

use crate::chat_fixture::{KEY, MODEL, fixture, lines, start, titles};
use crate::scripted_model::{Piece, Reply, event};

fn app() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| start(&fixture().model.origin, &[("openai_api", "responses")]))
}

fn delta(text: &str) -> Piece {
    event(
        &json!({"type": "response.output_text.delta", "item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": text}),
    )
}

fn call(id: &str, name: &str, arguments: &Value) -> Piece {
    let item = json!({"type": "function_call", "id": format!("fc_{id}"), "call_id": id, "name": name, "arguments": arguments.to_string(), "status": "completed"});
    event(&json!({"type": "response.output_item.done", "output_index": 0, "item": item}))
}

fn completed() -> Piece {
    let response = json!({"object": "response", "status": "completed", "output": [], "usage": {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}});
    event(&json!({"type": "response.completed", "response": response}))
}

fn stream(pieces: impl IntoIterator<Item = Piece>) -> Reply {
    let created =
        event(&json!({"type": "response.created", "response": {"status": "in_progress", "output": []}}));
    Reply::Stream(std::iter::once(created).chain(pieces).collect())
}

/// Says something while the model plays these replies: the script, and what came back.
fn send(caller: &Caller, replies: impl IntoIterator<Item = Reply>) -> (String, harness::Answer) {
    let word = fixture().model.script(replies);
    let answer = caller.post("/api/v1/chat", &json!({"message": format!("Play {word}")}));
    (word, answer)
}

#[test]
fn a_call_is_made_its_result_goes_back_and_words_are_streamed() {
    let caller = app().user();
    let replies = [
        stream([call("c1", "add_task", &json!({"title": "milk"})), completed()]),
        stream([delta("Added "), delta("milk."), completed()]),
    ];
    let word = fixture().model.script(replies);
    let request = caller.request("POST", "/api/v1/chat").json(&json!({"message": format!("Play {word}")}));
    let events = request.header("accept", "text/event-stream").send().expect(200).events();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["conversation", "tool_call", "tool_result", "delta", "delta", "done"]);
    assert_eq!(events[5].data["reply"], "Added milk.");
    assert_eq!(titles(&caller), ["milk"]);

    let sent = fixture().model.requests(&word);
    let head = sent[0]["head"].as_str().unwrap();
    assert!(head.starts_with("POST /v1/responses ") && head.contains(&format!("Bearer {KEY}")), "{head}");
    assert_eq!(
        (&sent[0]["model"], &sent[0]["store"], &sent[0]["stream"]),
        (&json!(MODEL), &json!(false), &json!(true))
    );
    assert!(sent[0]["instructions"].as_str().unwrap().contains("todo list"));
    assert_eq!(sent[0]["input"], json!([{"role": "user", "content": format!("Play {word}")}]));
    assert_eq!(sent[0]["tools"].as_array().map(Vec::len), Some(tool_catalog::NAMES.len()));
    assert_eq!(
        (&sent[1]["input"][1]["call_id"], &sent[1]["input"][2]["call_id"]),
        (&json!("c1"), &json!("c1"))
    );
    assert!(sent[1]["input"][2]["output"].as_str().unwrap().contains("\"milk\""), "{}", sent[1]["input"]);
    let usage = caller.get("/api/v1/usage").expect(200).json();
    assert_eq!(
        (&usage["models"][0]["input_tokens"], &usage["models"][0]["output_tokens"]),
        (&json!(200), &json!(20))
    );
}

#[test]
fn what_fails_is_an_honest_problem_and_the_conversation_goes_on() {
    let caller = app().user();
    let failed = |code: &str| {
        event(
            &json!({"type": "response.failed", "response": {"status": "failed", "error": {"code": code, "message": KEY}}}),
        )
    };
    let flood = vec![Piece::Bytes(format!("data: {}\n\n", "x".repeat(64 * 1024))); 160];
    for (name, reply, status, kind) in [
        ("too many requests", Reply::Status(429, vec![], "{}".into()), 503, "model-unavailable"),
        ("a bad key", Reply::Status(401, vec![], "{}".into()), 502, "model-failed"),
        ("no such path", Reply::Status(404, vec![], "{}".into()), 502, "model-failed"),
        ("a fault of theirs", stream([delta("So "), failed("server_error")]), 503, "model-unavailable"),
        ("their limit", stream([failed("rate_limit_exceeded")]), 503, "model-unavailable"),
        ("a used up quota", stream([failed("insufficient_quota")]), 502, "model-failed"),
        ("a key that is refused late", stream([failed("invalid_api_key")]), 502, "model-failed"),
        ("a broken connection", stream([delta("So "), Piece::Cut]), 503, "model-unavailable"),
        ("an early end", stream([delta("So ")]), 503, "model-unavailable"),
        ("nothing", stream([completed()]), 502, "model-failed"),
        ("a chunk of Chat Completions", stream([event(&json!({"choices": []}))]), 502, "model-failed"),
        ("a flood", Reply::Stream(flood), 502, "model-failed"),
    ] {
        let (word, answer) = send(&caller, [reply]);
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        assert_eq!(answer.json()["type"], format!("/problems/{kind}"), "{name}");
        assert!(!answer.body.contains(KEY), "{name}: {}", answer.body);
        let page = caller.get("/api/v1/conversations?limit=1").json();
        let id = page["items"][0]["id"].as_str().unwrap();
        assert_eq!(lines(&caller, id), [("user".to_owned(), format!("Play {word}"))], "{name}");
    }
    let (_, answer) = send(&caller, [stream([delta("Here again."), completed()])]);
    assert_eq!(answer.expect(200).json()["reply"], "Here again.");
    assert!(!app().log().contains(KEY));
}

#[test]
fn what_the_provider_speaks_is_one_of_two() {
    let app = start(&fixture().model.origin, &[("openai_api", "assistants")]);
    app.user().post("/api/v1/chat", &json!({"message": "hello"})).expect(502);
    assert!(app.log().contains("The variable openai_api has to be chat-completions or responses."));
}
