//! Which functions a statement calls by name.

use crate::scan::{is, is_one_of};
use sqlparser::tokenizer::Token;

/// Functions of PostgreSQL that leave nothing behind in a session. `set_config` leaves something unless it is local,
/// which is judged elsewhere.
#[rustfmt::skip]
const PURE: &[&str] = &[
    // Choice and comparison
    "coalesce", "nullif", "greatest", "least", "num_nonnulls", "num_nulls",
    // Aggregates and windows
    "count", "sum", "avg", "min", "max", "bool_and", "bool_or", "array_agg", "string_agg", "json_agg", "jsonb_agg",
    "json_object_agg", "jsonb_object_agg", "row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value",
    "ntile",
    // Time
    "now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "extract", "date_part", "date_trunc", "age",
    "make_date", "make_interval", "to_timestamp", "to_date", "to_char", "timezone", "justify_days", "isfinite",
    // Text and bytes
    "lower", "upper", "length", "char_length", "octet_length", "left", "right", "substring", "substr", "position",
    "strpos", "replace", "trim", "btrim", "ltrim", "rtrim", "concat", "concat_ws", "md5", "sha256", "encode", "decode",
    "regexp_replace", "regexp_match", "split_part", "starts_with",
    // Numbers and identifiers
    "abs", "ceil", "floor", "round", "trunc", "mod", "power", "sqrt", "random", "gen_random_uuid", "to_number",
    // Arrays and JSON
    "unnest", "cardinality", "array_length", "array_remove", "array_append", "array_position", "array_to_string",
    "string_to_array", "to_json", "to_jsonb", "row_to_json", "json_build_object", "jsonb_build_object",
    "json_build_array", "jsonb_build_array", "jsonb_set", "jsonb_each", "jsonb_object_keys", "jsonb_array_elements",
    "generate_series",
    // Search
    "to_tsvector", "to_tsquery", "ts_rank",
    // Sessions, settings and transactions
    "set_config", "current_setting", "pg_backend_pid", "pg_current_xact_id", "pg_current_snapshot", "pg_snapshot_xmin",
    "pg_visible_in_snapshot", "to_regclass",
];

/// Words that may stand before a parenthesis without calling anything: of the language, and types with a length.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "all", "and", "any", "array", "as", "between", "by", "case", "cast", "conflict", "cube", "distinct", "else", "except",
    "exists", "filter", "from", "group", "having", "ilike", "in", "intersect", "join", "lateral", "like", "limit",
    "materialized", "not", "of", "offset", "on", "only", "or", "over", "partition", "returning", "rollup", "row", "select",
    "set", "sets", "some", "then", "union", "using", "values", "when", "where", "with", "within",
    "bit", "char", "decimal", "interval", "numeric", "time", "timestamp", "varchar",
];

/// Whether every function that `tokens` (without blanks) call by its name is one of PostgreSQL's own that leaves nothing
/// behind. What the database calls by itself (triggers, policies, views, operators) is its owner's and does not show in the
/// text.
pub fn calls_only_pure_functions(tokens: &[Token]) -> bool {
    (1..tokens.len()).all(|at| match tokens.get(at) {
        Some(Token::LParen) => tokens.get(..at).is_some_and(opens_no_call_or_a_pure_one),
        _ => true,
    })
}

/// Whether what comes before a parenthesis is no call, or one of a pure function.
fn opens_no_call_or_a_pure_one(before: &[Token]) -> bool {
    match before {
        [.., Token::Word(schema), Token::Period, Token::Word(name)] => {
            (is(schema, "pg_catalog") && is_one_of(name, PURE)) || names_a_table(before)
        }
        [.., Token::Word(name)] => is_one_of(name, WORDS) || is_one_of(name, PURE) || names_a_table(before),
        _ => true,
    }
}

/// Whether a name is that of the table in `INSERT INTO name (…)`.
fn names_a_table(name: &[Token]) -> bool {
    let into = match name {
        [.., into, Token::Word(_), Token::Period, Token::Word(_)] => into,
        [.., into, Token::Word(_)] => into,
        _ => return false,
    };
    matches!(into, Token::Word(word) if is(word, "into"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    fn is_pure(sql: &str) -> bool {
        let scanned = scan(sql);
        let tokens: Vec<Token> =
            scanned.tokens.into_iter().filter(|token| !matches!(token, Token::Whitespace(_))).collect();
        assert!(scanned.is_whole, "{sql}");
        calls_only_pure_functions(&tokens)
    }

    #[test]
    fn functions_of_postgresql_and_words_of_the_language_leave_nothing_behind() {
        for sql in [
            "SELECT 1",
            "SELECT count(*) FILTER (WHERE done) FROM notes WHERE id IN ($1, $2) AND (a OR b)",
            "WITH a AS MATERIALIZED (SELECT set_config('x', $1, true) AS id) SELECT pg_catalog.now() FROM a",
            "INSERT INTO todo.notes (id, note) VALUES ($1, COALESCE ($2, ''))",
            "INSERT INTO notes(id) SELECT 1 ON CONFLICT (id) DO UPDATE SET (a, b) = ROW (1, 2)",
            "SELECT 'leak()', \"leak\", $$leak()$$ -- leak()\nFROM t /* leak() */",
            "SELECT (now() - make_interval(days => $1))::timestamp(3), ($2)::numeric(10, 2)",
            "SELECT EXTRACT (epoch FROM at), ARRAY(SELECT 1), $1 = ANY (labels)",
        ] {
            assert!(is_pure(sql), "{sql}");
        }
    }

    #[test]
    fn every_other_function_may_leave_something_behind() {
        for sql in [
            "SELECT leak()",
            "SELECT leak ()",
            "SELECT leak/**/()",
            "SELECT leak -- ()\n ()",
            "SELECT todo.leak()",
            "SELECT todo.now()",
            "SELECT \"now\"()",
            "SELECT pg_catalog.query_to_xml('select 1', true, false, '')",
            "SELECT 'it''s', leak()",
            "SELECT E'\\'', leak()",
            "SELECT $a$ ' $a$, leak()",
            "SELECT * FROM leak() AS x",
            "SELECT * FROM ROWS FROM (leak())",
            "INSERT INTO t SELECT into.leak() FROM x",
        ] {
            assert!(!is_pure(sql), "{sql}");
        }
    }
}
