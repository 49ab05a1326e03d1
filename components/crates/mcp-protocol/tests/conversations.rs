//! Good clients of every revision get what their revision promises.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use http::Method;
use mcp_protocol::{
    Revision,
    model::{CallToolResult, DiscoverResult, InitializeResult, ListToolsResult},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use test_server::{CALLER, TestCaller, USUAL, body, post, post_stateless, run, send_as, stateless_meta};

fn result<T: DeserializeOwned>(answer: &Value) -> T {
    serde_json::from_value(answer["result"].clone()).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

fn initialize(requested: &str) -> Value {
    body(post(
        &[],
        &json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": requested, "capabilities": {"roots": {}}, "clientInfo": {"name": "test", "version": "0"},
        }})
        .to_string(),
    ))
}

#[test]
fn a_handshake_agrees_on_the_revision_asked_for_or_on_the_latest_that_has_one() {
    for (requested, agreed) in [
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2024-11-05", "2025-11-25"),
        ("2026-07-28", "2025-11-25"),
        ("tomorrow", "2025-11-25"),
    ] {
        let answer = initialize(requested);
        let result: InitializeResult = result(&answer);
        assert_eq!(result.protocol_version.as_str(), agreed, "{requested}");
        assert_eq!(result.server_info.name, "test-server");
        assert_eq!(result.instructions.as_deref(), Some("Add numbers."));
        assert!(result.capabilities.tools.is_some());
    }
}

#[test]
fn a_session_is_needed_by_nobody_who_only_calls_tools_and_a_made_up_one_is_not_found() {
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    assert_eq!(body(post(&[], ping)), json!({"jsonrpc": "2.0", "id": 1, "result": {}}));
    let reply = post(&[("mcp-session-id", "made-up")], ping);
    assert_eq!(reply.status(), 404);
    // The stateless revision has no sessions, and does not look.
    let headers = [
        ("mcp-session-id", "made-up"),
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "server/discover"),
    ];
    let discover = json!({"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": stateless_meta()}});
    assert_eq!(post(&headers, &discover.to_string()).status(), 200);
}

#[test]
fn a_notification_gets_no_body() {
    for method in ["notifications/initialized", "notifications/cancelled", "notifications/anything"] {
        for headers in
            [&[][..], &[("mcp-protocol-version", "2025-11-25")], &[("mcp-protocol-version", "2026-07-28")]]
        {
            let reply = post(headers, &json!({"jsonrpc": "2.0", "method": method}).to_string());
            assert_eq!(reply.status(), 202, "{method}");
            assert_eq!(body(reply), Value::Null);
        }
    }
}

#[test]
fn every_handshake_revision_lists_and_calls_tools() {
    for revision in Revision::ALL.into_iter().filter(|revision| !revision.is_stateless()) {
        let headers = [("mcp-protocol-version", revision.as_str())];
        let list = body(post(&headers, r#"{"jsonrpc":"2.0","id":"l","method":"tools/list"}"#));
        assert_eq!(list["id"], "l");
        let listed: ListToolsResult = result(&list);
        assert_eq!(
            listed.tools.iter().map(|tool| tool.name.as_ref()).collect::<Vec<_>>(),
            ["add", "forget", "long"]
        );
        assert_eq!(list["result"].as_object().unwrap().keys().collect::<Vec<_>>(), ["tools"]);

        let call = r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"add","arguments":{"a":40,"b":2}}}"#;
        assert_eq!(
            body(post(&headers, call)),
            json!({"jsonrpc": "2.0", "id": 2, "result": {
                "content": [{"type": "text", "text": "{\"sum\":42}"}], "structuredContent": {"sum": 42},
            }}),
        );
    }
}

#[test]
fn the_stateless_revision_discovers_lists_and_calls() {
    let discovery = body(post_stateless(json!({"id": 1, "method": "server/discover"})));
    let discovered: DiscoverResult = result(&discovery);
    let versions: Vec<_> = discovered.supported_versions.iter().map(|version| version.as_str()).collect();
    assert_eq!(versions, ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"]);
    assert_eq!(discovered.server_info().unwrap().version, "1.2.3");
    assert_eq!(
        (discovery["result"]["ttlMs"].as_u64(), discovery["result"]["cacheScope"].as_str()),
        (Some(3_600_000), Some("public"))
    );

    let list = body(post_stateless(json!({"id": 2, "method": "tools/list"})));
    let listed: ListToolsResult = result(&list);
    assert_eq!(listed.tools.len(), 3);
    assert_eq!(
        (list["result"]["ttlMs"].as_u64(), list["result"]["cacheScope"].as_str()),
        (Some(300_000), Some("private"))
    );

    let call = body(post_stateless(
        json!({"id": 3, "method": "tools/call", "params": {"name": "add", "arguments": {"a": 1, "b": -1}}}),
    ));
    let called: CallToolResult = result(&call);
    assert_eq!(called.structured_content, Some(json!({"sum": 0})));
    assert_eq!(call["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "test-server");
    assert_eq!(call["result"]["resultType"], "complete");
}

#[test]
fn what_a_tool_says_of_a_failure_reaches_the_model() {
    let answer = body(post_stateless(json!({"id": 1, "method": "tools/call", "params": {"name": "add"}})));
    let result: CallToolResult = result(&answer);
    assert_eq!(result.is_error, Some(true));
    assert_eq!(answer["result"]["content"][0]["text"], "Give two numbers, \"a\" and \"b\".");
    assert!(answer["result"].get("structuredContent").is_none());
}

#[test]
fn a_missing_scope_is_named_where_clients_look_for_it() {
    let reply = post_stateless(json!({"id": 1, "method": "tools/call", "params": {"name": "reset"}}));
    assert_eq!(reply.status(), 403);
    assert_eq!(
        reply.headers()["www-authenticate"],
        "Bearer error=\"insufficient_scope\", scope=\"test:reset\""
    );
    assert_eq!(body(reply)["id"], 1);
}

#[test]
fn tools_are_listed_to_those_who_may_call_them() {
    let message = br#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
    for (may_reset, names) in
        [(false, vec!["add", "forget", "long"]), (true, vec!["add", "forget", "long", "reset"])]
    {
        let caller = TestCaller { may_reset, ..CALLER };
        let reply = run(send_as(caller, &Method::POST, USUAL, message));
        let listed: ListToolsResult = result(&body(reply));
        assert_eq!(listed.tools.iter().map(|tool| tool.name.as_ref()).collect::<Vec<_>>(), names);
    }
}

#[test]
fn a_client_without_the_version_header_may_send_batches() {
    let batch = r#"[
        {"jsonrpc":"2.0","id":1,"method":"ping"},
        {"jsonrpc":"2.0","method":"notifications/initialized"},
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":1}}},
        {"jsonrpc":"2.0","id":3,"method":"initialize"},
        {"jsonrpc":"2.0","id":4,"method":"none"},
        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"reset"}},
        7
    ]"#;
    let reply = post(&[], batch);
    assert_eq!(reply.status(), 200);
    let answers = body(reply);
    let outcomes: Vec<_> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| (answer["id"].as_i64(), answer["error"]["code"].as_i64()))
        .collect();
    assert_eq!(
        outcomes,
        [
            (Some(1), None),
            (Some(2), None),
            (Some(3), Some(-32600)),
            (Some(4), Some(-32601)),
            (Some(5), Some(403)),
            (None, Some(-32600))
        ]
    );
    assert_eq!(answers[1]["result"]["structuredContent"]["sum"], 2);
}

#[test]
fn a_batch_of_notifications_gets_no_body_and_a_long_one_is_refused() {
    let notification = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
    let of = |count: usize| format!("[{}]", vec![notification; count].join(","));
    assert_eq!(post(&[], &of(20)).status(), 202);
    assert_eq!(post(&[], &of(21)).status(), 400);
}
