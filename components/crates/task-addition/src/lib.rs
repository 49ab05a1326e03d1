//! Adds a task: its input checked, one statement, and how much room the caller's list has.
//!
//! Tools are composed into endpoints and can't call each other, so what more than one of them does to add a task is here, once.

#![warn(missing_docs)]

mod arguments;
mod insert_task;
mod quota;

pub use arguments::{Arguments, Attempt, check};
pub use insert_task::{find_earlier, insert, insert_task};
