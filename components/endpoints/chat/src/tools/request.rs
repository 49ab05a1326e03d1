//! Requests of the Model Context Protocol, revision 2026-07-28: stateless JSON-RPC over HTTP.

use serde_json::{Map, Value, json};

use super::Asking;
use crate::transcript::Retry;

/// The revision that is spoken.
pub const REVISION: &str = "2026-07-28";

/// A request: its body, and what its headers mirror of it.
pub struct Request {
    /// `Mcp-Method`.
    pub method: &'static str,
    /// `Mcp-Name`, if the method has one.
    pub name: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Asks for the tools, from `cursor` on.
    pub fn list(cursor: Option<&str>) -> Self {
        let mut params = Map::new();
        if let Some(cursor) = cursor {
            params.insert("cursor".into(), cursor.into());
        }
        Self { method: "tools/list", name: None, body: body("tools/list", params) }
    }

    /// Calls a tool.
    pub fn call(name: &str, arguments: &Map<String, Value>, asking: Asking<'_>) -> Self {
        let mut params = Map::new();
        params.insert("name".into(), name.into());
        params.insert("arguments".into(), Value::Object(arguments.clone()));
        match asking {
            Asking::IfNeeded => {}
            Asking::First => {
                params.insert("_meta".into(), json!({"todo/ask-first": true}));
            }
            Asking::Agreed(Retry { state, answers, .. }) => {
                params.insert("inputResponses".into(), Value::Object(answers.clone()));
                params.extend(state.as_ref().map(|state| ("requestState".into(), state.as_str().into())));
            }
        }
        Self { method: "tools/call", name: Some(name.to_owned()), body: body("tools/call", params) }
    }
}

fn body(method: &str, mut params: Map<String, Value>) -> Vec<u8> {
    let meta = params.entry("_meta").or_insert_with(|| json!({}));
    if let Some(meta) = meta.as_object_mut() {
        meta.insert("io.modelcontextprotocol/protocolVersion".into(), REVISION.into());
        let client = json!({"name": "todo-chat", "version": env!("CARGO_PKG_VERSION")});
        meta.insert("io.modelcontextprotocol/clientInfo".into(), client);
        // The person can be asked: by a question of the conversation.
        meta.insert(
            "io.modelcontextprotocol/clientCapabilities".into(),
            json!({"elicitation": {"form": {}}}),
        );
    }
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(asking: Asking<'_>) -> Value {
        let request = Request::call("get_task", json!({"id": "7"}).as_object().unwrap(), asking);
        assert_eq!((request.method, request.name.as_deref()), ("tools/call", Some("get_task")));
        serde_json::from_slice(&request.body).unwrap()
    }

    #[test]
    fn a_request_says_its_revision_who_asks_and_that_the_person_can_be_asked() {
        let body = called(Asking::IfNeeded);
        assert_eq!(body["method"], "tools/call");
        assert_eq!(body["params"]["arguments"], json!({"id": "7"}));
        let meta = &body["params"]["_meta"];
        assert_eq!(meta["io.modelcontextprotocol/protocolVersion"], REVISION);
        assert_eq!(meta["io.modelcontextprotocol/clientInfo"]["name"], "todo-chat");
        assert!(meta["io.modelcontextprotocol/clientCapabilities"]["elicitation"]["form"].is_object());
        assert!(meta.get("todo/ask-first").is_none());
    }

    #[test]
    fn a_call_that_waits_for_a_yes_says_so_and_a_yes_comes_with_the_state_of_its_question() {
        assert_eq!(called(Asking::First)["params"]["_meta"]["todo/ask-first"], true);
        let answers = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
        let retry = Retry {
            arguments: Map::new(),
            state: Some("sealed".into()),
            answers: answers.as_object().unwrap().clone(),
        };
        let params = called(Asking::Agreed(&retry))["params"].clone();
        assert_eq!((&params["requestState"], &params["inputResponses"]), (&json!("sealed"), &answers));
    }
}
