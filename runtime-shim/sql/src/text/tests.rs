use super::*;

fn text(sql: &str) -> String {
    SqlText::new(sql).text
}

#[test]
fn no_literal_of_any_kind_is_shown() {
    for (sql, shown) in [
        ("SELECT 'secret', 42, 4.2e7, .5, 0x1F, 1_000", "SELECT ?, ?, ?, ?, ?, ?"),
        ("SELECT 'it''s a secret' || \"column\"", "SELECT ? || \"column\""),
        ("SELECT E'a\\'secret', b'101', U&'secret', n'x'", "SELECT ?, ?, ?, ?"),
        ("SELECT $$secret$$, $tag$secret $$ still$tag$", "SELECT ?, ?"),
        ("SELECT 'open secret", "SELECT ?"),
        ("SELECT $tag$open secret", "SELECT ?"),
        ("SELECT 1 -- secret\n, /* a /* nested */ secret */ $12", "SELECT ? , $12"),
        ("SELECT a1, t2.b FROM t2 WHERE a1 > -7", "SELECT a1, t2.b FROM t2 WHERE a1 > -?"),
        ("SELECT '秘密' AS 名前", "SELECT ? AS 名前"),
        ("SELECT 0b101, 0o17, 1e5, a::text ->> 'secret' <@ $1", "SELECT ?, ?, ?, a::text ->> ? <@ $1"),
        ("", ""),
        ("/* open secret", ""),
    ] {
        assert_eq!(text(sql), shown, "{sql}");
    }
}

#[test]
fn what_writes_names_the_statement() {
    for (sql, operation) in [
        ("select 1", "SELECT"),
        ("WITH acting AS (SELECT set_config('a', $1, true)) SELECT 1", "SELECT"),
        (
            "WITH acting AS (SELECT 1), added AS (INSERT INTO t VALUES ($1) RETURNING 1) SELECT * FROM added",
            "INSERT",
        ),
        ("WITH a AS (SELECT 'DELETE') UPDATE t SET a = 1", "UPDATE"),
        ("SELECT \"insert\" FROM t -- DELETE", "SELECT"),
        ("begin", "BEGIN"),
        ("", ""),
    ] {
        assert_eq!(SqlText::new(sql).operation, operation, "{sql}");
    }
}

#[test]
fn a_long_statement_is_cut_between_characters() {
    let long = format!("SELECT {}", "ä, ".repeat(5000));
    let shown = text(&long);
    assert!(shown.len() <= MAX_TEXT && shown.starts_with("SELECT ä, ä"));
    let late = format!("SELECT {} ; DELETE", "a, ".repeat(5000));
    assert_eq!(SqlText::new(&late).operation, "DELETE");
}
