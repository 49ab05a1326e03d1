//! Counting a sign-up and looking whether its e-mail address is free.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional};

use crate::attempts;

const STATEMENT: Statement = Statement::new("begin_sign_up", "todo.users", include_str!("begin_sign_up.sql"));

/// A sign-up that has been counted.
#[derive(Debug)]
pub struct SignUpAttempt {
    /// How long to wait before the next one counts; 0 when this one does.
    pub wait_seconds: u32,
    /// Whether somebody has the e-mail address.
    pub is_taken: bool,
}

/// Counts a sign-up under this key, of which so many are free in an hour, or under none.
pub async fn begin_sign_up(
    database: &Database,
    email: &str,
    key: Option<Vec<u8>>,
    free_per_hour: i32,
    now: i64,
) -> Result<SignUpAttempt, LoggedDbError> {
    let parameters = vec![
        Parameter::Str(email.to_owned()),
        optional(key),
        Parameter::Int64(now),
        Parameter::Int32(free_per_hour),
        Parameter::Int32(attempts::FORGOTTEN_AFTER_SECONDS),
        Parameter::Int32(attempts::MAX_DELETED_ROWS),
    ];
    let row = database.one(&STATEMENT, parameters).await?;
    database.decode(&STATEMENT, || read(row))
}

fn read(mut row: Row) -> Result<SignUpAttempt, DecodeError> {
    let wait: i64 = row.read("wait_seconds")?;
    Ok(SignUpAttempt {
        wait_seconds: u32::try_from(wait.max(0)).unwrap_or(u32::MAX),
        is_taken: row.read("is_taken")?,
    })
}
