//! Starting a session after the right password.

use user_database::{Database, LoggedDbError, Parameter, Statement, optional};

use super::NewSession;
use crate::attempts::{self, Keys};

const STATEMENT: Statement =
    Statement::new("complete_sign_in", "todo.sessions", include_str!("complete_sign_in.sql"));

/// Stores a session, forgives the attempts, remembers the network, keeps a stronger hash of the password if there is one, and
/// clears what is over.
pub async fn complete_sign_in(
    database: &Database,
    session: &NewSession,
    keys: &Keys,
    stronger_hash: Option<&str>,
) -> Result<(), LoggedDbError> {
    let mut parameters = vec![Parameter::Uuid(session.user_id.to_string())];
    parameters.extend(session.parameters());
    parameters.extend([
        Parameter::Int64(session.now),
        Parameter::Binary(keys.account_and_network.clone()),
        Parameter::Binary(keys.network.clone()),
        Parameter::Binary(keys.account.clone()),
        optional(stronger_hash.map(str::to_owned)),
        Parameter::Int32(attempts::MAX_KNOWN_NETWORKS),
    ]);
    database.one(&STATEMENT, parameters).await.map(drop)
}
