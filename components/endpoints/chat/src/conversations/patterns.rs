//! Words to look for, as patterns of PostgreSQL.

/// The longest text to look for, in characters.
const MAX_TEXT_CHARACTERS: usize = 200;
/// The most words in it.
const MAX_WORDS: usize = 10;

/// For each word of a text the pattern of what has it, in any letter case.
///
/// # Errors
/// A sentence where there is no word, there are too many, or one that no message has.
pub fn patterns(text: &str) -> Result<Vec<Option<String>>, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        Err("This has no word to look for.".to_owned())
    } else if words.iter().any(|word| word.contains(char::is_control)) {
        Err("This has control characters, which no message has.".to_owned())
    } else if words.len() > MAX_WORDS || text.chars().count() > MAX_TEXT_CHARACTERS {
        Err(format!(
            "This is too long: at most {MAX_WORDS} words and {MAX_TEXT_CHARACTERS} characters are possible."
        ))
    } else {
        Ok(words.into_iter().map(|word| Some(pattern(word))).collect())
    }
}

/// What PostgreSQL takes for one character or many stands for itself in a word.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_its_characters_and_nothing_else() {
        let found = patterns(" 100%  a_b \\ ").unwrap();
        assert_eq!(found, ["%100\\%%", "%a\\_b%", "%\\\\%"].map(|pattern| Some(pattern.to_owned())));
    }

    #[test]
    fn a_text_without_a_word_and_one_that_is_too_long_are_refused() {
        for text in ["", "  ", "a\0b", &"a ".repeat(11), &"a".repeat(201)] {
            assert!(patterns(text).is_err(), "{text:?}");
        }
    }
}
