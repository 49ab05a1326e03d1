//! Whatever bytes come as method, headers and body: no panic, a well-formed answer, no fault of the server.
//!
//! An input looks like an HTTP request: the method on a line, a header field on each of the next, an empty line, the
//! body. `SESSION` as a header's value and `STATE` in the body stand for a good session id and a good request state: no
//! input could hold one, since both say when they end.

#![no_main]

#[path = "../../tests/test_server/mod.rs"]
mod test_server;

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;
use mcp_protocol::{Body, Reply, answer};
use serde_json::{Value, json};
use test_server::{CALLER, USUAL, body, posted, stateless, test_server};

/// How long a stream is listened to, in a time that passes as fast as it can.
const LISTEN_TIMEOUT: Duration = Duration::from_secs(20);

fuzz_target!(|input: &[u8]| test_server::run(exchange(input)));

async fn exchange(input: &[u8]) {
    let (head, content) = split(input);
    let Ok(head) = str::from_utf8(head) else { return };
    let mut lines = head.lines();
    let Ok(method) = lines.next().unwrap_or_default().parse::<Method>() else { return };
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = if value == "SESSION" { session().await } else { value.to_owned() };
        // What can't be a header field never gets past HTTP.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    for (name, value) in USUAL {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    let content = with_state(content).await;
    check(answer(test_server(), CALLER, &method, headers, content).await).await;
}

/// Head and body.
fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.windows(2).position(|two| two == b"\n\n");
    end.map_or((input, b""), |end| (&input[..end], &input[end + 2..]))
}

/// The id of a session whose client can be asked.
async fn session() -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {"elicitation": {}},
        "clientInfo": {"name": "fuzz", "version": "0"},
    }});
    let reply = posted(CALLER, &[], &initialize).await;
    reply.headers()["mcp-session-id"].to_str().unwrap().to_owned()
}

/// The body, with a request state of `forget` where it wants one.
async fn with_state(content: &[u8]) -> Bytes {
    let Ok(text) = str::from_utf8(content) else { return Bytes::copy_from_slice(content) };
    if !text.contains("STATE") {
        return Bytes::copy_from_slice(content);
    }
    let call = json!({"id": 1, "method": "tools/call", "params": {"name": "forget"}});
    let asked = body(stateless(CALLER, json!({"elicitation": {}}), call).await);
    text.replacen("STATE", asked["result"]["requestState"].as_str().unwrap(), 1).into()
}

async fn check(reply: Reply) {
    let status = reply.status().as_u16();
    assert!((200..500).contains(&status), "{status}");
    match reply.into_body() {
        Body::Empty => assert!(matches!(status, 200 | 202), "{status}"),
        Body::Json(json) => {
            let answer: Value = serde_json::from_slice(&json).unwrap();
            let answers = answer.as_array().cloned().unwrap_or_else(|| vec![answer]);
            assert!(!answers.is_empty());
            answers.iter().for_each(|answer| check_answer(answer, status));
        }
        Body::Events(mut events) => {
            assert_eq!(status, 200);
            let all = async {
                while let Some(event) = events.next().await {
                    check_event(&event.data);
                }
            };
            // What goes on for longer is a stream of changes.
            let _ = tokio::time::timeout(LISTEN_TIMEOUT, all).await;
        }
        other => panic!("{other:?}"),
    }
}

/// A message on a stream: an answer, or a request or notification of the server.
fn check_event(data: &str) {
    if data.is_empty() {
        return;
    }
    let message: Value = serde_json::from_str(data).unwrap();
    match message.get("method") {
        Some(method) => assert!(method.is_string() && message["jsonrpc"] == "2.0", "{message}"),
        None => check_answer(&message, 200),
    }
}

fn check_answer(answer: &Value, status: u16) {
    assert_eq!(answer["jsonrpc"], "2.0");
    match (answer.get("result"), answer.get("error")) {
        (Some(result), None) => {
            assert!(result.is_object() && status == 200, "{answer}");
            assert!(answer["id"].is_string() || answer["id"].is_number(), "{answer}");
        }
        (None, Some(error)) => {
            assert!(error["code"].is_i64() && error["message"].is_string(), "{answer}");
        }
        _ => panic!("{answer}"),
    }
}
