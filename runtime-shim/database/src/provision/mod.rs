//! The roles the components sign in as.

mod other_databases;

use std::time::Duration;

use sqlx::{Executor, PgConnection};

use crate::DatabaseError;
use crate::server::ServerUrl;
pub use other_databases::may_set_password;

/// How often to try while others change the same role.
const ATTEMPTS: u32 = 10;
/// How long to leave them alone in between.
const RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// Makes `role` if it is missing and lets it sign in with `password`.
///
/// The role gets no rights here: those come from the migrations.
///
/// # Errors
/// When the owner may not do that.
pub async fn let_sign_in(
    connection: &mut PgConnection,
    role: &str,
    password: &str,
) -> Result<(), DatabaseError> {
    create_if_missing(connection, role).await?;
    // What the server stores, so that the password itself is in no statement and no log of the server.
    let verifier = postgres_protocol::password::scram_sha_256(password.as_bytes());
    let sql = format!("ALTER ROLE {} LOGIN PASSWORD {}", identifier(role), literal(&verifier));
    run(connection, sql, format!("setting the password of role {role}")).await
}

/// Lets `role` sign in with `password` unless it can already. Several starters may do this at the same time.
///
/// # Errors
/// When the owner may not do that, or another database's app would be locked out.
pub async fn ensure_sign_in(
    server: &ServerUrl,
    owner: &mut PgConnection,
    role: &str,
    password: &str,
) -> Result<(), DatabaseError> {
    for attempt in 1.. {
        if server.admits(role, password).await {
            break;
        }
        if !may_set_password(server, owner, role, password).await? {
            break;
        }
        match let_sign_in(owner, role, password).await {
            // XX000: "tuple concurrently updated", by another starter.
            Err(DatabaseError::Statement { source, .. })
                if attempt < ATTEMPTS && sqlstate(&source).as_deref() == Some("XX000") =>
            {
                tokio::time::sleep(RETRY_INTERVAL).await;
            }
            other => return other,
        }
    }
    Ok(())
}

/// Makes `role`, with no right but to exist, unless it does.
///
/// # Errors
/// When the owner may not do that.
async fn create_if_missing(connection: &mut PgConnection, role: &str) -> Result<(), DatabaseError> {
    let doing = format!("looking for role {role}");
    let exists: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)")
            .bind(role)
            .fetch_one(&mut *connection)
            .await
            .map_err(|source| DatabaseError::Statement { doing, source })?;
    if exists {
        return Ok(());
    }
    let sql = format!(
        "CREATE ROLE {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
        identifier(role)
    );
    match run(connection, sql, format!("making role {role}")).await {
        // 42710: another starter made it in the same moment.
        Err(DatabaseError::Statement { source, .. }) if sqlstate(&source).as_deref() == Some("42710") => {
            Ok(())
        }
        other => other,
    }
}

async fn run(connection: &mut PgConnection, sql: String, doing: String) -> Result<(), DatabaseError> {
    // Names cannot be parameters here; both kinds of quoting are below. The error text repeats no SQL.
    connection
        .execute(sqlx::AssertSqlSafe(sql))
        .await
        .map(|_| ())
        .map_err(|source| DatabaseError::Statement { doing, source })
}

pub(crate) fn sqlstate(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// A name as SQL text.
pub(crate) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string as SQL text, whatever `standard_conforming_strings` says.
fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_cannot_leave_their_quotes() {
        assert_eq!(identifier("a\"; DROP ROLE b; --"), "\"a\"\"; DROP ROLE b; --\"");
        assert_eq!(literal("it's \\' x"), "E'it''s \\\\'' x'");
    }
}
