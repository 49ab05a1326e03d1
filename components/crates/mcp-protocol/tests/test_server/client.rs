//! A client of the test server.

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use mcp_protocol::{Body, Reply, ServerEvent, answer};
use serde_json::{Value, json};

use super::{CALLER, TestCaller, test_server};

/// The headers that every client sends.
pub const USUAL: &[(&str, &str)] =
    &[("content-type", "application/json"), ("accept", "application/json, text/event-stream")];

/// Runs what a test does, with time that passes as fast as it can.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, work)
}

/// Sends a body with exactly these headers, as a caller.
pub async fn send_as(caller: TestCaller, method: &Method, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            (HeaderName::try_from(*name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
        })
        .collect();
    answer(test_server(), caller, method, headers, Bytes::copy_from_slice(body)).await
}

/// Sends a body with exactly these headers.
pub fn send(method: &Method, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    run(send_as(CALLER, method, headers, body))
}

/// Posts a body with the usual headers and some more.
pub fn post(headers: &[(&str, &str)], body: &str) -> Reply {
    send(&Method::POST, &[USUAL, headers].concat(), body.as_bytes())
}

/// Posts a body with the usual headers and some more, where time already passes.
pub async fn posted(caller: TestCaller, headers: &[(&str, &str)], body: &Value) -> Reply {
    send_as(caller, &Method::POST, &[USUAL, headers].concat(), body.to_string().as_bytes()).await
}

/// Posts a message of the stateless revision: its metadata filled in, its headers repeated.
pub fn post_stateless(message: Value) -> Reply {
    run(stateless(CALLER, json!({}), message))
}

/// Posts a message of the stateless revision, for a client that can do something.
pub async fn stateless(caller: TestCaller, capabilities: Value, mut message: Value) -> Reply {
    message["jsonrpc"] = json!("2.0");
    if message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"].is_null() {
        let progress = message["params"]["_meta"]["progressToken"].take();
        message["params"]["_meta"] = stateless_meta();
        message["params"]["_meta"]["io.modelcontextprotocol/clientCapabilities"] = capabilities;
        if !progress.is_null() {
            message["params"]["_meta"]["progressToken"] = progress;
        }
    }
    let method = message["method"].as_str().unwrap().to_owned();
    let params = &message["params"];
    let name = ["name", "uri", "taskId"].iter().find_map(|member| params[member].as_str()).map(str::to_owned);
    let mut headers = vec![("mcp-protocol-version", "2026-07-28"), ("mcp-method", method.as_str())];
    headers.extend(name.as_deref().map(|name| ("mcp-name", name)));
    posted(caller, &headers, &message).await
}

/// The metadata of a request of the stateless revision.
pub fn stateless_meta() -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}

/// The body as JSON; `null` where it is empty.
pub fn body(reply: Reply) -> Value {
    match reply.into_body() {
        Body::Json(json) => serde_json::from_slice(&json).unwrap(),
        Body::Empty => Value::Null,
        other => panic!("{other:?}"),
    }
}

/// The next event of a stream.
pub async fn next(reply: &mut Reply) -> Option<ServerEvent> {
    match reply.body_mut() {
        Body::Events(events) => events.next().await,
        other => panic!("{other:?}"),
    }
}

/// The message of the next event that has one.
pub async fn next_message(reply: &mut Reply) -> Option<Value> {
    loop {
        let event = next(reply).await?;
        if !event.data.is_empty() {
            return Some(serde_json::from_str(&event.data).unwrap());
        }
    }
}
