//! One new person's way through all endpoints.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::Error;
use crate::visit::{Answer, Visitor};

/// The revision of MCP that is spoken.
const REVISION: &str = "2026-07-28";

/// Signs up, has a task added by chat, sees it over REST and MCP, takes it away again.
pub fn try_every_endpoint(visitor: &Visitor, origin: &str) -> Result<(), Error> {
    let authorization = format!("Bearer {}", sign_up(visitor, origin)?);
    let authorization = ("authorization", authorization.as_str());
    println!("signed up, token received");

    // A model may write the title in its own way, but not this word of it.
    let word = Uuid::new_v4().simple().to_string();
    let message = json!({ "message": format!("add smoke {word} for tomorrow 6pm") });
    let headers = [authorization, ("time-zone", "Europe/Berlin"), ("accept", "application/json")];
    let said = visitor.send("POST", "/api/v1/chat", &headers, Some(&message))?;
    said.has("the new task in chat's reply", &word)?;
    println!("chat added a task");

    let listed = visitor.get("/api/v1/tasks?limit=100", &[authorization])?;
    let id = listed.string("the task's id over REST", "/items/0/id")?;
    listed.has("the new task over REST", &word)?;
    println!("REST lists it");

    let called = call_tool(visitor, authorization, "list_tasks", &json!({}))?;
    called.has("the new task over MCP", &word)?;
    println!("MCP lists it");

    visitor.send("DELETE", &format!("/api/v1/tasks/{id}"), &[authorization], None)?;
    println!("deleted");
    Ok(())
}

/// A token of a new person.
fn sign_up(visitor: &Visitor, origin: &str) -> Result<String, Error> {
    let account = json!({
        "name": "Smoke",
        "email": format!("smoke-{}@example.com", Uuid::new_v4().simple()),
        "password": Uuid::new_v4().to_string(),
        "timeZone": "Europe/Berlin",
    });
    let signed_up = visitor.send("POST", "/api/auth/sign-up/email", &[("origin", origin)], Some(&account))?;
    let missing = || Error::Missing { what: "a session cookie", answer: signed_up.text.clone() };
    let cookie = signed_up.cookie.clone().ok_or_else(missing)?;
    visitor.get("/api/auth/token", &[("cookie", &cookie)])?.string("a token", "/token")
}

fn call_tool(
    visitor: &Visitor,
    authorization: (&str, &str),
    name: &str,
    arguments: &Value,
) -> Result<Answer, Error> {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": REVISION,
        "io.modelcontextprotocol/clientInfo": { "name": "todo-smoke", "version": env!("CARGO_PKG_VERSION") },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let call = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": { "name": name, "arguments": arguments, "_meta": meta },
    });
    let headers = [
        authorization,
        ("accept", "application/json, text/event-stream"),
        ("mcp-protocol-version", REVISION),
        ("mcp-method", "tools/call"),
        ("mcp-name", name),
    ];
    visitor.send("POST", "/mcp", &headers, Some(&call))
}
