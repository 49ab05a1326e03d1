//! Pieces of an answer in, events out.

use super::calls::Calls;
use super::chunk::{Chunk, Content, Usage, Words};
use crate::bindings::todo::model::types::{self, Event, ModelError};
use crate::failure::{self, garbled, interrupted};

/// An answer that is still arriving.
#[derive(Default)]
pub struct Assembler {
    calls: Calls,
    usage: Option<Usage>,
    finish_reason: Option<String>,
    has_words: bool,
    is_closed: bool,
}

impl Assembler {
    /// Takes a piece and answers the words in it.
    ///
    /// # Errors
    /// It is no piece of an answer, or the provider reports an error in it.
    pub fn accept(&mut self, data: &str) -> Result<Vec<Event>, ModelError> {
        let chunk: Chunk = serde_json::from_str(data)
            .map_err(|_| garbled("a part of it is not the JSON that was expected"))?;
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return Err(failure::from_reported(&error));
        }
        self.usage = chunk.usage.or(self.usage);
        let mut events = Vec::new();
        // One answer was asked for.
        if let Some(choice) = chunk.choices.into_iter().flatten().next() {
            self.finish_reason = choice.finish_reason.or(self.finish_reason.take());
            for content in [choice.delta, choice.message].into_iter().flatten() {
                self.take(content, &mut events)?;
            }
        }
        Ok(events)
    }

    fn take(&mut self, content: Content, events: &mut Vec<Event>) -> Result<(), ModelError> {
        let words = content.content.map(Words::into_text).into_iter().chain(content.refusal);
        for text in words.filter(|text| !text.is_empty()) {
            self.has_words = true;
            events.push(Event::Text(text));
        }
        for piece in content.tool_calls.into_iter().flatten() {
            self.calls.accept(piece)?;
        }
        Ok(())
    }

    /// The provider says that nothing follows.
    pub fn close(&mut self) {
        self.is_closed = true;
    }

    /// The calls, the cost, and the end.
    ///
    /// # Errors
    /// The answer broke off, is empty, or has a call that makes no sense.
    pub fn finish(self) -> Result<Vec<Event>, ModelError> {
        if self.finish_reason.is_none() && !self.is_closed {
            return Err(interrupted());
        }
        let was_cut = self.finish_reason.as_deref() == Some("length");
        if was_cut && !self.calls.is_empty() {
            return Err(garbled("it was cut off within a call: it may need more tokens"));
        }
        if !self.has_words && self.calls.is_empty() {
            return Err(match self.finish_reason.as_deref() {
                Some("content_filter") => {
                    ModelError::Refused("The provider's content filter stopped the answer.".into())
                }
                Some("length") => garbled("it was cut off before its first word: it may need more tokens"),
                _ => garbled("it is empty"),
            });
        }
        let mut events: Vec<Event> = self.calls.finish()?.into_iter().map(Event::ToolCall).collect();
        events.extend(self.usage.map(|usage| {
            Event::Usage(types::Usage {
                input_tokens: usage.prompt_tokens.unwrap_or_default(),
                output_tokens: usage.completion_tokens.unwrap_or_default(),
            })
        }));
        events.push(Event::End);
        Ok(events)
    }
}
