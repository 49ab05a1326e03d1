//! The tokens of a statement.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// White space or a comment.
    Blank,
    /// A string, or a name in quotes.
    Quoted,
    /// A parameter by name, `:title`.
    Parameter,
    /// A parameter by number, `$1`.
    Number,
    /// A placeholder, `{task_columns}`.
    Placeholder,
    /// A key word or a name.
    Word,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// Anything else, such as an operator or a literal number.
    Other,
}

/// The first token of a text, and what comes behind it; none at the end.
pub(crate) const fn next(text: &[u8]) -> Option<(Kind, &[u8], &[u8])> {
    let (kind, length) = match text {
        [] => return None,
        [b' ' | b'\t' | b'\r' | b'\n', ..] => (Kind::Blank, blank_length(text)),
        [b'-', b'-', ..] => (Kind::Blank, length_to(text, b"\n")),
        [b'/', b'*', inside @ ..] => (Kind::Blank, 2 + length_to(inside, b"*/")),
        [quote @ (b'\'' | b'"'), inside @ ..] => (Kind::Quoted, 1 + length_to(inside, &[*quote])),
        [b':', b':', ..] => (Kind::Other, 2),
        [b':', b'a'..=b'z' | b'_', ..] => (Kind::Parameter, 1 + word_length(text.split_at(1).1)),
        [b'$', b'0'..=b'9', ..] => (Kind::Number, 1 + word_length(text.split_at(1).1)),
        [b'{', inside @ ..] => match inside.split_at(word_length(inside)) {
            ([], _) => (Kind::Other, 1),
            (name, [b'}', ..]) => (Kind::Placeholder, name.len() + 2),
            _ => (Kind::Other, 1),
        },
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => (Kind::Word, word_length(text)),
        [b'0'..=b'9', ..] => (Kind::Other, word_length(text)),
        [b'(', ..] => (Kind::Open, 1),
        [b')', ..] => (Kind::Close, 1),
        [b',', ..] => (Kind::Comma, 1),
        _ => (Kind::Other, 1),
    };
    let (token, behind) = text.split_at(length);
    Some((kind, token, behind))
}

/// The name in a parameter (`:name`) or a placeholder (`{name}`).
pub(crate) const fn name_in(token: &[u8]) -> &str {
    let name = match token {
        [b'{', name @ .., b'}'] | [b':', name @ ..] => name,
        other => other,
    };
    match str::from_utf8(name) {
        Ok(name) => name,
        // A name is made of ASCII letters.
        Err(_) => "",
    }
}

/// Whether both are the same.
pub(crate) const fn equal(mut left: &[u8], mut right: &[u8]) -> bool {
    while let ([first, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
        if *first != *other {
            return false;
        }
        (left, right) = (left_rest, right_rest);
    }
    left.is_empty() && right.is_empty()
}

/// How many bytes it takes to the end of the first occurrence of `end`, or of the text.
const fn length_to(text: &[u8], end: &[u8]) -> usize {
    let mut rest = text;
    while let [_, behind @ ..] = rest {
        if let Some((beginning, _)) = rest.split_at_checked(end.len())
            && equal(beginning, end)
        {
            return text.len() - rest.len() + end.len();
        }
        rest = behind;
    }
    text.len()
}

/// How many bytes at the beginning are white space.
const fn blank_length(text: &[u8]) -> usize {
    let mut rest = text;
    while let [b' ' | b'\t' | b'\r' | b'\n', behind @ ..] = rest {
        rest = behind;
    }
    text.len() - rest.len()
}

/// How many bytes at the beginning are letters, digits or underscores.
const fn word_length(text: &[u8]) -> usize {
    let mut rest = text;
    while let [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_', behind @ ..] = rest {
        rest = behind;
    }
    text.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Kind, String)> {
        let mut rest = text.as_bytes();
        let mut found = Vec::new();
        while let Some((kind, token, behind)) = next(rest) {
            if kind != Kind::Blank || token.len() > 1 {
                found.push((kind, String::from_utf8(token.to_vec()).unwrap()));
            }
            rest = behind;
        }
        found
    }

    #[test]
    fn a_parameter_is_told_from_a_cast_a_string_and_a_comment() {
        let found = tokens("-- :none\n:id::uuid '12:30 :no' \":no\" /* :no */ $12::text[]");
        let parameters: Vec<_> = found.iter().filter(|(kind, _)| *kind == Kind::Parameter).collect();
        assert_eq!(parameters, [&(Kind::Parameter, ":id".to_owned())]);
        assert!(found.contains(&(Kind::Quoted, "'12:30 :no'".to_owned())));
        assert!(found.contains(&(Kind::Number, "$12".to_owned())));
        assert!(found.contains(&(Kind::Blank, "/* :no */".to_owned())));
    }

    #[test]
    fn a_placeholder_is_told_from_an_empty_array_and_from_json() {
        let placeholders = |text| tokens(text).iter().filter(|(kind, _)| *kind == Kind::Placeholder).count();
        assert_eq!(placeholders("SELECT {task_columns}, '{}', '{a}', {}, {a b}"), 1);
    }

    #[test]
    fn nothing_of_a_text_is_lost() {
        for text in [
            "a := 'it''s' || \"x\" -- end",
            "SELECT 'never ends",
            "/* nor this",
            "ä, {",
            ":",
            "$",
            "5e3::int",
        ] {
            let mut rest = text.as_bytes();
            let mut length = 0;
            while let Some((_, token, behind)) = next(rest) {
                assert!(!token.is_empty(), "{text}");
                length += token.len();
                rest = behind;
            }
            assert_eq!(length, text.len(), "{text}");
        }
    }
}
