//! One pool for the process, and no session that reaches the next request.

use crate::running::{Running, Start, unruly};
use scratch_postgres::ScratchPostgres;
use std::time::{Duration, Instant};

const SCHEMA: &str = "CREATE TABLE notes (note text);\
    CREATE FUNCTION remember(who text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT set_config('app.who', who, false) $$;";

fn server() -> ScratchPostgres {
    let server = ScratchPostgres::start().expect("PostgreSQL starts");
    server.create_database("app").expect("the database is made");
    server.sql("app", SCHEMA).expect("the schema is made");
    server
}

fn on(server: &ScratchPostgres) -> Start {
    let url = server.url("app");
    unruly(&format!(
        "allowed_outbound_hosts = ['postgres://127.0.0.1:{}', 'postgres://localhost:{0}']\n\
         [component.unruly.variables]\ndatabase_url = '{{{{ database_url }}}}'\n[variables]\ndatabase_url = {{ required = true }}",
        server.port()
    ))
    .with(|s| drop(s.variables.arguments.insert("database_url".to_owned(), url)))
}

async fn notes(app: &Running) -> String {
    app.text("/database/notes").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_left_open_never_reaches_the_next_request() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.max_connections = 1).run().await;
    for _ in 0..3 {
        app.text("/database/leave-transaction-open").await;
        app.text("/database/note").await;
    }
    assert_eq!(notes(&app).await, "plain,plain,plain");
    app.get("/database/trap-in-transaction").await.assert_problem(500, "/problems/internal");
    assert_eq!(notes(&app).await, "plain,plain,plain");
    app.text("/database/transaction").await;
    assert_eq!(notes(&app).await, "plain,plain,plain,committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_a_session_never_reach_the_next_request() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.max_connections = 1).run().await;
    let process = app.text("/database/process").await;
    app.text("/database/set").await;
    assert_eq!(app.text("/database/who").await, "");
    assert_eq!(app.text("/database/set-by-function").await, "somebody");
    assert_eq!(app.text("/database/who").await, "");
    // All of it on one and the same connection.
    assert_eq!(app.text("/database/process").await, process);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_requests_together_use_no_more_connections_than_allowed() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.max_connections = 3).run().await;
    let address = app.address;
    let requests: Vec<_> = (0..40)
        .map(|_| tokio::spawn(async move { crate::client::get(address, "/database/process").await }))
        .collect();
    let mut processes = std::collections::BTreeSet::new();
    for request in requests {
        let answer = request.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        processes.insert(answer.body);
    }
    assert!(processes.len() <= 3, "{processes:?}");
    assert!(app.metric("postgres_connections_open").await <= 3.0);
    assert_eq!(app.metric("postgres_connections_in_use").await, 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_all_types_come_back_as_they_were_sent() {
    let server = server();
    let app = on(&server).run().await;
    assert_eq!(app.text("/database/values").await, "all alike");
    let unreadable = app.get("/database/timestamptz").await;
    assert!(unreadable.body.contains("timestamptz"), "{}", unreadable.body);
    assert_eq!(app.text("/database/count").await, "100000");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_read_in_part_leaves_nothing_running() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.max_connections = 1).run().await;
    for _ in 0..3 {
        assert_eq!(app.text("/database/first-of-many").await, "1");
    }
    assert_eq!(app.text("/database/one").await, "1");
    nothing_runs(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_ends_with_the_request_it_was_for() {
    let server = server();
    let limit = |s: &mut runtime_shim::RunSettings| {
        s.limits.response_head = Duration::from_millis(500);
        s.postgres.max_connections = 1;
    };
    let app = on(&server).with(limit).run().await;
    app.get("/database/sleep?60").await.assert_problem(504, "/problems/timeout");
    app.wait_for("postgres_connections_in_use", 0.0).await;
    assert_eq!(app.text("/database/one").await, "1");
    nothing_runs(&server).await;
}

/// Waits until the server works on no statement of the app.
async fn nothing_runs(server: &ScratchPostgres) {
    let sql =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'runtime-shim' AND state = 'active'";
    for _ in 0..40 {
        if server.sql("app", sql).unwrap().trim() == "0" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("a statement is still running");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_and_comes_back_is_used_again() {
    let mut server = server();
    let app = on(&server).run().await;
    assert_eq!(app.text("/database/one").await, "1");
    server.stop();
    let started = Instant::now();
    let gone = app.get("/database/one").await;
    assert!(gone.body.contains("ConnectionFailed"), "{}", gone.body);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(app.text("/hello").await, "hello");
    server.resume().expect("PostgreSQL starts again");
    assert_eq!(app.text("/database/one").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_changed_under_a_prepared_statement_is_read_again() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.max_connections = 1).run().await;
    app.text("/database/note").await;
    assert_eq!(app.text("/database/all-notes").await, "plain");
    server.sql("app", "ALTER TABLE notes ADD COLUMN at date").unwrap();
    assert_eq!(app.text("/database/all-notes").await, "plain");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_allowed_is_not_reached() {
    let server = server();
    let url = server.url("app");
    for address in [url.clone(), format!("{url}?hostaddr=127.0.0.1"), "host=/tmp dbname=app".to_owned()] {
        let app = unruly(&format!(
            "allowed_outbound_hosts = ['postgres://localhost:{}', 'http://127.0.0.1:{0}']\n\
             [component.unruly.variables]\ndatabase_url = \"{address}\"",
            server.port()
        ))
        .run()
        .await;
        let answer = app.get("/database/one").await;
        assert!(answer.body.contains("is not permitted"), "{address}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_stops_answering_is_given_up_before_its_request() {
    let server = server();
    let app = on(&server).with(|s| s.postgres.answer_timeout = Duration::from_millis(400)).run().await;
    assert_eq!(app.text("/database/one").await, "1");
    let started = Instant::now();
    let answer = app.get("/database/sleep?60").await;
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("no answer from the database for 0.4 seconds"), "{}", answer.body);
    assert_eq!(app.text("/database/one").await, "1");
}
