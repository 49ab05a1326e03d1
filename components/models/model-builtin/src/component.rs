//! The export: WIT's types in, a stream of events out.

use crate::conversation;

#[allow(
    missing_docs,
    unsafe_code,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/model", "../../../wit/model-builtin"],
        world: "todo:model-builtin/component",
        generate_all,
    });
    export!(Builtin);

    /// The component.
    pub struct Builtin;
}

use bindings::exports::todo::model_builtin::model::Guest;
use bindings::todo::model::types::{Event, Message, ToolCall, Turn};
use bindings::{Builtin, wit_stream};
use wit_bindgen::StreamReader;

impl Guest for Builtin {
    async fn respond(turn: Turn) -> StreamReader<Event> {
        let (mut writer, reader) = wit_stream::new();
        let events: Vec<Event> = crate::respond(&turn.into()).into_iter().map(Event::from).collect();
        wit_bindgen::spawn(async move {
            // What is left when the reader went away is nobody's.
            let _unread = writer.write_all(events).await;
        });
        reader
    }
}

impl From<Turn> for conversation::Turn {
    fn from(turn: Turn) -> Self {
        conversation::Turn {
            messages: turn.messages.into_iter().map(conversation::Message::from).collect(),
            tools: turn
                .tools
                .into_iter()
                .map(|tool| conversation::Tool { name: tool.name, input_schema: tool.input_schema })
                .collect(),
            now: turn.now,
            time_zone: turn.time_zone,
        }
    }
}

impl From<Message> for conversation::Message {
    fn from(message: Message) -> Self {
        match message {
            Message::User(said) => conversation::Message::User(said),
            Message::Assistant(message) => conversation::Message::Assistant {
                text: message.text,
                calls: message.tool_calls.into_iter().map(conversation::ToolCall::from).collect(),
            },
            Message::Tool(result) => conversation::Message::Tool(conversation::ToolResult {
                call_id: result.call_id,
                content: result.content,
                failed: result.failed,
            }),
        }
    }
}

impl From<ToolCall> for conversation::ToolCall {
    fn from(call: ToolCall) -> Self {
        conversation::ToolCall { id: call.id, name: call.name, arguments: call.arguments }
    }
}

impl From<conversation::Event> for Event {
    fn from(event: conversation::Event) -> Self {
        match event {
            conversation::Event::Text(text) => Event::Text(text),
            conversation::Event::ToolCall(call) => {
                Event::ToolCall(ToolCall { id: call.id, name: call.name, arguments: call.arguments })
            }
            conversation::Event::End => Event::End,
        }
    }
}
