//! A statement as a span may show it: what it does, without any value in it.

/// Longest text that is kept, in bytes.
const LONGEST: usize = 2048;
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
    pub fn of(sql: &str) -> Self {
        let mut text = String::with_capacity(sql.len().min(LONGEST));
        let (mut first, mut write) = (None, None);
        let mut rest = sql;
        while let Some(c) = rest.chars().next() {
            let (length, token) = next(rest, c);
            let (taken, after) = rest.split_at_checked(length.max(c.len_utf8())).unwrap_or((rest, ""));
            rest = after;
            match token {
                Token::Blank => {
                    if !text.ends_with(' ') && !text.is_empty() {
                        text.push(' ');
                    }
                }
                Token::Literal => text.push('?'),
                Token::Other => text.push_str(taken),
                Token::Word => {
                    first.get_or_insert(taken);
                    if write.is_none() {
                        write = WRITES.into_iter().find(|verb| verb.eq_ignore_ascii_case(taken));
                    }
                    text.push_str(taken);
                }
            }
            if text.len() > LONGEST && write.is_some() {
                break;
            }
        }
        let operation = match write {
            Some(verb) => verb.to_owned(),
            // What follows WITH reads when it does not write.
            None if first.is_some_and(|word| word.eq_ignore_ascii_case("WITH")) => "SELECT".to_owned(),
            None => first.unwrap_or("").to_ascii_uppercase(),
        };
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        Self { operation, text: text.trim_end().to_owned() }
    }
}

enum Token {
    Blank,
    Literal,
    Word,
    Other,
}

/// The length in bytes of what `rest` starts with (`c`), and what it is.
fn next(rest: &str, c: char) -> (usize, Token) {
    let upto = |end: Option<usize>| end.unwrap_or(rest.len());
    if c.is_whitespace() {
        return (upto(rest.find(|c: char| !c.is_whitespace())), Token::Blank);
    }
    if rest.starts_with("--") {
        return (upto(rest.find('\n')), Token::Blank);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), Token::Blank);
    }
    match c {
        '\'' => (quoted(rest, '\'', false), Token::Literal),
        '"' => (quoted(rest, '"', false), Token::Other),
        '$' => dollar(rest),
        _ if c.is_ascii_digit() || (c == '.' && rest.get(1..).is_some_and(starts_with_digit)) => {
            let number = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
            (upto(rest.find(|c| !number(c))), Token::Literal)
        }
        _ if c.is_alphabetic() || c == '_' => {
            let word = upto(rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$'));
            prefixed_literal(rest, word).map_or((word, Token::Word), |length| (length, Token::Literal))
        }
        _ => (c.len_utf8(), Token::Other),
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `E'…'`, `B'…'`, `X'…'`, `N'…'`, `U&'…'`.
fn prefixed_literal(rest: &str, word: usize) -> Option<usize> {
    let (prefix, after) = rest.split_at_checked(word)?;
    let skipped = match after.strip_prefix('&') {
        Some(quote) if prefix.eq_ignore_ascii_case("U") && quote.starts_with('\'') => word + 1,
        _ if prefix.len() == 1 && "eEbBxXnN".contains(prefix) && after.starts_with('\'') => word,
        _ => return None,
    };
    let escapes = prefix.eq_ignore_ascii_case("E");
    Some(skipped + quoted(rest.get(skipped..)?, '\'', escapes))
}

/// The length of a quoted piece; a doubled quote is part of it, and so is one behind a backslash where those escape.
fn quoted(rest: &str, quote: char, escapes: bool) -> usize {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if escapes && c == '\\' {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => {
                    chars.next();
                }
                _ => return at + 1,
            }
        }
    }
    rest.len()
}

/// `$1` is a parameter; `$$…$$` and `$tag$…$tag$` are literals.
fn dollar(rest: &str) -> (usize, Token) {
    let after = rest.get(1..).unwrap_or_default();
    if starts_with_digit(after) {
        return (1 + after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()), Token::Other);
    }
    let tag = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
    if after.get(tag..).is_some_and(|end| end.starts_with('$')) {
        let opening = rest.get(..tag + 2).unwrap_or(rest);
        let body = rest.get(tag + 2..).unwrap_or_default();
        let length = body.find(opening).map_or(rest.len(), |end| opening.len() * 2 + end);
        return (length, Token::Literal);
    }
    (1, Token::Other)
}

/// PostgreSQL's block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while let Some(left) = rest.get(at..).filter(|left| !left.is_empty()) {
        if left.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if left.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += left.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests;
