//! A statement as a span may show it: what it does, without any value in it.

use crate::scan::scan;
use sqlparser::tokenizer::Token;

/// Longest text that is kept, in bytes.
const MAX_TEXT: usize = 2048;
/// What changes data, in the order in which one of them names the whole statement.
const WRITES: [&str; 4] = ["INSERT", "UPDATE", "DELETE", "MERGE"];

/// A statement's operation and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlText {
    /// The first verb that changes data, wherever it stands, else the first word; in capitals.
    pub operation: String,
    /// The statement on one line: no comments, `?` for each literal. Parameters are `$1` and so on.
    pub text: String,
}

impl SqlText {
    /// Reads one statement. What PostgreSQL would refuse may come out shortened, never with a value in it.
    pub fn new(sql: &str) -> Self {
        let scanned = scan(sql);
        let mut text = String::with_capacity(sql.len().min(MAX_TEXT));
        let (mut first, mut write, mut is_number) = (None, None, false);
        for token in &scanned.tokens {
            let was_number = std::mem::replace(&mut is_number, matches!(token, Token::Number(..)));
            let shown = match token {
                Token::Whitespace(_) => " ".to_owned(),
                // The rest of a number of a kind that is not known, such as `0b101`.
                Token::Word(word) if was_number && word.quote_style.is_none() => continue,
                Token::Word(word) => {
                    if word.quote_style.is_none() {
                        first.get_or_insert(word.value.as_str());
                        write = write.or_else(|| verb_that_writes(&word.value));
                    }
                    word.to_string()
                }
                Token::Placeholder(parameter) => parameter.clone(),
                other => shown_unless_literal(other),
            };
            let is_second_blank = shown == " " && (text.is_empty() || text.ends_with(' '));
            if text.len() < MAX_TEXT && !is_second_blank {
                text.push_str(&shown);
            }
        }
        if !scanned.is_whole && !text.is_empty() {
            text.push('?');
        }
        let operation = match write {
            Some(verb) => verb.to_owned(),
            // What follows WITH reads when it does not write.
            None if first.is_some_and(|word| word.eq_ignore_ascii_case("WITH")) => "SELECT".to_owned(),
            None => first.unwrap_or("").to_ascii_uppercase(),
        };
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        Self { operation, text: text.trim_end().to_owned() }
    }
}

fn verb_that_writes(word: &str) -> Option<&'static str> {
    WRITES.into_iter().find(|verb| verb.eq_ignore_ascii_case(word))
}

/// Operators and punctuation as they are. What has letters, digits or quotes is a literal of some kind.
fn shown_unless_literal(token: &Token) -> String {
    let text = token.to_string();
    let is_of_a_literal = |c: char| c.is_alphanumeric() || "'\"`$".contains(c);
    match token {
        Token::CopyData { .. } => "?".to_owned(),
        _ if text.contains(is_of_a_literal) => "?".to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests;
