//! What MCP keeps between requests holds when several processes reach for it at once, is no other user's, and goes away.

use std::thread;
use std::time::Duration;

use crate::store::{STRANGER, Store, USER};

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../components/crates/mcp-spin/src/store/", $name, ".sql"))
    };
}

/// Runs something eight times at once: how often it answered a row.
fn winners(act: impl Fn(usize) -> String + Sync) -> usize {
    thread::scope(|scope| {
        let act = &act;
        let all: Vec<_> = (0..8).map(|number| scope.spawn(move || act(number))).collect();
        all.into_iter().map(|one| one.join().unwrap()).filter(|row| !row.is_empty()).count()
    })
}

/// A task that a worker holds.
fn task() -> (String, String) {
    let (task, worker) = (Store::shared().new_id(), Store::shared().new_id());
    let parameters =
        format!("'{task}', 'export_tasks', '{{}}', 0::smallint, NULL, '{{}}', 60000, '{worker}', 10");
    Store::shared().run(USER, sql!("create_mcp_task"), &parameters);
    (task, worker)
}

/// A task that asks `1-a` and `1-b`.
fn asking_task() -> String {
    let (task, worker) = task();
    let parameters =
        format!(r#"'{task}', '{worker}', 'input_required', '{{"1-a":{{}},"1-b":{{}}}}', '7', NULL"#);
    assert_ne!(Store::shared().run(USER, sql!("finish_mcp_task_round"), &parameters), "");
    task
}

fn column(task: &str, column: &str) -> String {
    Store::shared().as_owner(&format!("SELECT {column} FROM todo.mcp_tasks WHERE id = '{task}'"))
}

#[test]
fn a_question_takes_the_first_answer_of_its_own_session() {
    let (stream, session, question) =
        (Store::shared().new_id(), Store::shared().new_id(), Store::shared().new_id());
    Store::shared().run(USER, sql!("create_requests"), &format!("'{stream}', '{session}', '{{{question}}}'"));
    let answer = |session: &str, number: usize| {
        Store::shared().run(
            USER,
            sql!("record_response"),
            &format!(r#"'{session}', '{question}', '{{"result":{{"n":{number}}}}}'"#),
        )
    };
    assert_eq!(answer(&stream, 9), "", "another session answered");
    assert_eq!(winners(|number| answer(&session, number)), 1);
    assert_eq!(answer(&session, 9), "", "a second answer was taken");
}

#[test]
fn a_request_state_is_used_once() {
    let nonce = Store::shared().new_id();
    assert_eq!(winners(|_| Store::shared().run(USER, sql!("use_once"), &format!("'{nonce}', 600"))), 1);
}

#[test]
fn an_event_that_is_there_stays_as_it_is() {
    let (stream, session) = (Store::shared().new_id(), Store::shared().new_id());
    Store::shared().run(USER, sql!("open_stream"), &format!("'{stream}', '{session}', '1'"));
    for message in [r#"{"n":1}"#, r#"{"n":2}"#] {
        assert_ne!(
            Store::shared().run(USER, sql!("append_event"), &format!("'{stream}', 1, '{message}', false")),
            ""
        );
    }
    let events = |session: &str, after: i32| {
        Store::shared().run(USER, sql!("read_events"), &format!("'{stream}', '{session}', {after}"))
    };
    assert_eq!(events(&session, 0), r#"f|f|[[1, "{\"n\":1}"]]"#);
    assert_eq!(events(&session, 1), "f|f|");
    assert_eq!(events(&stream, 0), "", "another session saw the stream");
}

#[test]
fn an_abandoned_task_goes_to_one_worker_and_the_one_before_writes_no_more() {
    let (task, before) = task();
    let take = |worker: &str| {
        Store::shared().run(USER, sql!("lease_mcp_task"), &format!("'{task}', '{worker}', 10"))
    };
    assert_eq!(take(&Store::shared().new_id()), "", "the task was held");
    Store::shared().as_owner(&format!("UPDATE todo.mcp_tasks SET held_until = now() WHERE id = '{task}'"));
    assert!(
        Store::shared().run(USER, sql!("read_mcp_task"), &format!("'{task}'")).ends_with("|t"),
        "nobody sees that it is abandoned"
    );
    assert_eq!(winners(|_| take(&Store::shared().new_id())), 1);
    let settle = format!("'{task}', '{before}', 'completed', NULL, NULL, '{{}}'");
    assert_eq!(Store::shared().run(USER, sql!("finish_mcp_task_round"), &settle), "");
    assert_eq!(
        Store::shared().run(USER, sql!("renew_mcp_task_lease"), &format!("'{task}', '{before}', 10")),
        ""
    );
    assert_eq!(column(&task, "status"), "working");
}

#[test]
fn answers_that_come_at_once_are_all_taken_and_bring_the_task_back_to_work() {
    let task = asking_task();
    let answer = |key: &str| {
        Store::shared().run(
            USER,
            sql!("update_mcp_task"),
            &format!(r#"'{task}', '{{"{key}":{{}},"other":{{}}}}'"#),
        )
    };
    thread::scope(|scope| {
        // Both statements have begun when the row becomes free.
        let lock = format!(
            "BEGIN; SELECT FROM todo.mcp_tasks WHERE id = '{task}' FOR UPDATE; SELECT pg_sleep(1); COMMIT"
        );
        scope.spawn(move || Store::shared().as_owner(&lock));
        thread::sleep(Duration::from_millis(300));
        for key in ["1-a", "1-b"] {
            let answer = &answer;
            scope.spawn(move || assert_ne!(answer(key), ""));
        }
    });
    let standing =
        column(&task, "concat_ws('|', status, rounds, state, answers, requests, worker, held_until)");
    assert_eq!(standing, r#"working|1|7|{"1-a": {}, "1-b": {}}"#);
    assert_ne!(
        Store::shared().run(
            USER,
            sql!("lease_mcp_task"),
            &format!("'{task}', '{}', 10", Store::shared().new_id())
        ),
        ""
    );
}

#[test]
fn a_task_waits_for_all_answers_and_one_that_ended_takes_none() {
    let task = asking_task();
    let answer = |key: &str| {
        Store::shared().run(USER, sql!("update_mcp_task"), &format!(r#"'{task}', '{{"{key}":{{}}}}'"#))
    };
    assert_ne!(answer("1-a"), "");
    assert_eq!(column(&task, "status || requests"), r#"input_required{"1-b": {}}"#);
    let (asked, cancel) = (column(&task, "updated_at"), format!("'{task}'"));
    assert_ne!(Store::shared().run(USER, sql!("cancel_mcp_task"), &cancel), "");
    assert_eq!(column(&task, "status"), "cancelled");
    let cancelled = column(&task, "updated_at");
    assert_ne!(asked, cancelled, "nobody sees that it changed");
    assert_ne!(answer("1-b"), "", "a task that ended is still a task");
    assert_ne!(Store::shared().run(USER, sql!("cancel_mcp_task"), &cancel), "");
    assert_eq!((column(&task, "status"), column(&task, "updated_at")), ("cancelled".to_owned(), cancelled));
}

#[test]
fn instants_are_written_as_rfc_3339_has_them() {
    let (task, _) = task();
    let row = Store::shared().run(USER, sql!("read_mcp_task"), &format!("'{task}'"));
    let instants: Vec<&str> = row.split('|').skip(4).take(2).collect();
    for instant in instants {
        assert!(
            instant.parse::<jiff::Timestamp>().is_ok() && instant.len() == 24 && instant.ends_with('Z'),
            "{row}"
        );
    }
}

#[test]
fn another_user_finds_nothing_of_it_and_changes_nothing() {
    let task = asking_task();
    for (name, statement, parameters) in [
        ("read_mcp_task", sql!("read_mcp_task"), format!("'{task}'")),
        ("lease_mcp_task", sql!("lease_mcp_task"), format!("'{task}', '{task}', 10")),
        ("update_mcp_task", sql!("update_mcp_task"), format!(r#"'{task}', '{{"1-a":{{}},"1-b":{{}}}}'"#)),
        ("cancel_mcp_task", sql!("cancel_mcp_task"), format!("'{task}'")),
    ] {
        assert_eq!(Store::shared().run(STRANGER, statement, &parameters), "", "{name}");
    }
    assert_eq!(column(&task, "status || rounds"), "input_required1");
}

#[test]
fn whatever_is_added_clears_away_some_of_what_expired_of_its_user() {
    let (ann, bob) = (Store::shared().new_id(), Store::shared().new_id());
    for (table, columns, values, statement, parameters) in [
        ("mcp_sessions", "", "", sql!("subscribe"), "gen_random_uuid(), 'todo://agenda/today', true"),
        ("mcp_sessions", "", "", sql!("set_log_level"), "gen_random_uuid(), 'info'"),
        (
            "mcp_streams",
            ", session_id, request_id",
            ", gen_random_uuid(), '1'",
            sql!("open_stream"),
            "gen_random_uuid(), gen_random_uuid(), '1'",
        ),
        (
            "mcp_questions",
            ", session_id, stream_id",
            ", gen_random_uuid(), gen_random_uuid()",
            sql!("create_requests"),
            "gen_random_uuid(), gen_random_uuid(), ARRAY[gen_random_uuid()::text]",
        ),
        ("mcp_used_states", "", "", sql!("use_once"), "gen_random_uuid(), 600"),
        (
            "mcp_tasks",
            ", status, tool, arguments, client, ttl_ms",
            ", 'cancelled', 't', '{}', 0, 1",
            sql!("create_mcp_task"),
            "gen_random_uuid(), 't', '{}', 0::smallint, NULL, '{}', 60000, gen_random_uuid(), 10",
        ),
    ] {
        let store = Store::shared();
        store.as_owner(&format!(
            "DELETE FROM todo.{table} WHERE user_id IN ('{ann}', '{bob}');
             INSERT INTO todo.{table} (user_id, id, expires_at{columns})
             SELECT owner::uuid, gen_random_uuid(), now() - interval '1 minute'{values}
             FROM unnest('{{{ann},{bob}}}'::text[]) AS owner, generate_series(1, 30)"
        ));
        Store::shared().run(&ann, statement, parameters);
        let left = |user: &str| {
            store.as_owner(&format!(
                "SELECT count(*) FROM todo.{table} WHERE user_id = '{user}' AND expires_at < now()"
            ))
        };
        assert_eq!((left(&ann), left(&bob)), ("10".to_owned(), "30".to_owned()), "{table}");
    }
}
