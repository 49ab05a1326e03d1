//! Calls put together from their pieces.

use serde_json::{Map, Value};

use super::chunk::CallPiece;
use crate::bindings::todo::model::types::{Event, ModelError, ToolCall, Usage};
use crate::failure::garbled;

/// More calls than this in one turn make no sense.
const MAX_CALLS: usize = 128;

/// Calls that are still arriving.
#[derive(Default)]
pub struct Calls(Vec<Partial>);

#[derive(Default)]
struct Partial {
    index: Option<u32>,
    id: String,
    name: String,
    arguments: String,
}

impl Calls {
    /// Adds a piece to the call it belongs to.
    ///
    /// # Errors
    /// There are too many calls.
    pub fn accept(&mut self, piece: CallPiece) -> Result<(), ModelError> {
        let id = piece.id.filter(|id| !id.is_empty());
        let place = self.place_of(piece.index, id.as_deref()).unwrap_or(self.0.len());
        if place == MAX_CALLS {
            return Err(garbled("it has too many calls"));
        }
        if place == self.0.len() {
            self.0.push(Partial { index: piece.index, ..Partial::default() });
        }
        let Some(call) = self.0.get_mut(place) else { return Ok(()) };
        if let Some(id) = id {
            call.id = id;
        }
        let Some(function) = piece.function else { return Ok(()) };
        if let Some(name) = function.name.filter(|_| call.name.is_empty()) {
            call.name = name;
        }
        match function.arguments {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => call.arguments.push_str(&text),
            Some(whole) => call.arguments = whole.to_string(),
        }
        Ok(())
    }

    /// By index, as documented; by id where a provider numbers every call 0 or not at all; else the latest one.
    fn place_of(&self, index: Option<u32>, id: Option<&str>) -> Option<usize> {
        self.0.iter().rposition(|call| match (index, id) {
            (None, None) => true,
            (None, Some(id)) => call.id == id,
            (Some(_), None) => call.index == index,
            (Some(_), Some(id)) => call.index == index && (call.id.is_empty() || call.id == id),
        })
    }

    /// The calls, in the order in which they began.
    ///
    /// # Errors
    /// A call has no name, or its arguments are no JSON object.
    pub fn finish(self) -> Result<Vec<ToolCall>, ModelError> {
        self.0.into_iter().enumerate().map(|(place, call)| call.finish(place)).collect()
    }

    /// No call was begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What follows the words of an answer: its calls, the cost, and the end. `reason` is why it ended, by the names of Chat Completions.
///
/// # Errors
/// The answer is empty, was cut off where it must not be, or has a call that makes no sense.
pub fn end(
    calls: Calls,
    has_words: bool,
    reason: Option<&str>,
    usage: Option<Usage>,
) -> Result<Vec<Event>, ModelError> {
    if reason == Some("length") && !calls.is_empty() {
        return Err(garbled("it was cut off within a call: it may need more tokens"));
    }
    if !has_words && calls.is_empty() {
        return Err(match reason {
            Some("content_filter") => {
                ModelError::Refused("The provider's content filter stopped the answer.".into())
            }
            Some("length") => garbled("it was cut off before its first word: it may need more tokens"),
            _ => garbled("it is empty"),
        });
    }
    let calls = calls.finish()?.into_iter().map(Event::ToolCall);
    Ok(calls.chain(usage.map(Event::Usage)).chain([Event::End]).collect())
}

impl Partial {
    fn finish(self, place: usize) -> Result<ToolCall, ModelError> {
        if self.name.is_empty() {
            return Err(garbled("a call has no name"));
        }
        let arguments =
            if self.arguments.trim().is_empty() { "{}".to_owned() } else { self.arguments.trim().to_owned() };
        if serde_json::from_str::<Map<String, Value>>(&arguments).is_err() {
            return Err(garbled("the arguments of a call are no JSON object"));
        }
        let id = if self.id.is_empty() { format!("call_{place}") } else { self.id };
        Ok(ToolCall { id, name: self.name, arguments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_together(pieces: &[&str]) -> Result<Vec<(String, String, String)>, ModelError> {
        let mut calls = Calls::default();
        for piece in pieces {
            calls.accept(serde_json::from_str(piece).unwrap())?;
        }
        Ok(calls.finish()?.into_iter().map(|call| (call.id, call.name, call.arguments)).collect())
    }

    fn call(id: &str, name: &str, arguments: &str) -> (String, String, String) {
        (id.into(), name.into(), arguments.into())
    }

    #[test]
    fn pieces_of_parallel_calls_are_told_apart_by_index() {
        let calls = put_together(&[
            r#"{"index":0,"id":"a","type":"function","function":{"name":"add_task","arguments":""}}"#,
            r#"{"index":1,"id":"b","function":{"name":"list_tasks","arguments":"{\"sta"}}"#,
            r#"{"index":0,"function":{"arguments":"{\"title\":"}}"#,
            r#"{"index":1,"function":{"arguments":"tus\":\"open\"}"}}"#,
            r#"{"index":0,"function":{"arguments":"\"milk\"}"}}"#,
        ]);
        assert_eq!(
            calls.unwrap(),
            [call("a", "add_task", r#"{"title":"milk"}"#), call("b", "list_tasks", r#"{"status":"open"}"#)]
        );
    }

    #[test]
    fn calls_that_a_provider_all_numbers_zero_or_not_at_all_are_told_apart_by_id() {
        for index in [r#""index":0,"#, ""] {
            let first = format!(r#"{{{index}"id":"a","function":{{"name":"x","arguments":"{{}}"}}}}"#);
            let second = format!(r#"{{{index}"id":"b","function":{{"name":"y","arguments":"{{\"n\""}}}}"#);
            let rest = format!(r#"{{{index}"function":{{"arguments":":1}}"}}}}"#);
            let calls = put_together(&[&first, &second, &rest]).unwrap();
            assert_eq!(calls, [call("a", "x", "{}"), call("b", "y", r#"{"n":1}"#)]);
        }
    }

    #[test]
    fn repeated_ids_and_names_missing_arguments_and_objects_are_understood() {
        let calls = put_together(&[
            r#"{"index":0,"id":"a","function":{"name":"x","arguments":null}}"#,
            r#"{"index":0,"id":"a","function":{"name":"x"}}"#,
            r#"{"index":1,"id":"","function":{"name":"y","arguments":{"n":1}}}"#,
        ]);
        assert_eq!(calls.unwrap(), [call("a", "x", "{}"), call("call_1", "y", r#"{"n":1}"#)]);
    }

    #[test]
    fn a_call_without_a_name_or_with_broken_arguments_is_garbled() {
        for piece in [
            r#"{"index":0,"id":"a","function":{"arguments":"{}"}}"#,
            r#"{"index":0,"id":"a","function":{"name":"x","arguments":"{\"a\":"}}"#,
            r#"{"index":0,"id":"a","function":{"name":"x","arguments":"[1]"}}"#,
        ] {
            assert!(matches!(put_together(&[piece]), Err(ModelError::Garbled(_))), "{piece}");
        }
    }
}
