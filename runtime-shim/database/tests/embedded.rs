//! The embedded database keeps what it acknowledged, and many clients share it without seeing each other.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use app_database::DatabaseError;
use app_database::embedded::Embedded;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

const CHILD: &str = "EMBEDDED_CHILD_FOLDER";

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn as_role(database: &Embedded, role: &str) -> Client {
    database.admit(role, "secret").await;
    let address = database.address();
    connect(&format!("postgres://{role}:secret@{address}/app?sslmode=disable")).await
}

async fn one(client: &Client, sql: &str) -> String {
    let rows = client.simple_query(sql).await.unwrap();
    rows.iter()
        .find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        })
        .unwrap()
}

/// Not a test by itself: the process that the next test kills.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_writes_until_killed() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let database = Embedded::start(Path::new(&folder), "app").await.unwrap();
    let client = connect(&database.owner_url()).await;
    client.batch_execute("CREATE TABLE IF NOT EXISTS kept (n bigint)").await.unwrap();
    for n in client.query_one("SELECT count(*) FROM kept", &[]).await.unwrap().get::<_, i64>(0).. {
        client.execute("INSERT INTO kept VALUES ($1)", &[&n]).await.unwrap();
        println!("acknowledged {n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_row_is_there_after_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = 0;
    for _round in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_writes_until_killed", "--exact", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let acknowledged = lines
            .map_while(Result::ok)
            .filter_map(|line| line.split("acknowledged ").nth(1)?.parse::<i64>().ok());
        let last = acknowledged.take(120).last().unwrap();
        assert_eq!(last, expected + 119);
        // SIGKILL
        child.kill().unwrap();
        child.wait().unwrap();

        let database = Embedded::start(folder.path(), "app").await.unwrap();
        let client = connect(&database.owner_url()).await;
        let count: i64 = client.query_one("SELECT count(*) FROM kept", &[]).await.unwrap().get(0);
        assert!(count > last, "{count} rows, {last} acknowledged");
        expected = count;
        drop(client);
        database.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_belongs_to_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let database = Embedded::start(folder.path(), "app").await.unwrap();
    let second = Embedded::start(folder.path(), "app").await;
    assert!(matches!(second, Err(DatabaseError::EmbeddedInUse { .. })), "{second:?}");
    database.stop().await;
    Embedded::start(folder.path(), "app").await.unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_share_it_as_if_each_were_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = Embedded::start(folder.path(), "app").await.unwrap();
    let owner = connect(&database.owner_url()).await;
    owner
        .batch_execute("CREATE ROLE a; CREATE ROLE b; CREATE TABLE t (n int); GRANT INSERT ON t TO a")
        .await
        .unwrap();
    let a = as_role(&database, "a").await;
    let b = as_role(&database, "b").await;

    roles_hold(&owner, &a, &b).await;
    statements_keep_apart(&a, &b).await;
    transactions_wait_for_each_other(&database, &owner).await;
    errors_stay_with_their_client(&a, &b).await;

    // What one client does to "its" session leaves the others alone.
    let statement = b.prepare("SELECT 5").await.unwrap();
    a.batch_execute("DISCARD ALL").await.unwrap();
    assert_eq!(b.query_one(&statement, &[]).await.unwrap().get::<_, i32>(0), 5);
    assert_eq!(one(&a, "SELECT current_user").await, "a");
    database.stop().await;
}

async fn roles_hold(owner: &Client, a: &Client, b: &Client) {
    a.execute("INSERT INTO t VALUES (1)", &[]).await.unwrap();
    let denied = b.execute("INSERT INTO t VALUES (1)", &[]).await.unwrap_err();
    assert_eq!(denied.code().unwrap().code(), "42501");
    // Becoming someone else ends with the statement.
    for escape in [
        "RESET ROLE",
        "RESET SESSION AUTHORIZATION",
        "SET SESSION AUTHORIZATION DEFAULT",
        "SELECT set_config('session_authorization', 'postgres', false)",
    ] {
        b.batch_execute(escape).await.unwrap();
        assert_eq!(one(b, "SELECT current_user").await, "b", "after {escape}");
        assert_eq!(one(a, "SELECT current_user").await, "a", "after {escape}");
    }
    assert_eq!(one(owner, "SELECT current_user").await, "postgres");
}

async fn statements_keep_apart(a: &Client, b: &Client) {
    // Both name their statements s0, s1, …
    let of_a = a.prepare("SELECT 'a' || $1::text").await.unwrap();
    let of_b = b.prepare("SELECT 'b' || $1::text").await.unwrap();
    for n in 0..20 {
        let n = n.to_string();
        let parameters: [&(dyn ToSql + Sync); 1] = [&n];
        let (a, b) = tokio::join!(a.query_one(&of_a, &parameters), b.query_one(&of_b, &parameters));
        assert_eq!(a.unwrap().get::<_, String>(0), format!("a{n}"));
        assert_eq!(b.unwrap().get::<_, String>(0), format!("b{n}"));
    }
}

async fn transactions_wait_for_each_other(database: &Embedded, owner: &Client) {
    let other = connect(&database.owner_url()).await;
    other.batch_execute("BEGIN; TRUNCATE t; INSERT INTO t VALUES (41)").await.unwrap();
    let (read, ()) = tokio::join!(owner.query_one("SELECT n FROM t", &[]), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.batch_execute("UPDATE t SET n = 42; COMMIT").await.unwrap();
    });
    assert_eq!(read.unwrap().get::<_, i32>(0), 42);

    // A client that leaves takes its open transaction along.
    other.batch_execute("BEGIN; DELETE FROM t").await.unwrap();
    drop(other);
    assert_eq!(one(owner, "SELECT count(*) FROM t").await, "1");

    // And one that falls silent is sent away.
    let silent = connect(&database.owner_url()).await;
    silent.batch_execute("BEGIN; DELETE FROM t").await.unwrap();
    assert_eq!(one(owner, "SELECT count(*) FROM t").await, "1");
    assert!(silent.batch_execute("COMMIT").await.is_err());
}

async fn errors_stay_with_their_client(a: &Client, b: &Client) {
    for _ in 0..20 {
        let (failed, fine) = tokio::join!(a.query("SELECT 1/0", &[]), b.query_one("SELECT 1", &[]));
        assert_eq!(failed.unwrap_err().code().unwrap().code(), "22012");
        assert_eq!(fine.unwrap().get::<_, i32>(0), 1);
    }
    let refused = a.batch_execute("COPY t FROM STDIN").await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "0A000");
    assert_eq!(one(a, "SELECT 1").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_enters_without_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let database = Embedded::start(folder.path(), "app").await.unwrap();
    let address = database.address();
    database.admit("ghost", "secret").await;
    for (user, code) in [("postgres:wrong", "28P01"), ("postgres:", "28P01"), ("nobody:x", "28P01")] {
        let url = format!("postgres://{user}@{address}/app?sslmode=disable");
        let refused = tokio_postgres::connect(&url, NoTls).await.err().unwrap();
        // Without any password the client gives up by itself.
        assert!(refused.code().is_none_or(|found| found.code() == code), "{user}: {refused}");
    }
    // Admitted, but never made.
    let ghost = connect(&format!("postgres://ghost:secret@{address}/app?sslmode=disable")).await;
    assert!(ghost.simple_query("SELECT current_user").await.is_err());
    // A client that breaks the connection off does no harm.
    for bytes in [&b"\0\0\0\x08"[..], b"\xff\xff\xff\xff", b"GET / HTTP/1.1\r\n\r\n"] {
        let mut raw = tokio::net::TcpStream::connect(address).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut raw, bytes).await.unwrap();
    }
    let owner = connect(&database.owner_url()).await;
    assert_eq!(one(&owner, "SELECT current_database()").await, "app");
    database.stop().await;
}
