//! From `runtime-shim.toml` to variables with which the app's roles can sign in.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use app_database::embedded::ProgramSource;
use app_database::settings::LocalRun;
use app_database::{DatabaseError, Prepared, Request};
use scratch_postgres::ScratchPostgres;
use tokio_postgres::NoTls;

type Variables = BTreeMap<String, String>;

fn app() -> PathBuf {
    PathBuf::from("../..")
}

async fn prepare(data: &Path, url: Option<&str>, given: &Variables) -> Result<Prepared, DatabaseError> {
    let settings = LocalRun::read(&app()).unwrap();
    let app_folder = app();
    let programs = ProgramSource::default();
    let request = Request {
        settings: &settings,
        app_folder: &app_folder,
        data_folder: data,
        database_url: url,
        programs: &programs,
        given,
    };
    request.prepare().await
}

/// What a component does with the variables.
async fn signs_in(
    variables: &Variables,
    role: &str,
    password: &str,
) -> Result<String, tokio_postgres::Error> {
    let url = format!(
        "postgres://{role}:{}@{}:{}/{}?{}",
        variables[password],
        variables["db_host"],
        variables["db_port"],
        variables["db_name"],
        variables["db_params"]
    );
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client.query_one("SELECT current_user::text", &[]).await?.get(0))
}

async fn both_roles_sign_in(variables: &Variables) {
    assert_eq!(signs_in(variables, "todo_app", "db_app_password").await.unwrap(), "todo_app");
    assert_eq!(signs_in(variables, "todo_identity", "db_identity_password").await.unwrap(), "todo_identity");
    assert!(signs_in(variables, "todo_identity", "db_app_password").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_embedded_database_is_ready_for_the_roles_and_stays_so() {
    let data = tempfile::tempdir().unwrap();
    let mut secrets = Vec::new();
    for start in 0..2 {
        let prepared = prepare(data.path(), None, &Variables::new()).await.unwrap();
        both_roles_sign_in(&prepared.variables).await;
        assert_eq!(prepared.variables["better_auth_secret"].len(), 64);
        assert_eq!(prepared.migrated.is_empty(), start == 1);
        secrets.push(prepared.variables["better_auth_secret"].clone());
        println!("{:?}", prepared.stages);
        prepared.embedded.unwrap().stop().await;
    }
    assert_eq!(secrets[0], secrets[1]);
    // The roles' passwords follow from the owner's, which is kept.
    let kept = std::fs::read_dir(data.path().join("secrets")).unwrap();
    let kept: BTreeSet<_> = kept.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let expected = ["better_auth_secret", "postgres-owner", "reminder_scheduler_secret"];
    assert_eq!(kept, BTreeSet::from(expected.map(str::to_owned)));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_embedded_database_a_given_password_is_set() {
    let data = tempfile::tempdir().unwrap();
    for password in ["first", "second"] {
        let given = Variables::from([("db_app_password".to_owned(), password.to_owned())]);
        let prepared = prepare(data.path(), None, &given).await.unwrap();
        let mut variables = prepared.variables.clone();
        assert!(!variables.contains_key("db_app_password"), "what is given is given already");
        variables.extend(given);
        both_roles_sign_in(&variables).await;
        prepared.embedded.unwrap().stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_gets_roles_with_passwords_that_hold_over_restarts() {
    let server = ScratchPostgres::start_with(&["log_statement=all"]).unwrap();
    server.create_database("todo").unwrap();
    let data = tempfile::tempdir().unwrap();
    let url = format!("{}?sslmode=disable", server.url("todo"));
    let first = prepare(data.path(), Some(&url), &Variables::new()).await.unwrap();
    assert!(first.embedded.is_none());
    both_roles_sign_in(&first.variables).await;
    let stored =
        "SELECT string_agg(rolpassword, ',' ORDER BY rolname) FROM pg_authid WHERE rolname LIKE 'todo%'";
    let before = server.sql("todo", stored).unwrap();
    assert!(before.starts_with("SCRAM-SHA-256$"), "{before}");

    let again = prepare(data.path(), Some(&url), &Variables::new()).await.unwrap();
    assert_eq!(again.variables, first.variables);
    assert_eq!(server.sql("todo", stored).unwrap(), before, "set again although it held");

    // Someone else set it: ours is put back.
    server.sql("todo", "ALTER ROLE todo_app PASSWORD 'changed'").unwrap();
    let repaired = prepare(data.path(), Some(&url), &Variables::new()).await.unwrap();
    both_roles_sign_in(&repaired.variables).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_that_share_a_server_do_not_lock_each_other_out() {
    let server = ScratchPostgres::start().unwrap();
    let mut runs = Vec::new();
    for name in ["one", "two", "three"] {
        server.create_database(name).unwrap();
        let url = format!("{}?sslmode=disable", server.url(name));
        runs.push(tokio::spawn(async move {
            let data = tempfile::tempdir().unwrap();
            prepare(data.path(), Some(&url), &Variables::new()).await.unwrap().variables
        }));
    }
    let mut secrets = Vec::new();
    for run in runs {
        let variables = run.await.unwrap();
        both_roles_sign_in(&variables).await;
        secrets.push(variables["better_auth_secret"].clone());
    }
    assert_ne!(secrets[0], secrets[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_gives_is_left_alone() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let data = tempfile::tempdir().unwrap();
    let url = server.url("todo");
    let given = Variables::from([
        ("db_app_password".to_owned(), "theirs".to_owned()),
        ("better_auth_secret".to_owned(), "theirs too".to_owned()),
    ]);
    let prepared = prepare(data.path(), Some(&url), &given).await.unwrap();
    assert!(!prepared.variables.contains_key("db_app_password"), "{:?}", prepared.variables.keys());
    assert!(!prepared.variables.contains_key("better_auth_secret"));
    assert!(prepared.variables.contains_key("db_identity_password"));
    let unset = "SELECT rolpassword IS NULL AND NOT rolcanlogin FROM pg_authid WHERE rolname = 'todo_app'";
    assert_eq!(server.sql("todo", unset).unwrap(), "t");
}

#[tokio::test]
async fn with_the_operators_own_database_nothing_is_provided() {
    for place in ["db_host", "db_port", "db_name"] {
        let data = tempfile::tempdir().unwrap();
        let given = Variables::from([(place.to_owned(), "theirs".to_owned())]);
        let prepared = prepare(data.path(), None, &given).await.unwrap();
        assert!(prepared.variables.is_empty() && prepared.embedded.is_none() && prepared.database.is_none());
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn for_an_app_that_asks_for_nothing_nothing_is_written() {
    let data = tempfile::tempdir().unwrap();
    let (settings, given, programs) = (LocalRun::default(), Variables::new(), ProgramSource::default());
    let request = Request {
        settings: &settings,
        app_folder: data.path(),
        data_folder: data.path(),
        database_url: None,
        programs: &programs,
        given: &given,
    };
    assert!(request.prepare().await.unwrap().variables.is_empty());
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn components_may_take_another_way_than_the_owner() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let data = tempfile::tempdir().unwrap();
    let given = Variables::from([("db_port".to_owned(), "6432".to_owned())]);
    let prepared = prepare(data.path(), Some(&server.url("todo")), &given).await.unwrap();
    assert!(!prepared.variables.contains_key("db_port"));
    assert!(prepared.variables.contains_key("db_app_password"));
    assert!(!prepared.migrated.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_above_row_level_security_stops_the_start() {
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    server.sql("todo", "CREATE ROLE todo_app BYPASSRLS").unwrap();
    let data = tempfile::tempdir().unwrap();
    let error = prepare(data.path(), Some(&server.url("todo")), &Variables::new()).await.unwrap_err();
    assert!(error.to_string().contains("bypasses row-level security"), "{error}");
}
