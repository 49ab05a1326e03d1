//! The messages of a turn, as the provider wants them.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use crate::bindings::todo::model::types::{AssistantMessage, Message, ToolResult, Turn};

/// The instructions with the date and the time, then the conversation.
pub fn to_messages(turn: &Turn) -> Vec<Value> {
    let mut messages = vec![json!({"role": "system", "content": instructions(turn)})];
    messages.extend(turn.messages.iter().map(|message| match message {
        Message::User(text) => json!({"role": "user", "content": text}),
        Message::Assistant(message) => assistant(message),
        Message::Tool(result) => tool(result),
    }));
    messages
}

fn assistant(message: &AssistantMessage) -> Value {
    if message.tool_calls.is_empty() {
        return json!({"role": "assistant", "content": message.text});
    }
    let calls: Vec<Value> = message
        .tool_calls
        .iter()
        .map(|call| {
            json!({
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments}
            })
        })
        .collect();
    let content = if message.text.is_empty() { Value::Null } else { message.text.as_str().into() };
    json!({"role": "assistant", "content": content, "tool_calls": calls})
}

fn tool(result: &ToolResult) -> Value {
    json!({"role": "tool", "tool_call_id": result.call_id, "content": result_text(result)})
}

/// What a tool answered, in words. The protocols have no mark for a failed call, so the text says it.
pub fn result_text(result: &ToolResult) -> String {
    if result.failed { format!("The call failed. {}", result.content) } else { result.content.clone() }
}

/// The instructions with the date and the time: a model knows no clock, and without that line "tomorrow" would be a guess.
pub fn instructions(turn: &Turn) -> String {
    let zone = TimeZone::get(&turn.time_zone).unwrap_or(TimeZone::UTC);
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    let now = Timestamp::from_microsecond(turn.now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
    let stamp = now.strftime("%A, %Y-%m-%d, %H:%M, UTC%:z");
    format!(
        "{}\n\nFor the person it is now {stamp}; their time zone is {name}.",
        turn.instructions.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::todo::model::types::ToolCall;

    fn turn(messages: Vec<Message>, time_zone: &str) -> Turn {
        Turn {
            instructions: "Be brief.\n".into(),
            messages,
            tools: vec![],
            now: 1_795_248_000_000_000,
            time_zone: time_zone.into(),
            max_output_tokens: 1,
        }
    }

    #[test]
    fn the_instructions_carry_the_persons_date_time_and_zone() {
        let system =
            to_messages(&turn(vec![], "America/New_York"))[0]["content"].as_str().unwrap().to_owned();
        assert_eq!(
            system,
            "Be brief.\n\nFor the person it is now Saturday, 2026-11-21, 03:00, UTC-05:00; their time zone is \
             America/New_York."
        );
        assert!(
            to_messages(&turn(vec![], "Mars/Olympus"))[0]["content"]
                .as_str()
                .unwrap()
                .ends_with("time zone is UTC.")
        );
    }

    #[test]
    fn a_call_and_its_result_keep_their_id_and_a_failure_is_said() {
        let call = ToolCall { id: "c1".into(), name: "get_task".into(), arguments: r#"{"id":"x"}"#.into() };
        let result = ToolResult {
            call_id: "c1".into(),
            name: "get_task".into(),
            content: "Not found.".into(),
            failed: true,
        };
        let messages = to_messages(&turn(
            vec![
                Message::User("show it".into()),
                Message::Assistant(AssistantMessage { text: String::new(), tool_calls: vec![call] }),
                Message::Tool(result),
                Message::Assistant(AssistantMessage { text: "It is gone.".into(), tool_calls: vec![] }),
            ],
            "UTC",
        ));
        assert_eq!(messages[2]["content"], Value::Null);
        assert_eq!(messages[2]["tool_calls"][0]["function"]["arguments"], r#"{"id":"x"}"#);
        assert_eq!(
            messages[3],
            json!({"role": "tool", "tool_call_id": "c1", "content": "The call failed. Not found."})
        );
        assert_eq!(messages[4], json!({"role": "assistant", "content": "It is gone."}));
    }
}
