//! Tokens that people made for their own programs.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};

use crate::bindings::exports::todo::identity::verifier::Principal;

const FIND: Statement =
    Statement::new("find_personal_token", "todo.personal_tokens", include_str!("find_personal_token.sql"));

/// For how long an answer counts, in seconds: whoever revokes a token has it refused after that time at the latest.
const MAX_AGE_SECONDS: i64 = 10;

/// Whose token this is, at `now` in seconds since 1970-01-01T00:00:00Z; nobody's where it was revoked, has ended, or never was one.
///
/// # Errors
/// When the database is out of reach.
pub async fn find(token: &str, now: i64) -> Result<Option<Principal>, LoggedDbError> {
    // A text that was cut off or mistyped costs nothing.
    if !personal_token::has_form(token) {
        return Ok(None);
    }
    let database = Database::open("verify-token").await?;
    let row = database.at_most_one(&FIND, vec![Parameter::Binary(personal_token::hash(token))]).await?;
    database.decode(&FIND, || row.map(|row| principal(row, now)).transpose())
}

fn principal(mut row: Row, now: i64) -> Result<Principal, DecodeError> {
    let user_id: uuid::Uuid = row.read("user_id")?;
    let scope: String = row.read("scope")?;
    let expires_at: i64 = row.read("expires_at_s")?;
    Ok(Principal {
        user_id: user_id.to_string(),
        scopes: scope.split_ascii_whitespace().map(str::to_owned).collect(),
        email: Some(row.read("email")?),
        name: Some(row.read("name")?),
        time_zone: row.read("time_zone")?,
        expires_at: expires_at.min(now.saturating_add(MAX_AGE_SECONDS)),
    })
}
