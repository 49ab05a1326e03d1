//! The columns of a statement's answer.

use crate::names::Names;
use crate::scan::{Kind, name_in, next};

/// The names of the columns that a statement answers: of its `RETURNING`, or else of the first `SELECT` that is not in
/// parentheses; where that one is a `SELECT *`, of the `SELECT` that it reads from. An expression has a name by `AS` alone.
#[must_use]
pub const fn columns(text: &str) -> Names<'_> {
    let mut names = Names::new();
    let mut rest = list(text.as_bytes());
    let (mut depth, mut name, mut previous) = (0_usize, "", "");
    while let Some((kind, token, behind)) = next(rest) {
        match kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => break,
            Kind::Close => depth -= 1,
            Kind::Comma if depth == 0 => {
                names.push(name);
                (name, previous) = ("", "");
            }
            Kind::Word if depth == 0 => {
                // As against `a IS DISTINCT FROM b`.
                if is(token, "FROM") && !is(previous.as_bytes(), "DISTINCT") {
                    break;
                }
                previous = name_in(token);
                name = previous;
            }
            // What an expression ends with is no name.
            Kind::Quoted | Kind::Parameter | Kind::Number if depth == 0 => name = "",
            _ => {}
        }
        rest = behind;
    }
    names.push(name);
    names
}

/// The text behind the word with which the list of columns begins.
const fn list(text: &[u8]) -> &[u8] {
    let mut rest = text;
    let mut depth = 0_usize;
    let mut selected: Option<&[u8]> = None;
    while let Some((kind, token, behind)) = next(rest) {
        match kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word if depth == 0 && is(token, "RETURNING") => return behind,
            Kind::Word if depth == 0 && selected.is_none() && is(token, "SELECT") => selected = Some(behind),
            _ => {}
        }
        rest = behind;
    }
    match selected {
        Some(list) if is_star(list) => behind_select(list),
        Some(list) => list,
        None => &[],
    }
}

/// Whether a list is `*`.
const fn is_star(mut list: &[u8]) -> bool {
    while let Some((kind, token, behind)) = next(list) {
        if !matches!(kind, Kind::Blank) {
            return matches!(token, b"*");
        }
        list = behind;
    }
    false
}

/// What comes behind the next `SELECT`.
const fn behind_select(mut text: &[u8]) -> &[u8] {
    while let Some((kind, token, behind)) = next(text) {
        if matches!(kind, Kind::Word) && is(token, "SELECT") {
            return behind;
        }
        text = behind;
    }
    &[]
}

/// Whether a word is this one of SQL.
const fn is(word: &[u8], keyword: &str) -> bool {
    word.eq_ignore_ascii_case(keyword.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_the_name_behind_as_or_its_own() {
        let text = "WITH a AS (SELECT 1 AS hidden FROM b) SELECT a.id, (extract(epoch FROM due) * 5)::bigint AS due,
            x IS NOT DISTINCT FROM :x AS same, count(*) FILTER (WHERE y, z) AS many, CASE WHEN a THEN 'FROM' END AS c
            FROM a, b WHERE q";
        assert_eq!(columns(text).as_slice(), ["id", "due", "same", "many", "c"]);
    }

    #[test]
    fn what_is_returned_goes_before_what_is_selected() {
        let text = "INSERT INTO t (a, b) SELECT x, y FROM acting RETURNING id, b::text AS title";
        assert_eq!(columns(text).as_slice(), ["id", "title"]);
    }

    #[test]
    fn the_first_of_several_selections_names_the_columns_of_all() {
        assert_eq!(columns("SELECT a FROM x UNION ALL SELECT b FROM y").as_slice(), ["a"]);
    }

    #[test]
    fn all_columns_of_another_selection_are_its_columns() {
        let text =
            "WITH a AS (SELECT 1) SELECT * FROM (SELECT a, b AS c FROM t ORDER BY d) AS most LIMIT :limit";
        assert_eq!(columns(text).as_slice(), ["a", "c"]);
    }

    #[test]
    fn an_expression_without_as_has_no_name() {
        assert_eq!(columns("SELECT 'a', :b, c").as_slice(), ["", "", "c"]);
    }
}
