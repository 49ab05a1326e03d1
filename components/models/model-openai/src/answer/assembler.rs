//! An answer of Chat Completions: its pieces in, events out.

use super::Assemble;
use super::calls::{self, Calls};
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
}

impl Assemble for Assembler {
    fn accept(&mut self, data: &str) -> Result<Vec<Event>, ModelError> {
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

    fn close(&mut self) {
        self.is_closed = true;
    }

    fn finish(self) -> Result<Vec<Event>, ModelError> {
        if self.finish_reason.is_none() && !self.is_closed {
            return Err(interrupted());
        }
        let usage = self.usage.map(|usage| types::Usage {
            input_tokens: usage.prompt_tokens.unwrap_or_default(),
            output_tokens: usage.completion_tokens.unwrap_or_default(),
        });
        calls::end(self.calls, self.has_words, self.finish_reason.as_deref(), usage)
    }
}
