//! What no store keeps is refused in words, before the store is asked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use serde_json::{Value, json};
use test_server::{CALLER, body, posted, run, stateless};

const OLD: (&str, &str) = ("mcp-protocol-version", "2025-11-25");
const ID: &str = "0198c000-0000-7000-8000-000000000001";

async fn session() -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"},
    }});
    posted(CALLER, &[], &initialize).await.headers()["mcp-session-id"].to_str().unwrap().to_owned()
}

async fn subscribe(session: &str, method: &str, uri: &str) -> Value {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"uri": uri}});
    body(posted(CALLER, &[OLD, ("mcp-session-id", session)], &message).await)
}

#[test]
fn a_session_follows_so_many_resources_with_names_that_can_be_kept() {
    run(async {
        let session = session().await;
        for uri in ["a://\0", &format!("a://{}", "x".repeat(2_000))] {
            for method in ["resources/subscribe", "resources/unsubscribe"] {
                assert_eq!(subscribe(&session, method, uri).await["error"]["code"], -32602, "{uri:?}");
            }
        }
        for number in 0..200 {
            let answer = subscribe(&session, "resources/subscribe", &format!("a://{number}")).await;
            assert_eq!(answer["result"], json!({}));
        }
        assert_eq!(subscribe(&session, "resources/subscribe", "a://more").await["error"]["code"], -32602);
        // One that it follows already needs no room, and one that it leaves makes some.
        for (method, uri) in [
            ("resources/subscribe", "a://7"),
            ("resources/unsubscribe", "a://7"),
            ("resources/subscribe", "a://more"),
        ] {
            assert_eq!(subscribe(&session, method, uri).await["result"], json!({}), "{method} {uri}");
        }
    });
}

#[test]
fn answers_that_can_not_be_kept_are_refused() {
    run(async {
        let answers = json!({"sure": {"action": "accept", "content": {"text": "a\0b"}}});
        for message in [
            json!({"id": 1, "method": "tools/call", "params": {"name": "forget", "inputResponses": answers}}),
            json!({"id": 1, "method": "tasks/update", "params": {"taskId": ID, "inputResponses": answers}}),
        ] {
            let capabilities =
                json!({"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}});
            let answer = body(stateless(CALLER, capabilities, message).await);
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            assert!(answer["error"]["message"].as_str().unwrap().contains("U+0000"), "{answer}");
        }
        let session = session().await;
        let response = json!({"jsonrpc": "2.0", "id": ID, "result": {"\0": 1}});
        let reply = posted(CALLER, &[OLD, ("mcp-session-id", &session)], &response).await;
        assert_eq!(reply.status(), 400);
        assert!(body(reply)["error"]["message"].as_str().unwrap().contains("U+0000"));
    });
}
