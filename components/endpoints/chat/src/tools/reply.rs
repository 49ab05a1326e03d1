//! What the MCP endpoint answers to a call.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use task_model::consent::{Action, Shown};

use super::{Called, PendingQuestion};
use crate::transcript::Outcome;

const NO_SENSE: &str = "The tool's answer makes no sense.";
const ASKS_TOO_MUCH: &str = "The tool wants to know more than a chat can tell it.";
/// JSON-RPC: the parameters of the request are refused, so it has done nothing.
const INVALID_PARAMS: i64 = -32602;

#[derive(Deserialize)]
pub(super) struct Reply<T> {
    pub(super) result: Option<T>,
    error: Option<RpcError>,
}

#[derive(Deserialize)]
struct RpcError {
    #[serde(default)]
    code: i64,
    message: String,
}

/// What every result says of who answers.
#[derive(Default, Deserialize)]
pub(super) struct ResultMeta {
    #[serde(rename = "io.modelcontextprotocol/serverInfo")]
    server: Option<Implementation>,
}

#[derive(Deserialize)]
struct Implementation {
    name: String,
    version: String,
}

impl ResultMeta {
    /// The release that answers, if it says so.
    pub(super) fn release(&self) -> Option<String> {
        self.server.as_ref().map(|server| format!("{} {}", server.name, server.version))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CallResult {
    #[serde(default)]
    content: Vec<Block>,
    structured_content: Option<Value>,
    #[serde(default)]
    is_error: bool,
    result_type: Option<String>,
    #[serde(default)]
    input_requests: BTreeMap<String, InputRequest>,
    request_state: Option<String>,
    #[serde(default, rename = "_meta")]
    meta: ResultMeta,
}

impl CallResult {
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

/// What a server wants to know before it goes on.
#[derive(Deserialize)]
struct InputRequest {
    method: String,
    #[serde(default)]
    params: Elicitation,
}

/// A form for the person (2026-07-28, Elicitation, "Form Mode").
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Elicitation {
    mode: Option<String>,
    message: String,
    requested_schema: FormSchema,
    #[serde(rename = "_meta")]
    meta: QuestionMeta,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FormSchema {
    properties: BTreeMap<String, Value>,
}

/// What a question was made of.
#[derive(Default, Deserialize)]
#[serde(default)]
struct QuestionMeta {
    #[serde(rename = "todo/action")]
    action: Option<Action>,
    #[serde(rename = "todo/arguments")]
    arguments: Option<Map<String, Value>>,
    #[serde(rename = "todo/shown")]
    shown: Option<Shown>,
}

/// A question that a yes or a no answers: a form with one box to tick. A chat has no other.
fn asked(requests: BTreeMap<String, InputRequest>, state: Option<String>) -> Option<PendingQuestion> {
    let mut requests = requests.into_iter();
    let (key, InputRequest { method, params }) = requests.next().filter(|_| requests.len() == 0)?;
    let mut properties = params.requested_schema.properties.into_iter();
    let (member, _) =
        properties.next().filter(|(_, schema)| schema.get("type").is_some_and(|kind| kind == "boolean"))?;
    let is_form = method == "elicitation/create" && params.mode.is_none_or(|mode| mode == "form");
    if !is_form || properties.len() > 0 {
        return None;
    }
    let mut answers = Map::new();
    let content: Map<String, Value> = [(member, Value::Bool(true))].into_iter().collect();
    answers.insert(key, json!({"action": "accept", "content": content}));
    let QuestionMeta { action, arguments, shown } = params.meta;
    Some(PendingQuestion { question: params.message, action, arguments, shown, state, answers })
}

/// What came of a call, and which release said so, from the body of a success. `is_retry`: the call came with the answer to
/// a question.
pub fn read_called(body: &[u8], is_retry: bool) -> (Called, Option<String>) {
    let done = |outcome| (Called::Done(outcome), None);
    let result = match serde_json::from_slice::<Reply<CallResult>>(body) {
        Ok(Reply { result: Some(result), .. }) => result,
        Ok(Reply { error: Some(error), .. }) if is_retry && error.code == INVALID_PARAMS => {
            return (Called::Lapsed, None);
        }
        Ok(Reply { error: Some(error), .. }) => return done(Outcome::failure(error.message)),
        Ok(_) | Err(_) => return done(Outcome::failure(NO_SENSE)),
    };
    let release = result.meta.release();
    let called = match result.result_type.as_deref() {
        None | Some("complete") => Called::Done(result.into_outcome()),
        Some("input_required") => match asked(result.input_requests, result.request_state) {
            Some(asked) => Called::Asks(Box::new(asked)),
            None => Called::Done(Outcome::failure(ASKS_TOO_MUCH)),
        },
        Some(_) => Called::Done(Outcome::failure(NO_SENSE)),
    };
    (called, release)
}

/// What came of a call, from an HTTP answer that is no success: a JSON-RPC error or problem details.
pub fn read_error(status: u16, body: &[u8]) -> Outcome {
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

    fn read(body: &str, is_retry: bool) -> Called {
        read_called(body.as_bytes(), is_retry).0
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
            assert_eq!(read(body, false), Called::Done(Outcome { failed, content }), "{body}");
        }
    }

    #[test]
    fn a_form_with_one_box_is_a_question_and_a_yes_ticks_it() {
        let body = json!({"result": {"resultType": "input_required", "requestState": "sealed", "inputRequests": {
            "sure": {"method": "elicitation/create", "params": {
                "_meta": {"todo/arguments": {"id": "7", "version": 2}},
                "message": "Really?", "requestedSchema": {"type": "object", "properties": {"go": {"type": "boolean"}}},
            }},
        }}});
        let Called::Asks(asked) = read(&body.to_string(), false) else { panic!("no question") };
        assert_eq!((asked.question.as_str(), asked.state.as_deref()), ("Really?", Some("sealed")));
        let answers = json!({"sure": {"action": "accept", "content": {"go": true}}});
        assert_eq!(Value::Object(asked.answers), answers);
        assert_eq!(asked.arguments.map(Value::Object), Some(json!({"id": "7", "version": 2})));
    }

    #[test]
    fn what_a_yes_does_not_answer_is_not_asked() {
        let form = |properties: Value| {
            json!({"method": "elicitation/create", "params": {
                "message": "?", "requestedSchema": {"properties": properties},
            }})
        };
        let boolean = json!({"type": "boolean"});
        for requests in [
            json!({}),
            json!({"a": form(json!({}))}),
            json!({"a": form(json!({"when": {"type": "string"}}))}),
            json!({"a": form(json!({"x": boolean, "y": boolean}))}),
            json!({"a": form(json!({"x": boolean})), "b": form(json!({"x": boolean}))}),
            json!({"a": {"method": "roots/list"}}),
            json!({"a": {"method": "elicitation/create", "params": {"mode": "url", "message": "?", "url": "https://x"}}}),
        ] {
            let body =
                json!({"result": {"resultType": "input_required", "inputRequests": requests}}).to_string();
            assert_eq!(read(&body, false), Called::Done(Outcome::failure(ASKS_TOO_MUCH)), "{requests}");
        }
    }

    #[test]
    fn an_answer_that_is_refused_has_lapsed_and_any_other_fault_is_told() {
        let body =
            r#"{"error":{"code":-32602,"message":"The member requestState is refused: it has expired."}}"#;
        assert_eq!(read(body, true), Called::Lapsed);
        assert!(matches!(read(body, false), Called::Done(Outcome { failed: true, .. })));
        let body = r#"{"error":{"code":-32603,"message":"Broken."}}"#;
        assert_eq!(read(body, true), Called::Done(Outcome::failure("Broken.")));
    }

    #[test]
    fn an_answer_says_which_release_it_is_from() {
        let body = br#"{"result":{"content":[],"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"todo","version":"2"}}}}"#;
        assert_eq!(read_called(body, false).1.as_deref(), Some("todo 2"));
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
            assert_eq!(read_error(502, body.as_bytes()), Outcome::failure(sentence));
        }
    }
}
