//! Starting and stopping, with nothing in the way.

use std::time::Instant;

use app_database::DatabaseError;

use crate::{PASSWORD, connect, connect_to, runs, server_pid, signal, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_it_and_the_second_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    for round in ["first", "second"] {
        let started = Instant::now();
        let database = start(folder.path()).await.unwrap();
        println!("{round} start: {:?}, {database}", started.elapsed());
        let client = connect(&database).await;
        if round == "first" {
            client.batch_execute("CREATE TABLE kept AS SELECT 7 AS n").await.unwrap();
        }
        assert_eq!(text(&client, "SELECT n::text FROM kept").await, "7");
        for (setting, value) in
            [("fsync", "on"), ("synchronous_commit", "on"), ("listen_addresses", "127.0.0.1")]
        {
            assert_eq!(text(&client, &format!("SHOW {setting}")).await, value);
        }
        let pid = server_pid(folder.path());
        let stopping = Instant::now();
        database.stop().await;
        println!("stop: {:?}", stopping.elapsed());
        assert!(!runs(pid));
        assert!(!folder.path().join("data/postmaster.pid").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_with_what_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    let pid = server_pid(folder.path());
    drop(database);
    let dropped = Instant::now();
    while runs(pid) {
        assert!(dropped.elapsed().as_secs() < 10, "it still runs");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    let second = start(folder.path()).await;
    assert!(matches!(second, Err(DatabaseError::EmbeddedInUse { .. })), "{second:?}");
    assert_eq!(text(&connect(&database).await, "SELECT current_database()::text").await, "app");
    database.stop().await;
    start(folder.path()).await.unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_enters_without_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    for user in ["postgres:wrong", "postgres:", "nobody:x"] {
        let refused = connect_to(&database, user).await.err().unwrap();
        // Without any password the client gives up by itself.
        assert!(refused.code().is_none_or(|code| code.code() == "28P01"), "{user}: {refused}");
    }
    let stored = "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'";
    assert!(text(&connect(&database).await, stored).await.starts_with("SCRAM-SHA-256$"));
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(!log.contains(PASSWORD) && !format!("{database:?} {database}").contains(PASSWORD));
    database.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_as_one_role_becomes_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    let owner = connect(&database).await;
    owner
        .batch_execute("CREATE ROLE app LOGIN PASSWORD 'own'; CREATE TABLE hidden AS SELECT 1")
        .await
        .unwrap();
    let app = connect_to(&database, "app:own").await.unwrap();
    for sql in [
        "SELECT * FROM hidden",
        "SET SESSION AUTHORIZATION postgres",
        "SET ROLE postgres",
        "DO $$ BEGIN PERFORM set_config('session_authorization', 'postgres', true); END $$",
        "DO $$ BEGIN PERFORM set_config('role', 'postgres', true); PERFORM * FROM hidden; END $$",
    ] {
        let refused = app.batch_execute(sql).await.err().unwrap();
        // insufficient_privilege
        assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "{sql}: {refused}");
    }
    assert_eq!(text(&app, "SELECT current_user || session_user").await, "appapp");
    database.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_without_its_password_says_where_that_is() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path()).await.unwrap().stop().await;
    let source = app_database::embedded::ProgramSource::default();
    let error =
        app_database::embedded::Embedded::start(folder.path(), "app", "another", &source).await.unwrap_err();
    assert!(error.to_string().contains("secrets"), "{error}");
    start(folder.path()).await.unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_data_is_an_error_with_the_servers_reason() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path()).await.unwrap().stop().await;
    std::fs::remove_file(folder.path().join("data/global/pg_control")).unwrap();
    let error = start(folder.path()).await.unwrap_err().to_string();
    assert!(error.contains("pg_control") && error.contains(folder.path().to_str().unwrap()), "{error}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_server_knows_nothing_of_the_runs_environment() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    let environment = std::fs::read(format!("/proc/{}/environ", server_pid(folder.path()))).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    let mut names: Vec<&str> = environment
        .split('\0')
        .filter_map(|pair| Some(pair.split_once('=')?.0))
        .filter(|name| *name != "PWD")
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["LC_ALL", "PATH", "PGDATA", "TZ"].into_iter().filter(|n| names.contains(n)).collect::<Vec<_>>()
    );
    assert!(std::env::vars().count() > names.len());
    database.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_is_started_again_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let database = start(folder.path()).await.unwrap();
    let client = connect(&database).await;
    client.batch_execute("CREATE TABLE kept (n int)").await.unwrap();
    for kill in 0..3 {
        client_insert(&database, kill).await;
        let pid = server_pid(folder.path());
        let killed = Instant::now();
        signal(pid, "KILL");
        let client = loop {
            if let Ok(client) = connect_to(&database, &format!("postgres:{PASSWORD}")).await {
                break client;
            }
            assert!(
                killed.elapsed().as_secs() < 20,
                "{}",
                std::fs::read_to_string(folder.path().join("log")).unwrap()
            );
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        };
        println!("back after {:?}", killed.elapsed());
        assert_ne!(server_pid(folder.path()), pid);
        assert_eq!(text(&client, "SELECT count(*)::text FROM kept").await, (kill + 1).to_string());
    }
    database.stop().await;
}

async fn client_insert(database: &app_database::embedded::Embedded, n: i32) {
    connect(database).await.execute("INSERT INTO kept VALUES ($1)", &[&n]).await.unwrap();
}
