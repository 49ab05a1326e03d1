//! Words for a person: days, lists, what was done, what failed.

mod due;
mod failure;
mod lists;
mod names;

pub use due::{day_words, due_words, task_due_words};
pub use failure::{declined, explain, is_transient, not_allowed};
pub use lists::{heading, none, numbered};
pub use names::{count, escaped, joined, quoted};
