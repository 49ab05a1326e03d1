//! Finding what else is wrong with a document after reading stopped at its first fault.
//!
//! Reading stops where it can't go on, so a client would learn of one wrong member at a time. What is wrong is replaced by
//! something that can be read, and the rest is read again.

use problem_details::Violation;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{MAX_NAMED, violation};
use crate::pointer;

/// Longer documents are not repaired: it takes a tree of their values.
const MAX_BYTES: usize = 64 * 1024;

/// More values than this are not repaired either.
const MAX_COMMAS: usize = 2_000;

/// Every wrong member of a JSON text, in the order in which reading meets them; and, where nothing else is wrong with it,
/// the document with something readable in their places.
pub(super) fn find_violations<T: DeserializeOwned>(
    text: &[u8],
    first: Violation,
) -> (Vec<Violation>, Option<Value>) {
    let mut violations = vec![first];
    let commas = text.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if text.len() > MAX_BYTES || commas > MAX_COMMAS {
        return (violations, None);
    }
    let Ok(mut document) = serde_json::from_slice::<Value>(text) else { return (violations, None) };
    for _ in 0..=MAX_NAMED {
        // The first fault is found again; but a member that was there twice is there once now.
        let Some((place, message)) = find_violation::<T>(&document) else {
            return (violations, Some(document));
        };
        let found = violation(place, &message);
        let pointer = found.pointer.clone();
        if violations.iter().all(|known| known.pointer != pointer) {
            violations.push(found);
        }
        if !repair::<T>(&mut document, &pointer, &message) {
            break;
        }
    }
    (violations, None)
}

/// Where reading the document stops, and why.
fn find_violation<T: DeserializeOwned>(document: &Value) -> Option<(String, String)> {
    let error = serde_path_to_error::deserialize::<_, T>(document).err()?;
    Some((pointer::from_error_path(error.path()), error.into_inner().to_string()))
}

/// Puts a value at the pointer with which reading gets further; whether there is one.
fn repair<T: DeserializeOwned>(document: &mut Value, pointer: &str, message: &str) -> bool {
    // `unknown variant `x`, expected one of `high`, `low``: the first name will do.
    let name = message.rsplit_once("expected ").and_then(|(_, names)| names.split('`').nth(1));
    let values = [json!(null), json!(name.unwrap_or_default()), json!(0), json!(false), json!([]), json!({})];
    values.into_iter().any(|value| {
        put(document, pointer, value)
            && find_violation::<T>(document)
                .is_none_or(|(place, message)| violation(place, &message).pointer != pointer)
    })
}

/// Puts a value at a pointer, whose last member need not be there.
fn put(document: &mut Value, pointer: &str, value: Value) -> bool {
    let Some((parent, token)) = pointer.rsplit_once('/') else { return false };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.insert(token.replace("~1", "/").replace("~0", "~"), value);
            true
        }
        Some(Value::Array(items)) => {
            let item = token.parse::<usize>().ok().and_then(|index| items.get_mut(index));
            item.map(|item| *item = value).is_some()
        }
        _ => false,
    }
}
