//! What a statement may leave behind in its session, judged by its text.
//!
//! Only the cheap and certain cases are told apart. Everything else counts as changing the session: that costs speed,
//! never isolation, because such a connection is cleaned with `ROLLBACK` and `DISCARD ALL` before anyone else gets it.

use crate::functions::calls_only_pure_functions;
use crate::scan::{is, is_one_of, scan};
use sqlparser::tokenizer::Token;

/// What happens to a connection after a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEffect {
    /// Nothing is left behind: the connection may serve someone else next.
    None,
    /// Nothing is left behind but what functions leave that are not PostgreSQL's own, and a quick reset clears: the
    /// connection may serve someone else after it.
    Functions,
    /// The session may be changed (a transaction, a setting, a lock): the connection stays with its guest.
    Session,
}

/// Statements that end with themselves.
const SELF_CONTAINED: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE"];
/// Names in a statement that make it session work even so.
const SESSION_NAMES: [&str; 9] =
    ["advisory", "currval", "lastval", "setseed", "pg_temp", "dblink", "pg_notify", "into temp", "lo_"];

/// Judges one statement.
pub fn session_effect(sql: &str) -> SessionEffect {
    let scanned = scan(sql);
    let is_blank = |token: &Token| matches!(token, Token::Whitespace(_));
    let tokens: Vec<Token> = scanned.tokens.into_iter().filter(|token| !is_blank(token)).collect();
    let lower = sql.to_ascii_lowercase();
    let ends_with_itself = scanned.is_whole
        && is_self_contained(&tokens)
        && !SESSION_NAMES.iter().any(|name| lower.contains(name))
        && !makes_a_temporary_table(&tokens)
        && settings_are_local(&lower, &tokens);
    match ends_with_itself {
        false => SessionEffect::Session,
        true if calls_only_pure_functions(&tokens) => SessionEffect::None,
        true => SessionEffect::Functions,
    }
}

/// Whether the first word is that of such a statement.
fn is_self_contained(tokens: &[Token]) -> bool {
    let first = tokens.iter().find(|token| !matches!(token, Token::LParen | Token::SemiColon));
    matches!(first, Some(Token::Word(word)) if is_one_of(word, &SELF_CONTAINED))
}

/// `SELECT … INTO TEMPORARY …`.
fn makes_a_temporary_table(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| match pair {
        [Token::Word(into), Token::Word(kind)] => is(into, "into") && is_one_of(kind, &["temp", "temporary"]),
        _ => false,
    })
}

/// Whether every `set_config(name, value, is_local)` says `true` for `is_local`, literally. One in a literal, a comment or a
/// quoted name is none that does.
fn settings_are_local(lower: &str, tokens: &[Token]) -> bool {
    let local = (0..tokens.len()).filter(|at| tokens.get(*at..).is_some_and(sets_locally)).count();
    lower.matches("set_config").count() == local
}

/// Whether `tokens` begin with such a call.
fn sets_locally(tokens: &[Token]) -> bool {
    let [Token::Word(name), Token::LParen, arguments @ ..] = tokens else { return false };
    is(name, "set_config")
        && matches!(last_argument(arguments), Some([Token::Word(word)]) if is(word, "true"))
}

/// The last argument of a call, whose opening parenthesis is the token before.
fn last_argument(tokens: &[Token]) -> Option<&[Token]> {
    let (mut depth, mut start) = (0_u32, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::LParen => depth += 1,
            Token::RParen if depth == 0 => return tokens.get(start..at),
            Token::RParen => depth -= 1,
            Token::Comma if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::MAX_SCANNED;

    #[test]
    fn plain_data_statements_leave_nothing_behind() {
        for sql in [
            "SELECT 1",
            "  select * from tasks",
            "-- note\nSELECT 1",
            "/* a /* nested */ note */ INSERT INTO t VALUES (1)",
            "(SELECT 1) UNION (SELECT 2)",
            "WITH a AS MATERIALIZED (SELECT set_config('todo.user_id', $1, true)::uuid AS id) SELECT 1",
            "SELECT set_config('a', coalesce($1, 'x,y)'), true)",
            "UPDATE t SET a = 1",
            "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
        ] {
            assert_eq!(session_effect(sql), SessionEffect::None, "{sql}");
        }
    }

    #[test]
    fn functions_that_are_not_known_need_a_reset() {
        for sql in ["SELECT leak($1)", "UPDATE t SET a = app.leak(a)", "SELECT nextval('s')"] {
            assert_eq!(session_effect(sql), SessionEffect::Functions, "{sql}");
        }
    }

    #[test]
    fn everything_else_counts_as_session_work() {
        for sql in [
            "BEGIN",
            "begin; ",
            "START TRANSACTION",
            "/* SELECT */ BEGIN",
            "-- SELECT 1\nSET x = 1",
            "SET search_path = x",
            "COMMIT",
            "LISTEN a",
            "PREPARE TRANSACTION 'x'",
            "SELECT pg_advisory_lock(1)",
            "SELECT set_config('a', 'b', false)",
            "SELECT set_config('a', 'b', $1)",
            "SELECT SET_CONFIG ('a', 'b', FALSE)",
            "SELECT set_config('a', 'true)', false)",
            "SELECT 'set_config'",
            "SELECT \"set_config\"('a', 'b', true)",
            "SELECT 1 -- set_config('a', 'b', true)",
            "SELECT 1 INTO /* a */ TEMPORARY t",
            "SELECT currval('s')",
            "DO $$ BEGIN END $$",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            "CREATE TEMP TABLE t (a int)",
            "",
            "--",
            "/* open",
            "SELECT 'open",
        ] {
            assert_eq!(session_effect(sql), SessionEffect::Session, "{sql}");
        }
    }

    #[test]
    fn what_is_too_long_to_be_looked_at_counts_as_session_work() {
        assert_eq!(session_effect(&format!("SELECT 1{}", " ".repeat(MAX_SCANNED))), SessionEffect::Session);
    }
}
