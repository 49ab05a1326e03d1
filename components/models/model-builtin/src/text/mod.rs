//! From words to patterns of requests.

mod clauses;
mod patterns;
mod politeness;

pub use clauses::clauses;
pub use patterns::{Match, Patterns};
pub use politeness::without_politeness;
pub use task_language::{MAX_CHARACTERS, Word, base_form, gerund_base, is_task_verb, join, words};
