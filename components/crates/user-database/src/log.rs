//! What went wrong, as one JSON line on stderr: the host adds the component and the instant.

use crate::error::Fault;

/// Writes the fault under the request's id. Values of parameters and rows are never part of it.
pub(crate) fn fault(request_id: &str, statement: &str, fault: &Fault) {
    let level = if matches!(fault, Fault::Unavailable { .. }) { "warn" } else { "error" };
    let message = escaped(&fault.to_string());
    let request_id = escaped(request_id);
    eprintln!(
        r#"{{"level":"{level}","message":"{message}","request_id":"{request_id}","statement":"{statement}"}}"#
    );
}

/// The text as it stands inside a JSON string (RFC 8259, section 7).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_not_end_its_string_or_its_line() {
        assert_eq!(escaped("a\"b\\c\nd\u{1b}"), r#"a\"b\\c d "#);
    }
}
