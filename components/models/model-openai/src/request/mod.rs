//! A turn as the body of a request.

mod dialect;
mod messages;
mod responses;

pub use dialect::Dialect;
use serde_json::{Map, Value, json};

use crate::bindings::todo::model::types::{Tool, Turn};
use crate::settings::Api;

/// The body of a request of this API.
pub fn body(api: Api, turn: &Turn, model: &str, dialect: Dialect) -> Vec<u8> {
    let body = match api {
        Api::ChatCompletions => chat_completions(turn, model, dialect),
        Api::Responses => responses::body(turn, model),
    };
    Value::Object(body).to_string().into_bytes()
}

/// Messages, tools, and a streamed answer.
fn chat_completions(turn: &Turn, model: &str, dialect: Dialect) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("messages".into(), messages::to_messages(turn).into());
    if !turn.tools.is_empty() {
        body.insert("tools".into(), turn.tools.iter().map(tool).collect());
    }
    body.insert("stream".into(), true.into());
    dialect.write_to(&mut body, turn.max_output_tokens);
    body
}

fn tool(tool: &Tool) -> Value {
    json!({
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": parameters(tool)}
    })
}

/// What a tool takes. A schema that is no JSON would be a fault of the tool; one without members is still callable.
fn parameters(tool: &Tool) -> Value {
    serde_json::from_str(&tool.input_schema).unwrap_or_else(|_| json!({"type": "object", "properties": {}}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::todo::model::types::Message;

    fn turn(tools: Vec<Tool>) -> Turn {
        Turn {
            instructions: "Be brief.".into(),
            messages: vec![Message::User("hi".into())],
            tools,
            now: 1_795_248_000_000_000,
            time_zone: "Europe/Berlin".into(),
            max_output_tokens: 500,
        }
    }

    fn built(turn: &Turn) -> Value {
        serde_json::from_slice(&body(Api::ChatCompletions, turn, "m", Dialect::default())).unwrap()
    }

    #[test]
    fn tools_are_passed_with_their_names_and_schemas_as_given() {
        let schema = r#"{"type":"object","properties":{"title":{"type":"string","maxLength":200}},"required":["title"]}"#;
        let body = built(&turn(vec![Tool {
            name: "add_task".into(),
            description: "Adds a task.".into(),
            input_schema: schema.into(),
            read_only: false,
            destructive: false,
        }]));
        assert_eq!(body["tools"][0]["type"], "function");
        assert_eq!(body["tools"][0]["function"]["name"], "add_task");
        assert_eq!(body["tools"][0]["function"]["parameters"].to_string(), schema);
    }

    #[test]
    fn the_answer_is_streamed_with_its_cost_and_limited() {
        let body = built(&turn(vec![]));
        assert_eq!(body["stream"], true);
        assert_eq!(body["stream_options"]["include_usage"], true);
        assert_eq!(body["max_completion_tokens"], 500);
        // Some providers refuse an empty list.
        assert!(body.get("tools").is_none());
    }
}
