//! Words for finding tasks. Both sides, what is stored and what is looked for, are split and folded here, so that
//! finding is the same on every database server, whatever its locale.
//!
//! Letter case and accents don't count: `cafe` finds `Café`. Scripts written without spaces are split into single
//! characters, so that any part of a sentence is found.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest text to look for, in characters.
pub const MAX_QUERY_CHARACTERS: usize = 200;
/// How much of a word counts, in characters. PostgreSQL takes words of up to 2,046 bytes.
const MAX_WORD_CHARACTERS: usize = 64;
/// The highest place of a word that PostgreSQL tells apart.
const MAX_POSITION: usize = 16_383;

/// Where words stand: what weighs more ranks higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// In the title.
    Title,
    /// Among the labels.
    Labels,
    /// In the notes.
    Notes,
}

/// The text without letter case and accents.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

/// The words of a text, folded, in order.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    for run in folded.split(|character: char| !character.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut word = String::new();
        for character in run.chars() {
            if stands_alone(character) {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                words.push(character.to_string());
            } else if word.chars().count() < MAX_WORD_CHARACTERS {
                word.push(character);
            }
        }
        words.extend((!word.is_empty()).then_some(word));
    }
    words
}

/// The words of a text as a `tsvector` in PostgreSQL's text form. Words hold letters and digits only, so nothing
/// needs escaping.
#[must_use]
pub fn vector(text: &str, weight: Weight) -> String {
    let letter = match weight {
        Weight::Title => "A",
        Weight::Labels => "B",
        Weight::Notes => "D",
    };
    let mut vector = String::new();
    for (index, word) in words(text).iter().enumerate() {
        // Writing to a string can't fail.
        let _ = write!(vector, "'{word}':{}{letter} ", (index + 1).min(MAX_POSITION));
    }
    vector
}

/// What finds the texts in which every one of these words begins a word, as a `tsquery` in PostgreSQL's text
/// form; `None` when the text holds no word.
#[must_use]
pub fn prefixes(text: &str) -> Option<String> {
    joined(text, ":*", " & ")
}

/// What finds the texts that have any of these words whole, as a `tsquery`. For ranking.
#[must_use]
pub fn whole_words(text: &str) -> Option<String> {
    joined(text, "", " | ")
}

fn joined(text: &str, suffix: &str, operator: &str) -> Option<String> {
    let parts: Vec<String> = words(text).iter().map(|word| format!("'{word}'{suffix}")).collect();
    (!parts.is_empty()).then(|| parts.join(operator))
}

/// Letters of scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits_without_case_and_accents() {
        assert_eq!(words("Buy: Café-Crème, 2kg (ÉCLAIR)!"), ["buy", "cafe", "creme", "2kg", "eclair"]);
        assert_eq!(words("ﬁle Straße"), ["file", "straße"]);
        assert!(words("!?… 🎂").is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_found_by_any_part() {
        assert_eq!(words("牛乳を買う"), ["牛", "乳", "を", "買", "う"]);
        assert_eq!(words("A4紙2枚"), ["a4", "紙", "2", "枚"]);
    }

    #[test]
    fn the_database_forms_are_as_postgresql_reads_them() {
        assert_eq!(vector("Buy milk", Weight::Title), "'buy':1A 'milk':2A ");
        assert_eq!(prefixes("buy mil").as_deref(), Some("'buy':* & 'mil':*"));
        assert_eq!(whole_words("buy mil").as_deref(), Some("'buy' | 'mil'"));
        assert_eq!(prefixes(" - "), None);
    }

    #[test]
    fn a_long_word_is_cut_on_both_sides_alike() {
        let long = "x".repeat(500);
        assert_eq!(words(&long), words(&format!("{long}yz")));
    }

    proptest! {
        #[test]
        fn no_text_escapes_its_quotes(text in "\\PC{0,80}") {
            for word in words(&text) {
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let words_once = words(&text);
            prop_assert_eq!(words(&words_once.join(" ")), words_once);
        }
    }
}
