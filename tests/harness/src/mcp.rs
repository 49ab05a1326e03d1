//! Calls over MCP as the harness's own minimal client makes them; official clients have tests of their own.

use serde_json::{Value, json};

use crate::{Answer, Caller};

/// The stateless revision that the harness speaks.
const REVISION: &str = "2026-07-28";

impl Caller {
    /// Sends one JSON-RPC request to `/mcp`.
    pub fn mcp(&self, method: &str, mut params: Value) -> Answer {
        if let Some(members) = params.as_object_mut() {
            members.insert(
                "_meta".to_owned(),
                json!({
                    "io.modelcontextprotocol/protocolVersion": REVISION,
                    "io.modelcontextprotocol/clientInfo": { "name": "product-tests", "version": "1.0.0" },
                    "io.modelcontextprotocol/clientCapabilities": {},
                }),
            );
        }
        let mut request = self
            .request("POST", "/mcp")
            .json(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", REVISION)
            .header("mcp-method", method);
        if let Some(name) = params.get("name").and_then(Value::as_str) {
            request = request.header("mcp-name", name);
        }
        request.send()
    }

    /// Calls a tool and answers its `result`.
    pub fn call_tool(&self, name: &str, arguments: &Value) -> Value {
        let answer =
            self.mcp("tools/call", json!({ "name": name, "arguments": arguments })).expect(200).json();
        answer.get("result").cloned().unwrap_or(answer)
    }
}
