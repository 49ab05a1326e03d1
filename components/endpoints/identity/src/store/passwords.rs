//! Changing a password, and what its right use forgives.

use user_database::{Database, LoggedDbError, Parameter, Statement};
use uuid::Uuid;

use super::NewSession;
use crate::attempts::Keys;

const CHANGE: Statement =
    Statement::new("change_password", "todo.accounts", include_str!("change_password.sql"));
const FORGIVE: Statement =
    Statement::new("forgive_attempts", "todo.sign_in_attempts", include_str!("forgive_attempts.sql"));

/// Stores a new password's hash; with a session, every other one ends and this one begins. `false` when the user signs in
/// without a password.
pub async fn change_password(
    database: &Database,
    user_id: Uuid,
    password_hash: &str,
    session: Option<&NewSession>,
    now: i64,
) -> Result<bool, LoggedDbError> {
    let mut parameters = vec![
        Parameter::Uuid(user_id.to_string()),
        Parameter::Str(password_hash.to_owned()),
        Parameter::Int64(now),
        Parameter::Boolean(session.is_some()),
    ];
    parameters.extend(NewSession::optional_parameters(session));
    Ok(database.at_most_one(&CHANGE, parameters).await?.is_some())
}

/// Forgets the failures of an account after its right password.
pub async fn forgive_attempts(database: &Database, keys: &Keys) -> Result<(), LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(keys.account_and_network.clone()),
        Parameter::Binary(keys.network.clone()),
        Parameter::Binary(keys.account.clone()),
    ];
    database.rows(&FORGIVE, parameters).await.map(drop)
}
