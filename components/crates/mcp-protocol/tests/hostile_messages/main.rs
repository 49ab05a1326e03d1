//! Whatever is sent gets the status and the error code that the protocol wants for it, and never anything of 500 or up.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod cases;
#[path = "../test_server/mod.rs"]
mod test_server;

use cases::{CASES, Case};
use http::Method;
use serde_json::Value;
use test_server::{USUAL, body, post, send};

#[test]
fn every_message_gets_the_status_and_code_that_the_protocol_wants() {
    for Case(what, headers, text, status, code) in CASES {
        let reply = post(headers, text);
        assert_eq!(reply.status(), *status, "{what}");
        let answer = body(reply);
        let answer = if answer.is_array() { &answer[0] } else { &answer };
        assert_eq!(answer["jsonrpc"], "2.0", "{what}");
        assert_eq!(answer["error"]["code"].as_i64().unwrap_or(0), *code, "{what}: {answer}");
        if *code == 0 {
            assert_eq!(answer["result"]["resultType"], "complete", "{what}");
        } else {
            let message = answer["error"]["message"].as_str().unwrap();
            assert!(message.ends_with('.') && message.len() < 400, "{what}: {message}");
        }
    }
}

#[test]
fn an_error_carries_the_id_wherever_it_can_be_read() {
    for (text, id) in [
        (r#"{"jsonrpc":"2.0","id":7,"method":"x"}"#, Value::from(7)),
        (r#"{"jsonrpc":"2.0","id":-7,"method":"x"}"#, Value::from(-7)),
        (r#"{"jsonrpc":"2.0","id":18446744073709551615,"method":"x"}"#, Value::from(u64::MAX)),
        (r#"{"jsonrpc":"2.0","id":"a\"b\u00e9","method":"x"}"#, Value::from("a\"bé")),
        (r#"{"jsonrpc":"2.0","id":"","method":"x"}"#, Value::from("")),
        (r#"{"id":"x","method":"ping"}"#, Value::from("x")),
        (r#"{"jsonrpc":"2.0","id":8,"method":5}"#, Value::from(8)),
        (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1"#, Value::Null),
    ] {
        let answer = body(post(&[], text));
        assert_eq!(answer["id"], id, "{text}");
        assert!(answer["error"].is_object(), "{text}");
    }
}

#[test]
fn what_http_has_a_word_for_is_said_by_the_status() {
    let ping = br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let json = ("content-type", "application/json");
    for (method, headers, status) in [
        (Method::GET, USUAL, 405),
        (Method::DELETE, USUAL, 405),
        (Method::PUT, USUAL, 405),
        (Method::POST, &[][..], 415),
        (Method::POST, &[("content-type", "text/plain")], 415),
        (Method::POST, &[("content-type", "application/x-www-form-urlencoded")], 415),
        (Method::POST, &[json, ("content-encoding", "gzip")], 415),
        (Method::POST, &[json, ("accept", "text/html")], 406),
        (Method::POST, &[json, ("accept", "text/event-stream")], 406),
        (Method::POST, &[json, ("accept", "*/*")], 200),
        (Method::POST, &[json], 200),
    ] {
        let reply = send(&method, headers, ping);
        assert_eq!(reply.status(), status, "{method} {headers:?}");
        if status == 405 {
            assert_eq!(reply.headers()["allow"], "GET, POST, OPTIONS");
        }
    }
}

#[test]
fn size_and_depth_have_limits_and_deep_input_does_no_harm() {
    let padded =
        |spaces: usize| format!("{}{}", r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, " ".repeat(spaces));
    let room = mcp_protocol::MAX_BODY_BYTES - padded(0).len();
    assert_eq!(post(&[], &padded(room)).status(), 200);
    assert_eq!(post(&[], &padded(room + 1)).status(), 413);

    for deep in
        ["[".repeat(1_000_000), r#"{"a":"#.repeat(200_000), format!("{}1{}", "[".repeat(65), "]".repeat(65))]
    {
        let reply = post(&[], &deep);
        assert_eq!(reply.status(), 400);
        assert_eq!(body(reply)["error"]["code"], -32600);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_no_json() {
    for bytes in [&b"\xff\xfe"[..], b"{\"jsonrpc\":\"2.0\",\"id\":\"\xc3\x28\",\"method\":\"ping\"}", b"\x00"]
    {
        let reply = send(&Method::POST, USUAL, bytes);
        assert_eq!(reply.status(), 400);
        assert_eq!(body(reply)["error"]["code"], -32700);
    }
}
