//! Words: what was typed, and the key that rules match.

use super::spelling;

/// One word, or one quoted span.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As typed, without what closes it.
    pub text: String,
    /// What rules match: lower case, no apostrophes, usual misspellings mended. Empty for a quoted span.
    pub key: String,
    /// The punctuation that follows, `\n` for the end of a line.
    pub trail: String,
    /// It stood between quotation marks.
    pub quoted: bool,
}

/// More than this many characters of a message are not read: nobody says more to a task list, and time is finite.
pub const MAX_CHARACTERS: usize = 4_000;

/// What closes a word and is not part of it.
const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', '…', '\n', '\r'];

impl Word {
    fn quote(text: &str) -> Word {
        Word { text: text.trim().to_owned(), key: String::new(), trail: String::new(), quoted: true }
    }

    fn plain(text: &str, trail: &str) -> Word {
        let bare = text.trim_matches(|c: char| "()[]{}\"“”«»*".contains(c));
        let bare = if bare.is_empty() { text } else { bare };
        let mut key: String =
            bare.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).collect();
        if let Some(corrected) = spelling::corrected(&key) {
            key = corrected.to_owned();
        }
        Word { text: text.to_owned(), key, trail: trail.to_owned(), quoted: false }
    }

    /// This word is one of these.
    pub fn is(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key.as_str())
    }

    /// A colon follows.
    pub fn has_colon(&self) -> bool {
        self.trail.contains(':')
    }
}

/// Splits what was typed into words.
pub fn words(typed: &str) -> Vec<Word> {
    let shouted = is_shouted(typed);
    let typed: String = typed.chars().take(MAX_CHARACTERS).map(plain_character).collect();
    let typed = if shouted { typed.to_lowercase() } else { typed };
    let mut words: Vec<Word> = Vec::new();
    for line in typed.lines() {
        let before = words.len();
        line_words(without_bullet(line), &mut words);
        if words.len() > before {
            add_trail(&mut words, "\n");
        }
    }
    words
}

fn line_words(line: &str, words: &mut Vec<Word>) {
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some((inside, after)) = quoted(rest, first) {
            words.push(Word::quote(inside));
            let (trail, after) = closing(after);
            add_trail(words, trail);
            rest = after.trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(end);
        rest = after.trim_start();
        let text = chunk.trim_end_matches(CLOSING);
        let trail = chunk.strip_prefix(text).unwrap_or_default();
        if text.is_empty() {
            add_trail(words, trail);
        } else {
            words.push(Word::plain(text, trail));
        }
    }
}

/// Punctuation on its own belongs to the word before it.
fn add_trail(words: &mut [Word], trail: &str) {
    if let Some(last) = words.last_mut() {
        last.trail.push_str(trail);
    }
}

/// The punctuation at the start of `text`, and what follows it.
fn closing(text: &str) -> (&str, &str) {
    let after = text.trim_start_matches(CLOSING);
    text.split_at(text.len() - after.len())
}

/// The inside of a quotation that starts here, and what follows it.
fn quoted(text: &str, first: char) -> Option<(&str, &str)> {
    let end = match first {
        '"' => '"',
        '“' | '„' | '”' => '”',
        '«' => '»',
        '\'' => '\'',
        _ => return None,
    };
    let inner = text.get(first.len_utf8()..)?;
    let close = inner
        .char_indices()
        .find(|&(at, c)| {
            let closes = c == end || (first == '“' && c == '"') || (first == '„' && c == '“');
            // An apostrophe inside a word does not close a quotation.
            let after = inner.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            closes && (end != '\'' || !after.is_some_and(char::is_alphanumeric))
        })
        .map(|(at, _)| at)?;
    let inside = inner.get(..close)?;
    if inside.trim().is_empty() {
        return None;
    }
    let after = inner.get(close..)?.chars().next().map_or(0, char::len_utf8);
    Some((inside, inner.get(close + after..)?))
}

/// A line without what marks it as an item of a list: `-`, `*`, `•`, `1.`, `[ ]`.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(['•', '·', '▪', '◦']);
    let bare = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("* ")).unwrap_or(bare).trim_start();
    let bare = bare.strip_prefix("[ ] ").unwrap_or(bare);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match bare.split_at_checked(digits) {
        Some((number, rest)) if !number.is_empty() && number.len() < 3 => {
            rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).unwrap_or(bare).trim_start()
        }
        _ => bare,
    }
}

fn plain_character(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' => '\'',
        '\n' => '\n',
        c if c.is_control() || c.is_whitespace() => ' ',
        c => c,
    }
}

/// Nothing but capitals: the case says nothing then.
fn is_shouted(typed: &str) -> bool {
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 8 && !typed.chars().any(char::is_lowercase)
}

/// The words as a person would write them, without the punctuation at the end.
pub fn join(words: &[Word]) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        if word.quoted && words.len() > 1 {
            text.push('“');
            text.push_str(&word.text);
            text.push('”');
        } else {
            text.push_str(&word.text);
        }
        if at + 1 < words.len() {
            text.extend(word.trail.chars().filter(|c| !matches!(c, '\n' | '\r')));
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || "-–—,;:".contains(c)).to_owned()
}
