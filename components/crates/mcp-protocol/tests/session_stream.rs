//! The stream on which a session hears of changes begins with an id, by which its client may come back.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod test_server;

use http::Method;
use mcp_protocol::Reply;
use serde_json::json;
use test_server::{CALLER, USUAL, next, posted, run, send_as};

async fn session() -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"},
    }});
    let reply = posted(CALLER, &[], &initialize).await;
    reply.headers()["mcp-session-id"].to_str().unwrap().to_owned()
}

async fn open(session: &str, last_event: Option<&str>) -> Reply {
    let own = [("mcp-protocol-version", "2025-11-25"), ("mcp-session-id", session)];
    let last = last_event.map(|id| ("last-event-id", id));
    let headers: Vec<_> = USUAL.iter().copied().chain(own).chain(last).collect();
    send_as(CALLER, &Method::GET, &headers, b"").await
}

#[test]
fn the_stream_begins_with_an_event_that_only_has_an_id() {
    run(async {
        let session = session().await;
        let mut stream = open(&session, None).await;
        assert_eq!(stream.status(), 200);
        let first = next(&mut stream).await.unwrap();
        assert_eq!(first.data, "");
        assert!(first.retry_ms.is_some());
        drop(stream);
        let mut again = open(&session, first.id.as_deref()).await;
        assert_eq!(again.status(), 200);
        assert!(next(&mut again).await.unwrap().id.is_some());
    });
}

#[test]
fn an_id_is_worth_nothing_to_another_session_or_once_it_is_changed() {
    run(async {
        let (mine, other) = (session().await, session().await);
        let mut stream = open(&mine, None).await;
        let id = next(&mut stream).await.unwrap().id.unwrap();
        assert_eq!(open(&other, Some(&id)).await.status(), 400);
        for wrong in ["changes-", "changes-x", &format!("{id}x")] {
            assert_eq!(open(&mine, Some(wrong)).await.status(), 400, "{wrong}");
        }
    });
}
