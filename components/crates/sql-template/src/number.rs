//! Named parameters as numbers.

use crate::names::Names;
use crate::output::Output;
use crate::scan::{Kind, name_in, next};

/// The names of a statement's parameters in the order in which they are met, which is that of their numbers.
#[must_use]
pub const fn names(text: &str) -> Names<'_> {
    let mut names = Names::new();
    let mut rest = text.as_bytes();
    while let Some((kind, token, behind)) = next(rest) {
        if matches!(kind, Kind::Parameter) && names.position(name_in(token)).is_none() {
            names.push(name_in(token));
        }
        rest = behind;
    }
    names
}

/// Whether a statement has parameters by number.
#[must_use]
pub const fn has_numbers(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some((kind, _, behind)) = next(rest) {
        if matches!(kind, Kind::Number) {
            return true;
        }
        rest = behind;
    }
    false
}

/// The statement with numbers in place of names, `$1` for the first. [`crate::template!`] calls it twice: for the length, and
/// for the text.
#[must_use]
pub const fn number<const CAPACITY: usize>(text: &str) -> Output<CAPACITY> {
    let names = names(text);
    let mut output = Output::new();
    let mut rest = text.as_bytes();
    while let Some((kind, token, behind)) = next(rest) {
        match kind {
            Kind::Parameter => push_number(&mut output, number_of(&names, token)),
            _ => output.push(token),
        }
        rest = behind;
    }
    output
}

/// The statement with numbers in place of names, for a text that is put together while the program runs.
#[must_use]
pub fn numbered(text: &str) -> String {
    let names = names(text);
    let mut sql = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((kind, token, _)) = next(rest.as_bytes()) {
        // Characters of more than one byte are tokens of one byte each: the whole character is taken.
        let length = (token.len()..=rest.len()).find(|length| rest.is_char_boundary(*length));
        let (token, behind) = rest.split_at(length.unwrap_or(rest.len()));
        match kind {
            Kind::Parameter => {
                sql.push('$');
                sql.push_str(&number_of(&names, token.as_bytes()).to_string());
            }
            _ => sql.push_str(token),
        }
        rest = behind;
    }
    sql
}

/// The number of a parameter; 0, which PostgreSQL refuses, for one too many.
const fn number_of(names: &Names<'_>, token: &[u8]) -> u8 {
    match names.position(name_in(token)) {
        // There are no more than 32.
        Some(position) => position as u8 + 1,
        None => 0,
    }
}

/// Writes a number below 100.
const fn push_number<const CAPACITY: usize>(output: &mut Output<CAPACITY>, number: u8) {
    output.push(b"$");
    if number >= 10 {
        output.push(&[b'0' + number / 10]);
    }
    output.push(&[b'0' + number % 10]);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- :not_this one\nSELECT :b::text, ':no', :a, :b, 'ä' AS ü";

    #[test]
    fn parameters_are_numbered_as_they_are_met_and_again_by_the_same_number() {
        const SQL: &str = "-- :not_this one\nSELECT $1::text, ':no', $2, $1, 'ä' AS ü";
        assert_eq!(numbered(TEXT), SQL);
        assert_eq!(number::<100>(TEXT).as_str(), SQL);
        assert_eq!(names(TEXT).as_slice(), ["b", "a"]);
    }

    #[test]
    fn a_number_may_have_two_digits() {
        let text: String = (1..=21).map(|name| format!(":p{name} ")).collect();
        assert!(numbered(&text).ends_with("$9 $10 $11 $12 $13 $14 $15 $16 $17 $18 $19 $20 $21 "));
        assert_eq!(number::<100>(&text).as_str(), numbered(&text));
    }

    #[test]
    fn a_statement_with_numbers_is_known_and_left_as_it_is() {
        assert!(has_numbers("SELECT $1"));
        assert!(!has_numbers("SELECT ':a $1' -- $2"));
        assert_eq!(numbered("SELECT $2, $1"), "SELECT $2, $1");
    }
}
