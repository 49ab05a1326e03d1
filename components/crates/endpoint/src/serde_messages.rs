//! serde's messages in words for people: what has to be there, and what is there instead.

/// Longer messages are cut: they may quote the input.
const MAX_CHARACTERS: usize = 300;

/// The message as a sentence.
pub(crate) fn sentence(message: &str) -> String {
    wrong_type(message).or_else(|| unknown_name(message)).unwrap_or_else(|| capitalise(message))
}

/// `invalid type: integer `7`, expected a string`
fn wrong_type(message: &str) -> Option<String> {
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    // What was found may quote the input, commas and all.
    let (found, expected) = rest.rsplit_once(", expected ")?;
    Some(format!("It has to be {}, not {}.", describe_type(expected), describe_value(found)))
}

/// `unknown variant `asap`, expected one of `urgent`, `high``
fn unknown_name(message: &str) -> Option<String> {
    let (_, expected) = message.strip_prefix("unknown variant `")?.rsplit_once("`, expected ")?;
    let names = expected.strip_prefix("one of ").unwrap_or(expected);
    Some(format!(
        "It has to be {}{}.",
        if names == expected { "" } else { "one of " },
        names.replace('`', "")
    ))
}

/// Rust's name of a type.
fn describe_type(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 that is not too large",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number that is not too large",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}

/// serde's name of a value.
fn describe_value(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_matches('`');
    match kind {
        "null" | "Option" | "unit" => "null".to_owned(),
        "integer" | "floating" => format!("the number {}", value.trim_start_matches("point `")),
        "boolean" => value.to_owned(),
        "string" => "a string".to_owned(),
        "sequence" => "an array".to_owned(),
        "map" => "an object".to_owned(),
        _ => found.to_owned(),
    }
}

fn capitalise(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    let mut sentence: String = first.into_iter().chain(characters).take(MAX_CHARACTERS).collect();
    sentence.push(if sentence.chars().count() == MAX_CHARACTERS { '…' } else { '.' });
    sentence
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use task_names::Level;

    use super::*;

    /// Names as the enums of the product read them.
    mod task_names {
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub(super) enum Level {
            High,
            Low,
            None,
        }
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only what reading it says when it fails is of interest")]
    struct Everything {
        text: Option<String>,
        count: Option<u32>,
        change: Option<i64>,
        share: Option<f64>,
        is: Option<bool>,
        list: Option<Vec<String>>,
        level: Option<Level>,
        inner: Option<Box<Everything>>,
    }

    fn said(json: &str) -> String {
        let message = serde_json::from_str::<Everything>(json).unwrap_err().to_string();
        sentence(message.split(" at line ").next().unwrap())
    }

    #[test]
    fn a_person_learns_what_has_to_be_there() {
        for (json, sentence) in [
            (r#"{"text":7}"#, "It has to be a string, not the number 7."),
            (r#"{"text":1.5}"#, "It has to be a string, not the number 1.5."),
            (r#"{"text":["a"]}"#, "It has to be a string, not an array."),
            (r#"{"text":{"a":1}}"#, "It has to be a string, not an object."),
            (r#"{"text":true}"#, "It has to be a string, not true."),
            (r#"{"list":[null]}"#, "It has to be a string, not null."),
            (r#"{"list":"a, expected b"}"#, "It has to be an array, not a string."),
            (
                r#"{"count":-1}"#,
                "It has to be a whole number from 0 that is not too large, not the number -1.",
            ),
            (r#"{"change":"1"}"#, "It has to be a whole number that is not too large, not a string."),
            (r#"{"share":"1"}"#, "It has to be a number, not a string."),
            (r#"{"is":"yes"}"#, "It has to be true or false, not a string."),
            (r#"{"inner":"yes"}"#, "It has to be an object, not a string."),
            (r#"{"level":"HIGH"}"#, "It has to be one of high, low, none."),
        ] {
            assert_eq!(said(json), sentence, "{json}");
        }
    }

    #[test]
    fn any_other_message_stays_short() {
        assert_eq!(sentence("something else"), "Something else.");
        assert!(sentence(&"x".repeat(10_000)).chars().count() <= MAX_CHARACTERS + 1);
    }
}
