//! Counting what strangers and people do, in the table that `identity` counts attempts in.

use user_database::{Database, LoggedDbError, Parameter, Statement, optional};

const COUNT: Statement =
    Statement::new("count_attempt", "todo.sign_in_attempts", include_str!("count_attempt.sql"));

/// Counts one under this key, of which so many are free in an hour; under none nothing is counted. How long to wait, in seconds, when
/// there were too many.
pub async fn count(
    database: &Database,
    key: Option<Vec<u8>>,
    free_per_hour: i32,
) -> Result<u32, LoggedDbError> {
    let row = database.one(&COUNT, vec![optional(key), Parameter::Int32(free_per_hour)]).await?;
    let wait: i64 = database.decode(&COUNT, || {
        let mut row = row;
        row.read("wait_seconds")
    })?;
    Ok(u32::try_from(wait.max(0)).unwrap_or(u32::MAX))
}
