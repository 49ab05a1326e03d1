//! Reading single JSON values out of a text without building a tree of it.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A member that is there, whatever its value: `null` is not the same as left out.
pub(crate) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// The text of a JSON string; `None` for any other value, and for escapes that mean no character.
pub(crate) fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let inner = value.get().strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(value.get()).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

/// Whether a string in a valid JSON text has the character U+0000, which databases refuse (PostgreSQL does, in text and in
/// JSON).
pub(crate) fn has_nul(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, escape)) = rest.split_once('\\') {
        if escape.starts_with("u0000") {
            return true;
        }
        // What is escaped may be a backslash itself.
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

/// Whether the value is `null`.
pub(crate) fn is_null(value: &RawValue) -> bool {
    value.get() == "null"
}

/// Whether the value is an object.
pub(crate) fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}

/// What reading a JSON text into a tree would take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// How deep it nests.
    pub(crate) depth: usize,
    /// How many values are in it, those in other values counted too. Empty arrays and objects count as two.
    pub(crate) values: usize,
}

/// Measures a JSON text without reading it: looks at brackets and commas outside strings only; the text need not be valid.
pub(crate) fn shape(text: &[u8]) -> Shape {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut shape = Shape { depth: 0, values: 1 };
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                shape.depth = shape.depth.max(depth);
                shape.values += 1;
            }
            b',' if !in_string => shape.values += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_string_is_read_with_its_escapes() {
        assert_eq!(string(&raw(r#""tools/list""#)).as_deref(), Some("tools/list"));
        assert_eq!(string(&raw(r#""tools\/l\u0069st""#)).as_deref(), Some("tools/list"));
        assert_eq!(string(&raw(r#""""#)).as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_string_is_not_read_as_one() {
        for text in ["1", "null", "{}", r#"["a"]"#, r#""\ud800""#] {
            assert_eq!(string(&raw(text)), None, "{text}");
        }
    }

    #[test]
    fn a_nul_is_found_by_its_escape_alone() {
        for text in [r#""\u0000""#, r#"{"a\\\u0000":1}"#, r#"["\n","\u00e9\u0000"]"#] {
            assert!(has_nul(text), "{text}");
        }
        for text in [r#""\\u0000""#, r#""u0000""#, r#""\u0001""#, "", "\\"] {
            assert!(!has_nul(text), "{text}");
        }
    }

    #[test]
    fn depth_counts_brackets_outside_strings() {
        assert_eq!(shape(br#"{"a":["[[[[\"[[[["]}"#).depth, 2);
        assert_eq!(shape(br#"{"a":[[]]}"#).depth, 3);
        assert_eq!(shape(b"[][][][]]]]]").depth, 1);
    }

    #[test]
    fn no_value_is_left_out_of_the_count() {
        for (text, values) in
            [("7", 1), (r#""a,b,[""#, 1), ("[1,2]", 3), (r#"{"a":[1,{"b":2}]}"#, 5), ("[[],[]]", 5)]
        {
            assert_eq!(shape(text.as_bytes()).values, values, "{text}");
        }
    }
}
