//! A small server, and requests to it as they come over HTTP.

#![allow(dead_code, reason = "each test file uses a part of it")]

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use mcp_protocol::{
    CallError, Reply, Server, ServerCard, ToolCall, ToolDefinition, ToolResult, answer,
    model::{Implementation, Tool},
};
use serde_json::{Value, json};

/// Adds numbers; keeps one tool from callers who may not have it.
pub struct Toy {
    card: ServerCard,
    tools: Vec<ToolDefinition>,
}

/// What a caller of the toy may do.
pub struct Guest {
    pub may_reset: bool,
}

impl Toy {
    pub fn new() -> Self {
        let schema = |value: Value| value.as_object().unwrap().clone();
        let add = Tool::new(
            "add",
            "Adds two numbers.",
            schema(json!({"type": "object", "additionalProperties": false})),
        )
        .with_title("Add")
        .with_raw_output_schema(schema(json!({"type": "object"})).into());
        let reset = Tool::new("reset", "Forgets everything.", schema(json!({"type": "object"})));
        Self {
            card: ServerCard::new(&Implementation::new("toy", "1.2.3"), Some("Add numbers.")).unwrap(),
            tools: [add, reset].iter().map(|tool| ToolDefinition::new(tool).unwrap()).collect(),
        }
    }
}

impl Server for Toy {
    type Caller = Guest;

    fn card(&self) -> &ServerCard {
        &self.card
    }

    fn tools<'a>(&'a self, caller: &'a Guest) -> impl Iterator<Item = &'a ToolDefinition> {
        self.tools.iter().filter(|tool| caller.may_reset || tool.name() != "reset")
    }

    async fn call_tool(&self, caller: &Guest, call: ToolCall<'_>) -> Result<ToolResult, CallError> {
        match call.name {
            "add" => {
                let numbers: Value =
                    call.arguments.map(|text| serde_json::from_str(text.get()).unwrap()).unwrap_or_default();
                let (Some(a), Some(b)) = (numbers["a"].as_i64(), numbers["b"].as_i64()) else {
                    return Ok(ToolResult::error("Give two numbers, \"a\" and \"b\"."));
                };
                Ok(ToolResult::structured(&json!({"sum": a.saturating_add(b)})).unwrap())
            }
            "reset" if caller.may_reset => Ok(ToolResult::content(Vec::new())),
            "reset" => Err(CallError::InsufficientScope { scope: "toys:reset".to_owned() }),
            "broken" => Err(CallError::Internal("It was logged under 7.".to_owned())),
            _ => Err(CallError::UnknownTool),
        }
    }

    fn scope_challenge(&self, scope: &str) -> Option<String> {
        Some(format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""))
    }
}

/// The headers that every client sends.
pub const USUAL: &[(&str, &str)] =
    &[("content-type", "application/json"), ("accept", "application/json, text/event-stream")];

/// Sends a body with exactly these headers.
pub fn send(method: &Method, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            (HeaderName::try_from(*name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
        })
        .collect();
    pollster::block_on(answer(&Toy::new(), &Guest { may_reset: false }, method, &headers, body))
}

/// Posts a body with the usual headers and some more.
pub fn post(headers: &[(&str, &str)], body: &str) -> Reply {
    send(&Method::POST, &[USUAL, headers].concat(), body.as_bytes())
}

/// Posts a message of the stateless revision: its metadata filled in, its headers repeated.
pub fn post_stateless(mut message: Value) -> Reply {
    message["jsonrpc"] = json!("2.0");
    if message["params"]["_meta"].is_null() {
        message["params"]["_meta"] = stateless_meta();
    }
    let method = message["method"].as_str().unwrap().to_owned();
    let name = message["params"]["name"].as_str().map(str::to_owned);
    let mut headers = vec![("mcp-protocol-version", "2026-07-28"), ("mcp-method", method.as_str())];
    headers.extend(name.as_deref().map(|name| ("mcp-name", name)));
    post(&headers, &message.to_string())
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
    let bytes = reply.into_body().into_bytes();
    if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() }
}
