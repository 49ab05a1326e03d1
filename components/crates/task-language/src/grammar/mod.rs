//! The grammar: atoms, productions over them, and what they mean.

mod atoms;
mod chart;
mod make;
mod meaning;
mod pattern;
mod phrase;

pub use chart::Kind;
pub(crate) use make::*;
pub use meaning::{Length, PartOfDay, Time, Unit};
pub use phrase::Phrase;
pub(crate) use phrase::{length, phrase_at, phrases};

pub(crate) use pattern::{Productions, Rule};
