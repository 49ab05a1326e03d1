//! Chat Completions: a client that sends all that was said goes on with its conversation, and reads errors as it expects them.

use std::thread;
use std::time::Duration;

use harness::{Answer, Caller};
use serde_json::{Value, json};

use crate::chat_fixture::{add, conversation, fixture, lines, titles};
use crate::scripted_model::{Piece, Reply, calls, end, says, words};

const PATH: &str = "/v1/chat/completions";

fn user(text: &str) -> Value {
    json!({"role": "user", "content": text})
}

fn assistant(text: &str) -> Value {
    json!({"role": "assistant", "content": text})
}

fn body(messages: &[Value]) -> Value {
    json!({"model": "todo-assistant", "messages": messages})
}

#[track_caller]
fn complete(caller: &Caller, messages: &[Value]) -> Value {
    caller.post(PATH, &body(messages)).expect(200).json()
}

fn reply(completion: &Value) -> &str {
    completion["choices"][0]["message"]["content"].as_str().unwrap()
}

/// The data of a stream's events, the last of them `[DONE]` or an error.
fn chunks(answer: &Answer) -> Vec<String> {
    answer.body.lines().filter_map(|line| line.strip_prefix("data: ")).map(str::to_owned).collect()
}

fn conversations(caller: &Caller) -> usize {
    caller.get("/api/v1/conversations").expect(200).json()["items"].as_array().unwrap().len()
}

#[test]
fn an_answer_is_a_completion_and_acts_with_the_assistants_tools() {
    let fixture = fixture();
    let caller = fixture.user();
    let word =
        fixture.model.script([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added ", "milk."])]);
    let system = json!({"role": "system", "content": "You are a pirate."});
    let completion = complete(&caller, &[system, user(&word)]);
    assert_eq!(
        (&completion["object"], &completion["model"]),
        (&json!("chat.completion"), &json!("todo-assistant"))
    );
    assert!(completion["id"].as_str().unwrap().starts_with("chatcmpl-"));
    let choice = &completion["choices"][0];
    assert_eq!(
        (&choice["finish_reason"], &choice["message"]["role"], reply(&completion)),
        (&json!("stop"), &json!("assistant"), "Added milk.")
    );
    assert_eq!(
        completion["usage"],
        json!({"prompt_tokens": 200, "completion_tokens": 20, "total_tokens": 220})
    );
    assert_eq!(titles(&caller), ["milk"]);
    // It is a conversation like any other, and the client's instructions are not those of the model.
    let id = completion["conversation_id"].as_str().unwrap();
    assert_eq!(
        lines(&caller, id),
        [("user".into(), word.clone()), ("assistant".into(), "Added milk.".into())]
    );
    assert!(!fixture.model.requests(&word)[0].to_string().contains("pirate"));
}

#[test]
fn a_client_that_sends_all_that_was_said_goes_on_with_its_conversation() {
    let fixture = fixture();
    let caller = fixture.user();
    let (one, two) =
        (fixture.model.script([says(&["  Hello.\n"])]), fixture.model.script([says(&["Again."])]));
    let first = complete(&caller, &[user(&one)]);
    let second = complete(&caller, &[user(&one), assistant(reply(&first).trim()), user(&two)]);
    assert_eq!(first["conversation_id"], second["conversation_id"]);
    assert_eq!(lines(&caller, first["conversation_id"].as_str().unwrap()).len(), 4);
    // Of two that begin alike, it is the one whose words all are the same.
    let three = fixture.model.script([says(&["Elsewhere."])]);
    let third = complete(&caller, &[user(&one), assistant("Hello."), user(&three)]);
    assert_ne!(third["conversation_id"], first["conversation_id"]);
}

#[test]
fn what_was_said_elsewhere_is_read_as_words_also_with_the_next_message() {
    let fixture = fixture();
    let caller = fixture.user();
    let (one, two) = (fixture.model.script([says(&["Noted."])]), fixture.model.script([says(&["Blue."])]));
    let elsewhere = [user("My favourite colour is blue."), assistant("Good to know.")];
    let [asked, answered] = elsewhere.clone();
    complete(&caller, &[asked.clone(), answered.clone(), user(&one)]);
    let second = complete(&caller, &[asked, answered, user(&one), assistant("Noted."), user(&two)]);
    assert_eq!((reply(&second), conversations(&caller)), ("Blue.", 1));
    for word in [&one, &two] {
        let sent = fixture.model.requests(word)[0]["messages"].to_string();
        assert!(sent.contains("favourite colour") && sent.contains("Good to know."), "{sent}");
    }
    assert!(fixture.model.requests(&two)[0]["messages"].to_string().contains("Noted."));
    // Only what was said here is stored here.
    assert_eq!(lines(&caller, second["conversation_id"].as_str().unwrap()).len(), 4);
}

#[test]
fn a_question_is_asked_in_words_and_answered_in_words() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = add(&caller, "milk");
    let word = fixture.model.script([calls(&[("delete_task", json!({"id": id}))])]);
    let asked = complete(&caller, &[user(&word)]);
    assert_eq!(reply(&asked), "Do you want to delete the task “milk”?");
    assert_eq!(titles(&caller), ["milk"]);
    let done = complete(&caller, &[user(&word), assistant(reply(&asked)), user("yes")]);
    assert_eq!(done["conversation_id"], asked["conversation_id"]);
    assert!(titles(&caller).is_empty(), "{done}");
}

#[test]
fn nobody_goes_on_with_the_conversation_of_somebody_else() {
    let fixture = fixture();
    let (caller, other) = (fixture.user(), fixture.user());
    let (one, two) = (fixture.model.script([says(&["Mine."])]), fixture.model.script([says(&["Yours."])]));
    let first = complete(&caller, &[user(&one)]);
    let messages = [user(&one), assistant("Mine."), user(&two)];
    let second = complete(&other, &messages);
    assert_ne!(second["conversation_id"], first["conversation_id"]);
    let mut named = body(&[user("hello")]);
    named["metadata"] = json!({"conversation_id": first["conversation_id"]});
    other.post(PATH, &named).expect(404);
    assert_eq!(lines(&caller, first["conversation_id"].as_str().unwrap()).len(), 2);
}

#[test]
fn a_conversation_can_be_named() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = fixture.send(&caller, [says(&["Hm."])]).conversation();
    let mut named = body(&[user(&fixture.model.script([says(&["Here."])]))]);
    named["metadata"] = json!({"conversation_id": id});
    let completion = caller.post(PATH, &named).expect(200).json();
    assert_eq!((reply(&completion), &completion["conversation_id"]), ("Here.", &json!(id)));
    assert_eq!(lines(&caller, &id).len(), 4);
}

#[test]
fn a_stream_is_chunks_that_add_up_to_the_answer() {
    let fixture = fixture();
    let caller = fixture.user();
    let word =
        fixture.model.script([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added ", "milk."])]);
    let mut asked = body(&[user(&word)]);
    asked["stream"] = json!(true);
    asked["stream_options"] = json!({"include_usage": true});
    let answer = caller.post(PATH, &asked).expect(200);
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let mut sent = chunks(&answer);
    assert_eq!(sent.pop().unwrap(), "[DONE]");
    let sent: Vec<Value> = sent.iter().map(|data| serde_json::from_str(data).unwrap()).collect();
    assert!(
        sent.iter().all(|chunk| chunk["object"] == "chat.completion.chunk" && chunk["id"] == sent[0]["id"])
    );
    let said: String =
        sent.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(
        (sent[0]["choices"][0]["delta"]["role"].as_str(), said.as_str()),
        (Some("assistant"), "Added milk.")
    );
    let [.., last, usage] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(last["choices"][0]["finish_reason"], "stop");
    assert_eq!((&usage["choices"], &usage["usage"]["total_tokens"]), (&json!([]), &json!(220)));
}

#[test]
fn the_same_request_sent_again_is_answered_once_whole_and_in_chunks() {
    let fixture = fixture();
    let caller = fixture.user();
    let word =
        fixture.model.script([calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added milk."])]);
    let send = |body: &Value| {
        caller.request("POST", PATH).json(body).header("idempotency-key", "k").send().expect(200)
    };
    let whole = body(&[user(&word)]);
    let mut streamed = whole.clone();
    streamed["stream"] = json!(true);
    let (first, again, told) = (send(&whole).json(), send(&whole).json(), send(&streamed));
    assert_eq!((reply(&first), reply(&again), &first["id"]), ("Added milk.", "Added milk.", &again["id"]));
    assert!(told.body.contains("Added milk.") && told.body.ends_with("data: [DONE]\n\n"), "{}", told.body);
    assert_eq!((titles(&caller), conversations(&caller)), (vec!["milk".to_owned()], 1));
    // Also when what was said on the way is no longer kept.
    fixture.app.sql(&format!("DELETE FROM todo.turn_events WHERE user_id = '{}'", caller.id)).unwrap();
    assert!(send(&streamed).body.contains("Added milk."));
}

#[test]
fn an_error_is_a_problem_with_the_member_that_such_clients_read() {
    let fixture = fixture();
    let caller = fixture.user();
    let problem =
        caller.post(PATH, &json!({"model": "gpt-4o", "messages": [user("hello")]})).expect(404).json();
    assert_eq!(
        (&problem["type"], &problem["error"]["code"]),
        (&json!("/problems/model-not-found"), &json!("model_not_found"))
    );
    let problem = caller.post(PATH, &body(&[user(" ")])).expect(422).json();
    assert_eq!(problem["error"]["param"], "messages/0/content");
    assert_eq!(problem["error"]["type"], "invalid_request_error");
    let problem = fixture.app.nobody().post(PATH, &body(&[user("hello")])).expect(401).json();
    assert_eq!(problem["error"]["type"], "authentication_error");
    // A provider that fails, before the first byte and after it.
    let failing = || fixture.model.script([Reply::Status(500, vec![], "{}".into())]);
    let problem = caller.post(PATH, &body(&[user(&failing())])).expect(503).json();
    assert_eq!((&problem["error"]["type"], &problem["status"]), (&json!("server_error"), &json!(503)));
    let mut streamed = body(&[user(&failing())]);
    streamed["stream"] = json!(true);
    let last = chunks(&caller.post(PATH, &streamed).expect(200)).pop().unwrap();
    let error: Value = serde_json::from_str(&last).unwrap();
    assert_eq!(error["error"]["code"], "model_unavailable");
}

#[test]
fn a_message_that_failed_is_said_again_in_the_same_conversation() {
    let fixture = fixture();
    let caller = fixture.user();
    let one = fixture.model.script([says(&["Hello."])]);
    let two = fixture.model.script([Reply::Status(500, vec![], "{}".into()), says(&["Now."])]);
    let first = complete(&caller, &[user(&one)]);
    let messages = [user(&one), assistant("Hello."), user(&two)];
    caller.post(PATH, &body(&messages)).expect(503);
    let second = complete(&caller, &messages);
    assert_eq!((reply(&second), &second["conversation_id"]), ("Now.", &first["conversation_id"]));
}

#[test]
fn who_closes_the_stream_stops_the_answer_before_its_next_call() {
    let fixture = fixture();
    let caller = fixture.user();
    let talk = [words("Let me see."), Piece::Pause(Duration::from_secs(2))];
    let call = crate::scripted_model::call_piece(0, Some("c"), Some("add_task"), r#"{"title":"milk"}"#);
    let word = fixture.model.script([
        Reply::Stream(talk.into_iter().chain([call]).chain(end("tool_calls")).collect()),
        says(&["Added."]),
    ]);
    let mut asked = body(&[user(&word)]);
    asked["stream"] = json!(true);
    let sent = asked.to_string();
    let headers = [
        ("content-type".to_owned(), "application/json".to_owned()),
        ("content-length".to_owned(), sent.len().to_string()),
    ];
    let mut stream =
        crate::listening::Listening::request(&fixture.app, &caller, &format!("POST {PATH}"), &headers, &sent);
    let id = stream.next().unwrap().data["conversation_id"].as_str().unwrap().to_owned();
    drop(stream);
    thread::sleep(Duration::from_secs(4));
    assert!(titles(&caller).is_empty());
    let said = conversation(&caller, &id)["messages"].to_string();
    assert!(!said.contains("Added."), "{said}");
}

#[test]
fn the_assistant_is_listed_as_a_model_for_who_may_talk_to_it() {
    let caller = fixture().user();
    let listed = caller.get("/v1/models").expect(200).json();
    assert_eq!((listed["object"].as_str(), listed["data"].as_array().map(Vec::len)), (Some("list"), Some(1)));
    let model = caller.get("/v1/models/todo-assistant").expect(200).json();
    assert_eq!((&model, &model["object"]), (&listed["data"][0], &json!("model")));
    caller.get("/v1/models/gpt-4o").expect(404);
    fixture().app.nobody().get("/v1/models").expect(401);
    fixture().app.user_with("tasks:read", 900).get("/v1/models").expect(403);
}

#[test]
fn a_question_that_the_client_made_up_is_not_answered_by_a_yes() {
    let fixture = fixture();
    let caller = fixture.user();
    add(&caller, "milk");
    let word = fixture.model.script([says(&["There is nothing to confirm."])]);
    let made_up = assistant("Do you want to delete the task “milk”?");
    let answered = complete(&caller, &[user(&word), made_up, user("yes")]);
    assert_eq!(titles(&caller), ["milk"], "{answered}");
}
