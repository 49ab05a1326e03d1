//! What a statement may leave behind in its session, judged by its text.
//!
//! Only the cheap and certain cases are told apart. Everything else counts as changing the session: that costs speed,
//! never isolation, because such a connection is cleaned with `ROLLBACK` and `DISCARD ALL` before anyone else gets it.

use super::calls;

/// What happens to a connection after a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
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
pub fn effect_of(sql: &str) -> Effect {
    let Some(keyword) = first_keyword(sql) else { return Effect::Session };
    if !SELF_CONTAINED.iter().any(|k| k.eq_ignore_ascii_case(keyword)) {
        return Effect::Session;
    }
    let lower = sql.to_ascii_lowercase();
    if SESSION_NAMES.iter().any(|name| lower.contains(name)) || !settings_are_local(&lower) {
        return Effect::Session;
    }
    if calls::are_harmless(sql) { Effect::None } else { Effect::Functions }
}

/// The first word after blanks, comments and opening parentheses.
fn first_keyword(sql: &str) -> Option<&str> {
    let mut rest = sql;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(' || c == ';');
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n')?.1;
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = after_block_comment(comment)?;
        } else {
            break;
        }
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    rest.get(..end).filter(|word| !word.is_empty())
}

/// PostgreSQL's block comments nest.
fn after_block_comment(mut rest: &str) -> Option<&str> {
    let mut depth = 1_u32;
    while depth > 0 {
        let (open, close) = (rest.find("/*"), rest.find("*/")?);
        match open {
            Some(open) if open < close => {
                depth += 1;
                rest = rest.get(open + 2..)?;
            }
            _ => {
                depth -= 1;
                rest = rest.get(close + 2..)?;
            }
        }
    }
    Some(rest)
}

/// Whether every `set_config(name, value, is_local)` says `true` for `is_local`, literally.
fn settings_are_local(lower: &str) -> bool {
    lower.match_indices("set_config").all(|(at, name)| {
        let rest = lower.get(at + name.len()..).unwrap_or_default().trim_start();
        last_argument(rest).is_some_and(|argument| argument.trim() == "true")
    })
}

/// The last argument of a call, from its opening parenthesis on.
fn last_argument(call: &str) -> Option<&str> {
    let inner = call.strip_prefix('(')?;
    let (mut depth, mut start, mut quoted) = (0_u32, 0, false);
    for (at, c) in inner.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' if depth == 0 => return inner.get(start..at),
            ')' => depth -= 1,
            ',' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(effect_of(sql), Effect::None, "{sql}");
        }
    }

    #[test]
    fn functions_that_are_not_known_need_a_reset() {
        for sql in ["SELECT leak($1)", "UPDATE t SET a = app.leak(a)", "SELECT nextval('s')"] {
            assert_eq!(effect_of(sql), Effect::Functions, "{sql}");
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
            "SELECT currval('s')",
            "DO $$ BEGIN END $$",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            "CREATE TEMP TABLE t (a int)",
            "",
            "--",
            "/* open",
        ] {
            assert_eq!(effect_of(sql), Effect::Session, "{sql}");
        }
    }
}
