//! What PostgreSQL can't keep is refused in words: it is the client's fault, not the server's.

use harness::{App, Caller};
use serde_json::{Value, json};

use crate::answers;

const TASK: &str = "0198c000-0000-7000-8000-000000000001";

/// Sends a message in the last revision with a handshake and checks that it is no fault of the server.
fn post(caller: &Caller, session: Option<&str>, message: &Value) -> harness::Answer {
    let mut request = caller
        .request("POST", "/mcp")
        .json(message)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25");
    if let Some(session) = session {
        request = request.header("mcp-session-id", session);
    }
    let answer = request.send();
    let content_type = answer.header("content-type").unwrap_or_default();
    answers::check(answer.status, content_type, answer.body.as_bytes()).unwrap();
    answer
}

fn session(caller: &Caller) -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"},
    }});
    post(caller, None, &initialize).header("mcp-session-id").unwrap().to_owned()
}

#[test]
fn a_nul_is_refused_wherever_it_would_be_kept() {
    let alice = App::shared().user();
    let session = session(&alice);
    for method in ["resources/subscribe", "resources/unsubscribe"] {
        let message =
            json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"uri": "todo://tasks/\0"}});
        assert_eq!(post(&alice, Some(&session), &message).json()["error"]["code"], -32602);
    }
    let response = json!({"jsonrpc": "2.0", "id": TASK, "result": {"a": "\0"}});
    assert_eq!(post(&alice, Some(&session), &response).status, 400);
    // The id of a request is kept as the text that it is.
    let cancel =
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "\0"}});
    assert_eq!(post(&alice, Some(&session), &cancel).status, 202);

    let answers = json!({"confirm": {"action": "accept", "content": {"confirm": true, "\0": 1}}});
    for (method, params) in [
        ("tasks/update", json!({"taskId": TASK, "inputResponses": answers})),
        ("tools/call", json!({"name": "delete_task", "arguments": {"id": TASK}, "inputResponses": answers})),
    ] {
        let name = params.get("taskId").or(params.get("name")).and_then(Value::as_str).unwrap().to_owned();
        let mut params = params;
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {
                "elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}},
            },
        });
        let answer = alice
            .request("POST", "/mcp")
            .json(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", method)
            .header("mcp-name", &name)
            .send()
            .json();
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
}

#[test]
fn a_session_follows_two_hundred_resources_and_no_more() {
    let alice = App::shared().user();
    let session = session(&alice);
    let subscribe = |method: &str, number: u32| {
        let uri = format!("todo://labels/{number}");
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"uri": uri}});
        post(&alice, Some(&session), &message).json()
    };
    for number in 0..200 {
        assert_eq!(subscribe("resources/subscribe", number)["result"], json!({}));
    }
    assert_eq!(subscribe("resources/subscribe", 200)["error"]["code"], -32602);
    for (method, number) in
        [("resources/subscribe", 7), ("resources/unsubscribe", 7), ("resources/subscribe", 200)]
    {
        assert_eq!(subscribe(method, number)["result"], json!({}), "{method} {number}");
    }
}
