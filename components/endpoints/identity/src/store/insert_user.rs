//! Storing a new user.

use user_database::{Database, LoggedDbError, Parameter, Statement, optional};

use super::NewSession;
use crate::user::User;

const STATEMENT: Statement = Statement::new("insert_user", "todo.users", include_str!("insert_user.sql"));

/// Stores a user, their password's hash, their first session if they are signed in at once, and the key of the network they come
/// from, all or nothing. `false` when somebody has the e-mail address.
pub async fn insert_user(
    database: &Database,
    user: &User,
    password_hash: &str,
    session: Option<&NewSession>,
    network: Vec<u8>,
    now: i64,
) -> Result<bool, LoggedDbError> {
    let mut parameters = vec![
        Parameter::Uuid(user.id.to_string()),
        Parameter::Str(user.email.clone()),
        Parameter::Str(user.name.clone()),
        optional(user.image.clone()),
        optional(user.time_zone.clone()),
        Parameter::Str(password_hash.to_owned()),
        Parameter::Int64(now),
    ];
    parameters.extend(NewSession::optional_parameters(session));
    parameters.push(Parameter::Binary(network));
    Ok(database.at_most_one(&STATEMENT, parameters).await?.is_some())
}
