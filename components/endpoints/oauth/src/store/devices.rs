//! Codes of programs on devices.

use user_database::{Database, DecodeError, LoggedDbError, Parameter, Row, Statement, optional};
use uuid::Uuid;

use super::grants::{REFRESH_LIFETIME_SECONDS, authorized};
use crate::access::Authorized;
use crate::device::DeviceRequest;

const INSERT: Statement =
    Statement::new("insert_device_code", "todo.oauth_device_codes", include_str!("insert_device_code.sql"));
const FIND: Statement =
    Statement::new("find_device_request", "todo.oauth_device_codes", include_str!("find_device_request.sql"));
const ANSWER: Statement =
    Statement::new("answer_device_code", "todo.oauth_device_codes", include_str!("answer_device_code.sql"));
const POLL: Statement =
    Statement::new("poll_device_code", "todo.oauth_device_codes", include_str!("poll_device_code.sql"));
const REDEEM: Statement =
    Statement::new("redeem_device_code", "todo.oauth_grants", include_str!("redeem_device_code.sql"));

/// How long a person has to answer, in seconds.
pub const DEVICE_CODE_LIFETIME_SECONDS: i32 = 10 * 60;
/// How long a program waits before it asks again, in seconds (RFC 8628, section 3.5).
pub const POLL_INTERVAL_SECONDS: i32 = 5;
/// How long the tokens wait for a program whose person said yes, in seconds.
const ANSWERED_LIFETIME_SECONDS: i32 = 60;
/// How many codes whose time is over a new one deletes at most.
const MAX_DELETED_ROWS: i32 = 20;

/// Codes about to be stored.
#[derive(Debug)]
pub struct NewDeviceCode<'a> {
    /// SHA-256 of the code that the program asks with.
    pub device_code: Vec<u8>,
    /// SHA-256 of the code that the person types.
    pub user_code: Vec<u8>,
    /// Which program.
    pub client_id: &'a str,
    /// What it may do.
    pub scope: &'a str,
    /// Whom its tokens are for.
    pub resource: &'a str,
}

/// What became of a device's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// The person has not answered.
    Pending,
    /// The same, and the program asks too often.
    TooSoon,
    /// The person said no.
    Denied,
    /// The person said yes.
    Allowed,
    /// The time to answer is over.
    Expired,
}

/// Stores a program's codes.
pub async fn insert_device_code(database: &Database, code: &NewDeviceCode<'_>) -> Result<(), LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(code.device_code.clone()),
        Parameter::Binary(code.user_code.clone()),
        Parameter::Str(code.client_id.to_owned()),
        Parameter::Str(code.scope.to_owned()),
        Parameter::Str(code.resource.to_owned()),
        Parameter::Int32(DEVICE_CODE_LIFETIME_SECONDS),
        Parameter::Int32(MAX_DELETED_ROWS),
    ];
    database.one(&INSERT, parameters).await.map(drop)
}

/// What the program asks for that shows this code, if nobody answered it yet.
pub async fn find_device_request(
    database: &Database,
    user_code: Vec<u8>,
) -> Result<Option<DeviceRequest>, LoggedDbError> {
    let row = database.at_most_one(&FIND, vec![Parameter::Binary(user_code)]).await?;
    let read = |mut row: Row| -> Result<_, DecodeError> {
        Ok(DeviceRequest {
            user_code: row.read("user_code")?,
            client_id: row.read("client_id")?,
            client_name: row.read("client_name")?,
            scope: row.read("scope")?,
            resource: row.read("resource")?,
        })
    };
    database.decode(&FIND, || row.map(read).transpose())
}

/// Keeps the person's answer: a grant of theirs, or none. `false` when the code's time is over or it was answered before.
pub async fn answer_device_code(
    database: &Database,
    asked: &DeviceRequest,
    grant: Option<(Uuid, Uuid)>,
) -> Result<bool, LoggedDbError> {
    let (grant_id, user_id) = grant.unzip();
    let parameters = vec![
        Parameter::Str(asked.user_code.clone()),
        Parameter::Str(asked.client_id.clone()),
        optional(grant_id.map(|id| id.to_string())),
        optional(user_id.map(|id| id.to_string())),
        Parameter::Str(asked.scope.clone()),
        Parameter::Str(asked.resource.clone()),
        Parameter::Int32(ANSWERED_LIFETIME_SECONDS),
    ];
    Ok(database.at_most_one(&ANSWER, parameters).await?.is_some())
}

/// What became of a request, and notes that the program asked; `None` when the code is not this program's.
pub async fn poll_device_code(
    database: &Database,
    device_code: &[u8],
    client_id: &str,
) -> Result<Option<DeviceState>, LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(device_code.to_vec()),
        Parameter::Str(client_id.to_owned()),
        Parameter::Int32(POLL_INTERVAL_SECONDS),
    ];
    let row = database.at_most_one(&POLL, parameters).await?;
    let read = |mut row: Row| -> Result<_, DecodeError> {
        let state: String = row.read("state")?;
        match state.as_str() {
            "pending" => Ok(DeviceState::Pending),
            "too soon" => Ok(DeviceState::TooSoon),
            "denied" => Ok(DeviceState::Denied),
            "allowed" => Ok(DeviceState::Allowed),
            "expired" => Ok(DeviceState::Expired),
            _ => Err(row.invalid_value("state", "another word")),
        }
    };
    database.decode(&POLL, || row.map(read).transpose())
}

/// Exchanges a code that the person allowed, once. `None` when it was exchanged before.
pub async fn redeem_device_code(
    database: &Database,
    device_code: &[u8],
    client_id: &str,
) -> Result<Option<(Uuid, Authorized)>, LoggedDbError> {
    let parameters = vec![
        Parameter::Binary(device_code.to_vec()),
        Parameter::Str(client_id.to_owned()),
        Parameter::Int32(REFRESH_LIFETIME_SECONDS),
    ];
    let row = database.at_most_one(&REDEEM, parameters).await?;
    let read =
        |mut row: Row| -> Result<_, DecodeError> { Ok((row.read("grant_id")?, authorized(&mut row)?)) };
    database.decode(&REDEEM, || row.map(read).transpose())
}
