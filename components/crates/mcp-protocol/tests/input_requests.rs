//! A tool that asks works the same whichever way its client speaks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use http::Method;
use serde_json::{Value, json};
use test_server::{CALLER, TestCaller, USUAL, body, next, next_message, posted, run, send_as, stateless};

const OLD: (&str, &str) = ("mcp-protocol-version", "2025-11-25");

fn can_ask() -> Value {
    json!({"elicitation": {}})
}

fn call(more: Value) -> Value {
    let mut message =
        json!({"id": 1, "method": "tools/call", "params": {"name": "forget", "arguments": {"a": 1, "b": 2}}});
    message["params"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

async fn first_round() -> Value {
    body(stateless(CALLER, can_ask(), call(json!({}))).await)["result"].clone()
}

fn accept(key: &str, text: &str) -> Value {
    json!({key: {"action": "accept", "content": {"text": text}}})
}

/// The session id that a client gets which can be asked.
async fn session(caller: TestCaller) -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": can_ask(), "clientInfo": {"name": "t", "version": "0"},
    }});
    let reply = posted(caller, &[], &initialize).await;
    reply.headers()["mcp-session-id"].to_str().unwrap().to_owned()
}

#[test]
fn the_stateless_revision_asks_by_its_results() {
    run(async {
        let asked = first_round().await;
        assert_eq!(asked["resultType"], "input_required");
        assert_eq!(asked["inputRequests"]["sure"]["method"], "elicitation/create");
        assert!(asked.get("content").is_none());

        let again = json!({"inputResponses": accept("sure", "yes"), "requestState": asked["requestState"]});
        let asked = body(stateless(CALLER, can_ask(), call(again)).await)["result"].clone();
        assert!(asked["inputRequests"]["why"].is_object(), "{asked}");

        let again = json!({"inputResponses": accept("why", "old"), "requestState": asked["requestState"]});
        let done = body(stateless(CALLER, can_ask(), call(again)).await)["result"].clone();
        assert_eq!(
            (&done["resultType"], &done["structuredContent"]),
            (&json!("complete"), &json!({"why": "old"}))
        );
    });
}

#[test]
fn a_request_state_is_good_once_for_its_user_and_its_call() {
    run(async {
        let asked = first_round().await;
        let state = asked["requestState"].as_str().unwrap();
        // One that ends so already is changed all the same.
        let last = if state.ends_with('A') { 'E' } else { 'A' };
        let tampered = format!("{}{last}", &state[..state.len() - 1]);
        let with = |state: &str| json!({"inputResponses": accept("sure", "yes"), "requestState": state});
        let other_arguments =
            json!({"arguments": {"a": 1}, "inputResponses": accept("sure", "yes"), "requestState": state});
        for (what, caller, message) in [
            ("changed", CALLER, call(with(&tampered))),
            ("made up", CALLER, call(with("rs2.x.y"))),
            ("empty", CALLER, call(with(""))),
            ("another user's", TestCaller { name: "eve", ..CALLER }, call(with(state))),
            ("another call's", CALLER, call(other_arguments)),
        ] {
            let answer = body(stateless(caller, can_ask(), message).await);
            assert_eq!(answer["error"]["code"], -32602, "{what}: {answer}");
        }
        // None of these has used it up; the same arguments in another order are the same call.
        let mut message = call(with(state));
        message["params"]["arguments"] = json!({"b": 2, "a": 1});
        assert!(body(stateless(CALLER, can_ask(), message).await)["result"].is_object());
        let answer = body(stateless(CALLER, can_ask(), call(with(state))).await);
        assert_eq!(answer["error"]["code"], -32602, "used twice: {answer}");
        assert!(answer["error"]["message"].as_str().unwrap().contains("used before"));
    });
}

#[test]
fn a_client_that_can_not_be_asked_learns_what_it_lacks() {
    run(async {
        let reply = stateless(CALLER, json!({"sampling": {}}), call(json!({}))).await;
        assert_eq!(reply.status(), 400);
        let answer = body(reply);
        assert_eq!(answer["error"]["code"], -32021);
        assert_eq!(answer["error"]["data"]["requiredCapabilities"], json!({"elicitation": {}}));
    });
}

#[test]
fn answers_that_are_none_are_refused_and_missing_ones_asked_for_again() {
    run(async {
        for wrong in [json!(7), json!([]), json!({"sure": 7}), json!({"sure": null})] {
            let answer = body(stateless(CALLER, can_ask(), call(json!({"inputResponses": wrong}))).await);
            assert_eq!(answer["error"]["code"], -32602, "{wrong}");
        }
        let again = call(json!({"inputResponses": accept("other", "x")}));
        let asked = body(stateless(CALLER, can_ask(), again).await);
        assert_eq!(asked["result"]["resultType"], "input_required");
    });
}

#[test]
fn the_handshake_revisions_ask_on_the_stream() {
    run(async {
        let session = session(CALLER).await;
        let headers = [OLD, ("mcp-session-id", session.as_str())];
        let mut message = call(json!({}));
        message["jsonrpc"] = json!("2.0");
        let mut reply = posted(CALLER, &headers, &message).await;
        assert_eq!(reply.headers()["content-type"], "text/event-stream");
        let primer = next(&mut reply).await.unwrap();
        assert!(primer.data.is_empty() && primer.id.is_some() && primer.retry_ms.is_some(), "{primer:?}");

        for (round, text) in ["yes", "old"].into_iter().enumerate() {
            let asked = next_message(&mut reply).await.unwrap();
            assert_eq!(asked["method"], "elicitation/create");
            let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "accept", "content": {"text": text}}});
            // Not for another user, nor for another session.
            let eve = TestCaller { name: "eve", ..CALLER };
            assert_eq!(posted(eve.clone(), &headers, &answer).await.status(), 404);
            let others = crate::session(CALLER).await;
            assert_eq!(posted(CALLER, &[OLD, ("mcp-session-id", &others)], &answer).await.status(), 400);
            assert_eq!(posted(CALLER, &headers, &answer).await.status(), 202, "round {round}");
            assert_eq!(posted(CALLER, &headers, &answer).await.status(), 400, "answered twice");
        }
        let done = next_message(&mut reply).await.unwrap();
        assert_eq!((&done["id"], &done["result"]["structuredContent"]), (&json!(1), &json!({"why": "old"})));
        assert_eq!(next(&mut reply).await, None);
    });
}

#[test]
fn an_answer_that_is_an_error_ends_the_call_in_words() {
    run(async {
        let session = session(CALLER).await;
        let headers = [OLD, ("mcp-session-id", session.as_str())];
        let mut message = call(json!({}));
        message["jsonrpc"] = json!("2.0");
        let mut reply = posted(CALLER, &headers, &message).await;
        let asked = next_message(&mut reply).await.unwrap();
        let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -1, "message": "Nobody is there."}});
        assert_eq!(posted(CALLER, &headers, &answer).await.status(), 202);
        let done = next_message(&mut reply).await.unwrap();
        assert!(done["error"]["message"].as_str().unwrap().contains("Nobody is there."), "{done}");
    });
}

#[test]
fn a_stream_that_broke_off_is_found_again_by_its_last_event_alone() {
    run(async {
        let session = session(CALLER).await;
        let headers = [OLD, ("mcp-session-id", session.as_str())];
        let mut message = call(json!({}));
        message["jsonrpc"] = json!("2.0");
        let mut reply = posted(CALLER, &headers, &message).await;
        let primer = next(&mut reply).await.unwrap().id.unwrap();
        let asked = next_message(&mut reply).await.unwrap();
        drop(reply);
        let resume = |id: String, session: String| async move {
            let headers =
                [USUAL, &[OLD, ("mcp-session-id", session.as_str()), ("last-event-id", id.as_str())]];
            send_as(CALLER, &Method::GET, &headers.concat(), b"").await
        };
        let mut resumed = resume(primer.clone(), session.clone()).await;
        assert_eq!(next_message(&mut resumed).await.unwrap(), asked);
        let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "decline"}});
        assert_eq!(posted(CALLER, &headers, &answer).await.status(), 202);
        let done = next_message(&mut resumed).await.unwrap();
        assert_eq!(done["result"]["content"][0]["text"], "Nothing was forgotten.");
        assert_eq!(next(&mut resumed).await, None);

        let others = crate::session(CALLER).await;
        for (id, session) in
            [(primer, others), ("nonsense".to_owned(), session.clone()), (format!("{:032x}.0", 7), session)]
        {
            assert_eq!(resume(id, session).await.status(), 400);
        }
    });
}

#[test]
fn a_cancelled_request_ends_without_an_answer() {
    run(async {
        let session = session(CALLER).await;
        let headers = [OLD, ("mcp-session-id", session.as_str())];
        let mut message = call(json!({}));
        message["jsonrpc"] = json!("2.0");
        let mut reply = posted(CALLER, &headers, &message).await;
        next_message(&mut reply).await.unwrap();
        let cancel =
            json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
        assert_eq!(posted(CALLER, &headers, &cancel).await.status(), 202);
        let rest = next_message(&mut reply).await;
        assert!(rest.is_none_or(|last| last["error"].is_object()));
    });
}
