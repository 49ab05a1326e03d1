//! What tools use to describe themselves.

use crate::types::{Example, Wording};

/// An example: something a person says, and the input that does it, as a JSON object.
#[must_use]
pub fn example(request: &str, arguments: &str) -> Example {
    Example { request: request.to_owned(), arguments: arguments.to_owned() }
}

/// What a person is told of a call: what it does to a task, while it runs, afterwards. `{tasks}` stands for the tasks.
#[must_use]
pub fn wording(verb: &str, running: &str, done: &str) -> Wording {
    Wording { verb: verb.to_owned(), running: running.to_owned(), done: done.to_owned() }
}
