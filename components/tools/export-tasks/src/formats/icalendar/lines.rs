//! Content lines (RFC 5545, section 3.1). The crate that reads calendars could write them too; but it looks at a whole line for each piece that it
//! folds, which for the longest notes takes longer than a request may.

/// The most octets of a line, without its end.
const MAX_LINE_OCTETS: usize = 75;

/// Lines as they grow.
#[derive(Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a property whose value is written as it has to be: `DUE;VALUE=DATE`, `20261201`.
    pub fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if octets + character.len_utf8() > MAX_LINE_OCTETS {
                self.0.push_str("\r\n ");
                // The space counts.
                octets = 1;
            }
            self.0.push(character);
            octets += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property whose value is text.
    pub fn add_text(&mut self, name: &str, text: &str) {
        self.add(name, &escaped(text));
    }

    /// Adds a property whose value is a list of texts.
    pub fn add_texts(&mut self, name: &str, texts: &[String]) {
        let texts: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        self.add(name, &texts.join(","));
    }

    /// All of them.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// Text in which nothing means anything else (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ',' | ';' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            // Half of an end of a line.
            '\r' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, text: &str) -> String {
        let mut lines = Lines::default();
        lines.add_text(name, text);
        lines.into_text()
    }

    #[test]
    fn a_long_line_is_cut_between_characters_and_comes_back_whole() {
        for text in
            ["ü".repeat(300), "long words ".repeat(40), "a".repeat(67), "a".repeat(68), "😀".repeat(10_000)]
        {
            let lines = written("SUMMARY", &text);
            assert!(lines.split("\r\n").all(|line| line.len() <= MAX_LINE_OCTETS), "{lines}");
            assert_eq!(lines.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
        }
        assert_eq!(written("SUMMARY", &"a".repeat(67)).matches("\r\n").count(), 1, "75 octets are one line");
        assert_eq!(written("SUMMARY", &"a".repeat(68)).matches("\r\n").count(), 2);
    }

    #[test]
    fn what_people_write_can_not_end_a_line() {
        assert_eq!(written("A", "a, b; c\\d\r\nEND:VTODO"), "A:a\\, b\\; c\\\\d\\nEND:VTODO\r\n");
    }
}
