//! Where the provider of the language model is out of reach, rules answer and say so.

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::chat_fixture::{ChatFixture, fixture, lines, start, titles};
use crate::scripted_model::{Piece, Reply, says, words};

const FALLS_BACK: [(&str, &str); 1] = [("model_fallback", "builtin")];
const NOTICE: &str = "The language model can't be reached right now, so I go by simple rules.";

#[test]
fn rules_answer_where_no_provider_is_and_still_ask_before_they_remove() {
    let app = start(&ChatFixture::nowhere(), &FALLS_BACK);
    let caller = app.user();
    let say = |message: &str, conversation: Option<&str>| {
        let body = json!({"message": message, "conversation_id": conversation});
        caller.post("/api/v1/chat", &body).expect(200).json()
    };
    let added = say("add buy milk", None);
    let id = added["conversation_id"].as_str().unwrap();
    let reply = added["reply"].as_str().unwrap();
    assert!(reply.starts_with(NOTICE) && reply.contains("“Buy milk”"), "{reply}");
    assert_eq!(reply.matches(NOTICE).count(), 1, "{reply}");
    assert_eq!(titles(&caller), ["Buy milk"]);
    let called = added["tool_calls"].as_array().unwrap();
    assert!(called.iter().any(|call| call["name"] == "add_task"), "{added}");
    let asked = say("delete buy milk", Some(id));
    assert_eq!(asked["confirmation"]["action"], "delete_tasks", "{asked}");
    assert_eq!(titles(&caller), ["Buy milk"]);
    say("yes", Some(id));
    assert!(titles(&caller).is_empty());
    assert_eq!(lines(&caller, id)[1], ("assistant".into(), reply.into()));
}

#[test]
fn the_language_model_answers_again_once_it_is_back() {
    let fixture = fixture();
    let app = start(&fixture.model.origin, &FALLS_BACK);
    let caller = app.user();
    let busy = Reply::Status(503, vec![("retry-after", "1".into())], "{}".into());
    let word = fixture.model.script([busy, says(&["Here I am."])]);
    let say = || caller.post("/api/v1/chat", &json!({"message": format!("add {word}")})).expect(200).json();
    let first = say();
    assert!(first["reply"].as_str().unwrap().starts_with(NOTICE), "{first}");
    thread::sleep(Duration::from_secs(2));
    assert_eq!(say()["reply"], "Here I am.");
}

#[test]
fn a_provider_that_has_begun_to_speak_is_not_spoken_over() {
    let fixture = fixture();
    let app = start(&fixture.model.origin, &FALLS_BACK);
    let caller = app.user();
    let word = fixture.model.script([Reply::Stream(vec![words("So "), Piece::Cut])]);
    let problem = caller.post("/api/v1/chat", &json!({"message": format!("add {word}")})).expect(503).json();
    assert_eq!(problem["type"], "/problems/model-unavailable");
    assert!(titles(&caller).is_empty());
}
