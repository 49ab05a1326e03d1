//! Counting an attempt and reading the account it is for.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::attempts::{self, Keys, Limits};
use crate::user::User;

const STATEMENT: Statement = Statement::new("begin_sign_in", "todo.users", include_str!("begin_sign_in.sql"));

/// An attempt that has been counted.
#[derive(Debug)]
pub struct Attempt {
    /// How long to wait before the next one counts; 0 when this one does.
    pub wait_seconds: u32,
    /// The user and the hash of their password, when there is such an account.
    pub account: Option<(User, String)>,
}

/// Counts an attempt and reads the account, in one statement: guesses sent at once all count.
pub async fn begin_sign_in(
    database: &Database,
    email: &str,
    keys: &Keys,
    limits: &Limits,
    now: i64,
) -> Result<Attempt, LoggedDbError> {
    let parameters = vec![
        Parameter::Str(email.to_owned()),
        Parameter::Binary(keys.account_and_network.clone()),
        Parameter::Binary(keys.network.clone()),
        Parameter::Binary(keys.account.clone()),
        Parameter::Int64(now),
        Parameter::Int32(limits.free_per_account_and_network),
        Parameter::Int32(limits.free_per_network),
        Parameter::Int32(limits.free_per_account),
        Parameter::Int32(limits.max_wait_seconds),
        Parameter::Int32(limits.max_wait_per_account_seconds),
        Parameter::Int32(attempts::FORGOTTEN_AFTER_SECONDS),
        Parameter::Int32(attempts::MAX_DELETED_ROWS),
    ];
    let row = database.one(&STATEMENT, parameters).await?;
    database.decode(&STATEMENT, || read(row))
}

fn read(mut row: Row) -> Result<Attempt, DecodeError> {
    let wait: i64 = row.read("wait_seconds")?;
    let wait_seconds = u32::try_from(wait.max(0)).unwrap_or(u32::MAX);
    let Some(id) = row.read::<Option<Uuid>>("user_id")? else {
        return Ok(Attempt { wait_seconds, account: None });
    };
    let user = super::user(&mut row, id)?;
    let hash: Option<String> = row.read("password_hash")?;
    Ok(Attempt { wait_seconds, account: hash.map(|hash| (user, hash)) })
}
