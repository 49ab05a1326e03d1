//! The title of a conversation, made from its first message.

/// A title is cut after this many characters.
const LENGTH: usize = 60;

/// The first line of a message, cut between words.
pub fn from_message(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("…");
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().nth(LENGTH).is_none() {
        return line;
    }
    let cut: String = line.chars().take(LENGTH).collect();
    // A single long word is cut within.
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', '.', ':']))
}

#[cfg(test)]
mod tests {
    use super::from_message;

    #[test]
    fn a_title_is_the_first_line_cut_between_words() {
        for (message, title) in [
            ("add milk", "add milk"),
            ("\n  add \t milk  \nand more", "add milk"),
            (
                "remind me to call the dentist about the appointment next week, please",
                "remind me to call the dentist about the appointment next…",
            ),
        ] {
            assert_eq!(from_message(message), title);
        }
        assert_eq!(from_message(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
    }
}
