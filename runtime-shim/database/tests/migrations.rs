//! The app's own migrations go up, down and up again; what cannot work says why.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::Duration;

use app_database::DatabaseError;
use app_database::migrate::{Down, Migrations, Standing, connect};
use app_database::server::ServerUrl;
use scratch_postgres::ScratchPostgres;
use sqlx::PgConnection;

fn app_migrations() -> PathBuf {
    PathBuf::from("../../migrations")
}

async fn count(connection: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

const ROLES: &str = "SELECT count(*) FROM pg_roles WHERE rolname IN ('todo_app', 'todo_identity')";
const LEFT_BEHIND: &str = "SELECT count(*) FROM pg_namespace WHERE nspname = 'todo'";

/// Every pair up, down and up again, then all of them down and up.
async fn there_and_back(url: &str) {
    let migrations = Migrations::read(&app_migrations()).await.unwrap();
    let mut owner = connect(url).await.unwrap();
    let versions: Vec<i64> =
        migrations.status(&mut owner).await.unwrap().iter().map(|state| state.version).collect();
    assert!(!versions.is_empty());
    for &version in &versions {
        let ran = migrations.up(&mut owner, Some(version)).await.unwrap();
        assert_eq!(ran.iter().map(|ran| ran.version).collect::<Vec<_>>(), [version]);
        let undone = migrations.down(&mut owner, Down::Steps(1)).await.unwrap();
        assert_eq!(undone.iter().map(|ran| ran.version).collect::<Vec<_>>(), [version]);
        migrations.up(&mut owner, Some(version)).await.unwrap();
    }
    let standing = migrations.status(&mut owner).await.unwrap();
    assert!(standing.iter().all(|state| state.standing == Standing::Applied), "{standing:?}");
    assert_eq!(migrations.up(&mut owner, None).await.unwrap(), []);

    migrations.down(&mut owner, Down::To(0)).await.unwrap();
    assert_eq!(count(&mut owner, LEFT_BEHIND).await, 0);
    assert_eq!(count(&mut owner, ROLES).await, 0);
    assert_eq!(migrations.up(&mut owner, None).await.unwrap().len(), versions.len());
    assert_eq!(count(&mut owner, ROLES).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_can_be_undone_and_redone() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    there_and_back(&server.url("todo")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_without_superuser_rights_suffices() {
    let server = ScratchPostgres::start().unwrap();
    server.sql("postgres", "CREATE ROLE plain LOGIN CREATEROLE PASSWORD 'x'").unwrap();
    server.sql("postgres", "CREATE DATABASE todo OWNER plain").unwrap();
    there_and_back(&format!("postgres://plain:x@127.0.0.1:{}/todo", server.port())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_stay_while_another_database_uses_them() {
    let server = ScratchPostgres::start().unwrap();
    let migrations = Migrations::read(&app_migrations()).await.unwrap();
    let mut owners = Vec::new();
    for name in ["one", "two"] {
        server.create_database(name).unwrap();
        let mut owner = connect(&server.url(name)).await.unwrap();
        migrations.up(&mut owner, None).await.unwrap();
        owners.push(owner);
    }
    migrations.down(&mut owners[0], Down::To(0)).await.unwrap();
    assert_eq!(count(&mut owners[0], ROLES).await, 2);
    migrations.down(&mut owners[1], Down::To(0)).await.unwrap();
    assert_eq!(count(&mut owners[1], ROLES).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_may_start_together() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let url = server.url("todo");
    let starts = (0..6).map(|_| {
        let url = url.clone();
        tokio::spawn(async move {
            let migrations = Migrations::read(&app_migrations()).await.unwrap();
            migrations.up(&mut connect(&url).await.unwrap(), None).await.unwrap().len()
        })
    });
    let mut ran = 0;
    for start in starts.collect::<Vec<_>>() {
        ran += start.await.unwrap();
    }
    assert_eq!(ran, std::fs::read_dir(app_migrations()).unwrap().filter(is_up).count());
}

fn is_up(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".up.sql")
}

/// A folder of small migrations to go wrong with.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(pairs: &[(i64, &str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (version, up, down) in pairs {
            folder.write(&format!("{version}_step.up.sql"), up);
            folder.write(&format!("{version}_step.down.sql"), down);
        }
        folder
    }

    fn write(&self, name: &str, sql: &str) {
        std::fs::write(self.0.path().join(name), sql).unwrap();
    }

    async fn read(&self) -> Migrations {
        Migrations::read(self.0.path()).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_work_says_why_and_changes_nothing() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("app").unwrap();
    let mut owner = connect(&server.url("app")).await.unwrap();
    let good = Folder::new(&[
        (1, "CREATE TABLE a (n int)", "DROP TABLE a"),
        (2, "CREATE TABLE b (n int)", "DROP TABLE b"),
        (3, "CREATE TABLE c (n int); SELECT 1/0", "DROP TABLE c"),
    ]);

    // The failing one is rolled back whole, the ones before it stay.
    let error = good.read().await.up(&mut owner, None).await.unwrap_err();
    assert!(
        matches!(&error, DatabaseError::Migration { name, reason }
        if name == "3 step" && reason.contains("division by zero") && reason.contains("22012")),
        "{error}"
    );
    // And the lock is free again, for others too.
    assert_eq!(server.sql("app", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").unwrap(), "0");
    let standing = good.read().await.status(&mut owner).await.unwrap();
    assert_eq!(
        standing.iter().map(|state| state.standing).collect::<Vec<_>>(),
        [Standing::Applied, Standing::Applied, Standing::Pending]
    );
    assert_eq!(server.sql("app", "SELECT to_regclass('c') IS NULL").unwrap(), "t");

    // An edited file.
    good.write("1_step.up.sql", "CREATE TABLE a (n bigint)");
    let error = good.read().await.up(&mut owner, None).await.unwrap_err();
    assert!(matches!(&error, DatabaseError::MigrationChanged { name } if name == "1 step"), "{error}");

    // A file gone from the middle.
    let gap = Folder::new(&[(2, "CREATE TABLE b (n int)", "DROP TABLE b"), (3, "SELECT 1", "SELECT 1")]);
    let error = gap.read().await.up(&mut owner, None).await.unwrap_err();
    assert!(matches!(error, DatabaseError::MigrationMissing { version: 1, .. }), "{error}");

    // An older release on a newer schema starts.
    let older = Folder::new(&[(1, "CREATE TABLE a (n int)", "DROP TABLE a")]);
    assert_eq!(older.read().await.up(&mut owner, None).await.unwrap(), []);
    let newest = older.read().await.status(&mut owner).await.unwrap().pop().unwrap();
    assert_eq!((newest.version, newest.standing), (2, Standing::Unknown));
    // But it has no way back from what it does not know.
    let error = older.read().await.down(&mut owner, Down::Steps(1)).await.unwrap_err();
    assert!(matches!(error, DatabaseError::NotReversible { version: 2 }), "{error}");

    let error = older.read().await.up(&mut owner, Some(7)).await.unwrap_err();
    assert!(matches!(error, DatabaseError::NoSuchMigration { version: 7 }), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_the_password() {
    let error = connect("postgres://owner:s3cret@127.0.0.1:1/app").await.unwrap_err().to_string();
    assert!(error.contains("127.0.0.1:1") && error.contains("owner"), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_appears_a_little_later_is_waited_for_and_one_that_never_does_is_not() {
    let server = ScratchPostgres::start().unwrap();
    let later = ServerUrl::parse(&server.url("later")).unwrap();
    let waiting = tokio::spawn(async move { later.connect_within(Duration::from_secs(30)).await.is_ok() });
    tokio::time::sleep(Duration::from_millis(700)).await;
    server.create_database("later").unwrap();
    assert!(waiting.await.unwrap());

    // A connection that is refused, as by a network that a plugin has not opened yet, is tried again as well.
    let mut server = server;
    server.stop();
    let refused = ServerUrl::parse(&server.url("later")).unwrap();
    let waiting = tokio::spawn(async move { refused.connect_within(Duration::from_secs(30)).await.is_ok() });
    tokio::time::sleep(Duration::from_millis(700)).await;
    server.resume().unwrap();
    assert!(waiting.await.unwrap());

    let never = ServerUrl::parse(&server.url("never")).unwrap();
    let error = never.connect_within(Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(error, DatabaseError::Connect { .. }), "{error}");
}
