//! What a person allowed, and the code by which the program learns of it.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional};
use uuid::Uuid;

use super::grants::{REFRESH_LIFETIME_SECONDS, authorized};
use crate::access::Authorized;
use crate::authorize::AuthorizationRequest;

const INSERT: Statement =
    Statement::new("insert_grant", "todo.oauth_grants", include_str!("insert_grant.sql"));
const REDEEM: Statement = Statement::new("redeem_code", "todo.oauth_grants", include_str!("redeem_code.sql"));

/// How long a code is good, in seconds (RFC 6749, section 4.1.2: ten minutes at most).
const CODE_LIFETIME_SECONDS: i32 = 60;
/// How many codes of a person may wait to be exchanged at a time. An older one makes room.
const MAX_PENDING_CODES: i32 = 10;
/// How many grants a person may have at a time. The one that was used longest ago makes room.
const MAX_GRANTS: i32 = 200;
/// How many grants that are over a new one deletes at most.
const MAX_DELETED_ROWS: i32 = 20;

/// A grant about to be stored.
#[derive(Debug)]
pub struct NewGrant<'a> {
    /// Its id.
    pub id: Uuid,
    /// Who allows it.
    pub user_id: Uuid,
    /// SHA-256 of its code.
    pub code_hash: Vec<u8>,
    /// What was asked for.
    pub asked: &'a AuthorizationRequest,
}

/// Stores what a person allowed. `false` when the program is not registered any more.
pub async fn insert_grant(database: &Database, grant: &NewGrant<'_>) -> Result<bool, LoggedDbError> {
    let parameters = vec![
        Parameter::Uuid(grant.id.to_string()),
        Parameter::Uuid(grant.user_id.to_string()),
        Parameter::Str(grant.asked.client_id.clone()),
        Parameter::Str(grant.asked.scope.clone()),
        Parameter::Str(grant.asked.resource.clone()),
        Parameter::Binary(grant.code_hash.clone()),
        Parameter::Str(grant.asked.redirect_uri.clone()),
        Parameter::Str(grant.asked.code_challenge.clone()),
        Parameter::Int32(CODE_LIFETIME_SECONDS),
        Parameter::Int32(MAX_PENDING_CODES),
        Parameter::Int32(MAX_DELETED_ROWS),
        Parameter::Int32(MAX_GRANTS),
        optional(grant.asked.nonce.clone()),
    ];
    Ok(database.at_most_one(&INSERT, parameters).await?.is_some())
}

/// Exchanges a code, once and for whom it was given. One that was exchanged before ends the grant. `None` when it is not good.
pub async fn redeem_code(
    database: &Database,
    code_hash: &[u8],
    client_id: &str,
    challenge: &str,
    redirect_uri: Option<&str>,
) -> Result<Option<(Uuid, Authorized)>, LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(code_hash.to_vec()),
        Parameter::Str(client_id.to_owned()),
        Parameter::Str(challenge.to_owned()),
        optional(redirect_uri.map(str::to_owned)),
        Parameter::Int32(REFRESH_LIFETIME_SECONDS),
    ];
    let row = database.at_most_one(&REDEEM, parameters).await?;
    let read =
        |mut row: Row| -> Result<_, DecodeError> { Ok((row.read("grant_id")?, authorized(&mut row)?)) };
    database.decode(&REDEEM, || row.map(read).transpose())
}
