//! Repetitions and sequences in passwords (NIST SP 800-63B, section 3.1.1.2).

use std::collections::HashSet;

/// Rows of keyboards (QWERTY, QWERTZ, AZERTY) along which fingers run.
const ROWS: [&str; 8] =
    ["1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm"];

/// The shortest part of which the whole is a repetition, the last one perhaps broken off; the whole when it is none. A
/// repetition is as good as this part.
pub fn repeated_unit(characters: &[char]) -> &[char] {
    let length = characters.len();
    let is_unit =
        |size: &usize| characters.iter().zip(characters.iter().skip(*size)).all(|(one, next)| one == next);
    let size = (1..=length / 2).find(is_unit).unwrap_or(length);
    characters.get(..size).unwrap_or(characters)
}

/// Whether it is made of three different characters or fewer.
pub fn has_few_characters(characters: &[char]) -> bool {
    characters.iter().collect::<HashSet<_>>().len() <= 3
}

/// Whether nearly every character follows from the one before: the same, the next or the previous in the alphabet, the
/// digits or a row of the keyboard.
pub fn is_sequence(characters: &[char]) -> bool {
    let steps = characters.iter().zip(characters.iter().skip(1));
    let breaks = steps.filter(|(one, next)| !follows(**one, **next)).count();
    // `abcd1234` has one in eight characters.
    breaks.saturating_mul(4) < characters.len()
}

fn follows(one: char, next: char) -> bool {
    let is_neighbour = |row: &&str| {
        let place = |character| row.chars().position(|other| other == character);
        matches!((place(one), place(next)), (Some(one), Some(next)) if one.abs_diff(next) <= 1)
    };
    u32::from(one).abs_diff(u32::from(next)) <= 1 || ROWS.iter().any(is_neighbour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_shortest_part_that_is_repeated_is_found() {
        for (text, unit) in [("aaaa", "a"), ("abab", "ab"), ("abcabcab", "abc"), ("abcd", "abcd"), ("", "")] {
            assert_eq!(repeated_unit(&characters(text)), characters(unit), "{text}");
        }
    }

    #[test]
    fn fingers_that_run_make_a_sequence_and_words_do_not() {
        for text in ["12345678", "hgfedcba", "qwertyui", "abcd1234", "0987654321", "123qweasd"] {
            assert!(is_sequence(&characters(text)), "{text}");
        }
        for text in ["long enough", "no moon on a roof", "correct horse"] {
            assert!(!is_sequence(&characters(text)), "{text}");
        }
    }
}
