//! From what a person typed to words that rules can match.

mod clauses;
mod patterns;
mod politeness;
mod spelling;
mod verbs;
mod words;

pub use clauses::clauses;
pub use patterns::{Match, Patterns};
pub use politeness::without_politeness;
pub use verbs::{base_form, gerund_base, is_task_verb};
pub use words::{MAX_CHARACTERS, Word, join, words};
