//! Whatever one row of the audit log is changed to, or wherever it goes: `runtime-shim audit verify` finds it.

use harness::{App, Options};

/// What is done to a row, `{chain}` and `{sequence}` being its key, and what has to be said of it.
const CHANGES: [(&str, &str); 13] = [
    ("UPDATE todo.audit_events SET action = 'x' WHERE {row}", "is not the one that was recorded"),
    ("UPDATE todo.audit_events SET outcome = 'refused' WHERE {row}", "is not the one that was recorded"),
    ("UPDATE todo.audit_events SET detail = 'x' WHERE {row}", "is not the one that was recorded"),
    (
        "UPDATE todo.audit_events SET at = at + interval '1 microsecond' WHERE {row}",
        "is not the one that was recorded",
    ),
    ("UPDATE todo.audit_events SET erased = 1 WHERE {row}", "is not the one that was recorded"),
    ("UPDATE todo.audit_events SET hash = sha256(hash) WHERE {row}", "is not the one that was recorded"),
    (
        "UPDATE todo.audit_events SET details_hash = sha256('') WHERE {row}",
        "is not the one that was recorded",
    ),
    ("DELETE FROM todo.audit_events WHERE {row}", "is missing"),
    ("UPDATE todo.audit_event_details SET user_id = gen_random_uuid() WHERE {row}", "the details of event"),
    ("UPDATE todo.audit_event_details SET at = now() WHERE {row}", "the details of event"),
    ("UPDATE todo.audit_event_details SET network = NULL WHERE {row}", "the details of event"),
    (
        "UPDATE todo.audit_event_details SET request_id = NULL, salt = sha256(salt) WHERE {row}",
        "the details of event",
    ),
    (
        "DELETE FROM todo.audit_event_details WHERE {row}",
        "1 events have no details any more, and erasures account for 0",
    ),
];

/// What is done to two rows: all but their keys, or all but their details, change places.
const SWAPS: [(&str, &str, &str); 2] = [
    (
        "audit_events",
        "at, action, outcome, detail, erased, details_hash, hash",
        "is not the one that was recorded",
    ),
    ("audit_event_details", "at, user_id, client_id, network, request_id, salt", "the details of event"),
];

const SAVE: &str = "CREATE TABLE public.saved_events AS TABLE todo.audit_events;
    CREATE TABLE public.saved_details AS TABLE todo.audit_event_details;
    CREATE TABLE public.saved_chains AS TABLE todo.audit_chains";
const RESTORE: &str = "DELETE FROM todo.audit_events;
    UPDATE todo.audit_chains AS chains SET sequence = saved.sequence, hash = saved.hash, start_sequence = saved.start_sequence,
        deleted_erasures = saved.deleted_erasures
    FROM public.saved_chains AS saved WHERE saved.chain = chains.chain;
    INSERT INTO todo.audit_events TABLE public.saved_events;
    INSERT INTO todo.audit_event_details TABLE public.saved_details";

fn app_with_events() -> (App, Vec<(String, String)>) {
    let app = App::start(Options::default()).unwrap();
    for number in 0..6 {
        let sql = format!(
            "SELECT todo.record_event('session.started', 'success', 'd{number}', gen_random_uuid(), 'c', '\\xab', 'r-' || n, 0, 400)
             FROM generate_series(1, 8) AS n"
        );
        app.sql(&sql).unwrap();
    }
    app.sql(SAVE).unwrap();
    let keys =
        app.sql("SELECT chain || ' ' || sequence FROM todo.audit_events ORDER BY chain, sequence").unwrap();
    let keys = keys.lines().filter_map(|line| line.trim().split_once(' '));
    let keys = keys.map(|(chain, sequence)| (chain.to_owned(), sequence.to_owned())).collect();
    (app, keys)
}

#[test]
fn any_one_row_that_is_changed_or_removed_is_found() {
    let (app, keys) = app_with_events();
    app.verify_audit_log(None).unwrap();
    assert_eq!(keys.len(), 48);
    // Each row is changed in some way, and each way is tried on some rows: the first ones, the last ones and those between.
    for (place, (chain, sequence)) in keys.iter().enumerate() {
        let (change, said) = CHANGES[place % CHANGES.len()];
        app.sql(&change.replace("{row}", &format!("chain = {chain} AND sequence = {sequence}"))).unwrap();
        let broken = app.verify_audit_log(None).expect_err(change);
        assert!(broken.contains(said), "{change}: {broken}");
        if said.starts_with("is ") || said.starts_with("the ") {
            assert!(broken.contains(&format!("event {sequence} of chain {chain} ")), "{change}: {broken}");
        }
        app.sql(RESTORE).unwrap();
    }
    app.verify_audit_log(None).unwrap();
}

#[test]
fn rows_that_change_places_are_found_and_so_are_ends_that_are_moved() {
    let (app, keys) = app_with_events();
    let same_chain = keys.windows(2).find(|pair| pair[0].0 == pair[1].0).unwrap();
    let other_chain = [&keys[0], keys.last().unwrap()];
    for (one, other) in [(&same_chain[0], &same_chain[1]), (other_chain[0], other_chain[1])] {
        for (table, columns, said) in SWAPS {
            let key = |(chain, sequence): &(String, String)| format!("({chain}, {sequence})");
            let pair = format!("({}, {})", key(one), key(other));
            let sql = format!(
                "UPDATE todo.{table} AS here SET ({columns}) = (SELECT {columns} FROM todo.{table} AS there
                     WHERE (there.chain, there.sequence) IN {pair} AND (there.chain, there.sequence) <> (here.chain, here.sequence))
                 WHERE (chain, sequence) IN {pair}"
            );
            app.sql(&sql).unwrap();
            let broken = app.verify_audit_log(None).expect_err(table);
            assert!(broken.contains(said), "{table}: {broken}");
            app.sql(RESTORE).unwrap();
        }
    }
    let (chain, _) = &keys[0];
    for (change, said) in [
        ("sequence = sequence + 1", "is missing"),
        ("sequence = sequence - 1", "does not end with its event"),
        ("hash = sha256('')", "does not end with its event"),
        ("start_sequence = 1", "is not the one that was recorded"),
        ("deleted_erasures = 1", "erasures account for 1"),
    ] {
        app.sql(&format!("UPDATE todo.audit_chains SET {change} WHERE chain = {chain}")).unwrap();
        let broken = app.verify_audit_log(None).expect_err(change);
        assert!(broken.contains(said), "{change}: {broken}");
        app.sql(RESTORE).unwrap();
    }
    app.verify_audit_log(None).unwrap();
}

#[test]
fn a_log_that_was_written_anew_does_not_go_on_from_what_was_said_before() {
    let (app, keys) = app_with_events();
    let before = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(before.path(), app.verify_audit_log(None).unwrap()).unwrap();
    app.verify_audit_log(Some(before.path())).unwrap();
    let (chain, sequence) = keys.last().unwrap();
    // The owner removes the last event and moves the chain's end: the log by itself is whole.
    let sql = format!(
        "DELETE FROM todo.audit_events WHERE chain = {chain} AND sequence = {sequence};
         UPDATE todo.audit_chains AS chains SET sequence = sequence - 1, hash = coalesce((SELECT events.hash FROM todo.audit_events AS events
             WHERE events.chain = chains.chain AND events.sequence = chains.sequence - 1), sha256(''))
         WHERE chain = {chain}"
    );
    app.sql(&sql).unwrap();
    app.verify_audit_log(None).unwrap();
    let broken = app.verify_audit_log(Some(before.path())).unwrap_err();
    assert!(broken.contains(&format!("event {sequence} of chain {chain} was another one")), "{broken}");
}
