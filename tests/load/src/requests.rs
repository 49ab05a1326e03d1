//! What is sent.

use serde_json::{Value, json};

use crate::generator::LoadRequest;

/// The revision of MCP that is spoken: in it each request stands on its own. The Python SDK serves it faster than the
/// revisions before, for which it makes a transport and tasks of every request.
const REVISION: &str = "2026-07-28";

/// A shot, and what to call it.
pub struct NamedRequest {
    /// What it is in the tables.
    pub name: &'static str,
    /// What is sent.
    pub load_request: LoadRequest,
}

/// Over REST, and the list over MCP: the app and the native reference.
pub fn everyday(token: &str) -> Vec<NamedRequest> {
    vec![
        NamedRequest { name: "GET a page of 20 tasks", load_request: list(token, 20) },
        NamedRequest { name: "POST a task", load_request: add(token) },
        NamedRequest { name: "MCP tools/call list_tasks", load_request: list_over_mcp(token, 20) },
    ]
}

/// A page of tasks over REST.
pub fn list(token: &str, limit: u32) -> LoadRequest {
    LoadRequest {
        method: "GET",
        path: format!("/api/v1/tasks?limit={limit}"),
        headers: headers(token, &[]),
        body: String::new(),
        status: 200,
        holds: "\"items\"",
    }
}

/// A new task over REST.
pub fn add(token: &str) -> LoadRequest {
    LoadRequest {
        method: "POST",
        path: "/api/v1/tasks".to_owned(),
        headers: headers(token, &[JSON]),
        body: new_task().to_string(),
        status: 201,
        holds: "\"created_at\"",
    }
}

/// A task is done, over REST.
pub fn complete(token: &str, id: &str) -> LoadRequest {
    LoadRequest {
        method: "POST",
        path: format!("/api/v1/tasks/{id}/complete"),
        headers: headers(token, &[JSON]),
        body: "{}".to_owned(),
        status: 200,
        holds: "\"completed_at\"",
    }
}

/// A page of tasks over MCP.
pub fn list_over_mcp(token: &str, limit: u32) -> LoadRequest {
    mcp(token, "tools/call", &json!({ "name": "list_tasks", "arguments": { "limit": limit } }))
}

/// Over MCP: the app, the native reference and the Python SDK.
pub fn against_python(token: &str) -> Vec<NamedRequest> {
    let add = mcp(token, "tools/call", &json!({ "name": "add_task", "arguments": new_task() }));
    let list = mcp(token, "tools/list", &json!({}));
    vec![
        NamedRequest { name: "MCP tools/call add_task", load_request: add },
        NamedRequest { name: "MCP tools/list", load_request: list },
    ]
}

fn new_task() -> Value {
    json!({ "title": "Buy milk", "notes": "the one in the blue carton", "labels": ["shopping"] })
}

const JSON: (&str, &str) = ("content-type", "application/json");

fn headers(token: &str, more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut headers = vec![("authorization", format!("Bearer {token}"))];
    headers.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    headers
}

fn mcp(token: &str, method: &str, params: &Value) -> LoadRequest {
    let mut more = vec![
        JSON,
        ("accept", "application/json, text/event-stream"),
        ("mcp-protocol-version", REVISION),
        ("mcp-method", method),
    ];
    more.extend(params.get("name").and_then(Value::as_str).map(|name| ("mcp-name", name)));
    let mut params = params.clone();
    if let Some(members) = params.as_object_mut() {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": REVISION,
            "io.modelcontextprotocol/clientInfo": { "name": "load", "version": "1.0.0" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        members.insert("_meta".to_owned(), meta);
    }
    LoadRequest {
        method: "POST",
        path: "/mcp".to_owned(),
        headers: headers(token, &more),
        body: json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string(),
        status: 200,
        // Errors come with status 200 too: a call must give content, a list its last tool.
        holds: if method == "tools/list" { "\"name\":\"overview\"" } else { "\"structuredContent\"" },
    }
}
