//! What a person allowed a program, as long as the program comes back for tokens.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement};
use uuid::Uuid;

use crate::access::Authorized;
use crate::token::RefreshToken;

const FIND: Statement = Statement::new("find_grant", "todo.oauth_grants", include_str!("find_grant.sql"));
const ROTATE: Statement =
    Statement::new("rotate_refresh_token", "todo.oauth_grants", include_str!("rotate_refresh_token.sql"));
const IS_CURRENT: Statement =
    Statement::new("is_current", "todo.oauth_grants", include_str!("is_current.sql"));
const DELETE: Statement =
    Statement::new("delete_grant", "todo.oauth_grants", include_str!("delete_grant.sql"));

/// How long a refresh token is good that is not used, in seconds: 30 days.
pub const REFRESH_LIFETIME_SECONDS: i32 = 30 * 24 * 60 * 60;
/// For how long after it was exchanged a refresh token brings the same next one again, in seconds.
const GRACE_SECONDS: i32 = 30;

/// What the next columns of a row say: for whom and what tokens are.
pub fn authorized(row: &mut Row) -> Result<Authorized, DecodeError> {
    Ok(Authorized {
        user: super::users::user(row)?,
        scope: row.read("scope")?,
        resource: row.read("resource")?,
        nonce: row.read("nonce")?,
    })
}

/// The grant, if it is this client's and not over.
pub async fn find_grant(
    database: &Database,
    id: Uuid,
    client_id: &str,
) -> Result<Option<Authorized>, LoggedDbError> {
    let parameters = vec![Parameter::Uuid(id.to_string()), Parameter::Str(client_id.to_owned())];
    let row = database.at_most_one(&FIND, parameters).await?;
    database.decode(&FIND, || row.map(|mut row| authorized(&mut row)).transpose())
}

/// Puts the next refresh token in the place of this one; ends the grant where it was exchanged too long ago. Whether the next one may
/// be given out.
pub async fn rotate_refresh_token(
    database: &Database,
    token: RefreshToken,
    client_id: &str,
) -> Result<bool, LoggedDbError> {
    let mut parameters = named(token, client_id);
    parameters.extend([Parameter::Int32(GRACE_SECONDS), Parameter::Int32(REFRESH_LIFETIME_SECONDS)]);
    Ok(database.at_most_one(&ROTATE, parameters).await?.is_some())
}

/// Whether this refresh token is the one that would be exchanged.
pub async fn is_current(
    database: &Database,
    token: RefreshToken,
    client_id: &str,
) -> Result<bool, LoggedDbError> {
    Ok(database.at_most_one(&IS_CURRENT, named(token, client_id)).await?.is_some())
}

/// Ends a grant of this client, and so all its refresh tokens.
pub async fn delete_grant(database: &Database, id: Uuid, client_id: &str) -> Result<(), LoggedDbError> {
    let parameters = vec![Parameter::Uuid(id.to_string()), Parameter::Str(client_id.to_owned())];
    database.at_most_one(&DELETE, parameters).await.map(drop)
}

fn named(token: RefreshToken, client_id: &str) -> Vec<Parameter> {
    vec![
        Parameter::Uuid(token.grant_id.to_string()),
        Parameter::Str(client_id.to_owned()),
        Parameter::Int32(token.generation),
    ]
}
