//! An answer of the Responses API, whole or as its events: `response` and `response.*` of OpenAI's API reference. Of its events those
//! are read that have words, an item that is done, or the end; each member may be absent.

use serde::Deserialize;
use serde_json::Value;

use super::Assemble;
use super::calls::{self, Calls};
use super::chunk::{CallPiece, FunctionPiece};
use crate::bindings::todo::model::types::{self, Event, ModelError};
use crate::failure::{self, garbled, interrupted};

/// An event of a stream, or a whole answer: what of it is used here.
#[derive(Deserialize)]
struct Piece {
    /// Which event it is; absent of a whole answer.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// New words, or a piece of a call's arguments.
    #[serde(default)]
    delta: Option<Value>,
    /// What has been done.
    #[serde(default)]
    item: Option<Item>,
    /// The answer as it is with this event.
    #[serde(default)]
    response: Option<Answer>,
    /// `response` where it is a whole answer.
    #[serde(default)]
    object: Option<String>,
    #[serde(flatten)]
    answer: Answer,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Default, Deserialize)]
struct Answer {
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    output: Option<Vec<Item>>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Value>,
    #[serde(default)]
    incomplete_details: Option<Incomplete>,
}

/// Why an answer is not whole.
#[derive(Deserialize)]
struct Incomplete {
    #[serde(default)]
    reason: Option<String>,
}

/// A message, a call, or something else that a model does.
#[derive(Deserialize)]
struct Item {
    #[serde(default, rename = "type")]
    kind: Option<String>,
    /// Of a call: what pairs it with its result.
    #[serde(default)]
    call_id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    arguments: Option<Value>,
    /// Of a message: its parts.
    #[serde(default)]
    content: Option<Vec<Part>>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
struct Usage {
    #[serde(default)]
    input_tokens: Option<u32>,
    #[serde(default)]
    output_tokens: Option<u32>,
}

/// How it ended.
enum Ended {
    Whole,
    /// For this reason before it was whole.
    Cut(String),
}

/// An answer that is still arriving.
#[derive(Default)]
pub struct ResponsesAssembler {
    calls: Calls,
    /// Calls that were heard of as items of their own: the end lists them once more.
    call_count: u32,
    usage: Option<Usage>,
    ended: Option<Ended>,
    has_words: bool,
}

impl ResponsesAssembler {
    /// An answer that is there: at the end of a stream, or alone. What was heard of before is not taken twice.
    fn take_answer(&mut self, answer: Answer, events: &mut Vec<Event>) -> Result<(), ModelError> {
        if let Some(error) = answer.error.filter(|error| !error.is_null()) {
            return Err(failure::from_reported(&error));
        }
        self.usage = answer.usage.or(self.usage);
        let (had_words, had_calls) = (self.has_words, self.call_count > 0);
        for item in answer.output.into_iter().flatten() {
            let is_call = item.kind.as_deref() == Some("function_call");
            if !(if is_call { had_calls } else { had_words }) {
                self.take_item(item, events)?;
            }
        }
        let reason = answer.incomplete_details.and_then(|details| details.reason);
        self.ended = Some(match answer.status.as_deref() {
            Some("failed" | "cancelled") => return Err(interrupted()),
            Some("incomplete") => Ended::Cut(reason.unwrap_or_default()),
            _ => Ended::Whole,
        });
        Ok(())
    }

    fn take_item(&mut self, item: Item, events: &mut Vec<Event>) -> Result<(), ModelError> {
        match item.kind.as_deref() {
            Some("function_call") => {
                let function = FunctionPiece { name: item.name, arguments: item.arguments };
                let piece =
                    CallPiece { index: Some(self.call_count), id: item.call_id, function: Some(function) };
                self.call_count += 1;
                self.calls.accept(piece)
            }
            Some("message") => {
                for part in item.content.into_iter().flatten() {
                    part.text.into_iter().chain(part.refusal).for_each(|text| self.say(text, events));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn say(&mut self, text: String, events: &mut Vec<Event>) {
        if !text.is_empty() {
            self.has_words = true;
            events.push(Event::Text(text));
        }
    }
}

impl Assemble for ResponsesAssembler {
    fn accept(&mut self, data: &str) -> Result<Vec<Event>, ModelError> {
        let piece: Piece = serde_json::from_str(data)
            .map_err(|_| garbled("a part of it is not the JSON that was expected"))?;
        let mut events = Vec::new();
        match piece.kind.as_deref() {
            Some("response.output_text.delta" | "response.refusal.delta") => {
                if let Some(Value::String(text)) = piece.delta {
                    self.say(text, &mut events);
                }
            }
            // Words have come in pieces before, if the provider streams them.
            Some("response.output_item.done") => {
                let is_new = |item: &Item| item.kind.as_deref() != Some("message") || !self.has_words;
                if let Some(item) = piece.item.filter(is_new) {
                    self.take_item(item, &mut events)?;
                }
            }
            Some("response.completed" | "response.incomplete" | "response.failed") => {
                self.take_answer(piece.response.unwrap_or_default(), &mut events)?;
            }
            Some("error") => {
                let error = piece.answer.error.unwrap_or(Value::Object(piece.rest));
                return Err(failure::from_reported(&error));
            }
            None if piece.object.as_deref() == Some("response") || piece.answer.error.is_some() => {
                self.take_answer(piece.answer, &mut events)?;
            }
            None => return Err(garbled("a part of it is no event of a response")),
            Some(_) => {}
        }
        Ok(events)
    }

    // The end of such an answer is an event, and no marker.
    fn close(&mut self) {}

    fn finish(self) -> Result<Vec<Event>, ModelError> {
        let reason = match self.ended {
            None => return Err(interrupted()),
            Some(Ended::Whole) => None,
            Some(Ended::Cut(reason)) => Some(reason),
        };
        let usage = self.usage.map(|usage| types::Usage {
            input_tokens: usage.input_tokens.unwrap_or_default(),
            output_tokens: usage.output_tokens.unwrap_or_default(),
        });
        let reason =
            reason.map(|reason| if reason == "max_output_tokens" { "length".to_owned() } else { reason });
        calls::end(self.calls, self.has_words, reason.as_deref(), usage)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bindings::todo::model::types::ToolCall;

    fn assembled(pieces: &[Value]) -> Result<Vec<Event>, ModelError> {
        let mut assembler = ResponsesAssembler::default();
        let mut events = Vec::new();
        for piece in pieces {
            events.extend(assembler.accept(&piece.to_string())?);
        }
        events.extend(assembler.finish()?);
        Ok(events)
    }

    fn delta(text: &str) -> Value {
        json!({"type": "response.output_text.delta", "item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": text})
    }

    fn call(id: &str) -> Value {
        json!({"type": "function_call", "id": format!("fc_{id}"), "call_id": id, "name": "add_task", "arguments": "{\"title\":\"milk\"}", "status": "completed"})
    }

    fn message(text: &str) -> Value {
        json!({"type": "message", "id": "msg_1", "role": "assistant", "content": [{"type": "output_text", "text": text, "annotations": []}]})
    }

    fn ended(status: &str, output: Value) -> Value {
        let reason = (status == "incomplete").then(|| json!({"reason": "max_output_tokens"}));
        json!({"type": format!("response.{status}"), "response": {"object": "response", "status": status, "output": output,
            "error": null, "incomplete_details": reason, "usage": {"input_tokens": 12, "output_tokens": 3, "total_tokens": 15}}})
    }

    fn usage() -> Event {
        Event::Usage(types::Usage { input_tokens: 12, output_tokens: 3 })
    }

    fn made(id: &str) -> Event {
        Event::ToolCall(ToolCall {
            id: id.into(),
            name: "add_task".into(),
            arguments: r#"{"title":"milk"}"#.into(),
        })
    }

    #[test]
    fn words_come_as_they_arrive_and_what_the_end_repeats_is_not_said_again() {
        let pieces = [
            json!({"type": "response.created", "response": {"status": "in_progress", "output": []}}),
            json!({"type": "response.output_item.added", "item": {"type": "message", "content": []}}),
            delta("Hel"),
            delta("lo"),
            json!({"type": "response.output_text.done", "text": "Hello"}),
            json!({"type": "response.output_item.done", "item": message("Hello")}),
            ended("completed", json!([{"type": "reasoning", "summary": []}, message("Hello")])),
        ];
        let said = assembled(&pieces).unwrap();
        assert_eq!(said, [Event::Text("Hel".into()), Event::Text("lo".into()), usage(), Event::End]);
    }

    #[test]
    fn calls_are_read_from_their_items_and_are_made_once() {
        let done = |id: &str| json!({"type": "response.output_item.done", "item": call(id)});
        let arguments = json!({"type": "response.function_call_arguments.delta", "delta": "{\"ti"});
        let pieces = [arguments, done("a"), done("b"), ended("completed", json!([call("a"), call("b")]))];
        assert_eq!(assembled(&pieces).unwrap(), [made("a"), made("b"), usage(), Event::End]);
    }

    #[test]
    fn an_answer_that_is_not_streamed_or_told_at_its_end_alone_is_read_as_well() {
        let end = ended("completed", json!([message("One."), call("a")]));
        let expected = [Event::Text("One.".into()), made("a"), usage(), Event::End];
        assert_eq!(assembled(&[end["response"].clone()]).unwrap(), expected);
        assert_eq!(assembled(&[end]).unwrap(), expected);
    }

    #[test]
    fn a_refusal_is_words() {
        let pieces =
            [json!({"type": "response.refusal.delta", "delta": "No."}), ended("completed", json!([]))];
        assert_eq!(assembled(&pieces).unwrap(), [Event::Text("No.".into()), usage(), Event::End]);
    }

    #[test]
    fn what_breaks_off_fails_or_makes_no_sense_ends_without_calls() {
        assert_eq!(assembled(&[delta("So ")]), Err(interrupted()));
        let failed = |code: &str| json!({"type": "response.failed", "response": {"status": "failed", "error": {"code": code, "message": "x"}}});
        assert_eq!(assembled(&[delta("So "), failed("server_error")]), Err(interrupted()));
        assert_eq!(assembled(&[failed("rate_limit_exceeded")]), Err(ModelError::Unavailable(20)));
        assert!(matches!(assembled(&[failed("insufficient_quota")]), Err(ModelError::Refused(_))));
        let error = json!({"type": "error", "code": "invalid_prompt", "message": "x", "param": null});
        assert!(matches!(assembled(&[error]), Err(ModelError::Refused(_))));
        assert_eq!(
            assembled(&[json!({"type": "error", "error": {"code": "server_error"}})]),
            Err(interrupted())
        );
        for pieces in [
            vec![json!({"x": 1})],
            vec![json!([1])],
            vec![ended("completed", json!([]))],
            vec![ended("incomplete", json!([]))],
            vec![ended("incomplete", json!([call("a")]))],
            vec![ended("completed", json!([{"type": "function_call", "call_id": "a", "arguments": "{}"}]))],
            vec![ended(
                "completed",
                json!([{"type": "function_call", "call_id": "a", "name": "x", "arguments": "[1]"}]),
            )],
        ] {
            assert!(matches!(assembled(&pieces), Err(ModelError::Garbled(_))), "{pieces:?}");
        }
        let cut = assembled(&[delta("So "), ended("incomplete", json!([]))]).unwrap();
        assert_eq!(cut, [Event::Text("So ".into()), usage(), Event::End], "words that were cut are words");
    }

    #[test]
    fn there_are_not_too_many_calls() {
        let many: Vec<Value> = (0..200).map(|number| call(&number.to_string())).collect();
        assert!(matches!(assembled(&[ended("completed", json!(many))]), Err(ModelError::Garbled(_))));
    }
}
