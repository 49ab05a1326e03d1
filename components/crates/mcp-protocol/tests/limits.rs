//! What a message may take: null stands for nothing, and no message is so large that reading it is a fault.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use serde_json::{Value, json};
use test_server::{body, post, post_stateless};

#[test]
fn null_is_the_same_as_left_out_in_both_ways_of_speaking() {
    let answered = |params: &str| {
        body(post(&[], &format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{params}}}"#)))
    };
    let listed = answered("{}");
    assert!(listed["result"]["tools"].is_array(), "{listed}");
    for params in ["null", r#"{"cursor":null}"#, r#"{"cursor":null,"_meta":null}"#] {
        assert_eq!(answered(params), listed, "{params}");
    }
    let call = |arguments: Value| {
        let params = json!({"name": "add", "arguments": arguments});
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let stateless = json!({"id": 1, "method": "tools/call", "params": params});
        (body(post(&[], &message.to_string())), body(post_stateless(stateless)))
    };
    assert_eq!(call(Value::Null), call(json!({})));
    let list = body(post_stateless(json!({"id": 2, "method": "tools/list", "params": {"cursor": null}})));
    assert!(list["result"]["tools"].is_array(), "{list}");
}

#[test]
fn a_value_of_another_type_is_not_taken_for_nothing() {
    for (params, status, code) in [
        ("[]", 400, -32600),
        ("false", 400, -32600),
        (r#"{"cursor":false}"#, 200, -32602),
        (r#"{"name":"add","arguments":[]}"#, 200, -32602),
    ] {
        let method = if params.contains("name") { "tools/call" } else { "tools/list" };
        let text = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
        let reply = post(&[], &text);
        assert_eq!(reply.status(), status, "{params}");
        assert_eq!(body(reply)["error"]["code"], code, "{params}");
    }
}

fn call(arguments: &str) -> (u16, Value) {
    let text = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"add","arguments":{arguments}}}}}"#
    );
    let reply = post(&[], &text);
    (reply.status().as_u16(), body(reply))
}

#[test]
fn arguments_that_would_fill_the_memory_are_refused_before_they_are_read() {
    // 9,000 arrays that nest 56 deep: a megabyte of text, and a hundred times as much as values.
    let deep = format!("{}{}", "[".repeat(56), "]".repeat(56));
    let (status, answer) = call(&format!(r#"{{"x":[{}]}}"#, vec![deep.as_str(); 9_000].join(",")));
    assert_eq!((status, &answer["error"]["code"]), (413, &json!(-32600)), "{answer}");
    let (status, answer) = call(&format!(r#"{{"x":{}1{}}}"#, "[".repeat(32), "]".repeat(32)));
    assert_eq!((status, &answer["error"]["code"]), (200, &json!(-32602)), "{answer}");
    let (status, answer) = call(&format!(r#"{{"x":"{}"}}"#, "x".repeat(300_000)));
    assert_eq!((status, &answer["error"]["code"]), (200, &json!(-32602)), "{answer}");
}

#[test]
fn the_longest_notes_there_can_be_are_no_large_arguments() {
    let notes = r"\ud83c\udf82".repeat(10_000);
    let (_, answer) = call(&format!(r#"{{"a":1,"b":2,"notes":"{notes}"}}"#));
    assert!(answer["result"].is_object(), "{answer}");
}
