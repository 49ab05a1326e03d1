//! The models that can answer, and which of them does.

mod choice;
mod fallback;

pub use choice::{ModelChoice, transcribe};

/// What a conversation with a model is made of (`todo:model/types`).
pub use choice::types;

use types::{Event, Turn};

/// What the assistant is told. Rules need no instructions; a language model does.
pub const INSTRUCTIONS: &str = include_str!("instructions.md");

/// A model.
pub trait Model {
    /// Its answer, while it arrives.
    type Answer: Answer;

    /// Continues a conversation by one turn.
    async fn respond(&self, turn: Turn) -> Self::Answer;
}

/// An answer that arrives event by event.
pub trait Answer {
    /// The next event; `None` when the model stopped without a last one.
    async fn next(&mut self) -> Option<Event>;
}
