//! The server that a run starts for itself: it keeps what it acknowledged however it or the run ends, it is found again,
//! and where it cannot be had the error says what to do.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod accounts;
mod killed;
mod left_behind;
mod mirror;
mod programs;
mod start;

use std::path::Path;

use app_database::DatabaseError;
use app_database::embedded::{Embedded, ProgramSource};
use tokio_postgres::{Client, NoTls};

/// The owner's password.
const PASSWORD: &str = "of-the-owner";

/// Starts it with the programs of this machine.
async fn start(folder: &Path) -> Result<Embedded, DatabaseError> {
    Embedded::start(folder, "app", PASSWORD, &ProgramSource::default()).await
}

/// A connection of the owner.
async fn connect(database: &Embedded) -> Client {
    connect_to(database, &format!("postgres:{PASSWORD}")).await.unwrap()
}

async fn connect_to(database: &Embedded, user_and_password: &str) -> Result<Client, tokio_postgres::Error> {
    let owner = database.owner();
    let url = format!("postgres://{user_and_password}@{}:{}/app?sslmode=disable", owner.host(), owner.port());
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn text(client: &Client, sql: &str) -> String {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// The number of the server's first process.
fn server_pid(folder: &Path) -> u32 {
    let file = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap();
    file.lines().next().unwrap().trim().parse().unwrap()
}

fn signal(pid: u32, name: &str) {
    let sent = std::process::Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap();
    assert!(sent.success(), "kill -s {name} {pid}");
}

/// Whether the process does anything; one that has ended may still wait for somebody to ask how.
fn runs(pid: u32) -> bool {
    let looked =
        std::process::Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
    let state = String::from_utf8_lossy(&looked.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}
