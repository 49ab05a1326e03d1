//! Roles belong to the whole server: an app does not change the passwords that the app of another database signs in with.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use app_database::DatabaseError;
use app_database::provision::{ensure_sign_in, let_sign_in, may_set_password};
use app_database::server::ServerUrl;
use scratch_postgres::ScratchPostgres;

const ROLE: &str = "todo_app";

/// A server whose database `first` is used with the role and the password `first`.
fn used() -> ScratchPostgres {
    let server = ScratchPostgres::start().unwrap();
    for database in ["first", "second"] {
        server.create_database(database).unwrap();
    }
    let sql = format!("CREATE ROLE {ROLE} LOGIN PASSWORD 'first'; GRANT CONNECT ON DATABASE first TO {ROLE}");
    server.sql("first", &sql).unwrap();
    server
}

fn url(server: &ScratchPostgres, database: &str) -> ServerUrl {
    ServerUrl::parse(&server.url(database)).unwrap()
}

async fn may_set(server: &ScratchPostgres, database: &str, password: &str) -> Result<bool, DatabaseError> {
    let url = url(server, database);
    let mut owner = url.connect().await.unwrap();
    may_set_password(&url, &mut owner, ROLE, password).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_of_another_database_is_not_locked_out() {
    let server = used();
    let refused = may_set(&server, "second", "second").await.unwrap_err();
    assert!(matches!(&refused, DatabaseError::RoleInUse { databases, .. } if databases == "first"));
    let said = refused.to_string();
    assert!(said.contains("--share-roles") && said.contains("another server"), "{said}");
    assert!(!said.contains("'second'"), "{said}");
    // A run that prepares its database by itself does not either.
    let second = url(&server, "second");
    let mut owner = second.connect().await.unwrap();
    let refused = ensure_sign_in(&second, &mut owner, ROLE, "second").await.unwrap_err();
    assert!(matches!(refused, DatabaseError::RoleInUse { .. }), "{refused}");
    assert!(url(&server, "first").admits(ROLE, "first").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_inside_another_database_count_as_use() {
    let server = used();
    server
        .sql(
            "first",
            &format!("REVOKE CONNECT ON DATABASE first FROM {ROLE}; CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO {ROLE}"),
        )
        .unwrap();
    assert!(may_set(&server, "second", "second").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn apps_with_the_same_passwords_share_the_roles() {
    let server = used();
    assert!(!may_set(&server, "second", "first").await.unwrap(), "set again although it holds");
    // Also while the role may not yet connect to the new database.
    server.sql("second", "REVOKE CONNECT ON DATABASE second FROM PUBLIC").unwrap();
    assert!(!may_set(&server, "second", "first").await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_changes_the_passwords_that_are_its_own() {
    let server = used();
    assert!(may_set(&server, "first", "changed").await.unwrap());
    let first = url(&server, "first");
    let mut owner = first.connect().await.unwrap();
    let_sign_in(&mut owner, ROLE, "changed").await.unwrap();
    assert!(first.admits(ROLE, "changed").await);
    drop(owner);
    // What used it is gone.
    server.sql("second", "DROP DATABASE first WITH (FORCE)").unwrap();
    assert!(may_set(&server, "second", "second").await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_lets_nobody_in_yet_is_anybodys() {
    let server = used();
    server.sql("first", &format!("ALTER ROLE {ROLE} NOLOGIN")).unwrap();
    assert!(may_set(&server, "second", "second").await.unwrap());
}
