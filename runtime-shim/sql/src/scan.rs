//! A statement's text in tokens.

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Token, Tokenizer, Word};

/// Longest text that is looked at, in bytes: tokens take many times the memory of their text.
pub const MAX_SCANNED: usize = 64 * 1024;

/// The tokens of a text.
pub struct Scan {
    /// In their order; blanks and comments are among them.
    pub tokens: Vec<Token>,
    /// Nothing follows: the text was not too long, and every quote and comment in it ends.
    pub is_whole: bool,
}

/// Cuts `sql` into tokens, as far as that is possible.
pub fn scan(sql: &str) -> Scan {
    let (text, rest) = sql.split_at(sql.floor_char_boundary(MAX_SCANNED));
    let mut tokens = Vec::new();
    // As they are written: what a doubled quote stands for is of no interest.
    let mut tokenizer = Tokenizer::new(&PostgreSqlDialect {}, text).with_unescape(false);
    let scanned = tokenizer.tokenize_with_location_into_buf(&mut tokens);
    let tokens = tokens.into_iter().map(|token| token.token).collect();
    Scan { tokens, is_whole: scanned.is_ok() && rest.is_empty() }
}

/// Whether a word is `name`, and no name that is only quoted like it.
pub fn is(word: &Word, name: &str) -> bool {
    word.quote_style.is_none() && word.value.eq_ignore_ascii_case(name)
}

/// Whether a word is one of `names`.
pub fn is_one_of(word: &Word, names: &[&str]) -> bool {
    names.iter().any(|name| is(word, name))
}
