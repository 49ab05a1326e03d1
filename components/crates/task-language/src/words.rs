//! Words: what was typed, where it stands, and the key that rules match.

use crate::spelling;

/// One word, or one quoted span.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word {
    /// As typed, without what closes it.
    pub text: String,
    /// What rules match: lower case, no apostrophes, usual misspellings mended. Empty for a quoted span.
    pub key: String,
    /// The punctuation that follows, `\n` for the end of a line.
    pub trail: String,
    /// It stood between quotation marks.
    pub quoted: bool,
    /// It is a word of the title, whatever it looks like: a person took back what it was read as. Its key is empty.
    pub plain: bool,
    /// It is the first of an item: a bullet or a number stood before it.
    pub item: bool,
    /// The character that it begins at, counted from the start of the message.
    pub start: usize,
    /// The character after its last one.
    pub end: usize,
}

/// More than this many characters of a message are not read: nobody says more to a task list, and time is finite.
pub const MAX_CHARACTERS: usize = 4_000;

/// What closes a word and is not part of it.
const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', '…', '\n', '\r'];

impl Word {
    /// A word that was typed, and what closed it.
    fn plain(text: &str, trail: &str) -> Word {
        let bare = text.trim_matches(|c: char| "()[]{}\"“”«»*¿¡".contains(c));
        let bare = if bare.is_empty() { text } else { bare };
        let mut key: String =
            bare.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '´')).collect();
        if let Some(corrected) = spelling::corrected(&key) {
            key = corrected.to_owned();
        }
        Word { text: text.to_owned(), key, trail: trail.to_owned(), ..Word::default() }
    }

    /// This word is one of these.
    #[must_use]
    pub fn is(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key.as_str())
    }

    /// A colon follows.
    #[must_use]
    pub fn has_colon(&self) -> bool {
        self.trail.contains(':')
    }

    /// It begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Splits what was typed into words.
#[must_use]
pub fn words(typed: &str) -> Vec<Word> {
    let shouted = is_shouted(typed);
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let typed: Vec<char> = typed
        .chars()
        .take(MAX_CHARACTERS)
        .map(plain_character)
        .map(|c| if shouted { lower(c) } else { c })
        .collect();
    let mut words: Vec<Word> = Vec::new();
    let mut start = 0;
    for line in typed.split(|c| *c == '\n') {
        let before = words.len();
        let skipped = bullet(line);
        read_line(line.get(skipped..).unwrap_or_default(), start + skipped, &mut words);
        if let Some(first) = words.get_mut(before) {
            first.item = skipped > 0;
        }
        if words.len() > before {
            add_trail(&mut words, "\n");
        }
        start += line.len() + 1;
    }
    number_items(&mut words);
    words
}

fn read_line(line: &[char], offset: usize, words: &mut Vec<Word>) {
    let mut at = 0;
    while let Some(first) = line.get(at) {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        if let Some(end) = quotation(rest) {
            let inside: String = rest.get(1..end).unwrap_or_default().iter().collect();
            let text = inside.trim().to_owned();
            words.push(Word {
                text,
                quoted: true,
                start: offset + at,
                end: offset + at + end + 1,
                ..Word::default()
            });
            at += end + 1;
            let closing: String =
                line.get(at..).unwrap_or_default().iter().take_while(|c| CLOSING.contains(c)).collect();
            at += closing.chars().count();
            add_trail(words, &closing);
            continue;
        }
        let chunk: String = rest.iter().take_while(|c| !c.is_whitespace()).collect();
        let text = chunk.trim_end_matches(CLOSING);
        let trail = chunk.strip_prefix(text).unwrap_or_default();
        if text.is_empty() {
            add_trail(words, trail);
        } else {
            let start = offset + at;
            words.push(Word { start, end: start + text.chars().count(), ..Word::plain(text, trail) });
        }
        at += chunk.chars().count();
    }
}

/// Punctuation on its own belongs to the word before it.
fn add_trail(words: &mut [Word], trail: &str) {
    if let Some(last) = words.last_mut() {
        last.trail.push_str(trail);
    }
}

/// Where the quotation that starts here ends.
fn quotation(text: &[char]) -> Option<usize> {
    let first = *text.first()?;
    let end = match first {
        '"' => '"',
        '“' | '„' | '”' => '”',
        '«' => '»',
        '\'' => '\'',
        '‘' => '’',
        _ => return None,
    };
    let close = text.iter().enumerate().skip(1).position(|(at, c)| {
        let closes = *c == end || (first == '“' && *c == '"') || (first == '„' && *c == '“');
        // An apostrophe inside a word does not close a quotation.
        closes && (!matches!(end, '\'' | '’') || !text.get(at + 1).is_some_and(|next| next.is_alphanumeric()))
    })? + 1;
    let inside = text.get(1..close)?;
    inside.iter().any(|c| !c.is_whitespace()).then_some(close)
}

/// How many characters mark this line as an item of a list: `-`, `*`, `•`, `1.`, `[ ]`.
fn bullet(line: &[char]) -> usize {
    let blank = |at: usize| line.iter().skip(at).take_while(|c| c.is_whitespace()).count();
    let is = |at: usize, text: &str| text.chars().enumerate().all(|(n, c)| line.get(at + n) == Some(&c));
    let mut at = blank(0);
    let digits = line.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
    let mark = if (1..=2).contains(&digits) && (is(at + digits, ". ") || is(at + digits, ") ")) {
        digits + 2
    } else if line.get(at).is_some_and(|c| "•·▪◦".contains(*c)) {
        1
    } else if ["- ", "* ", "– "].iter().any(|mark| is(at, mark)) {
        2
    } else {
        0
    };
    at += mark;
    let boxed = ["[ ] ", "[] ", "☐ "]
        .iter()
        .find(|mark| is(at + blank(at), mark))
        .map(|mark| blank(at) + mark.chars().count());
    at += boxed.unwrap_or(0);
    if mark == 0 && boxed.is_none() { 0 } else { at }
}

/// "1) buy nails 2) call Tom": numbers that count on are marks of items.
fn number_items(words: &mut Vec<Word>) {
    let number = |word: &Word| {
        let digits = word
            .text
            .strip_suffix(')')
            .map(|text| text.strip_prefix('(').unwrap_or(text))
            .or_else(|| word.trail.starts_with('.').then_some(word.text.as_str()))?;
        digits.parse::<usize>().ok().filter(|_| !word.quoted)
    };
    let mut next = 1 + usize::from(words.first().is_some_and(|word| word.item));
    let mut marks = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if number(word) == Some(next) && at + 1 < words.len() {
            marks.push(at);
            next += 1;
        }
    }
    if next < 3 {
        return;
    }
    for at in marks.into_iter().rev() {
        words.remove(at);
        if let Some(first) = words.get_mut(at) {
            first.item = true;
        }
    }
}

fn plain_character(c: char) -> char {
    match c {
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
#[must_use]
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
