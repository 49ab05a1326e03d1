//! Messages of the Model Context Protocol, revision 2026-07-28: stateless JSON-RPC over HTTP.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use task_model::types::{Consent, Wording};

use super::Tool;
use crate::said::Outcome;

/// The revision that is spoken.
pub const REVISION: &str = "2026-07-28";

const NO_SENSE: &str = "The tool's answer makes no sense.";

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
    pub fn call(name: &str, arguments: &Map<String, Value>) -> Self {
        let mut params = Map::new();
        params.insert("name".into(), name.into());
        params.insert("arguments".into(), Value::Object(arguments.clone()));
        Self { method: "tools/call", name: Some(name.to_owned()), body: body("tools/call", params) }
    }
}

fn body(method: &str, mut params: Map<String, Value>) -> Vec<u8> {
    params.insert(
        "_meta".into(),
        json!({
            "io.modelcontextprotocol/protocolVersion": REVISION,
            "io.modelcontextprotocol/clientInfo": {"name": "todo-chat", "version": env!("CARGO_PKG_VERSION")},
            "io.modelcontextprotocol/clientCapabilities": {}
        }),
    );
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string().into_bytes()
}

#[derive(Deserialize)]
struct Reply<T> {
    result: Option<T>,
    error: Option<RpcError>,
}

#[derive(Deserialize)]
struct RpcError {
    message: String,
}

/// A page of the tools.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    tools: Vec<Listed>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    name: String,
    title: Option<String>,
    #[serde(default)]
    description: String,
    input_schema: Value,
    #[serde(default)]
    annotations: Annotations,
    #[serde(default, rename = "_meta")]
    meta: Meta,
}

/// What the protocol has no member for, and the MCP endpoint of this app says.
#[derive(Default, Deserialize)]
struct Meta {
    #[serde(rename = "todo/consent")]
    consent: Option<Consent>,
    #[serde(rename = "todo/wording")]
    wording: Option<Wording>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Annotations {
    title: Option<String>,
    read_only_hint: Option<bool>,
    destructive_hint: Option<bool>,
}

/// The tools of a page, and where the next one begins; `None` when it is no page.
pub fn read_page(body: &[u8]) -> Option<(Vec<Tool>, Option<String>)> {
    let page = serde_json::from_slice::<Reply<Page>>(body).ok()?.result?;
    Some((page.tools.into_iter().map(Tool::from).collect(), page.next_cursor))
}

impl From<Listed> for Tool {
    fn from(listed: Listed) -> Self {
        let hints = listed.annotations;
        let read_only = hints.read_only_hint.unwrap_or(false);
        let consent = listed.meta.consent.unwrap_or(Consent::None);
        Self {
            title: listed.title.or(hints.title).unwrap_or_else(|| listed.name.clone()),
            name: listed.name,
            description: listed.description,
            input_schema: listed.input_schema.to_string(),
            read_only,
            // The protocol's default: a tool that does not say it is harmless may not be.
            destructive: !read_only && (consent != Consent::None || hints.destructive_hint.unwrap_or(true)),
            consent,
            wording: listed.meta.wording,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Called {
    #[serde(default)]
    content: Vec<Block>,
    structured_content: Option<Value>,
    #[serde(default)]
    is_error: bool,
    result_type: Option<String>,
}

impl Called {
    fn into_outcome(self) -> Outcome {
        let texts: Vec<&str> = self.content.iter().filter_map(|block| block.text.as_deref()).collect();
        let text = texts.join("\n");
        let content = self.structured_content.unwrap_or_else(|| {
            // The schema of a tool's structured result does not cover its problems, so these come as text.
            let problem = serde_json::from_str::<Map<String, Value>>(&text).ok().filter(|_| self.is_error);
            problem.map_or(Value::String(text), Value::Object)
        });
        Outcome { failed: self.is_error, content }
    }
}

#[derive(Deserialize)]
struct Block {
    text: Option<String>,
}

/// What came of a call, from the body of a success.
pub fn read_outcome(body: &[u8]) -> Outcome {
    match serde_json::from_slice::<Reply<Called>>(body) {
        Ok(Reply { result: Some(called), .. })
            if called.result_type.as_deref().unwrap_or("complete") != "complete" =>
        {
            Outcome::failure("The tool wants to know more than a chat can tell it.")
        }
        Ok(Reply { result: Some(called), .. }) => called.into_outcome(),
        Ok(Reply { error: Some(error), .. }) => Outcome::failure(error.message),
        Ok(_) | Err(_) => Outcome::failure(NO_SENSE),
    }
}

/// What came of a call, from an HTTP answer that is no success: a JSON-RPC error or problem details.
pub fn read_refusal(status: u16, body: &[u8]) -> Outcome {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let sentence =
        ["/error/message", "/detail", "/title"].iter().find_map(|place| value.pointer(place)?.as_str());
    Outcome::failure(
        sentence.map_or_else(|| format!("The tools answered with the status {status}."), str::to_owned),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_its_revision_and_who_asks() {
        let request = Request::call("get_task", json!({"id": "7"}).as_object().unwrap());
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!((request.method, request.name.as_deref()), ("tools/call", Some("get_task")));
        assert_eq!(body["method"], "tools/call");
        assert_eq!(body["params"]["arguments"], json!({"id": "7"}));
        let meta = &body["params"]["_meta"];
        assert_eq!(meta["io.modelcontextprotocol/protocolVersion"], REVISION);
        assert_eq!(meta["io.modelcontextprotocol/clientInfo"]["name"], "todo-chat");
        assert!(meta["io.modelcontextprotocol/clientCapabilities"].is_object());
    }

    #[test]
    fn a_tool_is_destructive_unless_it_says_otherwise() {
        let tool = |annotations: &str| {
            let body = format!(
                r#"{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{{"name":"t","inputSchema":{{"type":"object"}},"annotations":{annotations}}}]}}}}"#
            );
            read_page(body.as_bytes()).unwrap().0.remove(0)
        };
        for (annotations, read_only, destructive) in [
            ("{}", false, true),
            (r#"{"readOnlyHint":true}"#, true, false),
            (r#"{"readOnlyHint":true,"destructiveHint":true}"#, true, false),
            (r#"{"destructiveHint":false}"#, false, false),
            (r#"{"readOnlyHint":false,"destructiveHint":true}"#, false, true),
        ] {
            let tool = tool(annotations);
            assert_eq!((tool.read_only, tool.destructive), (read_only, destructive), "{annotations}");
        }
    }

    #[test]
    fn a_tool_that_needs_consent_is_asked_about() {
        let body = br#"{"result":{"tools":[{"name":"t","annotations":{"destructiveHint":false},
            "inputSchema":{"type":"object"},"_meta":{"todo/consent":"many","todo/version":"1.0.0",
            "todo/wording":{"verb":"archive","running":"Archiving {tasks}","done":"Archived {tasks}"}}}]}}"#;
        let tool = read_page(body).unwrap().0.remove(0);
        assert!(tool.destructive && tool.consent == Consent::Many);
        assert_eq!(tool.wording.unwrap().verb, "archive");
    }

    #[test]
    fn a_page_names_the_next_one() {
        let (tools, cursor) = read_page(br#"{"result":{"tools":[],"nextCursor":"x"}}"#).unwrap();
        assert_eq!((tools.len(), cursor.as_deref()), (0, Some("x")));
        assert!(read_page(br#"{"error":{"code":-1,"message":"no"}}"#).is_none());
        assert!(read_page(b"<html>").is_none());
    }

    #[test]
    fn what_came_of_a_call_is_its_structure_else_its_text_else_why_not() {
        for (body, failed, content) in [
            (
                r#"{"result":{"content":[{"type":"text","text":"x"}],"structuredContent":{"id":"7"}}}"#,
                false,
                json!({"id": "7"}),
            ),
            (
                r#"{"result":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}"#,
                false,
                json!("a\nb"),
            ),
            (
                r#"{"result":{"content":[{"type":"text","text":"Not found."}],"isError":true}}"#,
                true,
                json!("Not found."),
            ),
            (
                r#"{"result":{"content":[{"type":"text","text":"{\"type\":\"/problems/task-not-found\"}"}],"isError":true}}"#,
                true,
                json!({"type": "/problems/task-not-found"}),
            ),
            (
                r#"{"result":{"resultType":"input_required","inputRequests":{}}}"#,
                true,
                json!("The tool wants to know more than a chat can tell it."),
            ),
            (r#"{"error":{"code":-32602,"message":"Unknown tool"}}"#, true, json!("Unknown tool")),
            ("{}", true, json!(NO_SENSE)),
            ("<html>", true, json!(NO_SENSE)),
        ] {
            assert_eq!(read_outcome(body.as_bytes()), Outcome { failed, content }, "{body}");
        }
    }

    #[test]
    fn a_refusal_speaks_in_its_own_words() {
        for (body, sentence) in [
            (r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"Wrong header."}}"#, "Wrong header."),
            (
                r#"{"type":"/problems/token-expired","title":"T","detail":"The token has expired."}"#,
                "The token has expired.",
            ),
            ("", "The tools answered with the status 502."),
        ] {
            assert_eq!(read_refusal(502, body.as_bytes()), Outcome::failure(sentence));
        }
    }
}
