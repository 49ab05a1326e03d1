//! What tools use to describe themselves.

use crate::types::Example;

/// An example: something a person says, and the input that does it, as a JSON object.
#[must_use]
pub fn example(request: &str, arguments: &str) -> Example {
    Example { request: request.to_owned(), arguments: arguments.to_owned() }
}
