//! A record as JSON.

use log::Record;
use log::kv::{Error, Key, Value, VisitSource};

/// The record as one line: level, component and message, then its values as strings.
pub(crate) fn from_record(component: &str, record: &Record<'_>) -> String {
    let mut line = format!(r#"{{"level":"{}""#, record.level().as_str().to_ascii_lowercase());
    write_member(&mut line, "component", component);
    write_member(&mut line, "message", &record.args().to_string());
    // What a value has to say is its `Display`, which does not fail.
    let _ = record.key_values().visit(&mut Members(&mut line));
    line.push('}');
    line
}

/// Writes the values of a record as members.
struct Members<'l>(&'l mut String);

impl<'kvs> VisitSource<'kvs> for Members<'_> {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        write_member(self.0, key.as_str(), &value.to_string());
        Ok(())
    }
}

fn write_member(line: &mut String, name: &str, text: &str) {
    line.push_str(",\"");
    write_escaped(line, name);
    line.push_str("\":\"");
    write_escaped(line, text);
    line.push('"');
}

/// The text as it stands inside a JSON string (RFC 8259, section 7). What could end the line or steer a terminal becomes a
/// blank.
fn write_escaped(line: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            control if control.is_control() => line.push(' '),
            other => line.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use log::Level;
    use serde_json::{Value, json};

    use super::*;

    fn line(message: &str, values: &[(&str, &str)]) -> Value {
        let text = from_record(
            "add-task",
            &Record::builder().level(Level::Warn).args(format_args!("{message}")).key_values(&values).build(),
        );
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn a_line_says_how_bad_it_is_who_writes_it_what_happened_and_in_which_request() {
        assert_eq!(
            line("the database is out of reach", &[("request_id", "r-1"), ("statement", "add_task")]),
            json!({
                "level": "warn", "component": "add-task", "message": "the database is out of reach",
                "request_id": "r-1", "statement": "add_task",
            })
        );
    }

    #[test]
    fn a_line_about_no_request_has_no_request_id() {
        let line = line("the variable x is empty", &[]);
        assert_eq!(line.as_object().unwrap().len(), 3);
    }

    #[test]
    fn a_text_can_not_end_its_string_or_its_line() {
        let line = line("a\"b\\c\nd\u{1b}é", &[("request_id", "\",\"level\":\"error")]);
        assert_eq!((&line["message"], &line["level"]), (&json!("a\"b\\c d é"), &json!("warn")));
        assert_eq!(line["request_id"], "\",\"level\":\"error");
    }
}
