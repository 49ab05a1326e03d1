//! Titles: what is left when everything that says how and when is taken away.

use crate::verbs::is_task_verb;
use crate::words::{Word, join};

/// Words that lead into a title and are not part of it.
const LEADING: &[&str] =
    &["to", "that", "about", "and", "also", "called", "named", "titled", "saying", "please", "pls", "then"];

/// Words that say nothing before a verb: "probably book the vet", "2 pick up the kids".
const WEAK: &[&str] = &[
    "probably",
    "really",
    "definitely",
    "just",
    "maybe",
    "quickly",
    "finally",
    "still",
    "actually",
    "2",
    "too",
    "soon",
];

/// Words that hang in the air when the date after them is gone.
const TRAILING: &[&str] = &[
    "on", "at", "by", "and", "due", "also", "please", "pls", "then", "is", "its", "starting", "before",
    "until",
];

/// A title from the words that are left; `None` when nothing is.
pub fn title(words: &[Word]) -> Option<String> {
    let mut rest = words;
    if let [only] = rest
        && only.quoted
    {
        return Some(only.text.clone());
    }
    while let Some((first, more)) = rest.split_first()
        && !more.is_empty()
        && (first.is(LEADING)
            || (first.key.is_empty() && !first.quoted)
            || (first.is(WEAK) && more.first().is_some_and(|next| is_task_verb(&next.key))))
    {
        // "about the parents' evening" is about an evening.
        rest = match more.split_first() {
            Some((article, after))
                if first.is(&["about"]) && article.is(&["the", "my"]) && !after.is_empty() =>
            {
                after
            }
            _ => more,
        };
    }
    if let [only] = rest
        && only.quoted
    {
        return Some(only.text.clone());
    }
    let text = capitalised(&join(rest));
    text.chars().any(char::is_alphanumeric).then_some(text)
}

/// The words without those that hang in the air when the date after them is gone.
pub fn without_loose_end(words: &[Word]) -> &[Word] {
    match words.split_last() {
        Some((last, more)) if !more.is_empty() && last.is(TRAILING) => without_loose_end(more),
        _ => words,
    }
}

/// With a capital at the start, unless the first word has its own capitals ("iPhone").
pub fn capitalised(text: &str) -> String {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !first_word.chars().skip(1).any(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
