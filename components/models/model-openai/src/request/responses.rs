//! A turn as the body of a Responses request.

use serde_json::{Map, Value, json};

use super::messages::{instructions, result_text};
use super::parameters;
use crate::bindings::todo::model::types::{AssistantMessage, Message, Tool, Turn};

/// The body of the request: instructions, what was said and done, tools, and a streamed answer. The provider keeps none of it
/// (`store`): a conversation is kept by this app alone.
pub fn body(turn: &Turn, model: &str) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("instructions".into(), instructions(turn).into());
    body.insert("input".into(), turn.messages.iter().flat_map(items).collect());
    if !turn.tools.is_empty() {
        body.insert("tools".into(), turn.tools.iter().map(tool).collect());
    }
    body.insert("max_output_tokens".into(), turn.max_output_tokens.into());
    body.insert("store".into(), false.into());
    body.insert("stream".into(), true.into());
    body
}

/// What was said or done, as items. Those of calls have no id of their own: by one, the provider would look for what it has stored.
fn items(message: &Message) -> Vec<Value> {
    match message {
        Message::User(text) => vec![json!({"role": "user", "content": text})],
        Message::Assistant(message) => assistant(message),
        Message::Tool(result) => {
            vec![
                json!({"type": "function_call_output", "call_id": result.call_id, "output": result_text(result)}),
            ]
        }
    }
}

fn assistant(message: &AssistantMessage) -> Vec<Value> {
    let words = (!message.text.is_empty() || message.tool_calls.is_empty())
        .then(|| json!({"role": "assistant", "content": message.text}));
    let calls = message.tool_calls.iter().map(|call| {
        json!({"type": "function_call", "call_id": call.id, "name": call.name, "arguments": call.arguments})
    });
    words.into_iter().chain(calls).collect()
}

fn tool(tool: &Tool) -> Value {
    // `strict` is true where it is left out, and wants schemas in which every member is required.
    json!({
        "type": "function", "name": tool.name, "description": tool.description, "parameters": parameters(tool),
        "strict": false
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::todo::model::types::{ToolCall, ToolResult};

    #[test]
    fn what_was_said_and_done_becomes_items_in_their_order() {
        let call = ToolCall { id: "c1".into(), name: "get_task".into(), arguments: r#"{"id":"x"}"#.into() };
        let result = ToolResult {
            call_id: "c1".into(),
            name: "get_task".into(),
            content: "Not found.".into(),
            failed: true,
        };
        let said =
            |text: &str, tool_calls| Message::Assistant(AssistantMessage { text: text.into(), tool_calls });
        let turn = Turn {
            instructions: "Be brief.".into(),
            messages: vec![
                Message::User("show it".into()),
                said("", vec![call]),
                Message::Tool(result),
                said("It is gone.", vec![]),
            ],
            tools: vec![Tool {
                name: "get_task".into(),
                description: "Reads a task.".into(),
                input_schema: r#"{"type":"object","properties":{"id":{"type":"string"}}}"#.into(),
                read_only: true,
                destructive: false,
            }],
            now: 1_795_248_000_000_000,
            time_zone: "UTC".into(),
            max_output_tokens: 500,
        };
        let body = Value::Object(body(&turn, "m"));
        assert_eq!(
            body["input"],
            json!([
                {"role": "user", "content": "show it"},
                {"type": "function_call", "call_id": "c1", "name": "get_task", "arguments": "{\"id\":\"x\"}"},
                {"type": "function_call_output", "call_id": "c1", "output": "The call failed. Not found."},
                {"role": "assistant", "content": "It is gone."},
            ])
        );
        assert_eq!(
            body["tools"],
            json!([{"type": "function", "name": "get_task", "description": "Reads a task.", "strict": false,
                "parameters": {"type": "object", "properties": {"id": {"type": "string"}}}}])
        );
        let instructions = body["instructions"].as_str().unwrap();
        assert!(instructions.starts_with("Be brief.\n\nFor the person it is now"), "{instructions}");
        assert_eq!(
            (&body["max_output_tokens"], &body["store"], &body["stream"]),
            (&json!(500), &json!(false), &json!(true))
        );
    }
}
